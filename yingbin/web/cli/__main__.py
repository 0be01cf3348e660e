"""`python -m yingbin.web.cli`."""

import gc
import sys

from . import main

# Loading makes no garbage: looking for it every 700 objects takes a fifth of the start.
gc.set_threshold(20_000, 20, 50)

if __name__ == "__main__":
    sys.exit(main())

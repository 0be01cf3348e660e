"""What `bin/serve` goes on installing beside the first start: tables and demo don't need it, every page may."""

import contextlib
import os

from .postgres import CannotStart

INSTALLING = "YINGBIN_INSTALLING"  # the process that installs, a child of ours


def wait() -> None:
    """Until all packages are there. Raises CannotStart where they could not be installed."""
    installing = os.environ.pop(INSTALLING, "")
    with contextlib.suppress(ChildProcessError):  # not ours: whoever started it waits for it
        if installing and os.waitpid(int(installing), 0)[1] != 0:
            raise CannotStart("程序包没有装上，请检查网络后再试。")

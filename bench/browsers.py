"""The browser that benches and journeys start."""

import os
import shutil

# One without a window is enough; `bin/test` looks for the same.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def browser_path() -> str | None:
    """Where it lies: the one that `YINGBIN_BROWSER` names, else the system's; None where there is none."""
    return os.environ.get("YINGBIN_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)

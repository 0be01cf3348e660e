"""The leash: no process of ours outlives the one that started it, however that one ended.

`serve` → web server → its workers, and `serve` → worker, page of the office network: each looks twice a second
whether whoever started it is still there, and ends its whole group when not. Looking works for grandchildren and
on every Unix; PostgreSQL, which can't look for itself, is told by the kernel (Linux only).
"""

import contextlib
import ctypes
import multiprocessing
import os
import runpy
import signal
import subprocess
import sys
import threading
import time

HELD = "YINGBIN_LEASH"  # the number of the process that started this one
_LOOK = 0.5  # seconds


def held() -> dict[str, str]:
    """The environment of a child that shall be held."""
    return {**os.environ, HELD: str(os.getpid())}


def hold() -> None:
    """From now on this process ends when its parent has; does nothing where nobody asked for it."""
    if HELD not in os.environ:
        return
    above = multiprocessing.parent_process()
    parent = above.pid if above else int(os.environ[HELD])
    threading.Thread(target=_look, args=(parent,), name="leash", daemon=True).start()


def _look(parent: int | None) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK)
    # The group is the child of `serve` and all it started: nobody of a generation is left behind.
    os.killpg(os.getpgrp(), signal.SIGKILL)


def told_by_kernel(number: int) -> None:
    """To be called in a child before it becomes another program: the parent's death sends it this signal."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, number)


def end_group(child: subprocess.Popen[bytes]) -> None:
    """Ends a child that leads a group of its own, and whoever it started; waits until they are gone."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        for _ in range(100):  # the killed are gone a moment later
            os.killpg(child.pid, signal.SIGKILL)
            time.sleep(0.02)


if (
    __name__ == "__main__"
):  # `-m yingbin.web.server.leash MODULE WORDS`: another's program on our leash
    hold()
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)

"""Which process serves a database folder: proven before anything is sent to it.

`postmaster.pid` alone proves nothing: after a crash its number may belong to an innocent program, and in a copied
folder it names the server of the original.
"""

import os
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_CLOCKS = 30  # seconds that the two ways of telling when a process began may differ


@dataclass(frozen=True)
class Written:
    """What a server wrote into its folder when it started."""

    pid: int
    folder: Path
    began: int  # seconds since 1970


def written(data: Path) -> Written | None:
    """What `postmaster.pid` says, be it true or not."""
    with suppress(OSError, ValueError, IndexError):
        lines = (data / "postmaster.pid").read_text(errors="surrogateescape").splitlines()
        return Written(abs(int(lines[0])), Path(lines[1]), int(lines[2]))
    return None


def serving(data: Path) -> int | None:
    """The process that serves this very folder; None where there is none, whatever the file says."""
    said = written(data)
    if said is None or not _same(said.folder, data):
        return None
    if not (_PROC / "self").exists():
        return said.pid if _shown_by_ps(said, data) else None
    ours = _is_postgres_in(said.pid, data) and abs(_began(said.pid) - said.began) <= _CLOCKS
    return said.pid if ours else None


def stop(data: Path, seconds: float = 30) -> bool:
    """Stops the server of this folder, and what a killed one left behind; tells whether nothing is left.

    A stale file is taken away: PostgreSQL itself would refuse to start while its number belongs to anybody.
    """
    ends = time.monotonic() + seconds
    pid = serving(data)
    if pid is not None:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)  # fast shutdown
        while serving(data) == pid and time.monotonic() < ends:
            time.sleep(0.05)
        if serving(data) is not None:
            return False
    _end_orphans(data)
    if any(_is_postgres_in(p, data) for p in _all()):
        return False
    (data / "postmaster.pid").unlink(missing_ok=True)
    return True


def _end_orphans(data: Path) -> None:
    """The processes of a killed server end by themselves; one that is busy is helped after three seconds."""
    ends = time.monotonic() + 3
    while left := [p for p in _all() if _is_postgres_in(p, data) and not _is_master(p)]:
        if time.monotonic() > ends:
            for each in left:
                with suppress(ProcessLookupError):
                    os.kill(each, signal.SIGKILL)
        if time.monotonic() > ends + 3:
            return
        time.sleep(0.05)


def _all() -> list[int]:
    return [int(p.name) for p in _PROC.iterdir() if p.name.isdigit()] if _PROC.is_dir() else []


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _is_postgres_in(pid: int, data: Path) -> bool:
    with suppress(OSError):
        program = os.path.basename(os.readlink(_PROC / str(pid) / "exe"))
        return program.startswith("postgres") and _same(_PROC / str(pid) / "cwd", data)
    return False


def _is_master(pid: int) -> bool:
    """The server itself keeps its command line; those it starts say "postgres: …" what they are."""
    with suppress(OSError):
        return not (_PROC / str(pid) / "cmdline").read_bytes().startswith(b"postgres:")
    return False


def _began(pid: int) -> float:
    """When a process began, in seconds since 1970; 0 where it is gone."""
    with suppress(OSError, ValueError, IndexError):
        ticks = int((_PROC / str(pid) / "stat").read_text().rsplit(")", 1)[1].split()[19])
        since = time.clock_gettime(time.CLOCK_BOOTTIME)
        return time.time() - since + ticks / os.sysconf("SC_CLK_TCK")
    return 0.0


def _shown_by_ps(said: Written, data: Path) -> bool:
    """Where there is no /proc (macOS): the command of that number is a server on this folder."""
    words = ["ps", "-o", "command=", "-p", str(said.pid)]
    shown = subprocess.run(words, capture_output=True, text=True, check=False).stdout
    return "postgres" in shown.split(" -D ")[0] and f" -D {data} " in shown

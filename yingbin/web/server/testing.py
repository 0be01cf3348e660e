"""`bin/test`: a throw-away database, then style, types and every test; the closing lines are pytest's."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from . import rights
from .postgres import HOME
from .serve import ROOT, prepare

CHECKS = [
    ["ruff", "check", "."],
    ["ruff", "format", "--check", "."],
    ["mypy"],
]


def main(words: list[str]) -> int:
    """Runs everything, or only pytest with the given words. Returns the exit code."""
    root = HOME / "testing" if os.geteuid() == 0 else Path(tempfile.gettempdir())
    if os.geteuid() == 0:
        from .postgres import Embedded

        Embedded(root)
        root.mkdir(exist_ok=True, mode=0o755)
    data = Path(tempfile.mkdtemp(prefix="yb-", dir=root))
    data.chmod(0o755)
    database = None
    try:
        database = prepare(data, durable=False)
        os.environ["DATABASE_URL"] = rights.owner_url()  # tests make databases
        if words:
            return _run([sys.executable, "-m", "pytest", *words])
        faults = [check for check in CHECKS if _run([sys.executable, "-m", *check])]
        tests = _run([sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadgroup", "-q"])
        for fault in faults:
            print(f"FAILED: {' '.join(fault)}", file=sys.stderr)
        return 1 if faults or tests else 0
    finally:
        if database is not None:
            database.stop()
        shutil.rmtree(data, ignore_errors=True)


def _run(command: list[str]) -> int:
    print("+", " ".join(command[2:]), flush=True)
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

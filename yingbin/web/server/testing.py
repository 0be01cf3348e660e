"""`bin/test`: a throw-away database, then every test, with style and types beside them; the closing lines are pytest's."""

import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

from . import rights
from .postgres import HOME
from .serve import ROOT, prepare

SETTINGS = "yingbin.web.settings"
CHECKS = [
    ["ruff", "check", "."],
    ["ruff", "format", "--check", "."],
    ["mypy"],
]
# Three workers on two cores: browsers and servers are often waited for.
ALL = ["-n", "3", "--dist", "loadscope", "--no-loadscope-reorder", "-q", "--durations=40"]


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
        if database is not None:
            _tables_once()
        with ThreadPoolExecutor(1) as beside:
            checked = [(check, beside.submit(_told, check)) for check in CHECKS]
            tests = _run([sys.executable, "-m", "pytest", *ALL])
        faults = [(check, done.result()[1]) for check, done in checked if done.result()[0]]
        for check, told in faults:
            print(f"FAILED: {' '.join(check)}\n{told}", file=sys.stderr)
        return 1 if faults or tests else 0
    finally:
        if database is not None:
            database.stop()
        shutil.rmtree(data, ignore_errors=True)


def _tables_once() -> None:
    """Makes the tables of the database that every worker's own is then copied from."""
    migrated = _run([sys.executable, "-m", "django", "migrate", "-v", "0", "--settings", SETTINGS])
    if migrated == 0:
        os.environ["YINGBIN_TEST_TEMPLATE"] = urlsplit(os.environ["DATABASE_URL"]).path[1:]


def _told(check: list[str]) -> tuple[int, str]:
    """Runs a check beside the tests; its exit code and what it says."""
    print("+", *check, "（与测试同时进行）", flush=True)
    words = [sys.executable, "-m", *check]
    done = subprocess.run(words, cwd=ROOT, check=False, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def _run(command: list[str]) -> int:
    print("+", " ".join(command[2:]), flush=True)
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

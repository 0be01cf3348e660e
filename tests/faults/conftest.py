"""One house is set up with its demo and stopped cleanly; every other one begins as a copy of its folder."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Found = Callable[[Path], None]


@pytest.fixture(scope="session")
def founded() -> Iterator[Found]:
    """`founded(folder)` puts a finished installation with its demo there, ready to be served."""
    from tests.faults.test_kill import House

    whole = Path(tempfile.mkdtemp(prefix="yb-founded-", dir="/tmp"))
    whole.chmod(0o755)
    first = House(whole)
    try:
        first.wait()
        first.process.terminate()
        assert first.process.wait(60) == 0

        def copy(folder: Path) -> None:
            subprocess.run(["cp", "-a", f"{whole}/.", str(folder)], check=True)

        yield copy
    finally:
        first.process.kill()
        first.log.close()
        shutil.rmtree(whole, ignore_errors=True)

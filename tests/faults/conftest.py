"""One house is founded with its demo; the tests that leave it whole hand it on to the next."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.faults.house import AWKWARD, House, room, surroundings


class Shared:
    """The house that is handed on; another is founded where there is none, or none any more."""

    def __init__(self) -> None:
        self.house: House | None = None
        self.folder = ExitStack()

    def served(self) -> House:
        """A house that answers, whatever the test before did with its processes."""
        if self.house is None:
            data = self.folder.enter_context(room("house")) / AWKWARD[0]
            data.mkdir(mode=0o755)
            self.house = House(data)
        elif self.house.process.poll() is not None:
            self.house.process = self.house.serve()
        self.house.environment = surroundings(self.house.data)
        self.house.wait()
        return self.house

    def end(self) -> None:
        """It is gone with all that is in it."""
        if self.house is not None:
            self.house.kill()
        self.house = None
        self.folder.close()


@pytest.fixture(scope="session")
def shared() -> Iterator[Shared]:
    """Of this run, ended with it."""
    held = Shared()
    yield held
    held.end()


@pytest.fixture
def house(shared: Shared, request: pytest.FixtureRequest) -> Iterator[House]:
    """A served house with its demo; after a test that failed nobody gets it any more."""
    failures = request.session.testsfailed
    try:
        yield shared.served()
    finally:
        if request.session.testsfailed > failures:
            shared.end()


@pytest.fixture(name="room")
def of_this_test() -> Iterator[Path]:
    """A folder that the database's account can reach."""
    with room("room") as folder:
        yield folder

"""The counter of an estate office, and a folder for its photos."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from tests.worlds import begin
from yingbin.files.places import place_of

from .counter import Counter
from .house import SCENES, House, as_it_was, kept_for_module
from .residence import Residence
from .till import Till


@pytest.fixture
def counter(db: None, monkeypatch: pytest.MonkeyPatch) -> Counter:
    """湖畔管理处 on a Monday at nine; its pages are opened at that time."""
    made = begin("counter", Counter)
    monkeypatch.setattr(timezone, "now", lambda: made.now)
    return made


@pytest.fixture
def room(settings: Any, tmp_path: Path) -> Path:
    """Where the bytes of this test's photos lie."""
    settings.STORAGES = {**settings.STORAGES, "files": place_of({}, tmp_path)}
    return tmp_path / "files"


@pytest.fixture
def residence(db: None, monkeypatch: pytest.MonkeyPatch) -> Residence:
    """The same office, where homes and residents are kept."""
    made = begin("residence", Residence)
    monkeypatch.setattr(timezone, "now", lambda: made.now)
    return made


@pytest.fixture
def till(db: None, monkeypatch: pytest.MonkeyPatch) -> Till:
    """The same office, with its price list and its cash box."""
    made = begin("till", Till)
    monkeypatch.setattr(timezone, "now", lambda: made.now)
    return made


@pytest.fixture(scope="module")
def played(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: object
) -> Iterator[House]:
    """A house with the scenes that a file names as `SCENES_PLAYED`, all of them where it names none; made once."""
    wanted = getattr(request.module, "SCENES_PLAYED", tuple(SCENES))
    too = getattr(request.module, "PLAYED_TOO", None)
    yield from kept_for_module(django_db_blocker, wanted, too)


@pytest.fixture
def house(played: House, db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """That house, for one test; its pages are opened at its time."""
    monkeypatch.setattr(timezone, "now", lambda: played.now)
    with as_it_was(played):
        yield played

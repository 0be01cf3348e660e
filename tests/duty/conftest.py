"""A show flat and its people."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from tests.worlds import begin
from yingbin.files.places import place_of

from .flat import Flat
from .full import kept_for_module
from .line_desk import Enter, signed_in


@pytest.fixture
def flat(db: None) -> Flat:
    """One show flat on a Monday morning; nobody has come yet."""
    return begin("flat", Flat)


@pytest.fixture
def room(settings: Any, tmp_path: Path) -> Path:
    """Where the bytes of this test's photos lie."""
    settings.STORAGES = {**settings.STORAGES, "files": place_of({}, tmp_path)}
    return tmp_path / "files"


@pytest.fixture
def desk(flat: Flat, monkeypatch: pytest.MonkeyPatch) -> Flat:
    """叶 and 许 are on duty; the pages' clock stands at the flat's."""
    flat.come()
    monkeypatch.setattr(timezone, "now", lambda: flat.now)
    return flat


@pytest.fixture
def enter(desk: Flat) -> Enter:
    """A browser in which somebody of the flat has signed in; nobody for ""."""
    return lambda who: signed_in(desk, who)


@pytest.fixture(scope="module")
def played(django_db_setup: None, django_db_blocker: object) -> Iterator[Flat]:
    """A day with a row in every table, made once for all tests of a file; each undoes what it does."""
    yield from kept_for_module(django_db_blocker)


@pytest.fixture
def day(played: Flat, db: None) -> Flat:
    """That day, for one test."""
    return played


@pytest.fixture
def today(flat: Flat, monkeypatch: pytest.MonkeyPatch) -> Flat:
    """叶 and 许 are on duty; the pages' clock stands at the flat's."""
    flat.come()
    monkeypatch.setattr(timezone, "now", lambda: flat.now)
    return flat

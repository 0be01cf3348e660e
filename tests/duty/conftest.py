"""A show flat and its people."""

from pathlib import Path
from typing import Any

import pytest

from yingbin.files.places import place_of

from .flat import Flat


@pytest.fixture
def flat(db: None) -> Flat:
    """One show flat on a Monday morning; nobody has come yet."""
    return Flat()


@pytest.fixture
def room(settings: Any, tmp_path: Path) -> Path:
    """Where the bytes of this test's photos lie."""
    settings.STORAGES = {**settings.STORAGES, "files": place_of({}, tmp_path)}
    return tmp_path / "files"

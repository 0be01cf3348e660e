"""The sales centre of these tests, an estate office, and a folder for their photos."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.customers.office import Office
from tests.matters.estate import Estate
from tests.matters.residents import known
from yingbin.files.owners import owners
from yingbin.files.places import place_of


@pytest.fixture
def office(db: None) -> Office:
    """湖畔雅居 with its people."""
    return Office()


@pytest.fixture
def estate(db: None) -> Estate:
    """湖畔管理处 with its desk and its works department."""
    return Estate()


@pytest.fixture(scope="module")
def residents() -> Iterator[None]:
    """The kinds of a residents' desk."""
    with known():
        yield


@pytest.fixture
def room(settings: Any, tmp_path: Path) -> Iterator[Path]:
    """Where the bytes of this test's photos lie."""
    settings.STORAGES = {**settings.STORAGES, "files": place_of({}, tmp_path)}
    owners.cache_clear()
    yield tmp_path / "files"
    owners.cache_clear()

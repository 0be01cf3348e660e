"""A headquarters, made for each test."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from tests.worlds import begin

from .headquarters import Headquarters, kept_for_module


@pytest.fixture
def house(db: None, monkeypatch: pytest.MonkeyPatch) -> Headquarters:
    """澄湖总部 on a Monday at nine; its pages are opened at that time."""
    made = begin("headquarters", Headquarters)
    monkeypatch.setattr(timezone, "now", lambda: made.now)
    return made


@pytest.fixture(scope="module")
def played(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any
) -> Iterator[Headquarters]:
    """A house in which happened what a file tells as `lived`; made once for all its tests."""
    yield from kept_for_module(django_db_blocker, request.module.lived)


@pytest.fixture
def kept(played: Headquarters, db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Headquarters]:
    """That house; its pages are opened at its time, and its clock goes back after each test."""
    now = played.now
    monkeypatch.setattr(timezone, "now", lambda: played.now)
    yield played
    played.now = now

"""A headquarters, made for each test."""

import pytest
from django.utils import timezone

from tests.worlds import begin

from .headquarters import Headquarters


@pytest.fixture
def house(db: None, monkeypatch: pytest.MonkeyPatch) -> Headquarters:
    """澄湖总部 on a Monday at nine; its pages are opened at that time."""
    made = begin("headquarters", Headquarters)
    monkeypatch.setattr(timezone, "now", lambda: made.now)
    return made

"""The gallery of the floor's tests, for tests of the whole house."""

from functools import cache

import pytest

from tests.gallery.conftest import gallery, hall
from yingbin.web.shell import counts

__all__ = ["gallery", "hall"]


@pytest.fixture
def counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for somebody is counted once, however many pages are opened: it stands on each alike, and costs half of one."""
    monkeypatch.setattr("yingbin.web.context.counts", cache(counts))

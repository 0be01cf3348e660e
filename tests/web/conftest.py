"""The gallery of the floor's tests, for tests of the whole house."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from tests.gallery.conftest import gallery, hall

__all__ = ["fresh_counters", "gallery", "hall"]


@pytest.fixture
def fresh_counters() -> Iterator[None]:
    """New limits for each test; and the test's own connection outlives a request."""
    cache.clear()
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)

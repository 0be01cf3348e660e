"""An office whose people ask and decide."""

from collections.abc import Iterator

import pytest

from tests.approvals.kinds import known
from tests.customers.office import Office


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    """The kinds of these tests alone."""
    with known():
        yield


@pytest.fixture
def office(db: None, monkeypatch: pytest.MonkeyPatch) -> Office:
    """A sales centre on a Saturday morning; pages look at its clock."""
    made = Office()
    monkeypatch.setattr("django.utils.timezone.now", lambda: made.now)
    return made

"""The sales centre of these tests."""

import pytest

from tests.customers.office import Office
from tests.gallery.conftest import gallery, hall  # noqa: F401

from .test_delivery import robot, use  # noqa: F401


@pytest.fixture
def office(db: None) -> Office:
    """湖畔雅居 with its people."""
    return Office()

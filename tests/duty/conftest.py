"""A show flat and its people."""

import pytest

from .flat import Flat


@pytest.fixture
def flat(db: None) -> Flat:
    """One show flat on a Monday morning; nobody has come yet."""
    return Flat()

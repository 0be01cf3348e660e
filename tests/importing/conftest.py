"""Files are brought into the gallery of the floor's tests."""

import random

import pytest

from tests.gallery.conftest import gallery, hall, patient_reader

__all__ = ["gallery", "hall", "patient_reader"]


@pytest.fixture
def fresh_seeds() -> list[int]:
    """Seeds that are others in every run; a failing one stands in what is told."""
    return random.SystemRandom().sample(range(1_000, 100_000_000), 50)

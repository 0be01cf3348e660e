"""Files are brought into the gallery of the floor's tests; people into 湖畔雅居."""

import random
from datetime import datetime

import pytest
from django.utils import timezone

from tests.gallery.conftest import gallery, hall, patient_reader
from tests.importing.personnel import Personnel
from tests.people.conftest import hupan
from yingbin.people.models import Site

__all__ = ["gallery", "hall", "hupan", "patient_reader"]


@pytest.fixture
def now() -> datetime:
    """The moment of the test."""
    return timezone.now()


@pytest.fixture
def headquarters(hupan: Site) -> Site:
    """The company's headquarters, a second site."""
    return Site.objects.create(
        kind="headquarters", code="zongbu", name="澄湖置业总部", short_name="总部"
    )


@pytest.fixture
def personnel(hupan: Site) -> Personnel:
    """郑岚, who manages the people of the gallery."""
    return Personnel()


@pytest.fixture
def fresh_seeds() -> list[int]:
    """Seeds that are others in every run; a failing one stands in what is told."""
    return random.SystemRandom().sample(range(1_000, 100_000_000), 50)

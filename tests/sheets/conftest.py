"""A site with its people and a book of keys."""

import pytest
from pytest_django import Settings

from tests.gallery.conftest import Gallery, gallery
from tests.sheets import keys

__all__ = ["gallery", "keybook"]


@pytest.fixture
def keybook(gallery: Gallery, settings: Settings) -> Gallery:
    """The site's people, and an app with the tables of the book of keys."""
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "tests.sheets.keybook"]
    keys.found()
    return gallery

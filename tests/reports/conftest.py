"""The gallery of the floor's tests."""

from tests.gallery.conftest import gallery, hall

__all__ = ["gallery", "hall"]

"""The gallery's people, for tests of its journal."""

from tests.gallery.conftest import gallery, hall

__all__ = ["gallery", "hall"]

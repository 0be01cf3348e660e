"""The gallery of the floor's tests, for tests of the whole house."""

from tests.gallery.conftest import gallery, hall

__all__ = ["gallery", "hall"]

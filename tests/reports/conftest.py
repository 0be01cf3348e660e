"""The gallery of the floor's tests."""

from tests.floor.conftest import gallery, hall

__all__ = ["gallery", "hall"]

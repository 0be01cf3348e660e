"""The gallery's people, for tests of its journal."""

from tests.floor.conftest import gallery, hall

__all__ = ["gallery", "hall"]

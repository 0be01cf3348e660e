"""The gallery of the floor's tests, for tests of the whole house."""

from tests.floor.conftest import gallery, hall

__all__ = ["gallery", "hall"]

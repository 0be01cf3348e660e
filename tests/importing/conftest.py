"""Files are brought into the gallery of the floor's tests."""

from tests.gallery.conftest import gallery, hall, patient_reader

__all__ = ["gallery", "hall", "patient_reader"]

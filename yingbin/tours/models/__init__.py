"""Tables of corporate visits, by noun."""

from .visits import TourEvent, TourOffice, TourVisit

__all__ = ["TourEvent", "TourOffice", "TourVisit"]

"""Tables of corporate visits, by noun."""

from .gate import Gate, GateBreach, GateClash, GateDevice, GateEvent
from .passes import Fate, PassPaper, PassPlace, PassRevision, VisitorPass
from .visits import TourEvent, TourOffice, TourVisit

__all__ = [
    "Fate",
    "Gate",
    "GateBreach",
    "GateClash",
    "GateDevice",
    "GateEvent",
    "PassPaper",
    "PassPlace",
    "PassRevision",
    "TourEvent",
    "TourOffice",
    "TourVisit",
    "VisitorPass",
]

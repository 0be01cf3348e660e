"""Tables of corporate visits, by noun."""

from .breaches import BreachCopy, BreachStep
from .gate import Gate, GateBreach, GateClash, GateDevice, GateEvent
from .guests import GuestLook, TourGuest
from .hosting import HostingEvent
from .keeping import VisitClearing
from .passes import Fate, PassPaper, PassPlace, PassRevision, VisitorPass
from .prints import PassPrinting, PassPrintPart
from .visits import TourEvent, TourOffice, TourVisit

__all__ = [
    "BreachCopy",
    "BreachStep",
    "Fate",
    "Gate",
    "GateBreach",
    "GateClash",
    "GateDevice",
    "GateEvent",
    "GuestLook",
    "HostingEvent",
    "PassPaper",
    "PassPlace",
    "PassPrintPart",
    "PassPrinting",
    "PassRevision",
    "TourEvent",
    "TourGuest",
    "TourOffice",
    "TourVisit",
    "VisitClearing",
    "VisitorPass",
]

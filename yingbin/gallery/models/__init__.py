"""The sales gallery's tables, by noun: days and their decisions, receptions, the visitors' register."""

from .book import RegisterExport
from .calls import Agency, AgencyRegistration, Call
from .cases import Dispute, Ruling, Statement
from .days import (
    FREE_TEXT,
    VISIT_WORDS,
    Claim,
    GalleryDay,
    GalleryPolicy,
    LeaveRequest,
    Nudge,
    Presence,
    QueueState,
    Reception,
    Reopening,
    Request,
    StandingOrder,
    TurnDecision,
    TurnEvent,
    Undone,
    Visit,
    WrongCode,
)
from .register import Needs, RegisterEntry, RegisterWords, Step

__all__ = [
    "FREE_TEXT",
    "VISIT_WORDS",
    "Agency",
    "AgencyRegistration",
    "Call",
    "Claim",
    "Dispute",
    "GalleryDay",
    "GalleryPolicy",
    "LeaveRequest",
    "Needs",
    "Nudge",
    "Presence",
    "QueueState",
    "Reception",
    "RegisterEntry",
    "RegisterExport",
    "RegisterWords",
    "Reopening",
    "Request",
    "Ruling",
    "StandingOrder",
    "Statement",
    "Step",
    "TurnDecision",
    "TurnEvent",
    "Undone",
    "Visit",
    "WrongCode",
]

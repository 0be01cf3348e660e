"""The sales gallery's tables, by noun: days and their decisions, receptions, the visitors' register."""

from .book import RegisterExport
from .calls import Agency, AgencyRegistration, Call
from .cases import CaseCopy, Dispute, Ruling, Statement
from .days import (
    FREE_TEXT,
    VISIT_WORDS,
    Claim,
    GalleryDay,
    GalleryPolicy,
    Nudge,
    Presence,
    QueueState,
    Reception,
    Reopening,
    StandingOrder,
    TurnDecision,
    TurnEvent,
    Undone,
    Visit,
)
from .register import Needs, RegisterEntry, RegisterWords, Step

__all__ = [
    "FREE_TEXT",
    "VISIT_WORDS",
    "Agency",
    "AgencyRegistration",
    "Call",
    "CaseCopy",
    "Claim",
    "Dispute",
    "GalleryDay",
    "GalleryPolicy",
    "Needs",
    "Nudge",
    "Presence",
    "QueueState",
    "Reception",
    "RegisterEntry",
    "RegisterExport",
    "RegisterWords",
    "Reopening",
    "Ruling",
    "StandingOrder",
    "Statement",
    "Step",
    "TurnDecision",
    "TurnEvent",
    "Undone",
    "Visit",
]

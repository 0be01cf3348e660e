"""Posts, rosters, what people ask of them; days on duty as lists of events with what follows; incidents; a flat's visitors."""

from .assets import Asset, FaultReport
from .checks import CheckAnswer, CheckDraft, CheckKind, CheckList, CheckReturn, SharedCheckList
from .day import DutyAlert, DutyEvent, DutyLog
from .feeds import RosterFeed
from .handovers import Handover, HandoverNote, HandoverSignature
from .incidents import EmergencyProcedure, Incident, IncidentCopy, IncidentNote
from .leave import Leave
from .lines import LineDetail
from .posts import PostRule, RosterCell, ShiftKind
from .questions import PassedQuestion
from .reports import ReportSending
from .swaps import ShiftSwap
from .visit_sheets import (
    MatchConfirmation,
    MatchSettlement,
    VisitMatching,
    VisitSheet,
    VisitSheetCopy,
    VisitSheetWords,
)
from .visits import FlatFacts, GuestCode, ShowVisit, VisitReferral

__all__ = [
    "Asset",
    "CheckAnswer",
    "CheckDraft",
    "CheckKind",
    "CheckList",
    "CheckReturn",
    "DutyAlert",
    "DutyEvent",
    "DutyLog",
    "EmergencyProcedure",
    "FaultReport",
    "FlatFacts",
    "GuestCode",
    "Handover",
    "HandoverNote",
    "HandoverSignature",
    "Incident",
    "IncidentCopy",
    "IncidentNote",
    "Leave",
    "LineDetail",
    "MatchConfirmation",
    "MatchSettlement",
    "PassedQuestion",
    "PostRule",
    "ReportSending",
    "RosterCell",
    "RosterFeed",
    "SharedCheckList",
    "ShiftKind",
    "ShiftSwap",
    "ShowVisit",
    "VisitMatching",
    "VisitReferral",
    "VisitSheet",
    "VisitSheetCopy",
    "VisitSheetWords",
]

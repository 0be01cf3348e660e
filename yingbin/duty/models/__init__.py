"""Posts, rosters, what people ask of them; days on duty as lists of events with what follows from them."""

from .checks import CheckAnswer, CheckDraft, CheckKind, CheckList, CheckReturn
from .day import DutyAlert, DutyEvent, DutyLog
from .feeds import RosterFeed
from .leave import Leave
from .posts import PostRule, RosterCell, ShiftKind
from .swaps import ShiftSwap

__all__ = [
    "CheckAnswer",
    "CheckDraft",
    "CheckKind",
    "CheckList",
    "CheckReturn",
    "DutyAlert",
    "DutyEvent",
    "DutyLog",
    "Leave",
    "PostRule",
    "RosterCell",
    "RosterFeed",
    "ShiftKind",
    "ShiftSwap",
]

"""Posts and rosters; days on duty as lists of events with what follows from them."""

from .day import DutyAlert, DutyEvent, DutyLog
from .posts import PostRule, RosterCell, ShiftKind

__all__ = ["DutyAlert", "DutyEvent", "DutyLog", "PostRule", "RosterCell", "ShiftKind"]

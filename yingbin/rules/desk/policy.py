"""What an office may choose: limits of each kind and grade, pauses, hand-offs, call-backs. Minutes throughout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

KINDS = ("enquiry", "help", "paid", "suggestion", "complaint")
NORMAL, URGENT = "normal", "urgent"
SEVERITIES = ("minor", "major", "grave")


@dataclass(frozen=True)
class LimitRow:
    """The limits of one kind and grade in minutes, of working time unless `always`; None: no such clock."""

    respond: int | None
    arrive: int | None
    solve: int
    reply: int
    accept: int
    ladder: tuple[int, int, int]
    always: bool = False


_DAY = (0, 120, 450)
LIMITS: Mapping[str, LimitRow] = {
    "enquiry": LimitRow(None, None, 240, 60, 30, _DAY),
    "help": LimitRow(30, 240, 450, 60, 30, _DAY),
    "help_urgent": LimitRow(5, 30, 240, 30, 5, (0, 15, 30), always=True),
    "paid": LimitRow(30, 450, 1350, 60, 60, _DAY),
    "paid_urgent": LimitRow(10, 60, 480, 60, 10, (0, 30, 60), always=True),
    "suggestion": LimitRow(450, None, 1350, 450, 120, (0, 450, 900)),
    "complaint_minor": LimitRow(30, None, 900, 450, 60, (0, 225, 450)),
    "complaint_major": LimitRow(15, None, 450, 225, 30, (0, 60, 225)),
    "complaint_grave": LimitRow(10, None, 1440, 240, 10, (0, 0, 60), always=True),
}
CALLBACK_PERCENT: Mapping[str, int] = {"enquiry": 10, "help": 30, "paid": 30, "suggestion": 30}
CALLBACK_WITHIN: Mapping[str, int] = {**dict.fromkeys(KINDS, 2250), "complaint": 1350}


@dataclass(frozen=True)
class DeskPolicy:
    """An office's choices. scope: subject → departments that serve it, None: every department serves everything."""

    limits: Mapping[str, LimitRow] = field(default_factory=lambda: LIMITS)
    warn_percent: int = 80
    pause_cap: int = 1350
    free_hand_offs: int = 2
    urgent_subjects: frozenset[str] = frozenset({"water", "power", "lift", "gas"})
    scope: Mapping[str, frozenset[str]] | None = None
    repeat_days: int = 30
    seed: str = "yingbin"
    callback_percent: Mapping[str, int] = field(default_factory=lambda: CALLBACK_PERCENT)
    callback_within: Mapping[str, int] = field(default_factory=lambda: CALLBACK_WITHIN)
    callback_tries: int = 3

    def row(self, kind: str, grade: str) -> LimitRow:
        """The row that a kind and a grade choose."""
        return self.limits[kind if grade == NORMAL else f"{kind}_{grade}"]

    def serves(self, subject: str, department: str) -> bool:
        """Whether a department serves this subject (SD-4.2.2)."""
        return self.scope is None or department in self.scope.get(subject, ())

    def is_out_of_scope(self, subject: str) -> bool:
        """Whether the house serves no such subject at all."""
        return self.scope is not None and subject not in self.scope


def grades_of(kind: str) -> tuple[str, ...]:
    """The grades of a kind, the lightest first."""
    if kind == "complaint":
        return SEVERITIES
    return (NORMAL, URGENT) if kind in ("help", "paid") else (NORMAL,)

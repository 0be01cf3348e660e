"""What a file of the desk holds, for the second opinion."""

from dataclasses import dataclass, field

from .second_opinion_time import Hours

KINDS = ["enquiry", "help", "paid", "suggestion", "complaint"]
SEVERITIES = ["minor", "major", "grave"]


@dataclass(frozen=True)
class Row:
    """The limits of one kind and grade, in minutes."""

    respond: int | None
    arrive: int | None
    solve: int
    reply: int
    accept: int
    ladder: tuple[int, int, int]
    always: bool = False


@dataclass
class Department:
    """One department: who leads it and who else is in it."""

    head: str
    members: list[str]


@dataclass
class People:
    """Everybody whom the rules know."""

    clerks: list[str]
    guards: list[str]
    supervisor: str
    manager: str
    departments: dict[str, Department]


def default_rows() -> dict[str, Row]:
    """The table of limits as the contract gives it."""
    return {
        "enquiry": Row(None, None, 240, 60, 30, (0, 120, 450)),
        "help": Row(30, 240, 450, 60, 30, (0, 120, 450)),
        "help_urgent": Row(5, 30, 240, 30, 5, (0, 15, 30), True),
        "paid": Row(30, 450, 1350, 60, 60, (0, 120, 450)),
        "paid_urgent": Row(10, 60, 480, 60, 10, (0, 30, 60), True),
        "suggestion": Row(450, None, 1350, 450, 120, (0, 450, 900)),
        "complaint_minor": Row(30, None, 900, 450, 60, (0, 225, 450)),
        "complaint_major": Row(15, None, 450, 225, 30, (0, 60, 225)),
        "complaint_grave": Row(10, None, 1440, 240, 10, (0, 0, 60), True),
    }


@dataclass
class Policy:
    """How this estate wants its desk to work."""

    limits: dict[str, Row] = field(default_factory=default_rows)
    warn_percent: int = 80
    pause_cap: int = 1350
    free_hand_offs: int = 2
    urgent_subjects: list[str] = field(default_factory=lambda: ["water", "power", "lift", "gas"])
    scope: dict[str, list[str]] | None = None
    repeat_days: int = 30
    seed: str = "yingbin"
    callback_percent: dict[str, int] = field(
        default_factory=lambda: {"enquiry": 10, "help": 30, "paid": 30, "suggestion": 30}
    )
    callback_within: dict[str, int] = field(
        default_factory=lambda: {kind: 1350 if kind == "complaint" else 2250 for kind in KINDS}
    )
    callback_tries: int = 3


@dataclass
class Event:
    """One event, its further fields by their type."""

    at: int
    name: str
    matter: str
    by: str
    texts: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    flags: dict[str, bool] = field(default_factory=dict)


@dataclass
class File:
    """A whole file."""

    hours: Hours
    people: People
    policy: Policy
    events: list[Event]
    until: int | None

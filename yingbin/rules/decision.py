"""What the rules answer: a decision with its clause and its reason, or a refusal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["received", "enquiry", "waits", "claim", "adjust", "refused"]

_FIELDS: dict[str, tuple[str, ...]] = {
    "received": ("receiver", "counted", "turn", "passed_over"),
    "enquiry": ("receiver", "counted", "turn", "passed_over"),
    "waits": ("receiver", "waiting"),
    "claim": ("receiver", "counted", "turn"),
    "adjust": ("receiver",),
    "refused": ("refused",),
}


class Refused(Exception):
    """The rules refuse. `message` says in Chinese what is wrong and what to do.

    about: the argument it is about, where it is one; a page leads to its field.
    """

    def __init__(self, clause: str | None, message: str, about: str = "") -> None:
        super().__init__(message)
        self.about = about
        self.clause = clause
        self.message = message


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of the turn queue, in the terms of the contract.

    event: position (live: number) of the event that caused it; visit: None where there is none;
    queue: the order after it; turn: what the reception cost, `queue`, `owed`, `make_up` or `none`,
    "" where no group is received; passed_over: those whom this walk sent to the tail, head first.
    """

    kind: Kind
    event: int
    visit: str | None
    clause: str | None
    because: str
    queue: tuple[str, ...]
    receiver: str | None = None
    counted: bool = False
    turn: str = ""
    passed_over: tuple[str, ...] = ()

    @property
    def waiting(self) -> bool:
        """The group begins to wait."""
        return self.kind == "waits"

    @property
    def refused(self) -> bool:
        """The event was refused and changed nothing."""
        return self.kind == "refused"

    def raise_if_refused(self) -> None:
        """Raise the refusal as an exception, for those who must not go on."""
        if self.refused:
            raise Refused(self.clause, self.because)

    def to_json(self) -> dict[str, object]:
        """The decision with the fields that the contract names for its kind."""
        common = {
            "event": self.event,
            "visit": self.visit,
            "clause": self.clause,
            "because": self.because,
            "queue": list(self.queue),
        }
        own = {name: getattr(self, name) for name in _FIELDS[self.kind]}
        if "passed_over" in own:
            own["passed_over"] = list(self.passed_over)
        return common | own

"""What the rules answer: decisions and consequences, in the order of the log."""

from __future__ import annotations

from dataclasses import dataclass, field

from .moments import Moment, written

JSON = str | int | bool | None | list[str] | list[dict[str, str]]


@dataclass(frozen=True)
class Entry:
    """One line of the log; `to`: whom it alerts, None for a decision; event: None for the clock's."""

    at: Moment
    event: int | None
    what: str
    clause: str | None
    because: str
    to: str | None = None
    more: dict[str, JSON] = field(default_factory=dict)

    def to_json(self) -> dict[str, JSON]:
        """As the contract has it."""
        told: dict[str, JSON] = {
            "at": written(self.at),
            "event": self.event,
            "what": self.what,
            "clause": self.clause,
            "because": self.because,
        }
        if self.to is not None:
            told["to"] = self.to
        return {**told, **self.more}


@dataclass(frozen=True)
class Alert:
    """A consequence on its way into the log: what, whom it alerts, under which clause, why."""

    what: str
    to: str
    clause: str | None
    because: str
    more: dict[str, JSON] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """An accepted event: why, what the decision says besides, and what follows at once."""

    because: str
    more: dict[str, JSON] = field(default_factory=dict)
    alerts: tuple[Alert, ...] = ()


class NotNow(Exception):
    """The rules refuse: a sentence, and what the decision says besides."""

    def __init__(self, because: str, more: dict[str, JSON] | None = None) -> None:
        super().__init__(because)
        self.because = because
        self.more = more or {}

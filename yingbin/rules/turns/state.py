"""The turn queue as it stands at one moment: who is where, which groups are with whom.

The state holds facts and moves people; it decides nothing. Deciding is `reception` and `turns`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from yingbin.rules.malformed import Fields
from yingbin.rules.turns.accounts import Account, Accounts, MakeUp
from yingbin.rules.turns.policy import TurnsPolicy

WAITING, RECEIVED, ENDED, LEFT, ENQUIRY = "waiting", "received", "ended", "left", "enquiry"
NEW, NAMED, REGISTERED, PEER, ENQUIRER = "new", "named", "registered", "peer", "enquirer"
BY_QUEUE, TO_PERSON, TO_LAST, TO_NOBODY = "queue", "person", "last", "nobody"


@dataclass(frozen=True, slots=True)
class Visit:
    """A group, the row of the contract's table it stands in, and its present reception.

    origin: what it is (new, named, registered, peer, enquirer); whom: the one it names; way: who
    may receive it now; stage: waiting, received, ended, left or enquiry. Of the present reception:
    receiver, counted, turn (what it cost), claimed (TQ-6 accepted), held (index in the queue before
    it, where it cost the place), used (clause of the make-up turn it cost).
    """

    origin: str
    way: str
    whom: str | None = None
    stage: str = WAITING
    receiver: str | None = None
    counted: bool = False
    turn: str = "none"
    claimed: bool = False
    held: int | None = None
    used: str | None = None


@dataclass(frozen=True, slots=True)
class Leave:
    """Going off the floor: `away` or `sign_out`; for `away` the reason given and what it counts as.

    treated_as differs from reason where business was not approved: it counts as private (TQ-7).
    """

    kind: str
    reason: str | None = None
    treated_as: str | None = None


class Absence(NamedTuple):
    """Someone signed in who is off the floor; marks: how often this absence was passed over."""

    reason: str
    treated_as: str
    marks: int = 0


def _flat(row: Visit | Leave) -> dict[str, object]:
    """Its fields; `asdict` would copy each value deeply, and none has any depth."""
    return {name: getattr(row, name) for name in row.__slots__}


@dataclass(slots=True)
class State:
    """One day's turn queue.

    queue: signed in, first to last. counts: counted receptions of every salesperson of the day.
    receiving: who -> visit. to_follow: leaves that happen when a reception ends. line: waiting
    visits by arrival. departed: who signed out and has not come back, with the index they held.
    """

    policy: TurnsPolicy
    queue: list[str]
    counts: dict[str, int]
    accounts: Accounts
    away: dict[str, Absence] = field(default_factory=dict)
    receiving: dict[str, str] = field(default_factory=dict)
    to_follow: dict[str, Leave] = field(default_factory=dict)
    visits: dict[str, Visit] = field(default_factory=dict)
    line: list[str] = field(default_factory=list)
    departed: list[tuple[str, int]] = field(default_factory=list)

    @classmethod
    def opening(
        cls,
        queue: Iterable[str],
        make_up: Iterable[Mapping[str, str]] = (),
        owes: Mapping[str, int] | None = None,
        policy: TurnsPolicy | None = None,
    ) -> State:
        """The day opens: these are signed in, all free, with the accounts carried over."""
        earned = [MakeUp(turn["who"], turn["clause"]) for turn in make_up]
        owed = {who: turns for who, turns in (owes or {}).items() if turns}
        signed_in = list(queue)
        counts = dict.fromkeys(signed_in, 0)
        return cls(policy or TurnsPolicy(), signed_in, counts, Accounts(earned, owed))

    # Who may do what

    def is_salesperson(self, who: str | None) -> bool:
        """In the opening queue or signed in earlier that day."""
        return who in self.counts

    def on_floor(self, who: str) -> bool:
        """Signed in and not away."""
        return who in self.queue and who not in self.away

    def is_free(self, who: str) -> bool:
        """On the floor and not receiving."""
        return who not in self.receiving and self.on_floor(who)

    def free(self) -> list[str]:
        """The free people, first to last."""
        off = self.away.keys() | self.receiving.keys()
        return [who for who in self.queue if who not in off]

    def last_free(self) -> str | None:
        """The free person nearest the tail."""
        free = self.free()
        return free[-1] if free else None

    def position(self, who: str) -> int | None:
        """Index in the queue, 0 for the head; None when not signed in."""
        return self.queue.index(who) if who in self.queue else None

    def account(self, who: str) -> Account:
        """Make-up turns earned (their clauses, earliest first) and turns owed."""
        return self.accounts.of(who)

    def absence(self, who: str) -> Absence | None:
        """Why someone is away and how often passed over; None when not away."""
        return self.away.get(who)

    def leave_to_follow(self, who: str) -> Leave | None:
        """The leave that happens when this person's reception ends, if any."""
        return self.to_follow.get(who)

    def waiting(self) -> list[tuple[str, str | None]]:
        """Waiting visits by arrival, each with the one person it waits for, or None."""
        return [(visit, self.waits_for(visit)) for visit in self.line]

    def waits_for(self, visit: str) -> str | None:
        """The one person a waiting visit waits for, or None."""
        row = self.visits[visit]
        return row.whom if row.stage == WAITING and row.way == TO_PERSON else None

    # Moving people

    def to_tail(self, who: str) -> None:
        """To the end of the queue."""
        self.queue.remove(who)
        self.queue.append(who)

    def to_index(self, who: str, index: int) -> None:
        """To this place, counted from the head; at most the tail."""
        self.queue.remove(who)
        self.queue.insert(index, who)

    def join(self, who: str) -> None:
        """Signs in at the tail."""
        self.queue.append(who)
        self.counts.setdefault(who, 0)
        self.departed = [gone for gone in self.departed if gone[0] != who]

    def leave(self, who: str, leave: Leave) -> None:
        """Leaves the floor; groups that wait for this person fall to the row "not on the floor"."""
        if leave.kind == "sign_out":
            self.departed.append((who, self.queue.index(who)))
            self.queue.remove(who)
            self.away.pop(who, None)
        else:
            self.away[who] = Absence(leave.reason or "", leave.treated_as or "")
        for visit in self.line:
            if self.waits_for(visit) == who:
                self.wait_for_anyone(visit)

    def mark(self, who: str) -> None:
        """This absence was passed over once more."""
        reason, treated_as, marks = self.away[who]
        self.away[who] = Absence(reason, treated_as, marks + 1)

    # Moving groups

    def change(self, visit: str, **fields: Any) -> None:
        """Note new facts about a visit."""
        self.visits[visit] = replace(self.visits[visit], **fields)

    def wait_for_anyone(self, visit: str) -> None:
        """The row is now that of "not on the floor": TQ-8 for registered, else TQ-1.1."""
        registered = self.visits[visit].origin == REGISTERED
        self.change(visit, way=TO_LAST if registered else BY_QUEUE)

    def end_reception(self, who: str) -> None:
        """A reception ends; a leave that was to follow happens now."""
        del self.receiving[who]
        if leave := self.to_follow.pop(who, None):
            self.leave(who, leave)

    # Keeping it

    def take_ended(self) -> dict[str, dict[str, object]]:
        """Remove visits that neither wait nor are received; returns their records by id.

        Live use keeps a decision's cost constant with it; `admit` brings one back.
        """
        over = [id_ for id_, v in self.visits.items() if v.stage not in (WAITING, RECEIVED)]
        return {visit: _flat(self.visits.pop(visit)) for visit in over}

    def admit(self, visit: str, record: Fields) -> None:
        """Put back a visit of the same day before an event that mentions it."""
        self.visits[visit] = Visit(**record)

    def copy(self) -> State:
        """An independent copy; what it holds is never changed in place."""
        return State(
            self.policy,
            self.queue.copy(),
            self.counts.copy(),
            self.accounts.copy(),
            self.away.copy(),
            self.receiving.copy(),
            self.to_follow.copy(),
            self.visits.copy(),
            self.line.copy(),
            self.departed.copy(),
        )

    def to_json(self) -> dict[str, object]:
        """Everything, in JSON's types; no meaning lies in the order of an object's keys."""
        return {
            "policy": self.policy.to_json(),
            "queue": self.queue.copy(),
            "counts": self.counts.copy(),
            "make_up": [turn._asdict() for turn in self.accounts.make_up],
            "owes": self.accounts.owes.copy(),
            "away": {who: absence._asdict() for who, absence in self.away.items()},
            "receiving": self.receiving.copy(),
            "to_follow": {who: _flat(leave) for who, leave in self.to_follow.items()},
            "visits": {visit: _flat(row) for visit, row in self.visits.items()},
            "line": self.line.copy(),
            "departed": [list(gone) for gone in self.departed],
        }

    @classmethod
    def from_json(cls, obj: Fields) -> State:
        """The state that `to_json` wrote."""
        accounts = Accounts([MakeUp(**turn) for turn in obj["make_up"]], dict(obj["owes"]))
        return cls(
            TurnsPolicy.from_json(obj["policy"]),
            list(obj["queue"]),
            dict(obj["counts"]),
            accounts,
            {who: Absence(**absence) for who, absence in obj["away"].items()},
            dict(obj["receiving"]),
            {who: Leave(**leave) for who, leave in obj["to_follow"].items()},
            {visit: Visit(**row) for visit, row in obj["visits"].items()},
            list(obj["line"]),
            [(who, index) for who, index in obj["departed"]],
        )

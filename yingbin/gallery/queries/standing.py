"""How a group stands now, in one place for every page that says it: the ticket, lists, the customer's card, the API."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from yingbin.people.queries import names_of

from ..models import Nudge, Reception, Visit

AGAIN_AFTER = timedelta(seconds=30)  # between two calls of one receiver
State = Literal["undone", "left", "enquiry", "finished", "coming", "received", "waiting"]


@dataclass(frozen=True)
class Standing:
    """A group's state; `since` when it came into it. who: the receiver, "" where nobody ever was.

    coming: given to `who`, who hasn't accepted yet. calls: how often they were called again, `called_at` when
    last, `called_by` by whom; change_asked: when the manager was asked for somebody else.
    """

    state: State
    since: datetime
    receiver: UUID | None = None
    who: str = ""
    calls: int = 0
    called_at: datetime | None = None
    called_by: str = ""
    change_asked: datetime | None = None

    @property
    def words(self) -> str:
        """The state as one says it at a desk."""
        return _WORDS[self.state].format(who=self.who or "同事")

    @property
    def not_come(self) -> str:
        """Why the group is given to another, said beforehand."""
        return f"{self.who}没有来接单"

    @property
    def call_from(self) -> datetime:
        """From when on they may be called again."""
        return (self.called_at or self.since) + AGAIN_AFTER


_WORDS: dict[State, str] = {
    "undone": "已撤销",
    "left": "等待后离开",
    "enquiry": "问路找人，不占轮次",
    "finished": "{who}接待",
    "coming": "等{who}接单",
    "received": "{who}正在接待",
    "waiting": "正在等待",
}


def standings(visits: Iterable[Visit]) -> dict[UUID, Standing]:
    """How these groups stand now, by the visit's id; three queries for any number."""
    rows = list(visits)
    latest: dict[UUID, Reception] = {}
    for r in Reception.objects.filter(visit__in=rows).order_by("began_at", "id"):
        latest[r.visit_id] = r
    nudges = list(Nudge.objects.filter(reception__visit__in=rows).order_by("at"))
    names = names_of(
        {r.receiver for r in latest.values()}
        | {v.late_receiver for v in rows if v.late_receiver}
        | {v.recorded_by for v in rows}
        | {n.by for n in nudges}
    )
    return {v.id: _standing(v, latest.get(v.id), nudges, names) for v in rows}


def standing(visit: Visit) -> Standing:
    """How one group stands now."""
    return standings([visit])[visit.id]


def _standing(
    visit: Visit, last: Reception | None, nudges: list[Nudge], names: Mapping[str, str]
) -> Standing:
    receiver = last.receiver if last else visit.late_receiver
    state, since = _state(visit, last)
    told = [n for n in nudges if last and n.reception_id == last.id]
    calls = [n for n in told if n.kind == Nudge.Kind.AGAIN]
    changes = [n for n in told if n.kind == Nudge.Kind.CHANGE]
    return Standing(
        state=state,
        since=since,
        receiver=receiver,
        who=names.get(str(receiver), "") if receiver else "",
        calls=len(calls),
        called_at=calls[-1].at if calls else None,
        called_by=names.get(str(calls[-1].by), "") if calls else "",
        change_asked=changes[0].at if changes else None,
    )


def _state(visit: Visit, last: Reception | None) -> tuple[State, datetime]:
    over: list[tuple[State, datetime | None]] = [
        ("undone", visit.undone_at),
        ("left", visit.left_at),
        ("enquiry", visit.arrived_at if visit.kind == "enquirer" else None),
        ("finished", visit.finished_at),
    ]
    for state, at in over:
        if at:
            return state, at
    if last is None or last.ended_at:
        return "waiting", visit.arrived_at
    return ("received", last.accepted_at) if last.accepted_at else ("coming", last.began_at)

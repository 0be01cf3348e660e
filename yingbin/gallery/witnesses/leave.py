"""Business leave of before it was an approval like others: requests whose entries are the gallery's own (TQ-7)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from yingbin.approvals.models import Approval
from yingbin.journal.held import (
    Facts,
    Held,
    Seen,
    committed_in,
    differ,
    never,
    of,
    said,
    told,
    words,
)
from yingbin.people.rows import person_behind

from ..kinds import LEAVE
from .fold import Fold

ASKED_IN = "leave.asked"


def leave_of_before(fold: Fold) -> Held:
    """The requests that `leave.asked` tells of; one still open then may have been answered as an approval since."""
    return Held(
        "外出申请",
        rows=lambda site: Approval.objects.filter(site_id=site, asked_in=ASKED_IN).order_by(
            "number"
        ),
        subjects=lambda row: [str(row.id)],
        born={ASKED_IN: of("request")},
        later={
            "leave.declined": of("request"),
            "leave.withdrawn": fold.subjects("leave"),
            "turns.event": fold.subjects("leave"),
            "approval.ended": of("approval"),
        },
        faults=_leave,
        place=lambda row: f"{row.about.get('day')} {row.asked_by}",
        page="「审批」页",
    )


@dataclass(frozen=True)
class _End:
    status: str
    by: object = None
    at: datetime | None = None


def _end(seen: list[Seen]) -> _End:
    """What it came to by its last entry: a word of the manager's, or its being taken back."""
    if not seen:
        return _End("asked")
    last = seen[-1]
    if last.kind == "approval.ended":
        status = str(last.body["status"])
        return _End(status, person_behind(last.actor) if status in _DECIDED else None, last.at)
    if last.kind == "leave.declined":
        return _End("declined", last.actor, last.clock)
    if last.kind == "turns.event" and last.body["event"].get("approved_by") is not None:
        return _End("granted", last.actor, last.clock)
    return _End("withdrawn", None, last.clock)


_DECIDED = ("granted", "declined")


def _leave(row: Approval, seen: list[Seen], facts: Facts) -> Iterator[str]:
    asked, end = seen[0], _end(seen[1:])
    yield from differ(
        ("类别", row.kind, LEAVE.id),
        ("申请", row.title, LEAVE.title),
        ("申请人", row.asked_by, asked.body["who"]),
        ("申请时间", row.asked_at, asked.clock),
        ("结果", row.status, end.status),
        ("批复人", row.decided_by, end.by),
        ("批复时间", row.decided_at, end.at),
    )
    if kept := committed_in(asked.body):
        yield from words("事由", row.words, row.salt, told(kept, "note"), lawful=False)
    yield from said(row, seen, {"answer": "答复"}, erased=never, under="answered")

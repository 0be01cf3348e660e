"""Asking, granting and declining, taking back; what happens when nobody answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string

from yingbin.journal.action import Acting, action
from yingbin.journal.commit import committed, new_salt
from yingbin.journal.write import Pen, new_key
from yingbin.notices.actions import tell
from yingbin.people.models import Staff
from yingbin.people.queries import badge, names_of
from yingbin.people.rows import next_number
from yingbin.rules import approvals as rule
from yingbin.rules.decision import Refused

from . import queries
from .models import Approval


@dataclass(frozen=True)
class Asked:
    """A request just made."""

    approval: UUID
    number: int


@action("approvals.ask")
def ask(
    pen: Pen,
    *,
    kind: str,
    title: str,
    words: str = "",
    about: Mapping[str, object] | None = None,
    for_whom: UUID | None = None,
    customer_id: UUID | None = None,
) -> Asked:
    """Asks for something, for oneself or somebody else; those who decide are told. Raises `Refused`."""
    known = rule.kind_of(kind)
    if not title.strip():
        raise Refused(known.clause, "请写下要申请什么。", "title")
    own = queries.waiting_for(pen.site_id, kind).filter(asked_by=UUID(pen.by))
    rule.may_ask(known, waiting=known.one_at_a_time and own.exists())
    row = Approval(
        site_id=pen.site_id, number=next_number(Approval, pen.site_id), kind=kind,
        title=title.strip()[:80], words=words.strip()[:500], about=dict(about or {}),
        customer_id=customer_id, asked_by=UUID(pen.by), for_whom=for_whom, asked_at=pen.at,
        salt=new_salt(),
    )  # fmt: skip
    row.due_at = queries.request_of(row).due_at
    row.save(force_insert=True)
    pen.append("approval.asked", _body(row), clause=known.clause)
    _tell_deciders(pen, row, known.decides)
    return Asked(row.id, row.number)


def _body(row: Approval) -> dict[str, object]:
    body: dict[str, object] = {
        "approval": str(row.id),
        "number": row.number,
        "kind": row.kind,
        "about": row.about,
        "words": committed({"title": row.title, "words": row.words}, row.salt),
    }
    told = {"for": row.for_whom, "customer": row.customer_id}
    return body | {name: str(value) for name, value in told.items() if value}


@action("approvals.decide")
def decide(pen: Pen, *, approval_id: UUID, grant: bool, words: str = "") -> str:
    """Grants or declines what somebody else asked; the status. What follows from it happens in the same write."""
    row, who = _row(pen, approval_id), UUID(pen.by)
    staff = Staff.objects.filter(id=who).first()
    held = badge(staff, pen.site_id, pen.at).permissions if staff else frozenset[str]()
    request = queries.request_of(row)
    status = rule.decide(request, pen.by, held, pen.at, grant=grant, words=words)
    _settle(pen, row, status, words.strip()[:500])
    if request.kind.decided:
        import_string(request.kind.decided)(pen, row)
    if grant:
        _tell_asker(pen, row, f"已批准：{row.title}", row.answer or request.kind.on_yes)
    else:
        _tell_asker(pen, row, f"未批准：{row.title}", row.answer)
    return status


@action("approvals.withdraw")
def withdraw(pen: Pen, *, approval_id: UUID) -> str:
    """Takes one's own request back while nobody has answered."""
    row = _row(pen, approval_id)
    status = rule.withdraw(queries.request_of(row), pen.by)
    _settle(pen, row, status, "")
    return status


def drop(pen: Pen, *, kind: str, asked_by: UUID) -> int:
    """Takes back what somebody asked and nobody answered, as what it was for is over (inside a write); how many."""
    rows = list(queries.waiting_for(pen.site_id, kind).filter(asked_by=asked_by))
    for row in rows:
        _settle(pen, row, "withdrawn", "")
    return len(rows)


def take_back(pen: Pen, row: Approval, why: str) -> None:
    """Takes back a request that nobody can answer any more (inside a write); whoever asked is told why."""
    _settle(pen, row, "withdrawn", "")
    title = f"{rule.kind_of(row.kind).title} {row.number} 号申请收回了"
    people = dict.fromkeys(who for who in (row.asked_by, row.for_whom) if who)
    tell(
        pen,
        to=people,
        kind=rule.kind_of(row.kind).heard_as,
        title=title,
        body=why,
        link=link_to(row),
    )


@action("approvals.late")
def late(pen: Pen, *, approval_id: UUID) -> str:
    """Nobody answered in time: it lapses, or those who stand in are told, once."""
    row = _row(pen, approval_id)
    request = queries.request_of(row)
    if row.told_late_at is not None or not request.is_late(pen.at):
        return row.status
    if request.kind.lapses:
        _settle(pen, row, "lapsed", "")
        _tell_asker(pen, row, f"没有人审批，已过期：{row.title}", "还需要的话，请重新提出。")
        return row.status
    row.told_late_at = pen.at
    row.save(update_fields=["told_late_at"])
    body = {"approval": str(row.id)}
    pen.append("approval.late", body, clause=request.kind.clause)
    for permission in dict.fromkeys([request.kind.deputies, request.kind.decides]):
        _tell_deciders(pen, row, permission, late=True)
    return row.status


def tick(at: datetime | None = None) -> int:
    """What nobody answered in time, at every site; how many. Safe to run twice."""
    now = at or timezone.now()
    due = Approval.objects.filter(status=Approval.Status.ASKED, due_at__lte=now, told_late_at=None)
    ids = list(due.order_by("due_at").values_list("site_id", "id")[:200])
    for site_id, one in ids:
        late(Acting(site_id, new_key(), "clock", now), approval_id=one)
    return len(ids)


def link_to(row: Approval) -> str:
    """The page of a request, as a path."""
    return reverse("approvals:decide", args=[row.id])


def _row(pen: Pen, approval_id: UUID) -> Approval:
    row = Approval.objects.filter(site_id=pen.site_id, id=approval_id).first()
    if row is None:
        raise Refused(None, "没有找到这份申请，请回到列表看最新情况。")
    return row


def _settle(pen: Pen, row: Approval, status: rule.Status, answer: str) -> None:
    row.status, row.decided_at, row.answer = status, pen.at, answer
    by_person = status in ("granted", "declined")
    row.decided_by = UUID(pen.by) if by_person else None
    row.salt = row.salt or new_salt()
    row.save(update_fields=["status", "decided_at", "decided_by", "answer", "salt"])
    body: dict[str, object] = {"approval": str(row.id), "status": status}
    if answer:
        body["words"] = committed(
            {"title": row.title, "words": row.words, "answer": answer}, row.salt
        )
    pen.append("approval.ended", body, clause=rule.kind_of(row.kind).clause)


def _tell_deciders(pen: Pen, row: Approval, permission: str, *, late: bool = False) -> None:
    known = rule.kind_of(row.kind)
    own = [who for who in (row.asked_by, row.for_whom) if who]
    name = names_of([row.asked_by]).get(str(row.asked_by), "同事")
    asked = queries.deciders(pen.site_id, permission, pen.at, without=own)
    tell(
        pen,
        to=[who for who in asked if queries.hears(row, who)],
        kind=known.heard_as,
        title=f"{'还没有人审批' if late else f'{name}申请'}：{row.title}",
        body="" if known.confided else row.words[:200],
        link=link_to(row),
        urgent=True,
        clause=known.clause,
        dedupe=f"approval:{row.id}:{'late' if late else 'asked'}",
        listed=True,
    )


def _tell_asker(pen: Pen, row: Approval, title: str, body: str) -> None:
    known = rule.kind_of(row.kind)
    # Words of a customer are told under the request's own address, by which an erasure finds them.
    back = known.back_to and row.customer_id is None
    tell(
        pen,
        to=[
            who
            for who in dict.fromkeys([row.asked_by, row.for_whom])
            if who and queries.hears(row, who)
        ],
        kind=known.heard_as,
        title=title,
        body=body[:200],
        link=reverse(known.back_to) if back else link_to(row),
        urgent=True,
        clause=known.clause,
        dedupe=f"approval:{row.id}:{row.status}",
    )

"""请假: asked by somebody, granted by a lead, whole days; taken back while it hasn't begun (SF-3.2)."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from yingbin.approvals import actions as approvals
from yingbin.approvals.models import Approval
from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.people.ids import uuid7
from yingbin.rules.decision import Refused

from ..hours import day_of
from ..models import Leave
from ..requests import LEAVE

LONGEST = 60  # days
SORTS = {"annual": "年假", "own": "事假", "ill": "病假", "instead": "调休", "other": "其他"}


@action("duty.ask_leave")
def ask_leave(pen: Pen, *, first: date, last: date, sort: str, words: str = "") -> UUID:
    """Asks a lead for days off; the request. What for stands in its words, which no roster and no list shows."""
    if first < day_of(pen.at):
        raise Refused("SF-3.2", "过去的日子不能再请假，请从今天起。", about="first")
    if not 0 <= (last - first).days < LONGEST:
        raise Refused(
            "SF-3.2", f"结束不能早于开始，一次最多 {LONGEST} 天。请改一下日期。", about="last"
        )
    if _overlaps(pen.site_id, UUID(pen.by), first, last):
        raise Refused("SF-3.2", "这几天里已经有准了的假，不用再请。", about="first")
    said = SORTS.get(sort, SORTS["other"])
    asked = approvals.ask.within(
        pen,
        kind=LEAVE.id,
        title=f"请假 {_words(first, last)}",
        words=f"{said}：{words.strip()}" if words.strip() else said,
        about={"first": first.isoformat(), "last": last.isoformat()},
    )
    return asked.approval


def _standing(site_id: UUID, who: UUID) -> QuerySet[Leave]:
    return Leave.objects.filter(site_id=site_id, staff_id=who, ended_at__isnull=True)


def _overlaps(site_id: UUID, who: UUID, first: date, last: date) -> bool:
    return _standing(site_id, who).filter(first__lte=last, last__gte=first).exists()


def _words(first: date, last: date) -> str:
    begins, ends = f"{first.month}月{first.day}日", f"{last.month}月{last.day}日"
    return begins if first == last else f"{begins}–{ends}"


def decided(pen: Pen, asked: Approval) -> None:
    """Granted leave stands; the roster shows it from now on. The lead still plans who works instead.

    Raises `Refused` where another request for some of these days was granted meanwhile.
    """
    if asked.status != Approval.Status.GRANTED:
        return
    first, last = (date.fromisoformat(str(asked.about[name])) for name in ("first", "last"))
    if _overlaps(pen.site_id, asked.asked_by, first, last):
        raise Refused("SF-3.2", "这几天里已经有准了的假，这份申请重复了，请不批准。")
    row = Leave(
        id=uuid7(),
        site_id=pen.site_id,
        staff_id=asked.asked_by,
        first=first,
        last=last,
        approval_id=asked.id,
    )
    body = {
        "leave": str(row.id),
        "staff": str(row.staff_id),
        "first": first.isoformat(),
        "last": last.isoformat(),
        "approval": str(asked.id),
    }
    row.seq = pen.append("duty.leave", body, clause="SF-3.2").seq
    row.save(force_insert=True)


@action("duty.end_leave")
def end_leave(pen: Pen, *, leave: UUID) -> None:
    """Somebody works after all: takes back their own leave, as a whole, before its last day is over."""
    row = _standing(pen.site_id, UUID(pen.by)).filter(id=leave).first()
    if row is None:
        raise Refused("SF-3.2", "没有这次请假，或者已经收回了。请刷新页面。")
    if row.last < day_of(pen.at):
        raise Refused("SF-3.2", "这次假已经过了，不用收回。")
    row.ended_at = pen.at
    row.save(update_fields=["ended_at"])
    pen.append("duty.leave_ended", {"leave": str(row.id)}, clause="SF-3.2")

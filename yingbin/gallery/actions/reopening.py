"""重新开场: a day that was closed goes on as the same day, with a reason; its next closing replaces the former (TQ-11)."""

from datetime import timedelta
from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.commit import new_salt, salted
from yingbin.journal.models import Entry
from yingbin.journal.write import Pen
from yingbin.people.calendar import ZONE
from yingbin.rules.decision import Refused

from ..models import GalleryDay, Reopening
from ..queries.today import reminder_due
from . import tell
from .events import OpenDay, advance
from .open_day import open_day_of, seat
from .presence import open_day


@action("reopen")
def reopen_gallery(pen: Pen, *, reason: str, gone: list[UUID]) -> None:
    """Opens today's day again: the same day and numbers, the queue as it stood at the closing.

    gone: who has gone home since; they are signed out first, and so is whoever is no salesperson any more.
    Refused without a reason, on another date than the day's own, or while a day is open.
    """
    day = _closed_today(pen)
    if not reason.strip():
        raise Refused(
            "TQ-11",
            "请写一句为什么重新开场，例如：又有客户来访。所有同事都会看到。",
            about="reason",
        )
    _reopen(pen, day, reason.strip()[:200])
    today = seat(pen)
    _sign_out(pen, today, gone)
    tell.reopened(pen, today, reason)


def _closed_today(pen: Pen) -> GalleryDay:
    open_day_of(pen)  # what was read with the lock is from before the day is open again
    current = open_day(pen.site_id)
    if current is not None:
        raise Refused("TQ-11", f"{current.day:%m月%d日}正开着场，不用重新开场。")
    date = pen.at.astimezone(ZONE).date()
    day = GalleryDay.objects.filter(site_id=pen.site_id, day=date).first()
    if day is None:
        raise Refused("TQ-11", "今天还没有开过场，请直接开场。收过场的往日不能再开。")
    return day


def _reopen(pen: Pen, day: GalleryDay, reason: str) -> None:
    assert day.closed_at is not None
    assert day.closed_by is not None
    closing = Entry.objects.filter(site_id=pen.site_id, kind="day.closed").order_by("-seq")
    closing_seq, salt = closing.values_list("seq", flat=True)[0], new_salt()
    body = {"day": day.day.isoformat(), "closing": closing_seq, "reason": salted(reason, salt)}
    line = pen.append("day.reopened", body, clause="TQ-11")
    Reopening.objects.create(
        site_id=pen.site_id,
        day=day,
        at=pen.at,
        by=UUID(pen.by),
        reason=reason,
        salt=salt,
        seq=line.seq,
        closing_seq=closing_seq,
        closed_at=day.closed_at,
        closed_by=day.closed_by,
        summary=day.summary,
    )
    day.closed_at = day.closed_by = day.summary = None
    day.reopened += 1
    day.remind_at = max(reminder_due(pen.site_id, day), pen.at + timedelta(hours=1))
    day.save(update_fields=["closed_at", "closed_by", "summary", "reopened", "remind_at"])


def _sign_out(pen: Pen, today: OpenDay, gone: list[UUID]) -> None:
    for who in map(str, gone):
        if who in today.state.queue:
            made = advance(pen=pen, today=today, event={"event": "sign_out", "who": who})
            tell.decided(pen, today, made.decisions, None)

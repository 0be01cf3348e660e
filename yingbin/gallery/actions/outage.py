"""补录: what was done on paper during an outage is entered later, with its true time, and moves nothing decided since.

The past stays: a counted reception becomes a correction of its receiver's account today, one count more and
one turn owed, exactly what a reception that didn't come by queue costs (TQ-9).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from yingbin.customers.actions import register_customer, set_receiver
from yingbin.customers.queries import receiver_of_record
from yingbin.journal.action import action
from yingbin.journal.commit import new_salt
from yingbin.journal.write import Pen
from yingbin.people.calendar import ZONE
from yingbin.people.ids import uuid7
from yingbin.people.queries import names_of_site
from yingbin.people.rows import next_number
from yingbin.rules.decision import Refused

from ..models import GalleryDay, Reception, TurnDecision, Visit
from ..queries.register import registered
from .events import words_of
from .open_day import seat, seat_today
from .register import Words, enter_paper_row
from .supervision import adjust_account

OLDEST = timedelta(days=30)


@dataclass(frozen=True)
class Late:
    """One line of the paper sheet: when it truly began and ended, who received, whether it counts."""

    began_at: datetime
    receiver: UUID
    counts: bool = True
    ended_at: datetime | None = None
    name: str = ""
    phone: str = ""
    group_size: int = 1
    note: str = ""


@dataclass(frozen=True)
class LateVisits:
    """The visits that were entered, in the order they began."""

    visits: tuple[UUID, ...]


@action("late")
def enter_late(pen: Pen, *, lines: list[Late]) -> LateVisits:
    """Enters the lines of a paper sheet, all or none. Raises `Refused` naming the line that is wrong."""
    seat_today(pen)
    if not lines:
        raise Refused("TQ-11", "还没有填任何一行。至少填时间和接待人。")
    names = names_of_site(pen.site_id)
    visits = []
    for n, late in enumerate(sorted(lines, key=lambda x: x.began_at), 1):
        _check(pen, late, n, set(names))
        visits.append(_enter(pen, late))
    return LateVisits(tuple(v.id for v in visits))


def _check(pen: Pen, late: Late, n: int, people: set[str]) -> None:
    if str(late.receiver) not in people:
        raise Refused("TQ-11", f"第 {n} 行：请选当时的接待人。")
    if late.began_at > pen.at or (late.ended_at and late.ended_at > pen.at):
        raise Refused("TQ-11", f"第 {n} 行：时间在现在之后，请核对日期和时间。")
    if pen.at - late.began_at > OLDEST:
        raise Refused("TQ-11", f"第 {n} 行：超过 30 天的不能补录，请做账目更正。")
    if late.ended_at and late.ended_at < late.began_at:
        raise Refused("TQ-11", f"第 {n} 行：结束时间早于开始时间，请核对。")
    same = Visit.objects.filter(
        site_id=pen.site_id, late_receiver=late.receiver, arrived_at=late.began_at
    )
    if same.exists():
        raise Refused("TQ-11", f"第 {n} 行：同一位接待人、同一时间已经补录过，这一行不用再录。")


def _enter(pen: Pen, late: Late) -> Visit:
    visit = _visit(pen, late)
    body = {
        "visit": str(visit.id),
        "began": late.began_at.isoformat(),
        "receiver": str(late.receiver),
        "counts": late.counts,
        "ended": late.ended_at.isoformat() if late.ended_at else late.began_at.isoformat(),
        "day": visit.day.day.isoformat(),
        "number": visit.number,
        "size": visit.group_size,
        "customer": str(visit.customer_id) if visit.customer_id else None,
        "words": words_of(visit),
    }
    pen.append("visit.late", body, clause="TQ-11")
    if late.counts:
        when = late.began_at.astimezone(ZONE)
        made = adjust_account(
            pen,
            who=late.receiver,
            reason=f"纸面补录：{when:%m月%d日 %H:%M} 到访 {visit.number}",
            count=1,
            turns=-1,
        )
        _reception(late, visit, made[0])
        _remember(pen, late, visit)
    _row(pen, late, visit)
    return visit


def _visit(pen: Pen, late: Late) -> Visit:
    customer = None
    if late.name.strip() or late.phone.strip():
        customer = register_customer(pen=pen, name=late.name, phone=late.phone)
    day, number = _day_and_number(pen, late)
    return Visit.objects.create(
        id=uuid7(),
        site_id=pen.site_id,
        day=day,
        number=number,
        arrived_at=late.began_at,
        recorded_by=UUID(pen.by),
        kind="customer" if late.counts else "peer",
        group_size=late.group_size,
        customer_id=customer.id if customer else None,
        called=late.name.strip()[:40],
        note=late.note.strip()[:200],
        finished_at=late.ended_at or late.began_at,
        late_at=pen.at,
        late_receiver=late.receiver,
        salt=new_salt(),
    )


def _day_and_number(pen: Pen, late: Late) -> tuple[GalleryDay, int]:
    """The day it truly happened on, else today where that day was never opened; the next number there."""
    today = seat(pen)
    date = late.began_at.astimezone(ZONE).date()
    day = GalleryDay.objects.filter(site_id=pen.site_id, day=date).first() or today.day
    if day.id == today.day.id:
        today.row.visits += 1
        today.row.save(update_fields=["visits"])
        return day, today.row.visits
    return day, next_number(Visit, pen.site_id, day=day)


def _reception(late: Late, visit: Visit, decision: TurnDecision) -> None:
    Reception.objects.create(
        site_id=visit.site_id,
        visit=visit,
        receiver=late.receiver,
        decision=decision,
        began_at=late.began_at,
        accepted_at=late.began_at,
        ended_at=visit.finished_at,
    )


def _remember(pen: Pen, late: Late, visit: Visit) -> None:
    """A customer nobody has yet is their receiver's from now on, as after any counted reception."""
    customer = visit.customer_id
    if customer and receiver_of_record(pen.site_id, customer) is None:
        set_receiver(
            pen=pen,
            customer_id=customer,
            staff_id=late.receiver,
            reason="首次接待（纸面补录）",
            visit_id=visit.id,
            clause="TQ-9",
        )


def _row(pen: Pen, late: Late, visit: Visit) -> None:
    """The paper register's row, unless the customer stands in the register already (TQ-3)."""
    if not late.counts or not late.name.strip() or visit.customer_id is None:
        return
    if registered(pen.site_id, [visit.customer_id]):
        return
    why = "" if late.phone.strip() else "纸面登记没有电话"
    words = Words(
        hand="customer", name=late.name, phone=late.phone, group_size=late.group_size, why=why
    )
    enter_paper_row(pen, visit, visit.customer_id, words, late.receiver)

"""宴请: the table for the company's leaders and the guests; one above the place's limit is asked for first (CV-3.3.4)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yingbin.approvals import actions as approvals
from yingbin.approvals.models import Approval
from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.people.calendar import ZONE
from yingbin.people.policy_rows import Plain
from yingbin.rules.decision import Refused
from yingbin.rules.desk.working import yuan
from yingbin.rules.times import written

from ..hosting import hosting
from ..hosting_limits import HOSTING
from ..models import HostingEvent, TourVisit
from ..requests import MEAL
from .hosted import Preparation
from .preparing import Prepared

CLAUSE = "CV-3.3.4"
MOST = 1_000_000  # fen a head


@dataclass(frozen=True)
class Table:
    """A table to be booked. guests, ours: seats for guests, and for the company; per_head in fen.

    words: `place`, `diet`, `note`; they may be erased.
    """

    starts_at: datetime
    guests: int
    ours: int
    per_head: int
    place: str
    diet: str = ""
    note: str = ""


@action("tours.book_meal")
def book_meal(pen: Pen, *, visit_id: UUID, table: Table) -> Prepared:
    """Books lunch or dinner, or books it otherwise; above the limit a leader is asked. Raises `Refused`."""
    host = Preparation(pen, visit_id)
    host.owns("meal")
    _fits(host.row, table)
    facts: Plain = {
        "at": written(table.starts_at.replace(microsecond=0)), "guests": table.guests, "ours": table.ours, "per_head": table.per_head,
    }  # fmt: skip
    said = {"place": table.place, "diet": table.diet, "note": table.note}
    _take_back(pen, host)
    limit = HOSTING.in_force(pen.site_id, pen.at).values.meal_yuan * 100
    if limit and table.per_head > limit:
        facts["approval"] = str(_ask(pen, host.row, table, limit))
        event = host.write(HostingEvent.Kind.MEAL, CLAUSE, facts, said)
    else:
        event = host.write(HostingEvent.Kind.MEAL, CLAUSE, facts, said)
        host.complete("meal")
    return Prepared(visit_id, event.index)


def _fits(row: TourVisit, table: Table) -> None:
    """A table on the day of the visit, with a seat for no more guests than come, and one of ours at least."""
    days = (row.starts_at.astimezone(ZONE).date(), row.ends_at.astimezone(ZONE).date())
    if not days[0] <= table.starts_at.astimezone(ZONE).date() <= days[1]:
        raise Refused(CLAUSE, "用餐要在来访那一天，请改好时间。", about="time")
    if not table.place.strip():
        raise Refused(CLAUSE, "请写在哪里用餐。", about="place")
    if not 1 <= table.guests <= row.headcount:
        words = f"批准来访 {row.headcount} 人，客人的座位要在 1 到 {row.headcount} 之间；人数变了请先改来访。"
        raise Refused(CLAUSE, words, about="guests")
    if table.ours < 1:
        raise Refused(CLAUSE, "宴请要有公司的人陪，请写我方几个座位。", about="ours")
    if not 0 < table.per_head <= MOST:
        raise Refused(CLAUSE, "每位的费用请填 0.01 到 10,000 元之间的数。", about="per_head")


def _take_back(pen: Pen, host: Preparation) -> None:
    """A request for the table of before, which is booked otherwise now. Raises `Refused` where it is somebody else's."""
    last = host.hosting.meal
    if last is None or not last.approval:
        return
    asked = Approval.objects.filter(id=last.approval, status=Approval.Status.ASKED).first()
    if asked is None:
        return
    if str(asked.asked_by) != pen.by:
        raise Refused(CLAUSE, "上一次订的超标，还在等领导批准；请等答复，或者请订的同事改。")
    approvals.withdraw.within(pen, approval_id=asked.id)


def _ask(pen: Pen, row: TourVisit, table: Table, limit: int) -> UUID:
    seats = table.guests + table.ours
    title = f"宴请超标：{row.said} 号，每位 {yuan(table.per_head)}"
    words = f"本处每位不超过 {yuan(limit)}。{seats} 位，共 {yuan(table.per_head * seats)}。"
    asked = approvals.ask.within(
        pen, kind=MEAL.id, title=title, words=words, about={"visit": str(row.id)},
        customer_id=row.customer_id,
    )  # fmt: skip
    return asked.approval


def decided(pen: Pen, row: Approval) -> None:
    """A leader said yes to the table that is booked: the plan's task is done, by whoever booked it."""
    if row.status != Approval.Status.GRANTED:
        return
    visit = TourVisit.objects.filter(site_id=pen.site_id, id=row.about["visit"]).first()
    last = hosting(visit).meal if visit else None
    if visit is None or last is None or last.approval != str(row.id):
        return
    host = Preparation(pen, visit.id)
    host.has_task("meal")
    host.complete("meal", by=str(row.asked_by))

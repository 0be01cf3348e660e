"""宴请: the table for the company's leaders and the guests; one above the place's limit is asked for first (CV-3.3.4)."""

from uuid import UUID

from yingbin.approvals import actions as approvals
from yingbin.approvals.models import Approval
from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.people.policy_rows import Plain
from yingbin.rules.decision import Refused
from yingbin.rules.desk.working import yuan
from yingbin.rules.times import written

from ..hosting import hosting, window_of
from ..hosting_limits import HOSTING
from ..hosting_rules import Table, check_table
from ..models import HostingEvent, TourVisit
from ..requests import MEAL
from .hosted import Preparation
from .preparing import Prepared

CLAUSE = "CV-3.3.4"


@action("tours.book_meal")
def book_meal(pen: Pen, *, visit_id: UUID, table: Table) -> Prepared:
    """Books lunch or dinner, or books it otherwise; above the limit a leader is asked. Raises `Refused`."""
    host = Preparation(pen, visit_id)
    host.owns("meal")
    check_table(window_of(host.row), host.row.headcount, table)
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

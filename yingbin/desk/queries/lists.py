"""Lists of the desk: all of an office, what waits for somebody, tasks of a department."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from yingbin.matters import queries as matters
from yingbin.matters.words import clock_title, status_of
from yingbin.people.queries import Badge
from yingbin.rules import matters as rule
from yingbin.rules.desk.kinds import PAUSES, TITLES
from yingbin.rules.gone import colleague

from ..choices import titles_of
from ..kinds import GRADES, USUAL_GRADES
from ..models import DeskMatter
from ..names import names_in


@dataclass(frozen=True)
class Line:
    """A matter in a list."""

    row: DeskMatter
    kind: str
    grade: str
    subject: str
    status: str
    owner: str
    holder: str
    offer: str
    paused: str
    clock: str
    late: bool


WHICH = {
    "open": "没办完的",
    "late": "超时的",
    "offered": "等接手的",
    "ended": "办结的",
    "all": "全部",
}


def of_office(badge: Badge, which: str, at: datetime) -> QuerySet[DeskMatter]:
    """The matters of an office that aren't about whoever looks, the newest first; which: a key of `WHICH`."""
    rows = theirs(badge).select_related("matter")
    if which == "ended":
        rows = rows.filter(matter__closed_at__isnull=False)
    elif which != "all":
        rows = rows.filter(matter__closed_at__isnull=True)
    if which == "late":
        rows = rows.filter(matter__due_at__lte=at, matter__paused="")
    if which == "offered":
        rows = rows.filter(matter__state="offered")
    return rows.order_by("-seq")


def theirs(badge: Badge) -> QuerySet[DeskMatter]:
    """The matters of an office without those that are about whoever looks (SD-4.2.5): where every list begins."""
    return DeskMatter.objects.filter(
        matters.not_about(badge.staff_id, "matter_id"), site_id=badge.here
    )


def lines(site_id: UUID, rows: Iterable[DeskMatter], at: datetime) -> list[Line]:
    """These matters as lines; a constant number of queries."""
    page = list(rows)
    parties = [p for one in page for p in matters.parties_of(one.matter)]
    names, subjects = names_in(site_id, [p for p in parties if p]), titles_of(site_id, at)
    return [_line(one, names, subjects, at) for one in page]


def _line(
    row: DeskMatter, names: Mapping[str, str], subjects: Mapping[str, str], at: datetime
) -> Line:
    one = row.matter
    owner, holder, offer = matters.parties_of(one)
    begun = not one.stage and one.state in ("open", "accepted")
    return Line(
        row=row,
        kind=TITLES[one.kind],
        grade="" if one.grade in USUAL_GRADES else GRADES[one.grade],
        subject=subjects.get(row.subject, row.subject),
        status="新登记" if begun else status_of(one.state, one.stage, rule.KINDS[one.kind]),
        owner=colleague(names, owner),
        holder=colleague(names, holder) if holder != owner else "",
        offer=names.get(offer, "") if offer else "",
        paused=PAUSES.get(one.paused, ""),
        clock=clock_title(one),
        late=bool(one.due_at and not one.closed_at and not one.paused and one.due_at <= at),
    )

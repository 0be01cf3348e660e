"""回访: whom to call and until when, what was asked and done, how often it was tried, what residents said (SD-4.3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.expressions import Combinable

from yingbin.matters.queries import not_about
from yingbin.people.calendar import ZONE
from yingbin.people.queries import Badge, how_many, names_of
from yingbin.rules.desk.kinds import TITLES
from yingbin.rules.desk.office import Office
from yingbin.rules.gone import colleague

from ..allowed import standing_or_last
from ..choices import titles_of
from ..models import CallAnswer, DeskEvent, DeskMatter
from .lists import Line, lines

WHICH = {"mine": "等我打的", "all": "全部要打的", "done": "打过的"}
SCORE_WORDS = {"satisfied": "满意", "fairly": "较满意", "dissatisfied": "不满意"}


@dataclass(frozen=True)
class DueCall:
    """A resident to be called. counts_from: when the next try counts, None at once; others: who may, where I may not."""

    line: Line
    late: bool
    tries: int
    counts_from: datetime | None
    others: str = ""


@dataclass(frozen=True)
class CallLine:
    """A call that was made. points 0: nobody was reached, or nobody wrote them down."""

    row: DeskMatter
    at: datetime
    by: str
    kind: str
    subject: str
    reached: bool
    score: str
    points: int
    remark: str


@dataclass(frozen=True)
class Asked:
    """What was asked of a resident, for those who may know (SD-4.4)."""

    row: DeskMatter
    at: datetime
    by: str
    wanted: str


def rows_due(site_id: UUID) -> QuerySet[DeskMatter]:
    """The call-backs of an office that are due, what falls due first first."""
    rows = DeskMatter.objects.filter(site_id=site_id, callback="due").select_related("matter")
    return rows.order_by("callback_due_at", "seq")


def all_due(badge: Badge) -> QuerySet[DeskMatter]:
    """Those of the office, without what is about whoever looks."""
    return rows_due(badge.here).filter(not_about(badge.staff_id, "matter_id"))


def mine(badge: Badge, at: datetime) -> QuerySet[DeskMatter]:
    """Those that this person may make: the rules' word on who had no part in the matter."""
    stands = standing_or_last(badge.here, at)
    who = str(badge.staff_id)
    if stands is None or who not in stands.office.callers:
        return DeskMatter.objects.none()
    free = ~Q(handled__contains=[badge.staff_id])
    if who == stands.office.manager:
        free |= Q(handled__contains=[UUID(one) for one in sorted(stands.office.callers)])
    return all_due(badge).filter(free)


def waits(badge: Badge, at: datetime) -> Combinable:
    """How many wait for this person, for the navigation: those they had no part in."""
    return how_many(all_due(badge).exclude(handled__contains=[badge.staff_id]))


def due(badge: Badge, rows: Iterable[DeskMatter], at: datetime) -> list[DueCall]:
    """These as lines; a constant number of queries."""
    page = list(rows)
    stands, me = standing_or_last(badge.here, at), badge.staff_id
    office = stands.office if stands else None
    names = names_of({UUID(one) for one in office.callers}) if office else {}
    called = {str(who): name for who, name in names.items()}
    return [
        DueCall(
            line=line,
            late=line.row.callback_due_at is not None and line.row.callback_due_at <= at,
            tries=len(line.row.callback_attempts),
            counts_from=counts_from(line.row, at),
            others=_others(line.row, office, called) if me in line.row.handled else "",
        )
        for line in lines(badge.here, page, at)
    ]


def counts_from(row: DeskMatter, at: datetime) -> datetime | None:
    """From when a try counts; None where it counts now: each must lie in another hour."""
    tried = {(date.fromisoformat(day), int(hour)) for day, hour in row.callback_attempts}
    here = at.astimezone(ZONE)
    if (here.date(), here.hour) not in tried:
        return None
    return datetime.combine(here.date(), time(here.hour), ZONE) + timedelta(hours=1)


def _others(row: DeskMatter, office: Office | None, names: dict[str, str]) -> str:
    """Who may call in the place of somebody who had a part in it."""
    if office is None:
        return ""
    gone = {str(who) for who in row.handled}
    order = (*office.clerks, office.supervisor, office.manager)
    free = [who for who in order if who not in gone] or [office.manager]
    return "、".join(colleague(names, who) for who in free[:3])


def calls(
    badge: Badge, since: datetime | None = None, until: datetime | None = None
) -> QuerySet[DeskEvent]:
    """The calls that were made, the latest first, all or of a span; none about whoever looks."""
    mine = not_about(badge.staff_id, "matter__matter_id")
    rows = DeskEvent.objects.filter(mine, site_id=badge.here, event="call")
    if since:
        rows = rows.filter(at__gte=since)
    if until:
        rows = rows.filter(at__lte=until)
    return rows.select_related("matter__matter", "answers").order_by("-seq")


def call_lines(site_id: UUID, rows: Iterable[DeskEvent], at: datetime) -> list[CallLine]:
    """These calls as lines, without what was asked of anybody; two queries."""
    page = list(rows)
    names = {str(who): name for who, name in names_of({one.by for one in page}).items()}
    subjects = titles_of(site_id, at)
    return [_call(one, names, subjects) for one in page]


def _call(one: DeskEvent, names: dict[str, str], subjects: dict[str, str]) -> CallLine:
    said = one.answers if hasattr(one, "answers") else None
    return CallLine(
        row=one.matter,
        at=one.at,
        by=colleague(names, one.by),
        kind=TITLES[one.matter.matter.kind],
        subject=subjects.get(one.matter.subject, one.matter.subject),
        reached=bool(one.fields.get("reached")),
        score=SCORE_WORDS.get(str(one.fields.get("score", "")), ""),
        points=said.points if said else 0,
        remark=str(one.words.get("remark", "")),
    )


def tries_of(row: DeskMatter, badge: Badge, at: datetime) -> list[CallLine]:
    """The calls about one matter, the latest first."""
    return call_lines(row.site_id, calls(badge).filter(matter=row), at)


def may_know(badge: Badge, at: datetime) -> Q:
    """Which answers about what was asked this person may read: those told, and whoever supervises the office now."""
    stands = standing_or_last(badge.here, at)
    if stands and stands.office.supervisor == str(badge.staff_id):
        return Q()
    return Q(told__contains=[badge.staff_id])


def asked(badge: Badge, at: datetime, row: DeskMatter | None = None) -> list[Asked]:
    """What was asked of residents, the latest first, as far as this person may know; of one matter where it is named."""
    if not badge.may("desk.supervise"):
        return []
    mine = not_about(badge.staff_id, "matter__matter_id")
    rows = CallAnswer.objects.filter(may_know(badge, at), mine, site_id=badge.here, asked=True)
    if row is not None:
        rows = rows.filter(matter=row)
    page = list(rows.select_related("matter__matter").order_by("-seq")[:50])
    names = (
        {str(who): name for who, name in names_of({one.by for one in page}).items()} if page else {}
    )
    return [Asked(one.matter, one.at, colleague(names, one.by), one.wanted) for one in page]


@dataclass(frozen=True)
class Script:
    """What is said at the telephone: who speaks, what it is about, what was done."""

    opening: str
    told: str
    done: str


def script(row: DeskMatter, office: str, speaker: str, called: str, answer: str) -> Script:
    """The opening words and the two sentences before the questions. called: the resident, "" where nobody knows."""
    at = row.matter.opened_at.astimezone(ZONE)
    whom = f"{called}您好" if called else "您好"
    about = f"您{at.month}月{at.day}日向我们反映过“{row.matter.title}”（{row.place}）。"
    done = f"我们的答复是：{answer}" if answer else "我们的记录上这件事已经办好，也告诉过您。"
    return Script(
        f"{whom}，我是{office}客服{speaker}，打来做一个回访，只耽误您一分钟。", about, done
    )

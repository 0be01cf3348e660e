"""Who hears of what: departments that are asked, the company when its turn comes, reception, whoever asked for the visit."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.urls import reverse

from yingbin.journal.write import Pen
from yingbin.notices.actions import tell
from yingbin.people.calendar import ZONE
from yingbin.people.policy_rows import Plain
from yingbin.rules.tours.verbs import AREA_WORDS
from yingbin.rules.tours.visitfile import ADMINISTRATION, RECEPTION, Company

from .models import TourVisit
from .snapshots import Snapshot

_CLOCK_TITLES = {
    "unanswered": "没有答复，按不开放处理",
    "lapsed": "没有批准，已作废",
    "area_late": "超时没有答复",
    "company_late": "超时没有批示",
    "task_late": "接待任务到期没办",
}
ALOUD = {
    "company_late": "有一件批示超时了",
    "task_late": "有一件接待任务到期了",
    "area_late": "有一个参观区域等您答复",
    "void": "有参观证作废了，请收回",
    "exception": "有一次来访要您特批",
    "company": "有一次来访等您批示",
}
# What makes a locked phone ring; the rest waits in 待办.
URGENT = frozenset({"company_late", "task_late", "void", "withdrawn"})


@dataclass(frozen=True)
class News:
    """What is told of: the visit, how it stood and stands, the event that did it (`clock` for a record; "" where
    another visit's event did), its sentence and facts."""

    row: TourVisit
    before: Snapshot | None
    after: Snapshot
    event: str = ""
    said: str = ""
    facts: Plain = field(default_factory=dict)

    @property
    def title(self) -> str:
        """How the visit is called."""
        return f"{self.row.visitor or '来访'} {self.row.headcount} 人"

    @property
    def body(self) -> str:
        """Which visit it is: its number, class, time."""
        start = self.row.starts_at.astimezone(ZONE)
        return (
            f"{self.row.said} 号 · {self.row.get_klass_display()} · {start:%-m 月 %-d 日 %H:%M}。"
        )


@dataclass(frozen=True)
class Word:
    """One notice: its short name, what it says, to whom; listed: it waits for each of them in 待办 by itself."""

    name: str
    says: str
    to: frozenset[str]
    clause: str = "CV-3.2.1"
    listed: bool = False


def page_of(visit_id: UUID) -> str:
    """A visit's page."""
    return reverse("tours:visit", args=[visit_id])


def tell_of(pen: Pen, company: Company, news: News) -> None:
    """Tells everybody of what changed; nobody of what they did themselves."""
    for word in _words(company, news):
        tell(
            pen,
            to=[UUID(who) for who in sorted(word.to) if who != pen.by],
            kind=f"tours.{word.name}",
            title=f"{word.says}：{news.title}",
            body=f"{news.body}{news.said}" if news.event == "clock" else news.body,
            link=page_of(news.row.id),
            urgent=word.name in URGENT,
            clause=word.clause,
            listed=word.listed,
            aloud=ALOUD.get(word.name, ""),
        )


def _words(company: Company, news: News) -> Iterator[Word]:
    if news.event == "clock":
        yield _of_clock(company, news)
    yield from _asked(company, news)
    yield from _stands(company, news)
    yield from _planned(company, news)


def _of_clock(company: Company, news: News) -> Word:
    to, warning = str(news.facts["to"]), str(news.facts["warning"])
    people = company.approvers if to == "company" else _people(company, [to])
    own = warning == "task_late" and to != "company" and news.facts.get("about") != "passes"
    listed = own or warning in ("area_late", "company_late")
    return Word(warning, _CLOCK_TITLES[warning], people, listed=listed)


def _asked(company: Company, news: News) -> Iterator[Word]:
    """Departments whose areas are asked now and weren't, the company likewise."""
    before = news.before
    fresh = news.after.asked - (before.asked if before else frozenset())
    by_department: dict[str, list[str]] = {}
    for area in company.areas:
        if area in fresh:
            by_department.setdefault(company.areas[area].department, []).append(AREA_WORDS[area])
    for department, areas in by_department.items():
        says = f"请答复能不能看{'、'.join(areas)}"
        yield Word("area", says, _people(company, [department]), listed=True)
    if news.after.company_asked and not (before and before.company_asked):
        yield Word("company", "请批示", _speaks(company, news), listed=True)


def _stands(company: Company, news: News) -> Iterator[Word]:
    """What a visit has come to."""
    before, status = news.before, news.after.status
    reception = _people(company, [RECEPTION])
    if before is None:
        yield Word("opened", "新的参观申请", reception, "CV-2")
    if before is not None and before.status == status:
        return
    asked_by = frozenset([str(news.row.applied_by)] if news.row.applied_by else ())
    if status == "needs_exception":
        yield Word("exception", "要特批", _speaks(company, news), listed=True)
    elif status in ("approved", "declined") and before is not None:
        yield Word(status, "已批准" if status == "approved" else "已谢绝", reception | asked_by)
    elif status in ("withdrawn", "refused", "lapsed") and before is not None:
        says = {"withdrawn": "来访取消", "refused": "公司没有批准", "lapsed": "来访作废"}[status]
        yield Word(status, says, asked_by | _concerned(company, before, reception))


def _planned(company: Company, news: News) -> Iterator[Word]:
    """The plan goes out, its tasks come to administration, passes become void (CV-3.4.2, CV-4.1)."""
    before, after = news.before, news.after
    if after.plan_sent and not (before and before.plan_sent):
        says = "接待方案已发，请发参观证"
        yield Word("plan", says, _of_areas(company, after.open), "CV-4.1", listed=True)
    if ADMINISTRATION in after.owners and not (before and ADMINISTRATION in before.owners):
        yield Word("tasks", "有接待任务", _people(company, [ADMINISTRATION]), "CV-3.4.2")
    if before and before.passes - after.passes:
        yield Word("void", "参观证作废，请收回", _of_areas(company, before.open), "CV-4.1")


def _speaks(company: Company, news: News) -> frozenset[str]:
    """Who speaks for the company; nobody of what they asked for themselves."""
    return company.approvers - {str(news.row.applied_by)}


def _concerned(company: Company, before: Snapshot, reception: frozenset[str]) -> frozenset[str]:
    """Everybody who was asked or had tasks."""
    areas = _of_areas(company, before.asked | before.open)
    return reception | areas | _people(company, before.owners)


def _of_areas(company: Company, areas: Iterable[str]) -> frozenset[str]:
    return _people(company, [company.areas[a].department for a in areas if a in company.areas])


def _people(company: Company, departments: Iterable[str]) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    for one in departments:
        found |= company.departments.get(one, frozenset())
    return found

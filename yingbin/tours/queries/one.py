"""A visit's page: how it stands, why, and just what the rules would accept from whoever looks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yingbin.customers.queries import Shown, shown_as
from yingbin.people.queries import Badge
from yingbin.rules.tours import clashes, judging
from yingbin.rules.tours.plan import Job, plan
from yingbin.rules.tours.visitfile import RECEPTION, Area

from ..allowed import Allowed, Look
from ..folding import CLOCK, ENDED
from ..hosting import hosting
from ..hosting_rules import reopened
from ..models import TourEvent, TourVisit
from ..names import departments_of, names_in, put_in
from ..office import Standing, standing_or_last
from ..words import (
    AGAIN,
    AREA_WORDS,
    CLASH_WORDS,
    CLOCK_WORDS,
    EVENT_WORDS,
    GROUND_WORDS,
    SERVES,
    STATUS_LOOKS,
    TASK_WORDS,
    application_words,
    area_look,
    area_words,
    why_class,
)


@dataclass(frozen=True)
class AreaLine:
    """An area of a visit: who answers, what they said, whether whoever looks may answer."""

    name: str
    title: str
    department: str
    state: str
    look: str
    is_key: bool
    since: datetime
    may_open: bool
    may_refuse: bool
    reason: str = ""

    @property
    def may_answer(self) -> bool:
        """Whether whoever looks may answer."""
        return self.may_open or self.may_refuse


@dataclass(frozen=True)
class TaskLine:
    """A task of the plan: whose, until when, done by whom or with what."""

    job: Job
    title: str
    owner: str
    said: str
    is_late: bool
    may: bool
    people: tuple[tuple[str, str], ...] = ()
    serves: bool = False
    again: str = ""


@dataclass(frozen=True)
class PassLine:
    """A pass as the rules know it."""

    name: str
    areas: str
    persons: int
    valid: bool


@dataclass(frozen=True)
class LogLine:
    """Something that happened: in words, by whom, with what they wrote."""

    at: datetime
    who: str
    title: str
    words: tuple[str, ...]
    clause: str
    by_clock: bool


@dataclass(frozen=True)
class Ground:
    """What stands against a visit, and whether whoever looks may lift it."""

    name: str
    title: str
    clause: str
    may: bool


@dataclass(frozen=True)
class VisitPage:
    """All that the page shows."""

    row: TourVisit
    told: Allowed
    look: str
    why: str
    waits: tuple[str, ...]
    grounds: tuple[Ground, ...]
    areas: tuple[AreaLine, ...]
    conflicts: tuple[str, ...]
    tasks: tuple[TaskLine, ...]
    passes: tuple[PassLine, ...]
    words: tuple[tuple[str, str], ...]
    customer: Shown | None
    asked_by: str
    needs_company: bool
    company: str
    company_asked: bool
    lines: tuple[LogLine, ...]
    escorts: tuple[tuple[str, str], ...]
    asked_for: tuple[tuple[str, str], ...]
    begun: bool

    @property
    def ended(self) -> bool:
        """Whether nothing more happens to it."""
        return self.row.status in ENDED


class _Reader:
    """Puts the page together."""

    def __init__(self, badge: Badge, row: TourVisit, stands: Standing, at: datetime) -> None:
        self.badge, self.row, self.at, self.stands = badge, row, at, stands
        self.shown = Look(row, stands, at)
        self.visit, self.house = self.shown.visit, self.shown.house
        self.told = self.shown.allowed(badge.staff_id)
        self.log = list(TourEvent.objects.filter(visit=row).order_by("index"))
        texts = [*map(str, self.visit.done.values()), *(str(e.fields) for e in self.log)]
        people = [*stands.company.departments["reception"], *stands.company.seniors]
        texts += [*people, *(str(e.by or "") for e in self.log), str(row.applied_by or "")]
        met = clashes.conflicts(
            self.visit, stands.company, self.house.all(), approved=row.status == "approved"
        )
        texts += [name for clash in met for name in clash.beside]
        self.met, self.names = met, names_in(row.site_id, texts)
        self.departments = departments_of(row.site_id)
        self.again = reopened(hosting(row), self.visit.window, self.visit.done)

    def areas(self) -> tuple[AreaLine, ...]:
        """Each area with its answer and the last reason."""
        known, gone = self.stands.company.areas, Area(RECEPTION)  # taken out of the house since
        reasons = {
            str(e.fields["area"]): str(e.words.get("reason", ""))
            for e in self.log
            if e.event == "area"
        }
        return tuple(
            AreaLine(
                name, AREA_WORDS[name], self.departments.get(known.get(name, gone).department, ""),
                area_words(one.state, self.row.status), area_look(one.state, self.row.status),
                known.get(name, gone).key, one.since,
                name in self.told.choices("area_open") and one.state != "open",
                name in self.told.choices("area_refused") and one.state != "refused",
                reasons.get(name, "") if one.state == "refused" else "",
            )
            for name, one in self.visit.areas.items()
        )  # fmt: skip

    def tasks(self) -> tuple[TaskLine, ...]:
        """The plan."""
        return tuple(self._task(job) for job in plan(self.visit, self.stands.company))

    def _task(self, job: Job) -> TaskLine:
        people = tuple(
            (one, self.names.get(one, "")) for one in self.told.choices(f"who_{job.task}")
        )
        done = self.visit.done.get(job.task, "")
        return TaskLine(
            job, TASK_WORDS[job.task], self.departments.get(job.owner, job.owner),
            SERVES.get(done, self.names.get(done, "")), not job.done and job.due <= self.at,
            job.task in self.told.choices("task") or bool(people), people, job.task == "direction",
            self._again(job.task),
        )  # fmt: skip

    def _again(self, task: str) -> str:
        """Why a task that was done has to be done again, in words."""
        if task not in self.again:
            return ""
        return AGAIN[task].format(self.names.get(self.again[task], "").strip() or "原来那位")

    def conflicts(self) -> tuple[str, ...]:
        """What it meets, in words."""
        return tuple(
            f"{AREA_WORDS.get(c.area or '', '')}{CLASH_WORDS[c.code]}"
            + (f"：{'、'.join(self.names.get(n, n).strip() for n in c.beside)}" if c.beside else "")
            for c in self.met
        )

    def lines(self) -> tuple[LogLine, ...]:
        """What happened, the latest first."""
        return tuple(self._line(event) for event in reversed(self.log))

    def _line(self, event: TourEvent) -> LogLine:
        told, clock = event.fields, event.event == CLOCK
        about = str(
            told.get("about") or told.get("area") or told.get("task") or told.get("ground") or ""
        )
        what = AREA_WORDS.get(about) or TASK_WORDS.get(about) or GROUND_WORDS.get(about) or ""
        title = CLOCK_WORDS[str(told["warning"])] if clock else EVENT_WORDS[event.event]
        answer = {"open": "开放", "refused": "不同意", "approved": "同意"}.get(
            str(told.get("answer")), ""
        )
        by = self.names.get(str(event.by), "") if event.by else "" if clock else "来访人"
        said = tuple(str(w) for name, w in event.words.items() if name == "reason")
        shown = "：".join(
            part
            for part in (f"{what}{title}" if clock else title, answer or ("" if clock else what))
            if part
        )
        if not clock and answer and what:
            shown = f"{title}：{what}{answer}"
        return LogLine(event.at, by, shown, said, event.clause, clock)

    def why(self) -> str:
        """Why it is of its class: the answers, a department's word, or whoever changed it."""
        for event in reversed(self.log):
            if event.event == "reclass":
                return f"{self.names.get(str(event.by), '')}改的：{event.words.get('reason', '')}"
        if self.row.how == TourVisit.How.WORD:
            return "部门通知的大客户"
        answers = self.log[0].fields.get("answers") if self.log else None
        return why_class(self.row.klass, **answers) if isinstance(answers, Mapping) else ""


def page_of(badge: Badge, row: TourVisit, at: datetime) -> VisitPage:
    """The page of a visit for whoever looks at this moment."""
    stands = standing_or_last(row.site_id, at)
    assert stands is not None, "a visit was opened by a company"
    read = _Reader(badge, row, stands, at)
    visit, company, told = read.visit, stands.company, read.told
    shown = shown_as(row.site_id, [row.customer_id]) if row.customer_id else {}
    waits = judging.waiting_for(visit, company)
    words = {**AREA_WORDS, **GROUND_WORDS, "company": "公司批示"}
    reception = company.departments["reception"]
    escorts = [*reception, *(who for who in sorted(company.seniors) if who not in reception)]
    named = tuple((who, read.names.get(who, "")) for who in sorted(escorts))
    return VisitPage(
        row=row, told=told, look=STATUS_LOOKS[row.status], why=read.why(),
        waits=tuple(words[one] for one in waits),
        grounds=tuple(
            Ground(one, GROUND_WORDS[one], judging.GROUND_CLAUSES[one], one in told.choices("exception"))
            for one in judging.grounds(visit, company) if visit.ended is None
        ),
        areas=read.areas(), conflicts=read.conflicts(), tasks=read.tasks(),
        passes=tuple(
            PassLine(p.name, "、".join(AREA_WORDS[a] for a in sorted(p.areas)), p.persons, p.valid)
            for p in visit.passes
        ),
        words=application_words(row.words),
        customer=shown.get(row.customer_id) if row.customer_id else None,
        asked_by=read.names.get(str(row.applied_by), "") if row.applied_by else "",
        needs_company=visit.klass in visit.pack.company_approval, company=visit.company or "",
        company_asked=visit.ended is None and judging.is_company_asked(visit, company),
        lines=read.lines(), escorts=named,
        asked_for=tuple(pair for pair in named if pair[0] != str(badge.staff_id)),
        begun=at >= row.starts_at,
    )  # fmt: skip


def in_words(site_id: UUID, text: str) -> str:
    """A sentence of the rules with its names."""
    return put_in(text, names_in(site_id, [text]))

"""What a visit waits for and whose word or work it is: what 我的 lists, and what 待办 counts."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from yingbin.people.policy_rows import Plain
from yingbin.rules.times import read, written
from yingbin.rules.tours import judging
from yingbin.rules.tours.plan import plan
from yingbin.rules.tours.visit import Visit
from yingbin.rules.tours.visitfile import RECEPTION, Company

from .words import AREA_WORDS, GROUND_WORDS, TASK_WORDS

COMPANY = "company"  # whose word it is, where it is no department's
SOON = timedelta(
    days=2
)  # so long before it falls due a task stands in 待办; an answer does from when it is asked


@dataclass(frozen=True)
class Wait:
    """Something a visit waits for.

    what: `area`, `company`, `exception`, `task`, `plan` (to be sent) or `passes`; about: which area, task or grounds.
    of: a department as the rules know it, or `company`; but: who alone may not do it. since: from when on it stands in
    待办, at once where there is none.
    """

    what: str
    of: str
    clause: str
    due: datetime | None
    about: str = ""
    since: datetime | None = None
    but: str = ""

    @property
    def title(self) -> str:
        """What is to be done, in words."""
        return {
            "area": f"答复能不能看{AREA_WORDS.get(self.about, self.about)}",
            "company": "公司批示",
            "exception": f"特批：{'、'.join(GROUND_WORDS.get(g, g) for g in self.about.split())}",
            "task": TASK_WORDS.get(self.about, self.about),
            "plan": "发接待方案",
            "passes": f"发{AREA_WORDS.get(self.about, self.about)}的参观证",
        }[self.what]

    def is_of(self, who: str, company: Company) -> bool:
        """Whether it is this person's."""
        if who == self.but:
            return False
        return who in company.approvers if self.of == COMPANY else company.belongs(who, self.of)

    def stands(self, at: datetime) -> bool:
        """Whether it stands in 待办 by now."""
        return self.since is None or self.since <= at


def waits(visit: Visit, company: Company) -> Iterator[Wait]:
    """Everything a visit waits for as it stands, whoever's it is."""
    if visit.ended:
        return
    stands = judging.status(visit, company)
    if stands != "declined":
        yield from _areas(visit, company)
    yield from _company(visit, company, stands)
    yield from _tasks(visit, company)
    start = visit.window.start
    if stands == "approved" and not visit.plan_sent:
        yield Wait("plan", RECEPTION, "CV-4.1", start)
    if visit.plan_sent:
        for area in visit.in_state("open"):
            if not visit.persons_in(area) and area in company.areas:
                yield Wait("passes", company.areas[area].department, "CV-4.1", start, area)


def _areas(visit: Visit, company: Company) -> Iterator[Wait]:
    within = timedelta(hours=visit.pack.area_hours)
    for area in visit.in_state("asked"):
        since = visit.areas[area].since
        own = company.areas[area].department
        yield Wait("area", own, "CV-3.2.1", since + within, area, since)


def _company(visit: Visit, company: Company, stands: str) -> Iterator[Wait]:
    """Nobody gives the company's word to what they asked for themselves."""
    but = visit.asked_by or ""
    if judging.is_company_asked(visit, company):
        since = visit.company_since
        due = since + timedelta(hours=visit.pack.company_hours) if since else None
        yield Wait("company", COMPANY, "CV-2", due, since=since, but=but)
    if stands == "needs_exception":
        grounds = judging.grounds(visit, company)
        clause = judging.GROUND_CLAUSES[grounds[0]]
        yield Wait("exception", COMPANY, clause, visit.window.start, " ".join(grounds), but=but)


def _tasks(visit: Visit, company: Company) -> Iterator[Wait]:
    """Passes are issued by the departments of the areas; whoever explains signs no rehearsal unless they are the only one."""
    guide = visit.done.get("guide", "") if len(company.departments[RECEPTION]) > 1 else ""
    for job in plan(visit, company):
        if not job.done and job.task != "passes":
            but = guide if job.task == "rehearsal" else ""
            yield Wait("task", job.owner, job.clause, job.due, job.task, job.due - SOON, but)


def kept(found: Iterable[Wait]) -> list[Plain]:
    """As a visit's row keeps them, for 待办."""
    return [
        asdict(one) | {n: written(t) if t else None for n, t in (("due", one.due), ("since", one.since))}
        for one in found
    ]  # fmt: skip


def read_waits(row: Iterable[Plain]) -> list[Wait]:
    """What a row keeps."""
    return [
        Wait(**one | {n: read(str(one[n])) if one[n] else None for n in ("due", "since")})  # type: ignore[arg-type]
        for one in row
    ]

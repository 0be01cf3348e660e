"""A whole file of visits folded event by event: every decision, every clock record, and how all stands at the end."""

from __future__ import annotations

from ..times import written
from . import clashes, judging, plan
from .clock import Record, VisitClock
from .house import House
from .refusal import VisitRefusal
from .verbs import VERBS, clause_of, may_still_change, opened
from .visit import Visit
from .visitfile import Event, VisitFile, read_visits

Said = dict[str, object]
STATUS_WORDS = {
    "withdrawn": "已取消",
    "refused": "公司没有批准",
    "lapsed": "已作废",
    "over": "已结束",
    "declined": "已谢绝",
    "needs_exception": "要特批",
    "awaiting": "等待答复",
    "approved": "已批准",
}


class VisitFold:
    """A house of visits and its decisions."""

    def __init__(self, file: VisitFile) -> None:
        self.house = House(file.company, file.packs, file.company.souvenirs)
        self.clock = VisitClock(self.house)
        self.decisions: list[Said] = []

    def happen(self, number: int, event: Event) -> None:
        """The clock runs up to the event; then it is decided."""
        self.decisions += [_record(record) for record in self.clock.run(event.at)]
        head: Said = {"event": number, "at": written(event.at), "visit": event.visit}
        try:
            clause = self.take(event)
        except VisitRefusal as no:
            said: Said = {"clause": no.clause, "code": no.code, "because": no.because}
            self.decisions.append({**head, **said, "refused": True})
            return
        self.house.settle(event.at)
        self.clock.note(event.at)
        visit = self.house.visits[event.visit]
        stands = self.standing(visit)
        because = self.sentence(visit)
        self.decisions.append(
            {**head, "clause": clause, "code": "ok", "because": because, **stands}
        )

    def sentence(self, visit: Visit) -> str:
        """What an accepted event says of a visit: its class, and where it stands."""
        stands = STATUS_WORDS[self.house.status(visit)]
        return f"{visit.name}：{judging.CLASS_WORDS[visit.klass]}，{stands}。"

    def take(self, event: Event) -> str:
        """Does what the event asks; its clause. Nothing has followed from it yet. Raises VisitRefusal."""
        if event.kind in ("apply", "word"):
            return opened(self.house, event)
        visit = self.house.visits.get(event.visit)
        if visit is None:
            raise VisitRefusal("unknown_visit", None, f"没有{event.visit}这次来访，请核对编号。")
        may_still_change(visit, event)
        clause = clause_of(visit, event)
        VERBS[event.kind][0](self.house, visit, event)
        return clause

    def standing(self, visit: Visit) -> Said:
        """The six of a visit that every decision tells."""
        company, visits = self.house.company, self.house.all()
        status = self.house.status(visit)
        met = clashes.conflicts(visit, company, visits, approved=status == "approved")
        return {
            "status": status,
            "class": visit.klass,
            "version": visit.pack.version,
            "waiting_for": judging.waiting_for(visit, company),
            "areas": {area: asked.state for area, asked in visit.areas.items()},
            "conflicts": [{"area": c.area, "code": c.code, "with": list(c.beside)} for c in met],
        }

    def whole(self, visit: Visit) -> Said:
        """Everything of a visit, at the end."""
        jobs = plan.plan(visit, self.house.company)
        tasks = {job.task: job for job in jobs}
        blocked = [job for job in jobs if job.blocking and not job.done]
        in_areas = {
            area: sum(p.valid and area in p.areas for p in visit.passes) for area in visit.areas
        }
        return {
            **self.standing(visit),
            "from": written(visit.window.start),
            "to": written(visit.window.end),
            "headcount": visit.headcount,
            "room": visit.room,
            "souvenirs": visit.souvenirs,
            "photo": visit.photo,
            "ready": self.house.status(visit) == "approved" and not blocked,
            "plan": [_job(job) for job in jobs],
            "serve": _served(visit, "refreshments" in tasks),
            "meal": _meal(visit) if "meal" in tasks else None,
            "passes": {area: number for area, number in in_areas.items() if number},
        }


def _served(visit: Visit, refreshments: bool) -> str | None:
    if not refreshments:
        return None
    serve = visit.pack.hospitality[visit.klass].serve
    return visit.done.get("direction") if serve == "as_directed" else serve


def _meal(visit: Visit) -> str:
    return "lunch" if visit.window.start.hour < 12 else "dinner"


def _job(job: plan.Job) -> Said:
    return {
        "task": job.task,
        "who": job.owner,
        "due": written(job.due),
        "blocking": job.blocking,
        "done": job.done,
        "clause": job.clause,
    }


def _record(record: Record) -> Said:
    due = record.due
    return {
        "event": None,
        "at": written(record.at),
        "visit": due.visit.name,
        "warning": due.warning,
        "about": due.about,
        "to": due.to,
        "clause": due.clause,
        "because": record.because,
    }


def decide(raw: object) -> Said:
    """Every decision of a parsed file and every visit as it stands at the end. Raises Malformed."""
    file = read_visits(raw)
    fold = VisitFold(file)
    for number, event in enumerate(file.events):
        fold.happen(number, event)
    end = file.until or (file.events[-1].at if file.events else None)
    if end is not None:
        fold.decisions += [_record(record) for record in fold.clock.run(end)]
    return {
        "decisions": fold.decisions,
        "visits": {visit.name: fold.whole(visit) for visit in fold.house.all()},
        "stock": fold.house.stock,
    }

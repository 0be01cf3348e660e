"""The hosting plan by class: which tasks, whose, due when, done or not (CV-3.1 to CV-3.4.2, CV-4.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from ..times import HERE
from .judging import days_before, status
from .pack import TASKS
from .visit import Visit
from .visitfile import ADMINISTRATION, RECEPTION, Company

NO_PLAN = ("declined", "withdrawn", "refused", "lapsed")
HOSTED = ("senior", "direction", "refreshments", "souvenirs", "meal")
TASK_WORDS = {
    "analysis": "需求分析",
    "rehearsal": "预演",
    "guide": "讲解员",
    "senior": "高层陪同",
    "direction": "茶点安排",
    "refreshments": "茶点",
    "souvenirs": "纪念品",
    "meal": "用餐",
    "passes": "参观证",
}


@dataclass(frozen=True)
class Job:
    """A task of a plan."""

    task: str
    owner: str
    due: datetime
    blocking: bool
    done: bool
    clause: str


def plan(visit: Visit, company: Company) -> list[Job]:
    """The tasks of a visit in their order; none before it has a plan."""
    return [_job(visit, company, task) for task in TASKS if in_plan(visit, company, task)]


def in_plan(visit: Visit, company: Company, task: str) -> bool:
    """Whether the plan has this task."""
    stands = status(visit, company)
    if stands in NO_PLAN or not (visit.klass == "key_account" or visit.was_approved):
        return False
    offer = visit.pack.hospitality[visit.klass]
    small = visit.klass == "general" and visit.headcount < visit.pack.general_min
    return {
        "analysis": offer.prepare,
        "rehearsal": offer.prepare,
        "guide": not small,
        "senior": offer.senior,
        "direction": offer.serve == "as_directed",
        "refreshments": offer.serve == "as_directed"
        or (offer.serve == "tea_snacks" and visit.room is not None),
        "souvenirs": visit.souvenirs > 0,
        "meal": offer.meal,
        "passes": True,
    }[task]


def _job(visit: Visit, company: Company, task: str) -> Job:
    number = visit.pack.task_days[task]
    due = visit.window.start
    if number:
        day = days_before(visit.pack, company, visit.window.start.date(), number)
        due = datetime.combine(day, time(visit.pack.due_hour), HERE)
    return Job(
        task,
        owner_of(visit, task),
        due,
        task in visit.pack.blocking,
        is_done(visit, task),
        clause_of(visit, task),
    )


def _is_administrations(visit: Visit) -> bool:
    """An institution that reception doesn't host alone."""
    return visit.klass == "institution" and visit.sender not in visit.pack.reception_alone


def owner_of(visit: Visit, task: str) -> str:
    """Whose task it is."""
    return ADMINISTRATION if _is_administrations(visit) and task in HOSTED else RECEPTION


def clause_of(visit: Visit, task: str) -> str:
    """The clause a task stands under."""
    if _is_administrations(visit) and task in (*HOSTED, "guide"):
        return "CV-3.4.2"
    if task == "guide":
        by_class = {"general": "CV-3.1", "important": "CV-3.2.1", "key_account": "CV-3.3.2"}
        return by_class.get(visit.klass, "CV-3.4.1")
    if task == "refreshments":
        directed = visit.pack.hospitality[visit.klass].serve == "as_directed"
        return "CV-3.3.3" if directed else "CV-3.2.2"
    return {
        "analysis": "CV-3.3.2",
        "rehearsal": "CV-3.3.2",
        "senior": "CV-3.3.3",
        "direction": "CV-3.3.3",
        "souvenirs": "CV-3.2.2",
        "meal": "CV-3.3.4",
        "passes": "CV-4.1",
    }[task]


def is_done(visit: Visit, task: str) -> bool:
    """Whether a task is done; passes are by themselves, once every open area has a valid one."""
    if task != "passes":
        return task in visit.done
    return visit.plan_sent and all(visit.persons_in(area) for area in visit.in_state("open"))

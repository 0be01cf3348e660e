"""The hosting plan of a visit: its tasks, whose they are, when they are due and what is served."""

from __future__ import annotations

from datetime import datetime, time

from tests.rules.second_form import AREAS, BEIJING, Row, written
from tests.rules.tours.second_opinion_form import TASKS
from tests.rules.tours.second_opinion_visit import GONE, Company, Visit

SPLIT = TASKS[TASKS.index("senior") : TASKS.index("meal") + 1]
GUIDE = {"general": "CV-3.1", "important": "CV-3.2.1", "key_account": "CV-3.3.2"}
FIXED = {
    **{"analysis": "CV-3.3.2", "rehearsal": "CV-3.3.2", "senior": "CV-3.3.3"},
    **{"direction": "CV-3.3.3", "souvenirs": "CV-3.2.2", "meal": "CV-3.3.4", "passes": "CV-4.1"},
}


def in_plan(company: Company, v: Visit) -> list[str]:
    """The tasks, in order; none before the visit has a plan."""
    if company.status(v) in ("declined", *GONE):
        return []
    if v.klass != "key_account" and not v.been_approved:
        return []
    h = v.hospitality
    served = h["serve"] == "as_directed"
    there = {
        "analysis": h["prepare"],
        "rehearsal": h["prepare"],
        "guide": not (v.klass == "general" and v.headcount < v.pack["general_min"]),
        "senior": h["senior"],
        "direction": served,
        "refreshments": served or (h["serve"] == "tea_snacks" and v.room is not None),
        "souvenirs": v.souvenirs > 0,
        "meal": h["meal"],
        "passes": True,
    }
    return [task for task in TASKS if there[task]]


def is_done(v: Visit, task: str) -> bool:
    if task != "passes":
        return task in v.done
    opened = [area for area in AREAS if v.areas.get(area) == "open"]
    return v.sent and all(v.persons_in(area) > 0 for area in opened)


def by_administration(v: Visit, task: str) -> bool:
    alone = v.sender in v.pack["reception_alone"]
    return v.klass == "institution" and not alone and task in SPLIT


def owner(v: Visit, task: str) -> str:
    return "administration" if by_administration(v, task) else "reception"


def clause(v: Visit, task: str) -> str:
    if by_administration(v, task):
        return "CV-3.4.2"
    if task == "guide":
        alone = v.sender in v.pack["reception_alone"]
        return GUIDE.get(v.klass, "CV-3.4.1" if alone else "CV-3.4.2")
    if task == "refreshments":
        return "CV-3.3.3" if v.hospitality["serve"] == "as_directed" else "CV-3.2.2"
    return FIXED[task]


def due(company: Company, v: Visit, task: str) -> int:
    days = v.pack["task_days"][task]
    if days == 0:
        return v.start
    hour = time(v.pack["due_hour"], tzinfo=BEIJING)
    return int(datetime.combine(company.day_before(v, days), hour).timestamp())


def written_plan(company: Company, v: Visit) -> list[Row]:
    return [
        {
            "task": task,
            "who": owner(v, task),
            "due": written(due(company, v, task)),
            "blocking": task in v.pack["blocking"],
            "done": is_done(v, task),
            "clause": clause(v, task),
        }
        for task in in_plan(company, v)
    ]


def six(company: Company, v: Visit) -> Row:
    """What every accepted event says of its visit."""
    return {
        "status": company.status(v),
        "class": v.klass,
        "version": v.pack["version"],
        "waiting_for": company.waiting_for(v),
        "areas": dict(v.areas),
        "conflicts": company.conflicts(v),
    }


def written_visit(company: Company, v: Visit) -> Row:
    plan = written_plan(company, v)
    tasks = [row["task"] for row in plan]
    undone = [row for row in plan if row["blocking"] and not row["done"]]
    serve = None
    if "refreshments" in tasks:
        tea = v.hospitality["serve"] == "tea_snacks"
        serve = "tea_snacks" if tea else v.done.get("direction")
    before_noon = datetime.fromtimestamp(v.start, BEIJING).hour < 12
    passes = {a: sum(a in p.areas for p in v.valid()) for a in AREAS}
    return {
        **six(company, v),
        "from": written(v.start),
        "to": written(v.end),
        "headcount": v.headcount,
        "room": v.room,
        "souvenirs": v.souvenirs,
        "photo": v.photo,
        "ready": company.status(v) == "approved" and not undone,
        "plan": plan,
        "serve": serve,
        "meal": ("lunch" if before_noon else "dinner") if "meal" in tasks else None,
        "passes": {area: n for area, n in passes.items() if n},
    }

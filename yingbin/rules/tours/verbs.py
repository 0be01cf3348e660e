"""What can happen to a visit: one event a function; a refusal says its code, its clause and why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from . import judging, plan
from .edits import edit
from .house import House
from .judging import CLASS_WORDS, GROUND_CLAUSES, GROUND_WORDS
from .refusal import VisitRefusal
from .visit import AreaState, Asked, Paper, Visit, Window
from .visitfile import RECEPTION, Event

AREA_WORDS = {
    "plant": "厂区",
    "workshop": "车间",
    "logistics": "物流",
    "technology": "技术",
    "rnd": "研发",
    "finished_goods": "成品",
    "marketing": "市场",
    "laboratory": "实验室",
    "other": "其他区域",
}
# The two that every company has; others have names of their own.
DEPARTMENT_WORDS = {"reception": "接待部", "administration": "行政部"}


def opened(house: House, event: Event) -> str:
    """`apply` and `word`: a visit is opened. Answers with its clause; the visit stands in the house then."""
    word = event.kind == "word"
    own = "CV-3.3.1" if word else "CV-3.2.1"
    window = Window(event.time("from"), event.time("to"))
    if window.start <= event.at:
        raise VisitRefusal("past", own, "来访时间已经过去，请改成以后的时间。")
    if word and not house.company.belongs(event.text("by"), event.text("department")):
        department = _called(event.text("department"))
        raise VisitRefusal("not_yours", own, f"{event.text('by')}不是{department}的人。")
    visit = _visit(house, event, window)
    house.visits[visit.name] = visit
    for area in event.areas():
        visit.areas[area] = _fresh(house, visit, area, event.at)
    against = judging.grounds(visit, house.company)
    return GROUND_CLAUSES[against[0]] if against else ("CV-3.3.1" if word else "CV-2")


def _visit(house: House, event: Event, window: Window) -> Visit:
    pack = house.pack_on(event.at)
    klass, sender, asked_by = "key_account", "company", event.fields.get("by")
    if event.kind == "apply":
        answers = event.fields["answers"]
        sender, asked_by = answers["sender"], event.fields.get("applied_by")
        klass = judging.class_of(pack, sender, answers["relation"], answers["purpose"])
    rivals, count = event.fields.get("rivals"), event.fields["headcount"]
    today = event.at.date()
    return Visit(event.visit, pack, klass, sender, asked_by, rivals, window, count, {}, today)


def _fresh(house: House, visit: Visit, area: str, now: datetime) -> Asked:
    """An area newly wanted: closed to the class, or asked."""
    closed = judging.is_closed(visit, house.company.areas[area])
    return Asked("closed" if closed else "asked", now)


def may_still_change(visit: Visit, event: Event) -> None:
    """Refuses what comes after a visit has ended, or too late to class or edit it."""
    if visit.ended:
        raise VisitRefusal("ended", None, f"{visit.name}已经结束或取消，不能再办。")
    begun = event.kind in ("reclass", "edit") and event.at >= visit.window.start
    if begun and not _only_longer(visit, event):
        raise VisitRefusal("begun", None, f"{visit.name}已经开始，只能延长结束时间。")


def _only_longer(visit: Visit, event: Event) -> bool:
    told = event.fields.keys() & {"from", "to", "headcount", "areas"}
    return event.kind == "edit" and told == {"to"} and event.time("to") > visit.window.end


def reclass(house: House, visit: Visit, event: Event) -> None:
    """Another class: the areas are looked at again, the company's word falls (CV-2)."""
    if not house.company.belongs(event.text("by"), RECEPTION):
        raise VisitRefusal("not_yours", "CV-2", f"{event.text('by')}不是接待部的人，不能改类别。")
    if event.text("to") == visit.klass:
        raise VisitRefusal("no_change", "CV-2", "类别没有变。")
    visit.klass = event.text("to")
    for name, asked in visit.areas.items():
        closed = judging.is_closed(visit, house.company.areas[name])
        if closed:
            asked.state = "closed"
        elif asked.state == "closed":
            visit.areas[name] = Asked("asked", event.at)
    visit.company = visit.company_since = None
    visit.plan_sent = False


def area(house: House, visit: Visit, event: Event) -> None:
    """A department answers for its area (CV-3.2.1)."""
    name, by, clause = event.text("area"), event.text("by"), "CV-3.2.1"
    _not_declined(house, visit)
    if name not in visit.areas:
        raise VisitRefusal("not_wanted", clause, f"这次来访没有要看{AREA_WORDS[name]}。")
    place = house.company.areas[name]
    if not house.company.belongs(by, place.department):
        words = f"{AREA_WORDS[name]}由{_called(place.department)}答复，{by}不能代答。"
        raise VisitRefusal("not_yours", clause, words)
    asked = visit.areas[name]
    if asked.state == "closed":
        closed = "CV-3.1" if judging.is_key_closed(visit, place) else clause
        words = f"{CLASS_WORDS[visit.klass]}不参观{AREA_WORDS[name]}。"
        raise VisitRefusal("closed", closed, words)
    answer: AreaState = "open" if event.text("answer") == "open" else "refused"
    if answer == "open":
        _no_clash(house, visit, name)
    if asked.state not in (answer, "asked"):
        visit.plan_sent = False
    asked.state = answer


def _called(department: str) -> str:
    """A department as people call it."""
    return DEPARTMENT_WORDS.get(department, department)


def _no_clash(house: House, visit: Visit, name: str) -> None:
    for clash in house.in_area(visit, name):
        beside = "、".join(clash.beside)
        if clash.code == "area_full" and visit.pack.capacity == "stop":
            words = f"同一时间人数超过容量，同时段有{beside}。" if beside else "容不下这么多人。"
            words = AREA_WORDS[name] + words
            raise VisitRefusal("area_full", "CV-3.2.1", words)
        if clash.code == "rivals":
            words = f"{AREA_WORDS[name]}前后有同行来访（{beside}），要错开。"
            raise VisitRefusal("rivals", "CV-3.2.1", words)


def _not_declined(house: House, visit: Visit) -> None:
    if house.status(visit) == "declined":
        ground = judging.grounds(visit, house.company)[0]
        raise VisitRefusal(
            "declined", GROUND_CLAUSES[ground], f"{GROUND_WORDS[ground]}，这次来访已谢绝。"
        )


def _approver(house: House, visit: Visit, event: Event, clause: str) -> None:
    by = event.text("by")
    if by not in house.company.approvers:
        raise VisitRefusal("not_approver", clause, f"{by}不能代表公司批示。")
    if by in (event.fields.get("asked_by"), visit.asked_by):
        raise VisitRefusal("own_request", clause, f"这是{by}自己申请的，要由另一位批示。")


def company(house: House, visit: Visit, event: Event) -> None:
    """公司批示: the company's word, asked last (CV-2, CV-3.2.1)."""
    clause = company_clause(visit)
    if not judging.is_company_asked(visit, house.company):
        raise VisitRefusal("not_asked", clause, "现在还不用公司批示：先等各部门答复，或已经批过。")
    _approver(house, visit, event, clause)
    if event.text("answer") == "approved":
        visit.company = "approved"
    else:
        visit.ended = "refused"


def company_clause(visit: Visit) -> str:
    """The clause under which the company is asked."""
    return "CV-2" if visit.klass == "institution" else "CV-3.2.1"


def exception(house: House, visit: Visit, event: Event) -> None:
    """An approver lifts a ground, in principle an exception."""
    ground = event.text("ground")
    if ground not in judging.grounds(visit, house.company):
        raise VisitRefusal("no_ground", GROUND_CLAUSES[ground], "没有这个问题，不用特批。")
    _approver(house, visit, event, GROUND_CLAUSES[ground])
    visit.lifted.add(ground)


def withdraw(house: House, visit: Visit, event: Event) -> None:
    """The visitor doesn't come."""
    visit.ended = "withdrawn"


def task(house: House, visit: Visit, event: Event) -> None:
    """A task of the plan is done."""
    name, by = event.text("task"), event.text("by")
    _not_declined(house, visit)
    if not plan.in_plan(visit, house.company, name):
        raise VisitRefusal("not_in_plan", None, f"这次来访没有{plan.TASK_WORDS[name]}这一项。")
    clause = plan.clause_of(visit, name)
    said = _what_was_said(event, name)
    if name in visit.done and visit.done[name] == said:
        raise VisitRefusal("done_already", clause, f"{plan.TASK_WORDS[name]}已经办好。")
    owner = plan.owner_of(visit, name)
    if not house.company.belongs(by, owner):
        words = f"{plan.TASK_WORDS[name]}由{_called(owner)}办，{by}不能代办。"
        raise VisitRefusal("not_yours", clause, words)
    if name == "senior" and said not in house.company.seniors:
        raise VisitRefusal("not_senior", clause, f"{said}不在陪同的高层名单里。")
    if name in ("guide", "senior") and house.is_busy(visit, said):
        raise VisitRefusal("busy", clause, f"{said}同一时间要接待另一批客人。")
    visit.done[name] = said


def _what_was_said(event: Event, name: str) -> str:
    if name in ("guide", "senior"):
        return event.text("who")
    return event.text("serve") if name == "direction" else ""


def send_plan(house: House, visit: Visit, event: Event) -> None:
    """The hosting plan goes out to all concerned (CV-4.1)."""
    if house.status(visit) != "approved":
        raise VisitRefusal("not_approved", "CV-4.1", "这次来访还没有批准，接待方案不能发。")
    if not house.company.belongs(event.text("by"), RECEPTION):
        raise VisitRefusal("not_yours", "CV-4.1", f"接待方案由接待部发，{event.text('by')}不能发。")
    visit.plan_sent = True


def permit_photo(house: House, visit: Visit, event: Event) -> None:
    """Cameras are allowed for this visit (CV-4.3)."""
    _not_declined(house, visit)
    _approver(house, visit, event, "CV-4.3")
    visit.photo = True


def issue(house: House, visit: Visit, event: Event) -> None:
    """A department issues a pass (CV-4.1)."""
    areas, by = event.areas(), event.text("by")
    persons = event.fields["persons"]
    if house.status(visit) != "approved":
        raise VisitRefusal("not_approved", "CV-4.1", "这次来访还没有批准，不能发参观证。")
    if not visit.plan_sent:
        raise VisitRefusal("plan_not_sent", "CV-4.1", "接待方案还没有发，先发方案再发参观证。")
    shut = [AREA_WORDS[name] for name in areas if not visit.is_open(name)]
    if shut:
        raise VisitRefusal("not_open", "CV-3.2.1", f"{'、'.join(shut)}没有批准参观。")
    if not any(house.company.belongs(by, house.company.areas[n].department) for n in areas):
        raise VisitRefusal("not_yours", "CV-4.1", f"{by}不是这些区域所属部门的人，不能发证。")
    if any(visit.persons_in(name) + persons > visit.headcount for name in areas):
        raise VisitRefusal("too_many", "CV-4.2", "发出的参观证人数会超过批准的人数。")
    if event.fields.get("photo", False) and not visit.photo:
        raise VisitRefusal("no_photo", "CV-4.3", "这次来访没有批准拍照。")
    visit.passes.append(Paper(event.text("pass"), frozenset(areas), persons))


Verb = Callable[[House, Visit, Event], None]
# Each kind of event with what it does, and the clause of what is accepted.
VERBS: dict[str, tuple[Verb, str]] = {
    "reclass": (reclass, "CV-2"),
    "area": (area, "CV-3.2.1"),
    "company": (company, ""),
    "exception": (exception, ""),
    "edit": (edit, "CV-3.2.1"),
    "withdraw": (withdraw, "CV-3.2.1"),
    "task": (task, ""),
    "send_plan": (send_plan, "CV-4.1"),
    "permit_photo": (permit_photo, "CV-4.3"),
    "issue": (issue, "CV-4.1"),
}


def clause_of(visit: Visit, event: Event) -> str:
    """The clause of an accepted event, as things stand before it."""
    if event.kind == "company":
        return company_clause(visit)
    if event.kind == "exception":
        return GROUND_CLAUSES[event.text("ground")]
    if event.kind == "task":
        return plan.clause_of(visit, event.text("task"))
    return VERBS[event.kind][1]

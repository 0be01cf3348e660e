"""The form of a file of visits, from the contract alone."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

from tests.rules.second_form import (
    AREAS,
    Misshapen,
    Row,
    Test,
    closed,
    day,
    day_of,
    flag,
    has_form,
    list_of,
    moment,
    named_once,
    obj,
    one_of,
    order_faults,
    seconds,
    text,
    whole,
)

CLASSES = ("general", "important", "key_account", "institution")
TASKS = (
    *("analysis", "rehearsal", "guide", "senior", "direction"),
    *("refreshments", "souvenirs", "meal", "passes"),
)
SENDERS = ("company", "office", "school", "association", "official", "celebrity", "company_head")
RELATIONS = ("none", "frequent", "partner")
PURPOSES = ("business", "products", "production", "management", "alliance", "survey")
SERVED = ("pastries", "coffee", "cold_drinks", "other")
AREA, CLASS = one_of(*AREAS), one_of(*CLASSES)
GROUND = one_of("small_group", "late")
EFFECT = one_of("decline", "exception")


def of_each(keys: tuple[str, ...], test: Test) -> Test:
    return closed(dict.fromkeys(keys, test))


def pack_form() -> Test:
    order = ("key_account", "institution", "important")
    service: dict[str, Test] = dict.fromkeys(("souvenirs", "senior", "meal", "prepare"), flag)
    service["serve"] = one_of("none", "tea_snacks", "as_directed")
    hospitality = closed(service)
    minutes = ("general_min", "room_buffer", "rival_buffer", "window_slack")
    keys: dict[str, Test] = {
        **dict.fromkeys((*minutes, "area_hours", "company_hours"), whole()),
        "version": text,
        "from": day,
        "class_order": lambda v: list_of(one_of(*order))(v) and len(v) == 3,
        "lead_days": of_each(CLASSES, whole()),
        "days": one_of("calendar", "working"),
        "grounds": of_each(("small_group", "late"), EFFECT),
        "key_closed_to": list_of(CLASS),
        "company_approval": list_of(CLASS),
        "reception_alone": list_of(one_of(*SENDERS)),
        "hospitality": of_each(CLASSES, hospitality),
        "souvenirs": one_of("group", "person"),
        "capacity": one_of("stop", "warn"),
        "task_days": of_each(TASKS, whole()),
        "due_hour": whole(0, 23),
        "blocking": list_of(one_of(*TASKS)),
    }
    return lambda v: closed(keys)(v) and "version" in v and "from" in v


def good_packs(value: Any, first: int | None) -> bool:
    if not named_once(value, "version", pack_form()) or not value:
        return False
    days = [date.fromisoformat(row["from"]) for row in value]
    in_order = all(a < b for a, b in pairwise(days))
    return in_order and (first is None or days[0] <= day_of(first))


def good_company(value: Any) -> bool:
    departments = value.get("departments") if isinstance(value, dict) else None
    if not isinstance(departments, dict) or not {"reception", "administration"} <= set(departments):
        return False
    if not all(text(k) and list_of(text, 1)(v) for k, v in departments.items()):
        return False
    may = {"capacity": whole(1), "key": flag, "closed_to": list_of(CLASS)}
    area = obj({"department": one_of(*departments)}, may)
    room = obj({"room": text, "capacity": whole(1)})
    must: dict[str, Test] = {"approvers": list_of(text, 1), "areas": of_each(AREAS, area)}
    optional: dict[str, Test] = {
        "seniors": list_of(text),
        "rooms": lambda v: named_once(v, "room", room),
        "souvenirs": whole(),
        "off": list_of(day),
        "work": list_of(day),
    }
    return has_form(value, must, optional)


def good_answers(value: Any) -> bool:
    must = {"sender": one_of(*SENDERS), "relation": one_of(*RELATIONS)}
    return has_form(value, {**must, "purpose": one_of(*PURPOSES)})


class EventForm:
    """Whether one event is well-formed, given the areas of the company and what came before."""

    def __init__(self, areas: tuple[str, ...]) -> None:
        self.wanted = list_of(one_of(*areas))
        self.issued = list_of(one_of(*areas), 1)
        self.opened: set[str] = set()
        self.passes: set[str] = set()

    def good(self, event: Any) -> bool:
        if not has_form(event, {"event": text, "visit": text, "at": moment}):
            return False
        test = getattr(self, f"good_{event['event']}", None)
        return test is not None and bool(test(event))

    def opens(self, event: Row, must: dict[str, Test], may: dict[str, Test]) -> bool:
        form: dict[str, Test] = {"visitor": text, "contact": text, "from": moment, "to": moment}
        form.update(headcount=whole(1), areas=self.wanted)
        new = event["visit"] not in self.opened
        self.opened.add(event["visit"])
        if not new or not has_form(event, {**form, **must}, {"rivals": text, **may}):
            return False
        return seconds(event["from"]) < seconds(event["to"])

    def good_apply(self, event: Row) -> bool:
        return self.opens(event, {"answers": good_answers}, {"applied_by": text})

    def good_word(self, event: Row) -> bool:
        return self.opens(event, {"department": text, "by": text}, {})

    def good_reclass(self, event: Row) -> bool:
        return has_form(event, {"to": CLASS, "by": text, "reason": text})

    def good_area(self, event: Row) -> bool:
        form = {"area": AREA, "by": text, "answer": one_of("open", "refused")}
        return has_form(event, form, {"reason": text}) and explained(event)

    def good_company(self, event: Row) -> bool:
        form = {"by": text, "answer": one_of("approved", "refused")}
        return has_form(event, form, {"reason": text}) and explained(event)

    def good_exception(self, event: Row) -> bool:
        return has_form(event, {"ground": GROUND, "by": text, "asked_by": text, "reason": text})

    def good_edit(self, event: Row) -> bool:
        form = {"from": moment, "to": moment, "headcount": whole(1), "areas": self.wanted}
        return has_form(event, {}, form) and any(key in event for key in form)

    def good_withdraw(self, event: Row) -> bool:
        return True

    def good_task(self, event: Row) -> bool:
        form: dict[str, Test] = {"task": one_of(*TASKS[:-1]), "by": text}
        if not has_form(event, form):
            return False
        if event["task"] in ("guide", "senior"):
            return has_form(event, {"who": text})
        return event["task"] != "direction" or has_form(event, {"serve": one_of(*SERVED)})

    def good_send_plan(self, event: Row) -> bool:
        return has_form(event, {"by": text})

    def good_permit_photo(self, event: Row) -> bool:
        return has_form(event, {"by": text, "asked_by": text, "reason": text})

    def good_issue(self, event: Row) -> bool:
        form: dict[str, Test] = {"pass": text, "areas": self.issued, "persons": whole(1)}
        if not has_form(event, {**form, "by": text, "escort": text}, {"photo": flag}):
            return False
        new = event["pass"] not in self.passes
        self.passes.add(event["pass"])
        return new


def explained(event: Row) -> bool:
    return event["answer"] != "refused" or "reason" in event


def check(file: Row) -> None:
    """Misshapen with every place at fault, or nothing."""
    places = order_faults(file)
    events = file.get("events")
    if not isinstance(events, list):
        places.add("events")
        events = []
    times = [seconds(e["at"]) for e in events if has_form(e, {"at": moment})]
    if not good_packs(file.get("packs"), times[0] if times else None):
        places.add("packs")
    known = good_company(file.get("company"))
    if not known:
        places.add("company")
    form = EventForm(tuple(file["company"]["areas"]) if known else AREAS)
    places |= {f"event {n}" for n, event in enumerate(events) if not form.good(event)}
    if places:
        raise Misshapen(places)

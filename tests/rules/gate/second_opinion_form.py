"""The form of a gate's file, from the contract alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.rules.second_form import (
    AREAS,
    Misshapen,
    Row,
    Test,
    closed,
    flag,
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

POLICY = {"clock_minutes": 5, "list_minutes": 720, "early_minutes": 15, "grace_minutes": 15}
AREA = one_of(*AREAS)
PASSING = {"count": whole(1), "device": moment, "nonce": text}
Form = tuple[Mapping[str, Test], Mapping[str, Test]]


def event_forms(gate: Test) -> dict[str, Form]:
    """Event → the fields it must have, and those it may."""
    by: dict[str, Test] = {"by": text}
    mine: dict[str, Test] = {"pass": text, "by": text}
    why: dict[str, Test] = {**mine, "reason": text}
    passing = {"gate": gate, "pass": text, "revision": whole(1)}
    anew = {"areas": list_of(AREA, 1), "from": moment, "to": moment}
    return {
        "scan": ({**passing, "direction": one_of("in", "out")}, {**PASSING, "led_by": text}),
        "admit": ({**passing, "by": text, "reason": text}, PASSING),
        "offline": ({"gate": gate}, {"list_age": whole()}),
        "online": ({"gate": gate}, {}),
        "revoke": (why, {}),
        "lost": (mine, {}),
        "returned": (mine, {}),
        "reissue": (why, {**anew, "persons": whole(1), "escort": text, "photo": flag}),
        "breach": ({"breach": text, "leader": text, "by": text}, {}),
        "confirm": ({"breach": text, "by": text}, {}),
        "roll_start": (by, {"drill": flag}),
        "roll_mark": ({"visit": text, "safe": whole(), "by": text}, {}),
        "roll_end": (by, {}),
        "day_end": (by, {}),
    }


def good_visits(value: Any) -> bool:
    return isinstance(value, dict) and all(text(k) and whole(1)(v) for k, v in value.items())


def good_passes(value: Any, visits: Any) -> bool:
    known = one_of(*visits) if good_visits(visits) else text
    must = {"pass": text, "visit": known, "areas": list_of(AREA, 1), "from": moment, "to": moment}
    form = obj({**must, "persons": whole(1), "escort": text}, {"photo": flag})
    if not named_once(value, "pass", form):
        return False
    return all(seconds(row["from"]) < seconds(row["to"]) for row in value)


def good_gates(value: Any) -> bool:
    form = obj({"gate": text, "areas": list_of(AREA)}, {"site": flag})
    if not named_once(value, "gate", form):
        return False
    return all(row["areas"] or row.get("site") for row in value)


def top_faults(file: Row) -> set[str]:
    tests: dict[str, Test] = {
        "visits": good_visits,
        "passes": lambda value: good_passes(value, file.get("visits")),
        "gates": good_gates,
        "events": lambda value: isinstance(value, list),
    }
    may: dict[str, Test] = {
        "policy": closed({key: whole() for key in POLICY}),
        "supervisors": list_of(text),
        "security": list_of(text),
    }
    places = {key for key, test in tests.items() if key not in file or not test(file[key])}
    return places | {key for key, test in may.items() if key in file and not test(file[key])}


def event_faults(file: Row) -> set[str]:
    places: set[str] = set()
    gates = file["gates"] if good_gates(file.get("gates")) else None
    forms = event_forms(text if gates is None else one_of(*(row["gate"] for row in gates)))
    breaches: set[str] = set()
    for n, event in enumerate(file["events"]):
        kind = event.get("event") if isinstance(event, dict) else None
        if not isinstance(kind, str) or kind not in forms or not obj(*forms[kind])(event):
            places.add(f"event {n}")
        elif kind == "breach":
            if event["breach"] in breaches:
                places.add(f"event {n}")
            breaches.add(event["breach"])
    return places


def check(file: Row) -> None:
    """Misshapen with every place at fault, or nothing."""
    places = top_faults(file) | order_faults(file)
    if "events" not in places:
        places |= event_faults(file)
    if places:
        raise Misshapen(places)

"""The cover decision of a site of 60 people: may somebody go to lunch now, who could cover, and when would it work?

    python -m bench.cover

Rule time alone, no database: the pure functions that the running system calls. The day is a bad one: fifteen posts that
need two people each, everybody signed on, a lunch promised to every third. Beside it the whole day's meals proposed at once.
"""

import statistics
import time
from typing import Any

from yingbin.rules.duty.dayfile import read_day
from yingbin.rules.duty.moments import MINUTE, read
from yingbin.rules.duty.plan import Plan
from yingbin.rules.duty.replay import Fold, begin
from yingbin.rules.duty.rota import Wish, propose
from yingbin.rules.duty.terms import Span

from .arrivals import show

Row = tuple[str, str, str]
POSTS, RECEPTIONISTS, LEADS = 15, 56, 4


def _at(clock: str) -> str:
    return f"2026-11-23T{clock}:00+08:00"


def _people() -> list[dict[str, str]]:
    shift = {"from": _at("08:30"), "to": _at("18:30")}
    own = [{"who": f"r{n}", "post": f"P{n % POSTS}", **shift} for n in range(RECEPTIONISTS)]
    return [*own, *({"who": f"l{n}", "role": "lead", **shift} for n in range(LEADS))]


def site(lunches: bool = True) -> Fold:
    """The day at ten o'clock."""
    hours = {"opens": _at("09:00"), "closes": _at("18:00"), "minimum": 2}
    posts = [{"post": f"P{n}", "kind": "sales_centre", **hours} for n in range(POSTS)]
    people = _people()
    events: list[dict[str, Any]] = [
        {"at": _at("08:20"), "event": "sign_on", "who": p["who"]} for p in people
    ]
    for n in range(0, RECEPTIONISTS if lunches else 0, 3):
        span = {"from": _at(f"{11 + n % 2}:{n % 60:02}"), "to": _at(f"{12 + n % 2}:{n % 60:02}")}
        asked = {"break": f"b{n}", "who": f"r{n}", "kind": "meal", **span}
        events.append({"at": _at("09:00"), "event": "break_request", **asked})
    file = read_day({"posts": posts, "people": people, "events": events})
    fold = Fold(begin(file))
    for number, event in enumerate(file.events):
        fold.happen(number, event)
    return fold


def measure() -> list[Row]:
    """A yes or no for everybody at several hours, then everything a refusal says besides."""
    day, now = site().day, read(_at("10:00"))
    decided, refused = [], []
    for who in day.people:
        for clock in ("11:00", "12:10", "13:00"):
            span = Span(read(_at(clock)), read(_at(clock)) + 40 * MINUTE)
            began = time.perf_counter()
            plan = Plan(day, now)
            fits = plan.fits(who, span)
            decided.append(time.perf_counter() - began)
            if not fits:
                plan.could_cover(who, span), plan.earliest(who, span)
                refused.append(time.perf_counter() - began)
    rows = [("yes or no, 60 people", _said(decided), "< 5 ms")]
    if refused:
        rows.append(("a no with who could cover and when", _said(refused), ""))
    return [*rows, _whole_day()]


def _said(times: list[float]) -> str:
    ordered = sorted(times)
    p95 = ordered[int(len(ordered) * 0.95)]
    return f"median {1000 * statistics.median(times):.2f} ms, p95 {1000 * p95:.2f} ms"


def _whole_day() -> Row:
    day, now = site(lunches=False).day, read(_at("10:00"))
    window = Span(read(_at("11:00")), read(_at("13:30")))
    began = time.perf_counter()
    found = propose(day, now, [Wish(who, 30 * MINUTE, window) for who in day.people])
    took = time.perf_counter() - began
    return "the day's meals proposed", f"{len(found.meals)} meals in {1000 * took:.0f} ms", ""


if __name__ == "__main__":
    show(measure())

"""The cover decision of a site of 60 people: may somebody go to lunch now, who could cover, and when would it work?

    python -m bench.cover

Rule time alone, no database: the pure functions that the running system calls. The day is a bad one: fifteen posts that
need two people each, everybody signed on, a lunch promised to every third. Beside it the same asked of the slow form that
looks at every point, in the same run; the answers of both on that day and on many random ones; the day's meals proposed at once.
"""

import statistics
import time
from typing import Any

from tests.rules.duty.random_plans import cases
from tests.rules.duty.slow_plan import SlowPlan
from yingbin.rules.duty.day import DutyDay
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


def measure(compared: int = 20_000) -> list[Row]:
    """A yes or no for everybody at several hours, then everything a refusal says besides."""
    day = site().day
    quick, slow = _Form(day, Plan), _Form(day, SlowPlan)
    differ = sum(a != b for a, b in zip(quick.said, slow.said, strict=True))
    rows = [
        ("yes or no, 60 people", _said(quick.decided), "< 5 ms"),
        ("a no with who could cover and when", _said(quick.refused), "< 5 ms"),
        ("the same by looking at every point", _said(slow.refused), ""),
        ("the two forms on this day", f"{differ} of {len(quick.said)} answers differ", "0"),
    ]
    return [*rows, _compared(compared), _whole_day()]


class _Form:
    """One form of the plan asked for everybody: what it said, and how long each answer took."""

    def __init__(self, day: DutyDay, form: type[Plan] | type[SlowPlan]) -> None:
        self.decided: list[float] = []
        self.refused: list[float] = []
        self.said: list[object] = []
        for who in day.people:
            for clock in ("11:00", "12:10", "13:00"):
                start = read(_at(clock))
                self._ask(form(day, read(_at("10:00"))), who, Span(start, start + 40 * MINUTE))

    def _ask(self, plan: Plan | SlowPlan, who: str, span: Span) -> None:
        began = time.perf_counter()
        fits = plan.fits(who, span)
        self.decided.append(time.perf_counter() - began)
        more = None
        if not fits:
            more = plan.could_cover(who, span), plan.earliest(who, span)
            self.refused.append(time.perf_counter() - began)
        self.said.append((fits, more))


def _compared(least: int) -> Row:
    """Both forms on random days, until so many cases are through."""
    through = differ = seed = 0
    while through < least:
        for quick, slow in cases(seed):
            through, differ = through + 1, differ + (quick != slow)
        seed += 1
    return f"the two forms on {seed} random days", f"{differ} of {through:,} answers differ", "0"


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

"""The clause an event stands under, accepted or refused: that of its post, as things stand before it."""

from __future__ import annotations

from collections.abc import Callable

from . import checks, lines
from .day import DutyDay
from .dayfile import Event


def clause_of(day: DutyDay, event: Event) -> str | None:
    """The clause; None where there is no post, or none of that name."""
    return _BY_KIND.get(event.kind, _presence)(day, event)


def _presence(day: DutyDay, event: Event) -> str | None:
    return day.clause("presence", day.own_post(event.text("who")))


def _sign_on(day: DutyDay, event: Event) -> str | None:
    return day.clause("presence", event.maybe("post") or day.home(event.text("who")))


def _farewell(day: DutyDay, event: Event) -> str | None:
    return day.clause("farewell", day.own_post(event.text("who")))


def _break(day: DutyDay, event: Event) -> str | None:
    rest = day.breaks.get(event.text("break"))
    return day.clause("presence", day.own_post(rest.who)) if rest else None


def _stand_in(day: DutyDay, event: Event) -> str | None:
    return day.clause("presence", event.text("post"))


def _stand_in_cancel(day: DutyDay, event: Event) -> str | None:
    known = day.stand_ins.get(event.text("stand_in"))
    return day.clause("presence", known.post) if known else None


def _check(day: DutyDay, event: Event) -> str | None:
    task = day.tasks.get(event.text("task"))
    return day.clause(checks.about(task), task.post) if task else None


def _opened(day: DutyDay, event: Event) -> str | None:
    return day.clause(event.text("kind"), event.text("post"))


def _line(day: DutyDay, event: Event) -> str | None:
    line = day.lines.get(event.text("line"))
    return day.clause(line.kind, line.post) if line else None


def _handover_start(day: DutyDay, event: Event) -> str | None:
    about = lines.about_handover(day, event.text("giver"), event.text("receiver"))
    return day.clause(about, event.text("post"))


def _handover(day: DutyDay, event: Event) -> str | None:
    found = day.handovers.get(event.text("handover"))
    if found is None:
        return None
    return day.clause(lines.about_handover(day, found.giver, found.receiver), found.post)


def _case(day: DutyDay, event: Event) -> str | None:
    case = day.cases.get(event.text("case"))
    return day.clause(case.kind, case.post) if case else None


_BY_KIND: dict[str, Callable[[DutyDay, Event], str | None]] = {
    "sign_on": _sign_on,
    "break_start": _break,
    "break_end": _break,
    "break_cancel": _break,
    "stand_in": _stand_in,
    "stand_in_cancel": _stand_in_cancel,
    "answer": _check,
    "sign": _check,
    "line_open": _opened,
    "line_close": _line,
    "handover_start": _handover_start,
    "handover_answer": _handover,
    "handover_sign": _handover,
    "case_open": _opened,
    "case_escalate": _case,
    "case_acknowledge": _case,
    "case_end": _case,
    "farewell": _farewell,
    "ready": _farewell,
}

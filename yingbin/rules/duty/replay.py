"""A whole day on duty folded event by event: every decision and every alert, and how things stand at the end."""

from __future__ import annotations

from collections.abc import Callable

from . import breaks, cases, checks, clock, lines, presence
from .asked import clause_of
from .day import DutyDay, tasks_of
from .dayfile import DayFile, Event, read_day
from .log import JSON, Alert, Answer, Entry, NotNow
from .moments import Moment, written
from .terms import Task

Verb = Callable[[DutyDay, Event], Answer]

VERBS: dict[str, Verb] = {
    "sign_on": presence.sign_on,
    "sign_off": presence.sign_off,
    "taken_away": presence.taken_away,
    "shift": presence.shift,
    "break_request": breaks.break_request,
    "break_start": breaks.break_start,
    "break_end": breaks.break_end,
    "break_cancel": breaks.break_cancel,
    "stand_in": breaks.stand_in,
    "stand_in_cancel": breaks.stand_in_cancel,
    "answer": checks.answer,
    "sign": checks.sign,
    "line_open": lines.line_open,
    "line_close": lines.line_close,
    "handover_start": lines.handover_start,
    "handover_answer": lines.handover_answer,
    "handover_sign": lines.handover_sign,
    "case_open": cases.case_open,
    "case_escalate": cases.case_escalate,
    "case_acknowledge": cases.case_acknowledge,
    "case_end": cases.case_end,
    "farewell": cases.farewell,
    "ready": cases.ready,
}


def begin(file: DayFile) -> DutyDay:
    """The day before anything happened."""
    return DutyDay(
        policy=file.policy,
        posts={post.name: post for post in file.posts},
        people={person.name: person for person in file.people},
        shifts={p.name: p.shift for p in file.people if p.shift is not None},
        tasks={t.id: t for post in file.posts for t in tasks_of(post, file.policy)},
        lines={line.id: line for line in file.lines},
    )


class Fold:
    """A day and its log; `happen` and `run` bring it on."""

    def __init__(self, day: DutyDay) -> None:
        self.day = day
        self.clock = clock.Clock(day)
        self.log: list[Entry] = []

    def run(self, upto: Moment) -> None:
        """The clock runs up to and with a moment."""
        while (now := self.clock.next(upto)) is not None:
            self._log(now, None, self.clock.alerts(now))
        self.clock.at = upto  # what a later event puts before this moment has passed

    def happen(self, number: int, event: Event) -> None:
        """The clock runs up to the event; then it is decided, with what follows."""
        self.run(event.at)
        clause = clause_of(self.day, event)
        try:
            answer = VERBS[event.kind](self.day, event)
        except NotNow as no:
            refusal = Entry(event.at, number, "refused", clause, no.because, more=no.more)
            self.log.append(refusal)
            return
        accepted = Entry(event.at, number, "accepted", clause, answer.because, more=answer.more)
        self.log.append(accepted)
        self._log(event.at, number, list(answer.alerts))
        self._log(event.at, number, clock.gaps(self.day, event.at))
        self._log(event.at, number, list(clock.unsafe(self.day, event.at)))

    def _log(self, at: Moment, number: int | None, alerts: list[Alert]) -> None:
        self.log += [Entry(at, number, a.what, a.clause, a.because, a.to, a.more) for a in alerts]


def replay(raw: object) -> dict[str, object]:
    """Every decision and alert of a parsed file, and how things stand at its end. Raises Malformed."""
    file = read_day(raw)
    fold = Fold(begin(file))
    for number, event in enumerate(file.events):
        fold.happen(number, event)
    if file.until is not None:
        fold.run(file.until)
    end = file.until if file.until is not None else file.events[-1].at if file.events else None
    return {"log": [entry.to_json() for entry in fold.log], **standing(fold.day, end)}


def standing(day: DutyDay, now: Moment | None) -> dict[str, object]:
    """How things stand at a moment; None: the clock never ran, and nobody stands anywhere."""
    return {
        "posts": {
            name: {
                "on_post": [] if now is None else day.on_post(name, now),
                "gap": written(day.gaps[name]) if name in day.gaps else None,
            }
            for name in day.posts
        },
        "breaks": {rest.id: rest.state for rest in day.breaks.values()},
        "tasks": {task.id: _task(task) for task in day.tasks.values()},
        "lines": {x.id: {"owner": x.owner, "open": x.open} for x in day.lines.values()},
        "handovers": {found.id: found.state for found in day.handovers.values()},
        "cases": {
            case.id: {"level": case.level, "open": case.open, "acknowledged": case.acknowledged}
            for case in day.cases.values()
        },
    }


def _task(task: Task) -> dict[str, JSON]:
    return {
        "due": written(task.due),
        "status": task.state,
        "was": task.was,
        "at": None if task.done_at is None else written(task.done_at),
    }

"""The chain of a complaint (SD-4.2.5): its severity, its investigation, its end without agreement."""

from __future__ import annotations

from .desk import Desk, Event, Move, Told, refuse
from .matter import Matter
from .policy import SEVERITIES
from .who import check, check_chief

WORDS = {"minor": "一般", "major": "重大", "grave": "特别严重"}


def assess(desk: Desk, found: Matter, event: Event) -> Move:
    """How severe it is; its clocks are then those of that severity. Lighter only by a supervisor."""
    check(desk, found, event)
    if not found.is_of("complaint", "acknowledged", "assessed", "investigated"):
        raise refuse("投诉先受理再定级，有了处理方案就不再改级别。")
    old, severity = found.state.grade, event.text("severity")
    if SEVERITIES.index(severity) < SEVERITIES.index(old):
        check_chief(desk, found, event, "投诉降级要主管决定")
    grave = severity != old and severity == SEVERITIES[-1]
    told = (Told("grave", (desk.office.manager,)),) if grave else ()
    grade = severity if severity != old else ""
    words = f"投诉定为{WORDS[severity]}，请接着调查。"
    return Move(found, (event.step("assess", grade=grade),), words, told)


def investigate(desk: Desk, found: Matter, event: Event) -> Move:
    """What happened is known."""
    check(desk, found, event)
    if not found.is_of("complaint", "assessed"):
        raise refuse("投诉定级之后才记调查结果，请先定级。")
    return Move(found, (event.step("investigate"),), "调查结果已经记下，请提出处理方案。")


def conclude(desk: Desk, found: Matter, event: Event) -> Move:
    """The manager ends a complaint on which the resident doesn't agree."""
    check(desk, found, event)
    if not found.is_of("complaint", "told"):
        raise refuse("处理方案告诉住户以后，住户仍不认可的，才由经理办结。")
    words = f"住户没有认可，经理{event.by}决定办结，之后回访。"
    return Move(found, (event.step("conclude"),), words)

"""劝阻、突发事件: a disruption rises until somebody has heard; an emergency alerts everybody at once
(SF-4.5, SF-4.6, SC-4.5, SC-4.6). And 送客后归位 (SF-4.3.5, SC-4.3.7)."""

from __future__ import annotations

from .day import DutyDay
from .dayfile import Event
from .log import Alert, Answer, NotNow
from .moments import MINUTE, Moment
from .presence import known
from .terms import Case

TOP = 2
KINDS = {"disruption": "劝阻", "emergency": "突发事件"}
ROLES = {"lead": "接待领班", "head": "项目负责人", "guard": "安全员"}


def case_open(day: DutyDay, event: Event) -> Answer:
    """Someone disturbs and is asked to stop; or: fire, injury, …"""
    who, post, kind = event.text("who"), event.text("post"), event.text("kind")
    known(day, who)
    if post not in day.posts:
        raise NotNow(f"没有{post}这个岗位，请核对岗位名称。")
    emergency = kind == "emergency"
    case = Case(event.text("case"), kind, post, TOP if emergency else 0, event.at)
    day.cases[case.id] = case
    alerts = [_reaches(day, case, role) for role in (ROLES if emergency else ())]
    return Answer(f"{who}报告{post}{KINDS[kind]}。", alerts=tuple(alerts))


def _reaches(day: DutyDay, case: Case, role: str) -> Alert:
    """The case alerts a role at its present level."""
    case.alerted.append(role)
    return Alert(
        "escalated",
        role,
        day.clause(case.kind, case.post),
        f"{case.post}{KINDS[case.kind]}升到{case.level}级，请{ROLES[role]}处理。",
        {"case": case.id, "level": case.level},
    )


def rise(day: DutyDay, case: Case, now: Moment) -> Alert:
    """One level up: the lead at 1, the head at 2."""
    case.level, case.since = case.level + 1, now
    return _reaches(day, case, "lead" if case.level == 1 else "head")


def rises_at(day: DutyDay, case: Case) -> Moment | None:
    """When an open case rises by itself; None if it doesn't."""
    if not case.open or case.level == TOP:
        return None
    if case.level == 0:
        return case.since + day.policy.dissuade_minutes * MINUTE
    return None if "lead" in case.acknowledged else case.since + day.policy.ack_minutes * MINUTE


def _open_case(day: DutyDay, event: Event) -> Case:
    case = day.cases.get(event.text("case"))
    known(day, event.text("who"))
    if case is None or not case.open:
        raise NotNow("没有这件事，或者已经结束。")
    return case


def case_escalate(day: DutyDay, event: Event) -> Answer:
    """Passes it up at once."""
    case = _open_case(day, event)
    if case.level == TOP:
        raise NotNow(f"{case.post}{KINDS[case.kind]}已经报到最高一级。")
    alert = rise(day, case, event.at)
    return Answer(f"{event.text('who')}把{case.post}{KINDS[case.kind]}上报。", alerts=(alert,))


def case_acknowledge(day: DutyDay, event: Event) -> Answer:
    """Has heard and is on it; speaks for the person's role."""
    case, who = _open_case(day, event), event.text("who")
    role = day.people[who].role
    if role not in case.alerted:
        raise NotNow(f"这件事还没有报给{ROLES.get(role, '接待员')}，不用{who}回应。")
    if role in case.acknowledged:
        raise NotNow(f"{ROLES[role]}已经有人回应。")
    case.acknowledged.append(role)
    return Answer(f"{who}已知道{case.post}{KINDS[case.kind]}，正在处理。")


def case_end(day: DutyDay, event: Event) -> Answer:
    """It is over."""
    case = _open_case(day, event)
    case.open = False
    return Answer(f"{event.text('who')}：{case.post}{KINDS[case.kind]}已经结束。")


def farewell(day: DutyDay, event: Event) -> Answer:
    """A customer is seen off."""
    who = event.text("who")
    known(day, who)
    if day.stands_at(who, event.at) is None:
        raise NotNow(f"{who}现在不在岗位上，不能记送客。")
    day.farewells.pop(who, None)
    day.farewells[who] = event.at
    return Answer(f"{who}送走了客户。")


def ready(day: DutyDay, event: Event) -> Answer:
    """Tidied up and back at the post."""
    who = event.text("who")
    known(day, who)
    if who not in day.farewells:
        raise NotNow(f"{who}没有记过送客，不用记归位。")
    minutes = (event.at - day.farewells.pop(who)) // MINUTE
    return Answer(f"{who}{minutes}分钟后归位。", {"minutes": minutes})

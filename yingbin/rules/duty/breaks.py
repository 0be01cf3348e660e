"""用餐、休息、顶岗: a break fits or it doesn't, so that no post is ever left empty (SF-4.3.7, SC-4.3.9)."""

from __future__ import annotations

from .day import DutyDay
from .dayfile import Event
from .log import JSON, Answer, NotNow
from .moments import clock, minute_of, written
from .plan import Plan
from .presence import known
from .terms import Break, Span, StandIn

KINDS = {"meal": "用餐", "rest": "休息"}


def break_request(day: DutyDay, event: Event) -> Answer:
    """Asks for a break; accepted exactly if it fits."""
    who, span = event.text("who"), event.span
    kind = event.text("kind")
    plan = Plan(day, event.at)
    if not plan.fits(who, span):
        raise _does_not_fit(plan, who, span)
    day.breaks[event.text("break")] = Break(event.text("break"), who, kind, span)
    return Answer(f"{who}{clock(span.start)}–{clock(span.end)}可以{KINDS[kind]}，岗位有人。")


def _does_not_fit(plan: Plan, who: str, span: Span) -> NotNow:
    could, earliest = plan.could_cover(who, span), plan.earliest(who, span)
    more: dict[str, JSON] = {
        "could_cover": could,
        "earliest": None if earliest is None else written(earliest),
    }
    words = f"{who}{clock(span.start)}–{clock(span.end)}走不开，岗位会不够人"
    if could:
        words += f"；{'、'.join(could)}可以顶岗"
    if earliest is not None:
        words += f"；最早{clock(earliest)}可以"
    return NotNow(f"{words}。", more)


def _break(day: DutyDay, event: Event, state: str, otherwise: str) -> Break:
    rest = day.breaks.get(event.text("break"))
    if rest is None:
        raise NotNow("没有这次休息，可能没有批准，请重新申请。")
    if rest.state != state:
        raise NotNow(f"{rest.who}的这次休息{otherwise}。")
    return rest


def break_start(day: DutyDay, event: Event) -> Answer:
    """Leaves for it: for the whole length if that fits, else until the planned end, else not."""
    rest = _break(day, event, "accepted", "已经开始、结束、过期或取消，不能再开始")
    who = rest.who
    if not day.at_work(who):
        raise NotNow(f"{who}没有到岗或正在休息，不能开始这次休息。")
    start = minute_of(event.at)
    whole = Span(start, start + rest.span.end - rest.span.start)
    plan = Plan(day, event.at, without=rest.id)
    span = whole
    if not plan.fits(who, whole):
        span = Span(start, rest.span.end)
        if rest.span.start >= start or not plan.fits(who, span):
            raise _does_not_fit(plan, who, whole)
    rest.span, rest.state = span, "running"
    day.farewells.pop(who, None)
    return Answer(f"{who}去{KINDS[rest.kind]}，{clock(span.end)}回来。", {"to": written(span.end)})


def break_end(day: DutyDay, event: Event) -> Answer:
    """Is back."""
    rest = _break(day, event, "running", "不在进行中，不用结束")
    rest.state = "ended"
    return Answer(f"{rest.who}{KINDS[rest.kind]}回来了。")


def break_cancel(day: DutyDay, event: Event) -> Answer:
    """Does without it."""
    rest = _break(day, event, "accepted", "已经开始、结束、过期或取消，不能再取消")
    rest.state = "cancelled"
    return Answer(f"{rest.who}不休这次了。")


def stand_in(day: DutyDay, event: Event) -> Answer:
    """Stands at another post for a span; accepted exactly if a break of theirs would fit."""
    who, post, span = event.text("who"), event.text("post"), event.span
    known(day, who)
    if post not in day.posts:
        raise NotNow(f"没有{post}这个岗位，请核对岗位名称。")
    if day.own_post(who) == post:
        raise NotNow(f"{post}就是{who}自己的岗位，不用顶岗。")
    if not Plan(day, event.at).fits(who, span):
        raise NotNow(f"{who}{clock(span.start)}–{clock(span.end)}走不开，不能去{post}顶岗。")
    day.stand_ins[event.text("stand_in")] = StandIn(event.text("stand_in"), who, post, span)
    return Answer(f"{who}{clock(span.start)}–{clock(span.end)}到{post}顶岗。")


def stand_in_cancel(day: DutyDay, event: Event) -> Answer:
    """Takes it back, or ends it early; not while its post needs it."""
    found = day.stand_ins.get(event.text("stand_in"))
    if found is None or found.ended or found.span.end <= event.at:
        raise NotNow("这次顶岗没有批准，或已经结束、取消。")
    left = Span(max(found.span.start, minute_of(event.at)), found.span.end)
    if not Plan(day, event.at, less=found.id).covered(day.posts[found.post], left):
        raise NotNow(f"{found.who}不去，{found.post}就不够人了，请先安排别人顶岗。")
    found.ended = True
    return Answer(f"{found.who}不再到{found.post}顶岗。")

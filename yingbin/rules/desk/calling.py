"""回访 (SD-4.3): residents called back by somebody who had no part in their matter."""

from __future__ import annotations

from dataclasses import replace

from ..matters import Step
from ..times import HERE
from .desk import Desk, Event, Move, Told, refuse
from .life import reopened, told_reopened
from .matter import Callback, Matter

WORDS = {"satisfied": "满意", "fairly": "较满意", "dissatisfied": "不满意"}


def call(desk: Desk, found: Matter, event: Event) -> Move:
    """A call to the resident: reached, with their word, or an attempt."""
    callback = found.callback
    if callback is None or callback.state != "due":
        raise refuse("这件事现在没有要做的回访，请看回访清单。")
    _check_caller(desk, found, event)
    if event.flag("reached"):
        return _reached(desk, found, event, callback)
    return _not_reached(desk, found, event, callback)


def _check_caller(desk: Desk, found: Matter, event: Event) -> None:
    callers = desk.office.callers
    if event.by not in callers:
        raise refuse("回访由前台同事、主管或经理来做，请他们打。")
    if event.by not in found.handled:
        return
    free = [who for who in (*desk.office.clerks, desk.office.supervisor, desk.office.manager) if who not in found.handled]  # fmt: skip
    if free:
        raise refuse(f"{event.by}经手过这件事，不能自己回访，请{free[0]}来打。")
    if event.by != desk.office.manager:
        raise refuse(f"大家都经手过这件事，请经理{desk.office.manager}回访。")


def _reached(desk: Desk, found: Matter, event: Event, callback: Callback) -> Move:
    score = event.text("score")
    if score == "dissatisfied" and "remark" not in event.fields:
        raise refuse("住户不满意，请写下为什么不满意，再提交。")
    moved = replace(found, callback=replace(callback, state="done", score=score))
    steps: tuple[Step, ...] = (event.step("call_over"),)
    told = _asked(desk, found, event)
    words = f"回访完成，住户{WORDS[score]}。"
    if score == "dissatisfied":
        moved, again = reopened(desk, moved, event)
        steps, told = (*steps, *again), (*told, *told_reopened(desk, found))
        words = f"住户不满意，重新打开，由{found.state.owner}负责。"
    return Move(moved, steps, words, told)


def _asked(desk: Desk, found: Matter, event: Event) -> tuple[Told, ...]:
    """SD-4.4: something was asked of the resident; the supervisor hears of it, or the manager where they had a part."""
    if not event.flag("asked"):
        return ()
    supervisor, manager = desk.office.supervisor, desk.office.manager
    had_a_part = supervisor in found.handled or event.by == supervisor
    return (Told("asked", (supervisor, manager) if had_a_part else (supervisor,)),)


def _not_reached(desk: Desk, found: Matter, event: Event, callback: Callback) -> Move:
    at = event.at.astimezone(HERE)
    hour = (at.date(), at.hour)
    if hour in callback.attempts:
        return Move(
            found, (event.step("call"),), "没有打通；这个钟点已经算过一次，请换个时间再打。"
        )
    tries = (*callback.attempts, hour)
    moved = replace(found, callback=replace(callback, attempts=tries))
    if len(tries) < desk.policy.callback_tries:
        words = f"没有打通，这是第{len(tries)}次，请换个时间再打。"
        return Move(moved, (event.step("call"),), words)
    given_up = replace(found, callback=replace(callback, attempts=tries, state="unreachable"))
    words = f"不同时间打了{len(tries)}次都没有打通，记为联系不上。"
    return Move(given_up, (event.step("call_over"),), words)

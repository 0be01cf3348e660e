"""开班、巡查、收班检查: answered item by item, signed off (SF-4.1, SF-4.7, SC-4.1, SC-4.7)."""

from __future__ import annotations

from .day import DutyDay
from .dayfile import Event
from .log import Alert, Answer, NotNow
from .moments import Moment, clock
from .presence import known
from .terms import Task

RESULTS = {"ok": "正常", "failed": "不正常", "na": "不适用"}
ITEMS = {
    "environment": "环境",
    "goods": "物品",
    "facilities": "设施设备",
    "guards": "安全员仪容",
    "patrol": "巡查",
    "water": "水",
    "electricity": "电",
    "gas": "燃气",
    "doors": "门",
    "windows": "窗",
}
CHECKS = {"opening": "开门检查", "round": "巡查", "closing": "关门检查"}
GUARD, OTHER = "guard", "other"


def about(task: Task) -> str:
    """What a check's entries stand under."""
    return "closing" if task.kind == "closing" else "check"


def named(task: Task) -> str:
    """The check as people call it."""
    return f"{task.post}{CHECKS[task.kind]}"


def item_named(item: str) -> str:
    """An item as people call it."""
    return ITEMS.get(item, item)


def at_hand(day: DutyDay, task: Task, who: str, now: Moment) -> bool:
    """Whether somebody may answer and sign a check at this moment."""
    role = day.people[who].role
    if day.stands_at(who, now) == task.post:
        return True
    if role == "lead":
        return day.at_work(who)
    return role == "guard" and task.kind == "closing" and who in day.signed_on


def _open_task(day: DutyDay, event: Event) -> Task:
    task = day.tasks.get(event.text("task"))
    if task is None:
        raise NotNow(f"没有{event.text('task')}这项检查。")
    who = event.text("who")
    known(day, who)
    if task.state == "done":
        raise NotNow(f"{named(task)}已经签好，不能再改。")
    if task.opens is not None and event.at < task.opens:
        raise NotNow(f"{named(task)}{clock(task.opens)}才能开始。")
    if not at_hand(day, task, who, event.at):
        raise NotNow(f"{who}不在{task.post}，{named(task)}要由在岗的人或领班来做。")
    return task


def answer(day: DutyDay, event: Event) -> Answer:
    """Answers an item, the first time or again; signatures given before are taken back."""
    task, item, result = _open_task(day, event), event.text("item"), event.text("result")
    if item not in task.items:
        raise NotNow(f"{named(task)}没有{item_named(item)}这一项。")
    task.answers[item] = result
    task.signed.clear()
    said = f"{event.text('who')}：{named(task)}，{item_named(item)}{RESULTS[result]}"
    if result != "failed":
        return Answer(f"{said}。")
    alert = Alert(
        "failed",
        "lead",
        day.clause(about(task), task.post),
        f"{said}，请看信息传递单或报修。",
        {"task": task.id, "item": item},
    )
    return Answer(f"{said}。", alerts=(alert,))


def sign(day: DutyDay, event: Event) -> Answer:
    """Signs a check off; a closing check wants a guard and somebody else."""
    task, who = _open_task(day, event), event.text("who")
    left = [item_named(item) for item in task.items if item not in task.answers]
    if left:
        raise NotNow(f"{named(task)}还有{'、'.join(left)}没有填。")
    _failed_ones_have_lines(day, task)
    role = day.people[who].role
    if task.kind != "closing":
        return _done(task, who, event.at)
    if task.failed and role not in ("guard", "lead"):
        raise NotNow(f"{named(task)}有不正常的项，要由安全员和领班来签。")
    side = GUARD if role == GUARD else OTHER
    if side in task.signed:
        raise NotNow(f"{named(task)}这一方已经由{task.signed[side]}签过。")
    task.signed[side] = who
    if len(task.signed) < 2:
        waits = "在岗人员" if side == GUARD else "安全员"
        return Answer(f"{who}已签{named(task)}，还等{waits}签字。", {"done": False})
    return _done(task, who, event.at)


def _done(task: Task, who: str, now: Moment) -> Answer:
    task.done_at = now
    task.was, task.state = task.state, "done"
    return Answer(f"{who}签好了{named(task)}。", {"done": True})


def _failed_ones_have_lines(day: DutyDay, task: Task) -> None:
    for item in task.failed:
        lines = [x for x in day.lines.values() if x.task == task.id and x.item == item]
        if task.kind == "closing":
            lines = [x for x in lines if x.kind == "repair" and x.open]
            wanted = "还没有办完的报修"
        else:
            wanted = "信息传递单或报修"
        if not lines:
            raise NotNow(f"{named(task)}的{item_named(item)}不正常，先写{wanted}再签。")

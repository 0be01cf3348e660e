"""A matter's life around the work: recorded, paused, changed, cancelled, opened again, its amount reduced."""

from __future__ import annotations

from dataclasses import replace

from .. import matters
from ..matters import Clock, Step
from .desk import Desk, Event, Move, Told, refuse
from .kinds import PAUSES, TITLES
from .matter import CANCELLED, CLOSED, Matter
from .policy import NORMAL, URGENT
from .who import check, check_chief
from .working import yuan


def record(desk: Desk, event: Event) -> Move:
    """SD-4.1: whatever comes in, whichever way, begins here; an enquiry answered at once is closed in one step."""
    kind, answered = event.text("kind"), "answer" in event.fields
    if event.by not in desk.office.desk_people:
        raise refuse(f"{event.by}不是前台的人，请前台同事、治安员或主管登记。")
    if answered and kind != "enquiry":
        raise refuse("只有咨询能当场答复办结，请先登记，再按步骤办。")
    home, subject = event.text("home"), event.text("subject")
    beginning = desk.begins(event, kind, home, subject)
    step = event.step("open", to=event.by, kind=kind, grade=beginning.grade)
    none: tuple[tuple[int, Clock], ...] = ()
    step = (
        replace(step, clocks=none) if answered else matters.settled(None, kind, step, desk.around)
    )
    state = matters.begin(kind, step, desk.around)
    found = Matter(event.matter, home, subject, state, linked=beginning.linked)
    if answered:
        return Move(found, (event.step("answer_at_once"),), f"{event.by}当场答复，办结。")
    words = f"{event.by}登记了{TITLES[kind]}，由{event.by}负责到底。"
    if beginning.linked:
        words = f"{event.by}登记了投诉，与{beginning.linked}是同一家同一件事，级别提高，已报主管。"
    return Move(found, (), words, beginning.told(desk))


def pause(desk: Desk, found: Matter, event: Event) -> Move:
    """SD-4.3: it waits for a listed reason, and not longer than the cap in all."""
    check(desk, found, event)
    if found.state.ended:
        raise refuse("这件事已经办结，不用暂停。")
    if found.state.pause:
        raise refuse("这件事已经暂停，要接着办就恢复。")
    if found.offer:
        raise refuse(f"正等{found.offer}接手，请等对方接手或先收回转交，再暂停。")
    kind = desk.kinds[found.state.kind]
    if any(found.state.clock(name) for name in kind.no_pause_while):
        raise refuse("还没有第一次响应住户，请先响应，再暂停。")
    if found.state.spent >= kind.pause_cap:
        raise refuse("这件事可以暂停的时间已经用完，请接着办或找主管。")
    reason = event.text("reason")
    step = replace(event.step("pause"), reason=reason)
    step = replace(step, pause=matters.pause_from(found.state, step, desk.around))
    return Move(found, (step,), f"暂停，{PAUSES[reason]}；时限停走，到时自动恢复。")


def resume(desk: Desk, found: Matter, event: Event) -> Move:
    """It goes on."""
    check(desk, found, event)
    if found.state.pause is None:
        raise refuse("这件事没有暂停，照常办就好。")
    return Move(found, (event.step("resume"),), "恢复办理，时限接着走。")


def change(desk: Desk, found: Matter, event: Event) -> Move:
    """It turns out to be of another kind, or more or less urgent. Lighter only by a supervisor."""
    check(desk, found, event)
    if not found.unsolved:
        raise refuse("答复已经有了或者已经办结，不能再改类别；要改就先重新打开。")
    old, kind = found.state, event.text("kind") or found.state.kind
    if kind != old.kind:
        return _another_kind(desk, found, event, kind)
    grade, urgent = old.grade, event.flag("urgent")
    if urgent is not None and kind in ("help", "paid"):
        grade = URGENT if urgent else NORMAL
    if grade == old.grade:
        raise refuse("类别和急缓都没有变，请重新选；投诉的级别请用“定级”来改。")
    if grade == NORMAL:
        check_chief(desk, found, event, "紧急改为一般要主管决定")
    words = "改为紧急，时限重新起算。" if grade == URGENT else "改为一般，时限重新起算。"
    step = event.step("change", grade=grade)
    return Move(found, (step,), words, _changed(found))


def _another_kind(desk: Desk, found: Matter, event: Event, kind: str) -> Move:
    old, beginning = found.state, desk.begins(event, kind, found.home, found.subject)
    lighter = old.kind == "complaint" or (old.grade == URGENT and beginning.grade == NORMAL)
    if lighter:
        check_chief(desk, found, event, "投诉改为别的类别、紧急改为一般，要主管决定")
    moved = replace(found, linked=beginning.linked, quote=None, responded=False)
    step = event.step("change", kind=kind, grade=beginning.grade)
    words = f"由{TITLES[old.kind]}改为{TITLES[kind]}，从现在起按{TITLES[kind]}的时限办。"
    told = (*(beginning.told(desk) if kind == "complaint" else ()), *_changed(found))
    return Move(moved, (step,), words, told)


def _changed(found: Matter) -> tuple[Told, ...]:
    return (Told("changed", (found.state.owner, found.state.holder, found.offer)),)


def cancel(desk: Desk, found: Matter, event: Event) -> Move:
    """The resident takes it back, or it is recorded twice. A complaint only by a supervisor."""
    check(desk, found, event)
    if found.is_of("complaint"):
        check_chief(desk, found, event, "投诉只有主管能取消")
    if found.state.ended:
        raise refuse("这件事已经办结，不用取消。")
    office, withdrawn = desk.office, event.text("reason") == "withdrawn"
    if not withdrawn:
        _check_twin(desk, found, event.text("of"))
    told = _changed(found)
    late = any(clock.told_late for clock in found.state.clocks)
    if withdrawn and late and not office.is_chief(event.by):
        told = (*told, Told("withdrawn", (office.supervisor,)))
    words = "住户不要了，取消。" if withdrawn else f"与{event.text('of')}是同一件事，取消这一件。"
    return Move(found, (event.step("cancel"),), words, told)


def _check_twin(desk: Desk, found: Matter, of: str) -> None:
    twin = desk.matters.get(of)
    if twin is None or of == found.id:
        raise refuse("没有找到重复的那一件，请填另一件已经登记的事。")
    if twin.home != found.home:
        raise refuse(f"{of}不是同一户的事，不能当作重复，请核对编号。")
    if twin.stage == CANCELLED:
        raise refuse(f"{of}已经取消，请留下这一件接着办。")


def reopen(desk: Desk, found: Matter, event: Event) -> Move:
    """SD-4.3: the resident isn't satisfied after all; it begins again, and its owner has it in hand."""
    check(desk, found, event)
    if found.stage != CLOSED:
        raise refuse("只有办结的事能重新打开；没有办结的，直接接着办。")
    words = f"重新打开，由{found.state.owner}负责，时限重新起算。"
    return Move(*reopened(desk, found, event), words, told_reopened(desk, found))


def reopened(desk: Desk, found: Matter, event: Event) -> tuple[Matter, tuple[Step, ...]]:
    """The matter opened again, and the step that does it; a call-back that is due is void."""
    callback = found.callback
    if callback is not None and callback.state == "due":
        callback = replace(callback, state="void")
    anew = replace(found, quote=None, responded=False, reopened=True, callback=callback)
    return anew, (event.step("reopen"),)


def told_reopened(desk: Desk, found: Matter) -> tuple[Told, ...]:
    """Who hears of it."""
    state = found.state
    return (Told("reopened", (state.owner, desk.office.supervisor, state.holder)),)


def reduce(desk: Desk, found: Matter, event: Event) -> Move:
    """SD-4.2.3: a waiver or refund, approved by a supervisor who doesn't ask for it themselves."""
    check(desk, found, event)
    amount, approver = event.number("amount") or 0, event.text("approved_by")
    if amount > found.amount:
        raise refuse(f"这件事只收了{yuan(found.amount)}，减免不能更多，请核对金额。")
    if not desk.office.is_chief(approver):
        raise refuse(f"减免要主管{desk.office.supervisor}或经理{desk.office.manager}批准。")
    if approver == event.by:
        raise refuse("不能批准自己提出的减免，请另一位主管或经理批准。")
    words = f"{approver}批准，减免{yuan(amount)}。"
    return Move(replace(found, amount=found.amount - amount), (event.step("reduce"),), words)

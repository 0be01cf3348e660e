"""Opening checks, rounds, closing checks: each item answered, the whole signed off (SF-4.1, SF-4.7, SC-4.1, SC-4.7)."""

from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.people.rows import actor
from yingbin.rules.decision import Refused

from .happen import Said, today
from .lines import LineOpened, open_line_within


@action("duty.answer")
def answer(pen: Pen, *, task: str, item: str, result: str, reason: str = "") -> Said:
    """Answers one item; an earlier answer is replaced and all signatures are taken back."""
    why = reason.strip()
    if result == "na" and not why:
        raise Refused(None, "不适用要写一句原因。", about="reason")
    facts = {"task": task, "who": str(actor(pen)), "item": item, "result": result}
    return today(pen).say("answer", **facts, reason=why or None)


@action("duty.answer_all")
def answer_all(pen: Pen, *, task: str) -> int:
    """Everything not answered yet is in order; how many items that were."""
    writing = today(pen)
    found = writing.day.fold.day.tasks.get(task)
    left = [i for i in found.items if i not in found.answers] if found else []
    for item in left:
        writing.happen("answer", task=task, who=str(actor(pen)), item=item, result="ok")
    return len(left)


@action("duty.failed")
def failed(
    pen: Pen, *, task: str, item: str, kind: str, title: str, detail: str = ""
) -> LineOpened:
    """An item is not in order: the answer, and the slip or repair that follows from it, in one write."""
    writing = today(pen)
    who = str(actor(pen))
    writing.happen("answer", task=task, who=who, item=item, result="failed")
    post = writing.day.fold.day.tasks[task].post
    return open_line_within(
        writing, kind=kind, post=UUID(post), title=title, detail=detail, task=task, item=item
    )


@action("duty.sign_check")
def sign_check(pen: Pen, *, task: str) -> Said:
    """Signs a check off; a closing check is done when a guard and somebody at the post have both signed."""
    return today(pen).say("sign", task=task, who=str(actor(pen)))

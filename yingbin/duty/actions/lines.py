"""信息传递单 and 报修: written by somebody who owns it until it is handed over or settled (SF-4.3.6, SF-4.4)."""

from dataclasses import dataclass
from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.matters.actions.steps import open_matter
from yingbin.matters.models import Matter
from yingbin.matters.subjects import Subject
from yingbin.people.rows import actor

from ..hours import day_of
from ..kinds import LINE_OF
from ..models import DutyLog
from .happen import Writing, today


@dataclass(frozen=True)
class LineOpened:
    """A slip or a repair that was written."""

    matter: UUID
    number: int


@action("duty.open_line")
def open_line(pen: Pen, *, kind: str, post: UUID, title: str, detail: str = "") -> LineOpened:
    """Writes an information slip or a repair; whoever writes it owns it."""
    return open_line_within(today(pen), kind=kind, post=post, title=title, detail=detail)


def open_line_within(
    writing: Writing,
    *,
    kind: str,
    post: UUID,
    title: str,
    detail: str = "",
    task: str | None = None,
    item: str | None = None,
) -> LineOpened:
    """The matter and its line in the day, inside a write."""
    pen = writing.pen
    matter = open_matter(
        pen=pen,
        kind=kind,
        title=title,
        detail=detail,
        owner=actor(pen) or "",
        subject=Subject("duty.post", post),
        about={"task": task, "item": item} if task else None,
    )
    writing.names.add({str(matter.id): f"第{matter.number}号"})
    facts = {
        "line": str(matter.id),
        "kind": LINE_OF[kind],
        "who": str(actor(pen)),
        "post": str(post),
    }
    writing.happen("line_open", **facts, task=task, item=item)
    return LineOpened(matter.id, matter.number)


def line_ends(pen: Pen, matter: Matter) -> None:
    """A slip or repair was settled, inside the write that did it: so says the day on duty, if it knows the line."""
    if matter.kind not in LINE_OF or matter.subject_app != "duty.post":
        return
    if not DutyLog.objects.filter(site_id=pen.site_id, day=day_of(pen.at)).exists():
        return
    writing = today(pen)
    line = writing.day.fold.day.lines.get(str(matter.id))
    if line is not None and line.open:
        writing.names.add({str(matter.id): f"第{matter.number}号"})
        writing.happen("line_close", line=str(matter.id), who=str(actor(pen) or line.owner))

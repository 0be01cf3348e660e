"""我的: what waits for somebody at the desk or in a department, the next due first."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from yingbin.matters.queries.reach import Belonging, belonging, members
from yingbin.people.models import Assignment
from yingbin.people.queries import Badge, current

from ..apart import in_their_hands
from ..doings import AT_HAND, DOINGS
from ..models import DeskMatter
from ..office import CLERK, GUARD
from .beside import Beside, beside
from .lists import Line, lines, theirs

# What is theirs to do, in a list: of whoever owes the answer, once it is there or while they have the task themselves.
_TELLS = {"solved": "等您答复住户", "proposed": "方案要告诉住户", "told": "等住户表态"}
_OWED = {
    ("enquiry", ""): "等您答复",
    ("help", ""): "请派给部门",
    ("paid", ""): "请派给部门",
    ("suggestion", ""): "等您分析",
    ("suggestion", "analysed"): "答复或者上报",
    ("suggestion", "reported"): "等您答复",
    ("complaint", ""): "等您受理",
    ("complaint", "acknowledged"): "等您定级",
    ("complaint", "assessed"): "等您调查",
    ("complaint", "investigated"): "等您提方案",
}


@dataclass(frozen=True)
class Task:
    """A line of somebody's page. waits: what is theirs to do; event, button: what one tap does; beside: what is to be
    read before one goes, of who does the work."""

    line: Line
    waits: str = ""
    event: str = ""
    button: str = ""
    beside: tuple[Beside, ...] = ()


@dataclass(frozen=True)
class Mine:
    """offered: to them or their department; tasks: in hand, or owed to residents; done: what they finished, while the
    resident hasn't heard yet; team: what people of the departments that they head have in hand; guards: what guards
    wrote down and a clerk takes over; lost: whose owner or holder works here no more or is whom the complaint is about,
    for whoever supervises."""

    offered: list[Task] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    done: list[Task] = field(default_factory=list)
    team: list[Task] = field(default_factory=list)
    guards: list[Task] = field(default_factory=list)
    lost: list[Task] = field(default_factory=list)

    @property
    def any(self) -> bool:
        """Whether anything waits."""
        return bool(
            self.offered or self.tasks or self.done or self.team or self.guards or self.lost
        )


def members_of(badge: Badge, own: Belonging, at: datetime) -> set[UUID]:
    """The people of the departments that somebody heads."""
    found = {who for group in own.heads for who in members(badge.here, group, at)}
    return found - {badge.staff_id}


def mine(badge: Badge, at: datetime) -> Mine:
    """Everything of the desk that waits for this person; a constant number of queries."""
    me, own = badge.staff_id, belonging(badge.here, badge.staff_id, at)
    team = members_of(badge, own, at)
    part = Q(matter__owner_id=me) | Q(matter__holder_id__in=[me, *team])
    part |= Q(matter__offered_to=me) | Q(matter__offered_group__in=sorted(own.parties))
    told = Mine()
    works, found = badge.may("desk.work"), lines(badge.here, _open(badge).filter(part), at)
    read = beside(badge, [line.row for line in found]) if works else {}
    for line in found:
        heap, task = _task(line, me, own, works=works)
        getattr(told, heap).append(replace(task, beside=read.get(line.row.matter_id, ())))
    if CLERK in badge.roles:
        found = lines(badge.here, _of_guards(badge, at).exclude(part), at)
        told.guards.extend(Task(line, "", "take", DOINGS["take"].title) for line in found)
    if badge.may("desk.supervise"):
        told.lost.extend(Task(line) for line in lines(badge.here, _lost(badge, at), at))
    return told


def _open(badge: Badge) -> QuerySet[DeskMatter]:
    """The open matters of a place, the next due first."""
    rows = theirs(badge).filter(matter__closed_at__isnull=True).select_related("matter")
    return rows.order_by(F("matter__due_at").asc(nulls_last=True), "seq")


def _of_guards(badge: Badge, at: datetime) -> QuerySet[DeskMatter]:
    """Open matters that a guard owns: by night nobody else is here."""
    held = Assignment.objects.filter(current(at), site_id=badge.here, role=GUARD)
    return _open(badge).filter(matter__owner_id__in=held.values("staff_id"))


def _lost(badge: Badge, at: datetime) -> QuerySet[DeskMatter]:
    """Open matters whose owner or holder works here no more, or is the one whom it is about."""
    held = Assignment.objects.filter(current(at), site_id=badge.here, staff__is_active=True)
    here = held.values("staff_id")
    gone = ~Q(matter__owner_id__in=here) | ~Q(matter__holder_id__in=here)
    return _open(badge).filter(gone | in_their_hands())


def _task(line: Line, me: UUID, own: Belonging, *, works: bool) -> tuple[str, Task]:
    one = line.row.matter
    if one.offered_to == me or one.offered_group in own.parties:
        return "offered", Task(line, "等您接手", "accept", DOINGS["accept"].title)
    answered = one.state == "answered"
    if one.owner_id == me:
        return "tasks", Task(line, _TELLS.get(one.stage, "") if answered else _owed(line))
    if answered:
        return "done", Task(line)
    return ("tasks", _in_hand(line, works=works)) if one.holder_id == me else ("team", Task(line))


def _owed(line: Line) -> str:
    """What the owner of an open matter does, where it is theirs: nothing while a department has it."""
    one = line.row.matter
    return "" if line.holder or line.offer else _OWED.get((one.kind, one.stage), "等您办")


def _in_hand(line: Line, *, works: bool) -> Task:
    one = line.row.matter
    if one.kind == "paid" and one.stage in ("arrived", "working"):
        return _paid(line)
    event = AT_HAND.get((one.kind, one.stage), "") if works and not one.paused else ""
    return Task(line, "等您办", event, DOINGS[event].title if event else "")


def _paid(line: Line) -> Task:
    """A price comes first, then the resident's word, then the work, which they sign for."""
    row = line.row
    if row.matter.stage == "working":
        return Task(line, "办完请住户签字")
    if row.quote_agreed:
        return Task(line, "", "start", DOINGS["start"].title)
    return Task(line, "等您报价" if row.quote is None else "等住户同意报价")

"""我的: what waits for somebody at the desk or in a department, the next due first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from yingbin.matters.queries.reach import Belonging, belonging, members
from yingbin.people.models import Assignment
from yingbin.people.queries import Badge, current

from ..apart import in_their_hands
from ..doings import AT_HAND, DOINGS, page_for
from ..models import DeskMatter
from ..office import CLERK, GUARD
from ..setting_out import may_set_out, on_the_way
from .beside import Beside, beside
from .lists import Line, lines, theirs

SHOWN = 25  # of a heap at first
_ORDER = (F("matter__due_at").asc(nulls_last=True), F("seq").asc())
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
    """A line of somebody's page. waits: what is theirs to do; event, button: what one tap does; page: where the button leads,
    for what has more to say than one tap; beside: what is to be
    read before one goes, of who does the work; way: its holder is on the way; sets_out: it is for this person to say so."""

    line: Line
    waits: str = ""
    event: str = ""
    button: str = ""
    page: str = ""
    beside: tuple[Beside, ...] = ()
    way: bool = False
    sets_out: bool = False


@dataclass(frozen=True)
class Mine:
    """offered: to them or their department; tasks: in hand, or owed to residents; done: what they finished, while the
    resident hasn't heard yet; team: what people of the departments that they head have in hand; guards: what guards
    wrote down and a clerk takes over; lost: whose owner or holder works here no more or is whom the complaint is about,
    for whoever supervises. Of each so many as `SHOWN`, the next due; many: how many there are."""

    offered: list[Task] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    done: list[Task] = field(default_factory=list)
    team: list[Task] = field(default_factory=list)
    guards: list[Task] = field(default_factory=list)
    lost: list[Task] = field(default_factory=list)
    many: dict[str, int] = field(default_factory=dict)

    @property
    def heaps(self) -> list["Heap"]:
        """Those that hold something, in the order in which they stand on the page."""
        named = [(name, getattr(self, name)) for name in TITLES]
        return [Heap(name, tasks, self.many[name]) for name, tasks in named if tasks]


TITLES = {
    "lost": "没有人管的，请改派",
    "offered": "等您接手",
    "guards": "治安员记下的，请接过去",
    "tasks": "您要办的，先到期的在前",
    "team": "部门同事手上的",
    "done": "办完了，等前台答复住户",
}


@dataclass(frozen=True)
class Heap:
    """A part of the page: its first tasks, and how many there are in all."""

    name: str
    tasks: list[Task]
    many: int

    @property
    def title(self) -> str:
        """Its heading."""
        return TITLES[self.name]

    @property
    def more(self) -> int:
        """How many aren't shown."""
        return self.many - len(self.tasks)


def members_of(badge: Badge, own: Belonging, at: datetime) -> set[UUID]:
    """The people of the departments that somebody heads."""
    found = {who for group in own.heads for who in members(badge.here, group, at)}
    return found - {badge.staff_id}


def mine(badge: Badge, at: datetime) -> Mine:
    """What of the desk waits for this person; a constant number of queries, and of rows however much waits."""
    told, whose = Mine(), _whose(badge, at)
    shown = [row for rows in _first(badge, whose, at) for row in rows]
    for name, task in _tasks(badge, whose, shown, at):
        getattr(told, name).append(task)
    for row in shown:
        told.many[row.heap] = row.many  # type: ignore[attr-defined]
    return told


def leaf(badge: Badge, name: str, at: datetime) -> QuerySet[DeskMatter]:
    """All of one heap, to be leafed through."""
    return _rows(badge, _whose(badge, at), name, at)


def tasks_of(badge: Badge, rows: Iterable[DeskMatter], at: datetime) -> list[Task]:
    """These of a heap as tasks."""
    return [task for _, task in _tasks(badge, _whose(badge, at), list(rows), at)]


@dataclass(frozen=True)
class _Whose:
    """Whose page it is: the person, their groups, the people of the departments that they head."""

    me: UUID
    own: Belonging
    team: frozenset[UUID]


def _whose(badge: Badge, at: datetime) -> _Whose:
    own = belonging(badge.here, badge.staff_id, at)
    return _Whose(badge.staff_id, own, frozenset(members_of(badge, own, at)))


def _part(whose: _Whose) -> Q:
    """What they own, hold or are offered, and what their people hold."""
    me = whose.me
    part = Q(matter__owner_id=me) | Q(matter__holder_id__in=[me, *whose.team])
    return part | _offered(whose)


def _offered(whose: _Whose) -> Q:
    return Q(matter__offered_to=whose.me) | Q(matter__offered_group__in=sorted(whose.own.parties))


def _parted(badge: Badge, whose: _Whose) -> QuerySet[DeskMatter]:
    """Their matters, each with its heap."""
    heap = Case(
        When(_offered(whose), then=Value("offered")),
        When(matter__owner_id=whose.me, then=Value("tasks")),
        When(matter__state="answered", then=Value("done")),
        When(matter__holder_id=whose.me, then=Value("tasks")),
        default=Value("team"),
    )
    return _open(badge).filter(_part(whose)).annotate(heap=heap)


def _rows(badge: Badge, whose: _Whose, name: str, at: datetime) -> QuerySet[DeskMatter]:
    """The matters of a heap; none where it isn't for this person."""
    heap = Value(name, output_field=CharField())
    if name == "guards":
        rows = _of_guards(badge, at).exclude(_part(whose)).annotate(heap=heap)
        return rows if CLERK in badge.roles else rows.none()
    if name == "lost":
        rows = _lost(badge, at).annotate(heap=heap)
        return rows if badge.may("desk.supervise") else rows.none()
    return _parted(badge, whose).filter(Q(heap=name))


def _first(badge: Badge, whose: _Whose, at: datetime) -> Iterator[QuerySet[DeskMatter]]:
    """The first of each heap, each row with how many its heap has."""
    heap = [F("heap")]
    rank = Window(RowNumber(), partition_by=heap, order_by=_ORDER)
    rows = _parted(badge, whose).annotate(rank=rank, many=Window(Count("pk"), partition_by=heap))
    yield rows.filter(Q(rank__lte=SHOWN))
    for name in ("guards", "lost"):
        yield _rows(badge, whose, name, at).annotate(many=Window(Count("pk")))[:SHOWN]


def _tasks(
    badge: Badge, whose: _Whose, rows: list[DeskMatter], at: datetime
) -> Iterator[tuple[str, Task]]:
    works = badge.may("desk.work")
    read, gone = beside(badge, rows) if works else {}, on_the_way(rows)
    for line in lines(badge.here, rows, at):
        name, way = line.row.heap, line.row.id in gone  # type: ignore[attr-defined]
        task = _task(line, name, whose.me, works=works)
        out = works and not way and may_set_out(line.row, whose.me)
        words = read.get(line.row.matter_id, ())
        yield name, replace(task, beside=words, way=way, sets_out=out)


def _open(badge: Badge) -> QuerySet[DeskMatter]:
    """The open matters of a place, the next due first."""
    rows = theirs(badge).filter(matter__closed_at__isnull=True).select_related("matter")
    return rows.order_by(*_ORDER)


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


def _task(line: Line, heap: str, me: UUID, *, works: bool) -> Task:
    one = line.row.matter
    if heap == "offered":
        return Task(line, "等您接手", "accept", DOINGS["accept"].title)
    if heap == "guards":
        return Task(line, "", "take", DOINGS["take"].title)
    if heap != "tasks":
        return Task(line)
    if one.owner_id == me:
        return Task(line, _TELLS.get(one.stage, "") if one.state == "answered" else _owed(line))
    return _in_hand(line, works=works)


def _owed(line: Line) -> str:
    """What the owner of an open matter does, where it is theirs: nothing while a department has it."""
    one = line.row.matter
    return "" if line.holder or line.offer else _OWED.get((one.kind, one.stage), "等您办")


def _in_hand(line: Line, *, works: bool) -> Task:
    one = line.row.matter
    if one.kind == "paid" and one.stage in ("arrived", "working"):
        return _paid(line)
    event = AT_HAND.get((one.kind, one.stage), "") if works and not one.paused else ""
    return _at_hand(line, "等您办", event)


def _at_hand(line: Line, waits: str, event: str) -> Task:
    """With the button of an event; "" none."""
    page = page_for(line.row.matter.kind, event)
    return Task(line, waits, "" if page else event, DOINGS[event].title if event else "", page)


def _paid(line: Line) -> Task:
    """A price comes first, then the resident's word, then the work, which they sign for."""
    row = line.row
    if row.matter.stage == "working":
        return _at_hand(line, "办完请住户签字", "done")
    if row.quote_agreed:
        return Task(line, "", "start", DOINGS["start"].title)
    return Task(line, "等您报价" if row.quote is None else "等住户同意报价")

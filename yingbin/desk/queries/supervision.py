"""督办: what is late, what was handed back, what waits with whom, and how much everybody has (SD-3.3)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from yingbin.matters.models import MatterStep
from yingbin.matters.queries import not_about
from yingbin.people.calendar import ZONE
from yingbin.people.models import Assignment, Department
from yingbin.people.queries import Badge, current, names_of
from yingbin.rules.desk.kinds import TITLES
from yingbin.rules.gone import LEFT, colleague

from ..allowed import standing_or_last
from ..apart import in_their_hands
from ..models import CallAnswer, DeskEvent, DeskMatter
from ..names import names_in, put_in
from .callbacks import all_due
from .corrections import ToCorrect, to_correct
from .lists import Line, lines

WHICH = {
    "late": "超时的",
    "bounced": "退回、转手的",
    "supervisor": "等主管的",
    "manager": "等主任的",
}
HAND_OFFS = ("offer", "accept", "decline", "withdraw", "assign", "take", "report")
FRONT = "客服前台"


@dataclass(frozen=True)
class HandOff:
    """How a matter changed hands: when, in the rules' words, and the reason that was given."""

    at: datetime
    sentence: str
    reason: str
    back: bool


@dataclass(frozen=True)
class Watched:
    """A matter that somebody looks after, with its hand-offs, the latest first."""

    line: Line
    hands: tuple[HandOff, ...] = ()


@dataclass(frozen=True)
class Counts:
    """How many there are of each; asked: answers that whoever looks may read."""

    late: int
    bounced: int
    supervisor: int
    manager: int
    callbacks: int
    asked: int
    corrections: ToCorrect


@dataclass
class Load:
    """What somebody, or a department, has: matters owed, tasks held, late among them, due until tonight, offered."""

    key: str
    name: str
    owed: int = 0
    held: int = 0
    late: int = 0
    today: int = 0
    offered: int = 0
    people: list["Load"] = field(default_factory=list)


def _open(site_id: UUID) -> QuerySet[DeskMatter]:
    rows = DeskMatter.objects.filter(site_id=site_id, matter__closed_at__isnull=True)
    return rows.select_related("matter")


def _late(at: datetime) -> Q:
    return Q(matter__due_at__lte=at, matter__paused="")


def _bounced() -> Exists:
    """Somebody declined it; or it changed hands twice."""
    back = DeskEvent.objects.filter(matter=OuterRef("pk"), event="decline")
    return Exists(back)


def _with_supervisor(who: UUID) -> Q:
    """Beside what they have: what is with somebody whom it is about, until it is reassigned."""
    theirs = Q(matter__offered_to=who) | Q(matter__holder_id=who) | Q(matter__owner_id=who)
    return theirs | in_their_hands()


def _with_manager(who: UUID) -> Q:
    """Beside what the manager has: complaints whose resident hasn't agreed, which the manager alone concludes."""
    return _with_supervisor(who) | Q(matter__kind="complaint", matter__stage="told")


@dataclass(frozen=True)
class Chiefs:
    """Whoever supervises and whoever manages the office now."""

    supervisor: UUID
    manager: UUID


def chiefs(site_id: UUID, at: datetime) -> Chiefs | None:
    """The two; None where there never was an office."""
    stands = standing_or_last(site_id, at)
    if stands is None:
        return None
    return Chiefs(UUID(stands.office.supervisor), UUID(stands.office.manager))


def rows_of(
    site_id: UUID, which: str, at: datetime, by: Chiefs | None = None
) -> QuerySet[DeskMatter]:
    """The matters under a heading, what falls due first first. which: a key of `WHICH`; by: where they are known."""
    rows = _open(site_id).order_by(F("matter__due_at").asc(nulls_last=True), "seq")
    if which == "late":
        return rows.filter(_late(at))
    if which == "bounced":
        return rows.filter(Q(_bounced()) | Q(matter__hand_offs__gte=2))
    by = by or chiefs(site_id, at)
    if by is None:
        return rows.none()
    return rows.filter(
        _with_manager(by.manager) if which == "manager" else _with_supervisor(by.supervisor)
    )


def of_somebody(site_id: UUID, key: str, at: datetime) -> QuerySet[DeskMatter]:
    """The open matters of a person, or of the people of a department and what it is offered."""
    rows = _open(site_id).order_by(F("matter__due_at").asc(nulls_last=True), "seq")
    name, _, which = key.rpartition(":")
    if name == "department":
        held = Assignment.objects.filter(current(at), site_id=site_id, department_id=UUID(which))
        part = Q(matter__holder_id__in=held.values("staff_id")) | Q(matter__offered_group=key)
        return rows.filter(part)
    who = UUID(which)
    return rows.filter(Q(matter__owner_id=who) | Q(matter__holder_id=who))


def seen_by(badge: Badge, rows: QuerySet[DeskMatter]) -> QuerySet[DeskMatter]:
    """These without what is about whoever looks (SD-4.2.5)."""
    return rows.filter(not_about(badge.staff_id, "matter_id"))


def counts(badge: Badge, at: datetime) -> Counts:
    """The figures above the lists."""
    site = badge.here
    by = chiefs(site, at)
    knows = Q() if by and by.supervisor == badge.staff_id else Q(told__contains=[badge.staff_id])
    mine = not_about(badge.staff_id, "matter__matter_id")
    asked = CallAnswer.objects.filter(knows, mine, site_id=site, asked=True)
    rows = {which: rows_of(site, which, at, by) for which in WHICH}
    many = {which: seen_by(badge, found).count() for which, found in rows.items()}
    return Counts(
        **many, callbacks=all_due(badge).count(), asked=asked.count(),
        corrections=to_correct(badge, at),
    )  # fmt: skip


def watched(site_id: UUID, rows: Iterable[DeskMatter], at: datetime) -> list[Watched]:
    """These with their hand-offs; a constant number of queries."""
    page = lines(site_id, rows, at)
    ids = [one.row.id for one in page]
    events = list(DeskEvent.objects.filter(matter__in=ids, event__in=HAND_OFFS).order_by("-seq"))
    names = names_in(site_id, [one.because for one in events])
    found: dict[UUID, list[HandOff]] = {}
    for one in events:
        found.setdefault(one.matter_id, []).append(_hand_off(one, names))
    return [Watched(line, tuple(found.get(line.row.id, ()))) for line in page]


def _hand_off(one: DeskEvent, names: Mapping[str, str]) -> HandOff:
    said = put_in(one.because, names, {})
    return HandOff(one.at, said, str(one.words.get("reason", "")), one.event == "decline")


@dataclass(frozen=True)
class _Task:
    """What of an open matter counts as load."""

    owner: UUID | None
    holder: UUID | None
    offered: str
    late: bool
    today: bool
    answered: bool


def load(site_id: UUID, at: datetime) -> list[Load]:
    """Everybody's load by department, whoever works here first; four queries, whatever is open."""
    tasks = _tasks(site_id, at)
    held = Assignment.objects.filter(current(at), site_id=site_id, staff__is_active=True)
    places = dict(held.order_by("since").values_list("staff_id", "department_id"))
    desk = set(held.filter(role__startswith="desk_").values_list("staff_id", flat=True))
    called = {one.id: one.name for one in Department.objects.filter(site_id=site_id)}
    having = {who for one in tasks for who in (one.owner, one.holder) if who}
    shown = {who for who, own in places.items() if own or who in desk} | having
    names = {str(who): name for who, name in names_of(shown).items()}
    groups: dict[str, Load] = {"": Load("", FRONT)}
    groups |= {f"department:{one}": Load(f"department:{one}", name) for one, name in called.items()}
    for who in sorted(shown, key=lambda one: names.get(str(one), "")):
        own = places.get(who)
        group = groups[f"department:{own}" if own in called else ""]
        group.people.append(_of_person(who, colleague(names, who), tasks))
    for key, group in groups.items():
        _add_up(group, [one for one in tasks if one.offered == key and key])
    return [one for one in groups.values() if one.people or one.offered]


def _tasks(site_id: UUID, at: datetime) -> list[_Task]:
    tonight = datetime.combine(at.astimezone(ZONE).date(), time.max, ZONE)
    names = ("owner_id", "holder_id", "offered_group", "due_at", "paused", "state")
    rows = _open(site_id).values_list(*(f"matter__{name}" for name in names))
    return [
        _Task(
            owner, holder, offered, bool(due and not paused and due <= at),
            bool(due and not paused and at < due <= tonight), state == "answered",
        )
        for owner, holder, offered, due, paused, state in rows
    ]  # fmt: skip


def _of_person(who: UUID, name: str, tasks: list[_Task]) -> Load:
    found = Load(str(who), name)
    for one in tasks:
        owes, has = one.owner == who, one.holder == who and not one.answered
        found.owed += owes
        found.held += has
        mine = owes or has
        found.late += mine and one.late
        found.today += mine and one.today
    return found


def _add_up(group: Load, offered: list[_Task]) -> None:
    for one in group.people:
        group.owed += one.owed
        group.held += one.held
        group.late += one.late
        group.today += one.today
    group.offered = len(offered)
    group.late += sum(one.late for one in offered)


# How much was in time


@dataclass(frozen=True)
class Part:
    """Of so many matters so many were late for the resident, and so many are open still."""

    key: str
    name: str
    total: int
    late: int
    still: int

    @property
    def percent(self) -> int:
        """How many of a hundred were in time, rounded down."""
        return (self.total - self.late) * 100 // self.total if self.total else 0


@dataclass(frozen=True)
class InTime:
    """The same by kind, by department and by whoever had the task."""

    total: Part
    kinds: tuple[Part, ...]
    departments: tuple[Part, ...]
    people: tuple[Part, ...]


# The clocks of the resident; `accept` and `callback` are the house's own.
RESIDENT = ("respond", "arrive", "solve", "reply")


def _was_late() -> Exists:
    """A clock of the resident was late."""
    marks = MatterStep.objects.filter(matter=OuterRef("matter_id"), verb="late")
    return Exists(marks.filter(facts__clock__in=RESIDENT))


def of_span(site_id: UUID, since: datetime, until: datetime) -> QuerySet[DeskMatter]:
    """The matters that came in within these days, none that were cancelled; those that were late first."""
    rows = DeskMatter.objects.filter(
        site_id=site_id, moved_at__gte=since, matter__opened_at__range=(since, until)
    )
    return rows.exclude(matter__state="cancelled").order_by(_was_late().desc(), "-seq")


def late_among(rows: Iterable[DeskMatter]) -> set[UUID]:
    """Which of these were late for the resident."""
    ids = [one.id for one in rows]
    found = DeskMatter.objects.filter(_was_late(), id__in=ids)
    return set(found.values_list("id", flat=True))


Mark = tuple[str, str]  # by what a matter is counted, and which of these it is


@dataclass
class _Tally:
    """How many matters there are of each mark, how many of them were late, how many are open still."""

    total: Counter[Mark] = field(default_factory=Counter)
    late: Counter[Mark] = field(default_factory=Counter)
    still: Counter[Mark] = field(default_factory=Counter)

    def count(self, marks: Iterable[Mark], *, late: bool, still: bool) -> None:
        """One more matter."""
        for mark in marks:
            self.total[mark] += 1
            self.late[mark] += late
            self.still[mark] += still

    def parts(self, by: str, called: Mapping[str, str], otherwise: str) -> tuple[Part, ...]:
        """Those counted by this, what was least in time first. called: the names of its keys."""
        marks = sorted(one for one in self.total if one[0] == by)
        found = [
            Part(one[1], called.get(one[1], otherwise), self.total[one], self.late[one], self.still[one])
            for one in marks
        ]  # fmt: skip
        return tuple(sorted(found, key=lambda one: (one.percent, -one.total)))


def in_time(site_id: UUID, since: datetime, until: datetime, at: datetime) -> InTime:
    """How much was in time; a constant number of queries."""
    rows = of_span(site_id, since, until).order_by()
    tally = _tallied(rows, _departments(site_id, at))
    called = {str(one.id): one.name for one in Department.objects.filter(site_id=site_id)}
    who = [UUID(key) for by, key in tally.total if by == "who" and key != "None"]
    names = {str(one): name for one, name in names_of(who).items()}
    whole = tally.parts("all", {}, "全部") or (Part("", "全部", 0, 0, 0),)
    return InTime(
        whole[0],
        tally.parts("kind", TITLES, ""),
        tally.parts("of", called, FRONT),
        tally.parts("who", names, LEFT),
    )


def _tallied(rows: QuerySet[DeskMatter], places: Mapping[UUID, str]) -> _Tally:
    """These counted as a whole, by kind, by the department of whoever has the task, and by whoever it is."""
    tally, bad = _Tally(), set(rows.filter(_was_late()).values_list("id", flat=True))
    told = rows.values_list("id", "matter__kind", "matter__holder_id", "matter__closed_at")
    for one, kind, holder, closed in told.iterator():
        of = places.get(holder, "") if holder else ""
        marks = (("all", ""), ("kind", kind), ("of", of), ("who", str(holder)))
        tally.count(marks, late=one in bad, still=closed is None)
    return tally


def _departments(site_id: UUID, at: datetime) -> dict[UUID, str]:
    held = Assignment.objects.filter(current(at), site_id=site_id, department__isnull=False)
    return {who: str(own) for who, own in held.values_list("staff_id", "department_id")}


def narrowed(
    rows: QuerySet[DeskMatter], site_id: UUID, by: str, key: str, at: datetime
) -> QuerySet[DeskMatter]:
    """The rows behind a figure. by: `kind`, `of` a department ("" the desk), `who` had the task."""
    if by == "kind":
        return rows.filter(matter__kind=key)
    if by == "who":
        return rows.filter(matter__holder_id=UUID(key))
    places = _departments(site_id, at)
    if key:
        return rows.filter(matter__holder_id__in=[who for who, own in places.items() if own == key])
    return rows.exclude(matter__holder_id__in=list(places))

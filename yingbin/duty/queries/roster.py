"""The roster read: who works when at which post on a day."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yingbin.people.calendar import calendar_of
from yingbin.people.models import Assignment
from yingbin.people.queries import current
from yingbin.rules.calendar import WorkingCalendar
from yingbin.rules.duty.roster import NeedOfPost, Turn

from ..hours import off, open_span, shift_span
from ..marks import Marks
from ..models import PostRule, RosterCell, ShiftKind

# The roles of the house in the words of the rules; who holds several counts by the first.
ROLES = {
    "lead": "lead",
    "receptionist": "receptionist",
    "project_head": "head",
    "guard": "guard",
}
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class OpenPost:
    """A post that is open on a day."""

    id: UUID
    name: str
    kind: str
    minimum: int
    span: Span


@dataclass(frozen=True)
class OnDuty:
    """Somebody of the site on a day: role, home post and shift as the rules take them; `off`: no shift."""

    staff: UUID
    role: str
    post: UUID | None
    span: Span | None
    off: bool = False


@dataclass(frozen=True)
class DayPlan:
    """A day as it is planned. guessed: no roster was published, so everybody is expected all day."""

    day: date
    posts: tuple[OpenPost, ...]
    people: tuple[OnDuty, ...]
    guessed: bool

    @property
    def is_open(self) -> bool:
        """Whether any post is open."""
        return bool(self.posts)


def watched(site_id: UUID) -> list[PostRule]:
    """The posts of a site that must be manned, by name."""
    rules = PostRule.objects.filter(site_id=site_id, given_up_at__isnull=True)
    return list(rules.select_related("post").order_by("post__name"))


def staff_on_duty(site_id: UUID, at: datetime) -> dict[UUID, str]:
    """Everybody who takes part in days on duty, by their role in the rules, in the order of their names."""
    held = Assignment.objects.filter(
        current(at), site_id=site_id, role__in=ROLES, staff__is_active=True
    )
    rank = {role: n for n, role in enumerate(ROLES)}
    found: dict[UUID, str] = {}
    rows = held.order_by("staff__pinyin", "staff_id").values_list("staff_id", "role")
    for who, role in sorted(rows, key=lambda row: rank[row[1]]):
        found.setdefault(who, ROLES[role])
    return found


def plan_of(site_id: UUID, day: date, at: datetime) -> DayPlan:
    """The day as the roster has it; a constant number of questions."""
    calendar = calendar_of(site_id)
    posts = tuple(
        OpenPost(r.post_id, r.post.name, r.kind, r.minimum, span)
        for r in watched(site_id)
        if (span := open_span(r, day, calendar))
    )
    cells = {
        c.staff_id: c
        for c in RosterCell.objects.filter(
            site_id=site_id, day=day, published_at__isnull=False
        ).select_related("published_shift")
    }
    staff = staff_on_duty(site_id, at)
    make = _Placing(day, posts, cells)
    people = tuple(make.one(who, role) for who, role in staff.items()) if posts else ()
    return DayPlan(day, posts, people, guessed=not cells)


class _Placing:
    """Gives everybody their post and shift of a day."""

    def __init__(
        self, day: date, posts: tuple[OpenPost, ...], cells: dict[UUID, RosterCell]
    ) -> None:
        self.day, self.posts, self.cells = day, posts, cells
        self._next = 0

    def one(self, who: UUID, role: str) -> OnDuty:
        """One person's day."""
        if role in ("head", "guard"):
            return OnDuty(who, role, None, None)
        cell = self.cells.get(who)
        if cell is not None and cell.published_shift is not None:
            post = self._post(cell.published_post_id)
            return OnDuty(
                who, role, self._home(role, post), shift_span(cell.published_shift, self.day)
            )
        if self.cells:
            return OnDuty(who, role, self._home(role, self.posts[0].id), off(self.day), off=True)
        # Nobody planned this day: everybody is expected as long as a post is open, one after the other.
        post = self.posts[self._next % len(self.posts)].id
        self._next += role == "receptionist"
        return OnDuty(who, role, self._home(role, post), self._all_day())

    def _post(self, post: UUID | None) -> UUID:
        known = {p.id for p in self.posts}
        return post if post in known and post is not None else self.posts[0].id

    def _home(self, role: str, post: UUID) -> UUID | None:
        return None if role == "lead" else post

    def _all_day(self) -> Span:
        return min(p.span[0] for p in self.posts), max(p.span[1] for p in self.posts)


def shift_kinds(site_id: UUID) -> list[ShiftKind]:
    """The shifts in use at a site, the earliest first."""
    rows = ShiftKind.objects.filter(site_id=site_id, given_up_at__isnull=True)
    return list(rows.order_by("begins", "mark"))


def marks_of(site_id: UUID, rules: list[PostRule] | None = None) -> Marks:
    """How days are written at a site; one query where the posts are known."""
    posts = {r.post.name: r.post_id for r in (watched(site_id) if rules is None else rules)}
    return Marks({k.mark: k.id for k in shift_kinds(site_id)}, posts)


def turn_of(cell: RosterCell) -> Turn:
    """A cell, as drafted, as the rules of rosters see it."""
    if cell.shift is None:
        return Turn()
    return Turn(shift_span(cell.shift, cell.day), str(cell.post_id) if cell.post_id else None)


def as_published(cell: RosterCell) -> RosterCell:
    """The cell without its draft, for reading alone."""
    cell.shift, cell.post_id = cell.published_shift, cell.published_post_id
    return cell


def waits(cell: RosterCell) -> bool:
    """Whether the draft differs from what was published."""
    held = (cell.published_shift_id, cell.published_post_id)
    return cell.published_at is None or held != (cell.shift_id, cell.post_id)


def needs_on(rules: list[PostRule], day: date, calendar: WorkingCalendar) -> list[NeedOfPost]:
    """What the posts of a site ask for on a day, none where it is closed."""
    found = ((r, open_span(r, day, calendar)) for r in rules)
    return [NeedOfPost(str(r.post_id), span, r.minimum) for r, span in found if span]


def published_turns(site_id: UUID, first: date, last: date) -> dict[UUID, dict[date, Turn]]:
    """Everybody's published days between two; one query."""
    rows = RosterCell.objects.filter(
        site_id=site_id, day__range=(first, last), published_at__isnull=False
    )
    found: defaultdict[UUID, dict[date, Turn]] = defaultdict(dict)
    for cell in rows.select_related("published_shift"):
        found[cell.staff_id][cell.day] = turn_of(as_published(cell))
    return dict(found)

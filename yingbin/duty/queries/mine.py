"""One's own roster: the days of a month, what one asked for, who could change places."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from yingbin.approvals.models import Approval
from yingbin.people.calendar import public_names
from yingbin.people.models import Staff
from yingbin.people.queries import names_of

from ..hours import day_of, shift_span
from ..models import Leave, RosterCell, RosterFeed, ShiftSwap
from ..requests import LEAVE
from .grid import month_of
from .leave import days_of_leave
from .roster import Span, staff_on_duty


@dataclass(frozen=True)
class MyDay:
    """A day as it was published for somebody. mark: 早, 休, or "" where nothing is published yet."""

    day: date
    mark: str
    title: str
    hours: Span | None
    post: str
    on_leave: bool
    is_today: bool
    holiday: str

    @property
    def week(self) -> str:
        """一 to 日."""
        return "一二三四五六日"[self.day.weekday()]


@dataclass(frozen=True)
class MySwap:
    """A swap that somebody asked for, or was asked for. waits: for this person's answer."""

    id: UUID
    with_name: str
    days: tuple[date, ...]
    status: str
    waits: bool
    mine: bool


@dataclass(frozen=True)
class MyRoster:
    """A month of somebody's own, and all they asked for."""

    first: date
    days: tuple[MyDay, ...]
    swaps: tuple[MySwap, ...]
    leave: tuple[Leave, ...]
    asked: tuple[Approval, ...]
    fed: bool

    @property
    def before(self) -> date:
        """The month before."""
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def after(self) -> date:
        """The month after."""
        return month_of(self.first)[1] + timedelta(days=1)

    @property
    def pad(self) -> range:
        """How many days of the first week lie before the month."""
        return range(self.first.weekday())

    @property
    def many_posts(self) -> bool:
        """Whether one stands at more than one post, so that it is worth saying where."""
        return len({day.post for day in self.days if day.post}) > 1

    @property
    def works(self) -> int:
        """How many days of the month one works."""
        return sum(day.hours is not None for day in self.days)


def my_roster(site_id: UUID, who: UUID, month: date, now: datetime) -> MyRoster:
    """A month of one person; a constant number of questions."""
    first, last = month_of(month)
    today = day_of(now)
    feeds = RosterFeed.objects.filter(site_id=site_id, staff_id=who, revoked_at__isnull=True)
    leave = Leave.objects.filter(
        site_id=site_id, staff_id=who, ended_at__isnull=True, last__gte=today
    )
    asked = Approval.objects.filter(
        site_id=site_id, kind=LEAVE.id, asked_by=who, status=Approval.Status.ASKED
    )
    return MyRoster(
        first, tuple(_days(site_id, who, first, last, today)), _swaps(site_id, who, today),
        tuple(leave.order_by("first")), tuple(asked.order_by("number")), feeds.exists(),
    )  # fmt: skip


def _days(site_id: UUID, who: UUID, first: date, last: date, today: date) -> list[MyDay]:
    cells = {c.day: c for c in published_of(site_id, who, first, last)}
    leave = days_of_leave(site_id, first, last).get(who, set())
    holidays = public_names(first.year)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [
        _day(day, cells.get(day), day in leave, day == today, holidays.get(day, "")) for day in days
    ]


def _day(day: date, cell: RosterCell | None, leave: bool, today: bool, holiday: str) -> MyDay:
    shift = cell.published_shift if cell else None
    if cell is None or shift is None:
        return MyDay(day, "休" if cell else "", "", None, "", leave, today, holiday)
    post = cell.published_post.name if cell.published_post else ""
    hours = shift_span(shift, day)
    return MyDay(day, shift.mark, shift.title, hours, post, leave, today, holiday)


def published_of(site_id: UUID, who: UUID, first: date, last: date) -> list[RosterCell]:
    """Somebody's published days, the earliest first; one query."""
    rows = RosterCell.objects.filter(
        site_id=site_id, staff_id=who, day__range=(first, last), published_at__isnull=False
    )
    return list(rows.select_related("published_shift", "published_post").order_by("day"))


def _swaps(site_id: UUID, who: UUID, today: date) -> tuple[MySwap, ...]:
    """Those that wait, and those that ended in the last days, the newest first."""
    mine = Q(asked_by=who) | Q(with_whom=who)
    rows = ShiftSwap.objects.filter(mine, site_id=site_id).exclude(
        Q(status__in=["declined", "withdrawn", "not_granted"]) & Q(day__lt=today)
    )
    found = list(rows.order_by("-asked_at")[:12])
    names = names_of({r.with_whom_id for r in found} | {r.asked_by_id for r in found})
    return tuple(
        MySwap(
            r.id,
            names.get(str(r.with_whom_id if r.asked_by_id == who else r.asked_by_id), "同事"),
            tuple(sorted({r.day, r.other_day})),
            r.get_status_display(),
            r.status == ShiftSwap.Status.ASKED and r.with_whom_id == who,
            r.status == ShiftSwap.Status.ASKED and r.asked_by_id == who,
        )
        for r in found
    )


def colleagues(site_id: UUID, who: UUID, now: datetime) -> list[tuple[str, str]]:
    """Those somebody could change places with: receptionists and leads, by name."""
    here = [w for w, r in staff_on_duty(site_id, now).items() if r in ("receptionist", "lead")]
    names = names_of(set(here))
    return [(str(w), names.get(str(w), "")) for w in here if w != who]


def feed_of(digest: bytes, now: datetime) -> RosterFeed | None:
    """The feed behind an address, while it isn't revoked and its person still works at its site."""
    row = RosterFeed.objects.filter(digest=digest, revoked_at__isnull=True).first()
    if row is None or row.staff_id not in staff_on_duty(row.site_id, now):
        return None
    return row if Staff.objects.filter(id=row.staff_id, is_active=True).exists() else None

"""Whether there is a day to work in: not opened yet, closed, or a former day that was left open (TQ-11)."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from uuid import UUID

from yingbin.people.calendar import ZONE, calendar_of, span
from yingbin.people.queries import supervisors

from ..models import GalleryDay, Reception, TurnDecision, Visit
from .board import Board

LATEST = time(21, 0)


@dataclass(frozen=True)
class Shut:
    """Why nothing of today can be recorded now, and whom to ask where somebody has to act on a day.

    state: `not_open`, `closed` (today, since `day.closed_at`) or `left_open` (`day` is a former one).
    people: who stood in the queue at the closing, by id and name.
    """

    state: str
    day: GalleryDay | None = None
    ask: str = ""
    people: list[tuple[str, str]] = field(default_factory=list)


def closes_days(site_id: UUID) -> bool:
    """Whether a gallery closes the days of this chain: one was opened here once."""
    return GalleryDay.objects.filter(site_id=site_id).exists()


def shut(site_id: UUID, live: Board | None, at: datetime) -> Shut | None:
    """None while today's day is open; one query before it is opened, two when somebody is to be asked."""
    today = at.astimezone(ZONE).date()
    if live is not None and live.day.day >= today:
        return None
    if live is not None:
        return Shut("left_open", live.day, _whom(site_id, at))
    days = GalleryDay.objects.select_related("queue_state").filter(site_id=site_id, day=today)
    day = days.first()
    if day is None:
        return Shut("not_open")
    row = day.queue_state
    people = [(w, row.names.get(w, "")) for w in row.state["queue"]]
    return Shut("closed", day, _whom(site_id, at), people)


def _whom(site_id: UUID, at: datetime) -> str:
    return "、".join(s.name for s in supervisors(site_id, at)) or "销售经理"


def usual_closing(site_id: UUID, day: GalleryDay) -> datetime | None:
    """When the gallery usually closes on this day; None where no hours are known."""
    span = calendar_of(site_id).hours_on(day.day)
    return datetime.combine(day.day, span[1], ZONE) if span else None


def reminder_due(site_id: UUID, day: GalleryDay) -> datetime:
    """When the managers are reminded of a day still open: some minutes after the usual closing, else 21:00."""
    closes = usual_closing(site_id, day)
    if closes is None:
        return datetime.combine(day.day, LATEST, ZONE)
    return closes + timedelta(minutes=int(day.settings.get("remind_minutes", 30)))


@dataclass(frozen=True)
class DaySoFar:
    """A day before it is closed: what it had, and how long until the usual closing (empty: unknown or past)."""

    groups: int
    guests: int
    receptions: int
    counted: int
    people: int
    left: str


def so_far(live: Board, at: datetime) -> DaySoFar:
    """The figures that whoever closes a day is shown first."""
    site_id, day = live.day.site_id, live.day
    came = Visit.objects.filter(site_id=site_id, arrived_at__range=span(day.day, day.day))
    visits = came.filter(undone_at__isnull=True, kind="customer")
    sizes = list(visits.values_list("group_size", flat=True))
    received = TurnDecision.objects.filter(
        site_id=site_id, day=day, kind="received", event__undone__isnull=True
    )
    closes = usual_closing(site_id, day)
    return DaySoFar(
        groups=len(sizes),
        guests=sum(sizes),
        receptions=received.count(),
        counted=sum(live.state.counts.values()),
        people=len(live.state.counts),
        left=_in_words(closes - at) if closes and closes > at else "",
    )


def _in_words(span: timedelta) -> str:
    hours, minutes = divmod(int(span.total_seconds()) // 60, 60)
    words = [f"{hours} 小时" if hours else "", f"{minutes} 分钟" if minutes else ""]
    return " ".join(w for w in words if w) or "不到 1 分钟"


def receiving_now(site_id: UUID, day: GalleryDay) -> list[Reception]:
    """The day's receptions that are under way, by number of the visit."""
    rows = Reception.objects.filter(site_id=site_id, ended_at__isnull=True, visit__day=day)
    return list(rows.select_related("visit").order_by("visit__number"))

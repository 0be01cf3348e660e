"""A stored day folded by the rules, and names put in where the rules speak of ids."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from yingbin.matters.models import Matter
from yingbin.people.models import Post
from yingbin.people.queries import names_of_site
from yingbin.rules.duty.dayfile import Event, read_day, read_event
from yingbin.rules.duty.log import Entry
from yingbin.rules.duty.moments import MINUTE, Moment
from yingbin.rules.duty.replay import Fold, begin

from .hours import turn_of
from .models import DutyEvent, DutyLog
from .opening import Plain, written

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def moment(at: datetime) -> Moment:
    """A moment in the whole microseconds of the rules."""
    return (at - _EPOCH) // timedelta(microseconds=1)


def when(at: Moment) -> datetime:
    """A moment of the rules as a time."""
    return _EPOCH + timedelta(microseconds=at)


def told(row: DutyEvent) -> Plain:
    """An event as the contract has it."""
    return {"at": written(row.at), "event": row.event, **row.facts, **_words(row)}


def _words(row: DutyEvent) -> Plain:
    return {"reason": row.reason} if row.reason else {}


@dataclass
class Day:
    """A day on duty as it stands: its log, its fold, how many events it has.

    late: minutes by which whoever came after the grace of their shift came late; leaving and coming back adds none.
    """

    log: DutyLog
    fold: Fold
    events: int = 0
    late: dict[str, int] = field(default_factory=dict)
    _came: set[str] = field(default_factory=set)

    def happen(self, told: Plain) -> Entry:
        """One more event; the decision about it. What follows stands in `alerts`."""
        before = len(self.fold.log)
        self.take(read_event(told))
        return next(e for e in self.fold.log[before:] if e.to is None)

    def take(self, event: Event) -> None:
        """The day goes on by an event, and notes whom it found coming late."""
        self.fold.happen(self.events, event)
        self.events += 1
        day = self.fold.day
        for who in day.signed_on.keys() - self._came:
            self._came.add(who)
            shift = day.shifts.get(who)
            if shift is not None and shift.start + day.policy.grace <= event.at < shift.end:
                self.late[who] = (event.at - shift.start) // MINUTE

    def next_after(self, at: datetime) -> datetime | None:
        """The next moment at which something may fall due in this day; None once nothing does."""
        self.fold.clock.at = moment(at)
        coming = self.fold.clock.next(moment(turn_of(self.log.day)) - 1)
        return None if coming is None else when(coming)

    def alerts(self) -> list[Entry]:
        """All consequences of the day so far, in order."""
        return [entry for entry in self.fold.log if entry.to is not None]


def events_of(log: DutyLog) -> list[DutyEvent]:
    """The events of a day in their order."""
    return list(DutyEvent.objects.filter(log=log).order_by("index"))


def folded(log: DutyLog, rows: Iterable[DutyEvent]) -> Day:
    """The day after its events; the clock stands at the last of them."""
    file = read_day({**log.opening, "events": [told(row) for row in rows]})
    day = Day(log, Fold(begin(file)))
    for event in file.events:
        day.take(event)
    return day


def numbers(site_id: UUID, lines: Collection[str]) -> dict[str, str]:
    """Slips and repairs as people call them, by their number; asks nothing where there are none."""
    if not lines:
        return {}
    rows = Matter.objects.filter(site_id=site_id, id__in=lines).values_list("id", "number")
    return {str(one): f"第{number}号" for one, number in rows}


class Names:
    """The names behind the ids of a site: its people, unique, and its posts; lines by their number."""

    def __init__(self, site_id: UUID) -> None:
        self.site_id = site_id
        self._known: dict[str, str] = {}
        taken: dict[str, int] = {}
        for who, name in sorted(names_of_site(site_id).items()):
            taken[name] = taken.get(name, 0) + 1
            self._known[who] = name if taken[name] == 1 else f"{name}（{taken[name]}）"
        posts = Post.objects.filter(site_id=site_id).values_list("id", "name")
        self._known |= {str(post): name for post, name in posts}

    def add(self, more: Mapping[str, str]) -> None:
        """Names of things besides, such as lines."""
        self._known |= more

    def of(self, what: object) -> str:
        """The name behind an id; the id itself of what is unknown."""
        return self._known.get(str(what), str(what))

    def put_in(self, text: str) -> str:
        """A sentence of the rules as people read it."""
        return _ID.sub(lambda found: self._known.get(found[0], found[0]), text)

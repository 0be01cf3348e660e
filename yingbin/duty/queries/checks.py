"""One check as its page shows it: room by room, what was answered by whom, what was filled in, photographed, sent back."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from yingbin.files.queries import Shown, files_of
from yingbin.matters.asides import Aside
from yingbin.matters.models import Matter
from yingbin.people.queries import Badge, names_of_site
from yingbin.rules.checklists.terms import Item, asked
from yingbin.rules.checklists.verdict import as_text

from ..hours import day_of
from ..kinds import LINE_OF
from ..models import CheckAnswer, CheckReturn, DutyEvent, DutyLog
from ..words import CHECKS
from .check_lists import Lists, lists_of
from .picture import Picture, SeenItem, SeenTask, past, picture

CHECK_PHOTOS, LINE_PHOTOS = "check", "matter"


@dataclass(frozen=True)
class CheckItem:
    """One item of a check: what it asks, how it stands.

    answer: the contract's word, "" while it is open. value: what was filled in, in words. sent_back: a lead's word
    that still waits to be answered. seen, wrong: photos of the answer, and of what isn't in order.
    """

    item: Item
    answer: str
    line: Matter | None
    by: str = ""
    at: datetime | None = None
    value: str = ""
    reason: str = ""
    sent_back: str = ""
    again: bool = False
    strokes: tuple[tuple[int, ...], ...] = ()
    seen: tuple[Shown, ...] = ()
    wrong: tuple[Shown, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it is still to be answered, or again."""
        return not self.answer or bool(self.sent_back)


@dataclass(frozen=True)
class CheckRoom:
    """The items of a room."""

    id: str
    title: str
    items: tuple[CheckItem, ...]

    @property
    def open_items(self) -> tuple[CheckItem, ...]:
        """What is still to be answered."""
        return tuple(i for i in self.items if i.is_open)

    @property
    def asks(self) -> tuple[Item, ...]:
        """What of it has to be filled in, not only looked at."""
        return tuple(i.item for i in self.open_items if not i.item.is_tick)


@dataclass(frozen=True)
class CheckPage:
    """A check of a day."""

    seen: Picture
    task: SeenTask
    rooms: tuple[CheckRoom, ...]
    is_today: bool

    @property
    def day(self) -> date:
        """The day on duty."""
        return self.seen.day

    @property
    def opened(self) -> bool:
        """Whether it can be answered now."""
        opens = self.task.opens
        return self.is_today and (opens is None or opens <= self.seen.now)

    @property
    def to_fill(self) -> bool:
        """Whether anything still has to be filled in: then not all is answered by one tap."""
        return any(room.asks for room in self.rooms)

    def item(self, item_id: str) -> tuple[CheckRoom, CheckItem] | None:
        """One item with its room."""
        return next(((r, i) for r in self.rooms for i in r.items if i.item.id == item_id), None)

    def room(self, room_id: str) -> CheckRoom | None:
        """One room."""
        return next((r for r in self.rooms if r.id == room_id), None)


def check_page(
    site_id: UUID, task: str, now: datetime, day: date | None = None
) -> CheckPage | None:
    """A check of today or of another day; None where there is none. The same few questions however much was answered."""
    today = day_of(now)
    on = day or today
    seen = picture(site_id, now) if on == today else past(site_id, on, now)
    found = seen.task(task) if seen is not None else None
    if seen is None or seen.log is None or found is None:
        return None
    rooms = _Rooms(seen.log, found, seen.log.opening["posts"]).rooms()
    return CheckPage(seen, found, rooms, on == today)


class _Rooms:
    """Puts answers, values, photos and words to the items of a check."""

    def __init__(self, log: DutyLog, task: SeenTask, posts: list[dict[str, str]]) -> None:
        self.log, self.task = log, task
        self.kind = next(p["kind"] for p in posts if p["post"] == task.post_id)
        self.lists: Lists = lists_of(log)
        self.names = names_of_site(log.site_id)
        answered = DutyEvent.objects.filter(log=log, event="answer", facts__task=task.id)
        self.events = {e.facts["item"]: e for e in answered.order_by("index")}
        rows = CheckAnswer.objects.filter(log=log, task=task.id).order_by("seq")
        self.answers = {a.item: a for a in rows}
        back = CheckReturn.objects.filter(log=log, task=task.id, redone__isnull=True)
        self.words = {r.item: r.word for r in back}
        matters = [i.line.id for i in task.items if i.line is not None]
        self.wrong = files_of(log.site_id, LINE_PHOTOS, matters) if matters else {}
        shot = [a.id for a in self.answers.values() if a.photos]
        self.photos = files_of(log.site_id, CHECK_PHOTOS, shot) if shot else {}

    def rooms(self) -> tuple[CheckRoom, ...]:
        """All rooms in their order."""
        shown = {i.id: i for i in self.task.items}
        template = self.lists[self.task.kind]
        place = self.kind, self.task.post_id
        rooms = asked(template, self.task.kind, place, self.log.day.weekday())
        found = (
            CheckRoom(
                s.id, s.title, tuple(self._item(i, shown[i.id]) for i in s.items if i.id in shown)
            )
            for s in rooms
        )
        return tuple(room for room in found if room.items)

    def _item(self, item: Item, seen: SeenItem) -> CheckItem:
        event, row = self.events.get(item.id), self.answers.get(item.id)
        wrong = self.wrong.get(seen.line.id, ()) if seen.line else ()
        if event is None:
            return CheckItem(item, "", seen.line, wrong=wrong)
        current = row is not None and (row.event_id in (None, event.id))
        kept = row if current else None
        again = kept is not None and kept.event_id is None
        by = kept.by if kept is not None and again else event.by
        return CheckItem(
            item,
            kept.result if kept is not None and again else seen.answer,
            seen.line,
            by=self.names.get(str(by), ""),
            at=kept.at if kept is not None and again else event.at,
            value=value_words(item, kept),
            reason=event.reason,
            sent_back=self.words.get(item.id, ""),
            again=again,
            strokes=tuple(map(tuple, kept.strokes)) if kept else (),
            seen=self.photos.get(kept.id, ()) if kept else (),
            wrong=wrong,
        )


def value_words(item: Item, row: CheckAnswer | None) -> str:
    """What was filled in, as people read it."""
    if row is None:
        return ""
    if row.number is not None:
        return f"{as_text(row.number)}{item.unit}"
    if row.count is not None:
        return f"{row.count}{item.unit}"
    if row.choice:
        return row.choice
    return f"{row.photos} 张照片" if row.photos else ""


def asides(badge: Badge, matter: Matter) -> list[Aside]:
    """What the page of a slip or repair says of the check that it came from, with the way there."""
    task, item = (str(matter.about.get(name) or "") for name in ("task", "item"))
    if matter.kind not in LINE_OF or not task or not item:
        return []
    check, *number = task.split("/")[1:]
    words = CHECKS[check] + (f"（第{number[0]}次）" if number else "")
    day = day_of(matter.opened_at)
    link = f"{reverse('duty:item', args=[task, item])}?day={day:%Y-%m-%d}"
    return [Aside("来自检查", words, link if badge.may("duty.stand") else "")]

"""《客户来电来访登记表》 read: the lines that a filter asks for, in the catalogue's columns."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from uuid import UUID

from django.db.models import BooleanField, F, Func, Q, QuerySet, Value
from django.db.models.functions import Cast

from yingbin.customers.queries import Shown, marks_of, shown_as
from yingbin.matters import queries as matters
from yingbin.matters.grams import grams
from yingbin.matters.models import Matter
from yingbin.matters.words import status_of
from yingbin.pages.phones import shown
from yingbin.people.calendar import ZONE
from yingbin.people.queries import Badge
from yingbin.rules import matters as rule
from yingbin.rules.desk.homes import addresses
from yingbin.rules.desk.kinds import TITLES
from yingbin.rules.gone import colleague
from yingbin.sheets.columns import SheetLine

from ..models import DeskEvent, DeskMatter, DeskNote
from ..names import names_in
from .find import number_of
from .lists import of_office

CHUNK = 500
OFTEN = 3000  # matters
SCORES = {"satisfied": "满意", "fairly": "较满意", "dissatisfied": "不满意"}


@dataclass(frozen=True)
class Filter:
    """What the register is narrowed to; what is None or "" narrows nothing. which: a key of `lists.WHICH`."""

    which: str = "open"
    since: date | None = None
    until: date | None = None
    kind: str = ""
    source: str = ""
    who: UUID | None = None
    words: str = ""


def rows_of(badge: Badge, asked: Filter, at: datetime) -> QuerySet[DeskMatter]:
    """The matters that a filter asks for, the newest first; words by the index of pairs, a number as it is said."""
    rows = of_office(badge, asked.which, at)
    if asked.since:
        rows = rows.filter(matter__opened_at__gte=_midnight(asked.since))
    if asked.until:
        rows = rows.filter(matter__opened_at__lt=_midnight(asked.until + timedelta(days=1)))
    if asked.kind:
        rows = rows.filter(matter__kind=asked.kind)
    if asked.source:
        rows = rows.filter(source=asked.source)
    if asked.who:
        part = Q(matter__owner_id=asked.who) | Q(matter__holder_id=asked.who)
        rows = rows.filter(part | Q(matter__opened_by=asked.who))
    return _spoken(rows, badge.here, asked.words) if asked.words.strip() else rows


def ids_of(rows: QuerySet[DeskMatter], most: int) -> list[UUID]:
    """The first of these by their ids: the index of words is asked once, for their number and every page alike."""
    return list(rows.values_list("id", flat=True)[:most])


def these(ids: Iterable[UUID]) -> list[DeskMatter]:
    """The matters of these ids in this order."""
    page = list(ids)
    rows = DeskMatter.objects.select_related("matter").in_bulk(page)
    return [rows[one] for one in page]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZONE)


def _spoken(rows: QuerySet[DeskMatter], site_id: UUID, words: str) -> QuerySet[DeskMatter]:
    """Those of a number, or of these words. By the number of all matters, which counts in the same order: so frequent
    words are found from the newest back, and of rare ones only those that are shown are looked at."""
    year, number = number_of(words)
    if number:
        return rows.filter(number=number, **({"year": year} if year else {}))
    asked = grams(site_id, words)
    if not asked:
        return rows.none()
    rows = rows.filter(matter__site_id=site_id).order_by("-matter__number")
    if len(asked) > 1 and _is_said_often(site_id, asked):
        pairs = Cast(Value(asked), Matter._meta.get_field("grams"))
        args = F("matter__grams"), pairs
        return rows.filter(Func(*args, function="arraycontains", output_field=BooleanField()))
    return rows.filter(matter__grams__contains=asked)


def _is_said_often(site_id: UUID, asked: list[str]) -> bool:
    """Whether so many matters hold all these pairs that reading from the newest back finds some sooner than the index."""
    rows = Matter.objects.filter(site_id=site_id, grams__contains=asked)
    return rows[:OFTEN].count() >= OFTEN


@dataclass(frozen=True, kw_only=True)
class RegisterLine(SheetLine):
    """A matter as the sheet has it. whole: the full numbers, only in a copy handed out with a reason."""

    num: str
    source: str
    called: str
    place: str
    phone: str
    whole: str
    kind: str
    content: str
    taken_by: str
    handled_by: str
    outcome: str
    done_at: datetime | None
    told_at: datetime | None
    callback: str
    note: str

    @property
    def said(self) -> str:
        """Its number as people say it."""
        return self.num


@dataclass(frozen=True)
class _Read:
    """What a chunk of lines is made of."""

    names: Mapping[str, str]
    people: Mapping[UUID, Shown]
    whole: Mapping[UUID, str]
    events: Mapping[UUID, Sequence[DeskEvent]]
    notes: Mapping[UUID, Sequence[DeskNote]]


def lines(site_id: UUID, rows: Iterable[DeskMatter], *, full: bool = False) -> list[RegisterLine]:
    """These matters as lines; a constant number of questions. full: with whole telephone numbers."""
    page = list(rows)
    read = _read(site_id, page, full)
    return [_line(row, read) for row in page]


def all_lines(
    site_id: UUID, rows: QuerySet[DeskMatter], most: int, *, full: bool = False
) -> Iterator[RegisterLine]:
    """The same of many, a chunk at a time."""
    every = rows[:most].iterator(CHUNK)
    while page := list(islice(every, CHUNK)):
        yield from lines(site_id, page, full=full)


def _read(site_id: UUID, page: Sequence[DeskMatter], full: bool) -> _Read:
    parties = [p for one in page for p in matters.parties_of(one.matter) if p]
    parties += [str(one.matter.opened_by) for one in page if one.matter.opened_by]
    who = {one.matter.customer_id for one in page if one.matter.customer_id}
    marks = marks_of(site_id, who) if full else {}
    events: defaultdict[UUID, list[DeskEvent]] = defaultdict(list)
    told = DeskEvent.objects.filter(
        matter__in=page, event__in=("record", "done", "answer", "tell", "cancel")
    )
    for event in told.order_by("seq"):
        events[event.matter_id].append(event)
    notes: defaultdict[UUID, list[DeskNote]] = defaultdict(list)
    for note in DeskNote.objects.filter(matter__in=page, what=DeskNote.What.REMARK).order_by("seq"):
        notes[note.matter_id].append(note)
    return _Read(
        names_in(site_id, parties),
        shown_as(site_id, who),
        {one: "、".join(map(shown, sorted(m.phones))) for one, m in marks.items()},
        events,
        notes,
    )


def _line(row: DeskMatter, read: _Read) -> RegisterLine:
    one, events = row.matter, read.events.get(row.id, ())
    who = read.people.get(one.customer_id) if one.customer_id else None
    owner, holder, offer = matters.parties_of(one)
    hands = [colleague(read.names, p) for p in dict.fromkeys((offer or holder, holder)) if p]
    marked = "" if row.home_id or not addresses(row.place) else "（不在名单）"
    return RegisterLine(
        id=row.matter_id,
        number=row.number,
        num=row.said,
        at=one.opened_at,
        signed="",
        source=row.get_source_display(),
        called=who.called if who else row.caller,
        place=f"{row.place}{marked}",
        phone=who.phone if who else "",
        whole=read.whole.get(one.customer_id, "") if one.customer_id else "",
        kind=TITLES[one.kind],
        content=_content(one),
        taken_by=colleague(read.names, one.opened_by),
        handled_by="、".join(hands) if hands else colleague(read.names, owner),
        outcome=_outcome(row, events),
        done_at=next((e.at for e in reversed(events) if e.event in ("done", "answer")), None),
        told_at=one.closed_at if one.state == "closed" else None,
        callback=_callback(row),
        note="；".join(note.words for note in read.notes.get(row.id, ())[-3:] if note.words),
    )


def _content(one: Matter) -> str:
    """What it is about, said once: words that go on where the title ends are all of it."""
    if not one.detail:
        return one.title
    return one.detail if one.detail.startswith(one.title) else f"{one.title}\n{one.detail}"


def _outcome(row: DeskMatter, events: Sequence[DeskEvent]) -> str:
    """How it stands, and the last answer that was written."""
    one = row.matter
    said = [str(e.words.get("text") or e.words.get("answer") or "") for e in events]
    answer = next((text for text in reversed(said) if text), "")
    status = (
        "新登记"
        if not one.stage and one.state in ("open", "accepted")
        else status_of(one.state, one.stage, rule.KINDS[one.kind])
    )
    return f"{status}：{answer}" if answer else status


def _callback(row: DeskMatter) -> str:
    score = SCORES.get(row.callback_score, "")
    return score or (row.get_callback_display() if row.callback else "")

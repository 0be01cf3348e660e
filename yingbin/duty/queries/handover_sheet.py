"""The rows of 《交接班记录表》 of a day (SF-4.1, SF-4.7)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yingbin.sheets.columns import SheetLine

from ..hours import day_of
from ..models import RosterCell
from .handovers import Beside, Ink, beside
from .picture import Picture, past, picture
from .seen_handovers import SeenEntry, SeenHandover

STATES = {"open": "还没签完", "done": "", "dropped": "没有签完，已另行交接"}


@dataclass(frozen=True, kw_only=True)
class HandoverLine(SheetLine):
    """One handover as the sheet shows it; the guard's signature stands in the guard's column."""

    post: str
    giver: str
    receiver: str
    stock: str
    keys: str
    facilities: str
    lines: str
    remark: str
    guard: Ink | None
    giving: Ink | None
    receiving: Ink | None


def seen_on(site_id: UUID, day: date, now: datetime) -> Picture | None:
    """A day of the site: today as it stands, a day gone by as it ended; None where nothing happened."""
    return picture(site_id, now) if day == day_of(now) else past(site_id, day, now)


def shifts_on(site_id: UUID, day: date) -> str:
    """The shifts of a day's roster in words; "" where none was published."""
    cells = RosterCell.objects.filter(site_id=site_id, day=day, published_shift__isnull=False)
    kinds = cells.order_by("published_shift__begins", "published_shift__ends")
    return "、".join(dict.fromkeys(kinds.values_list("published_shift__title", flat=True)))


def handover_lines(site_id: UUID, day: date, now: datetime) -> list[HandoverLine]:
    """The handovers of a day in their order; the same few questions however many there are."""
    seen = seen_on(site_id, day, now)
    if seen is None or not seen.handovers:
        return []
    shelf = beside(site_id, seen)
    guards = {p.id for p in seen.people.values() if p.role == "guard"}
    return [
        _line(number, one, shelf.of(one), guards) for number, one in enumerate(seen.handovers, 1)
    ]


def _line(number: int, one: SeenHandover, about: Beside, guards: set[str]) -> HandoverLine:
    giving, receiving = about.giving, about.receiving
    gives, takes = one.giver_id in guards, one.receiver_id in guards
    return HandoverLine(
        id=UUID(one.id),
        number=number,
        at=one.began,
        signed="",
        post=one.post,
        giver=one.giver,
        receiver=one.receiver,
        stock="；".join(_counted(e, about.expected) for e in _of(one, "stock")),
        keys="；".join(f"{e.title}{_word(e)}" for e in _of(one, "key")),
        facilities=about.facilities,
        lines="；".join([*(f"{e.title}{_word(e)}" for e in _of(one, "line")), *_also(about)]),
        remark="；".join(_remarks(one, about)),
        guard=receiving if takes else giving if gives else None,
        giving=None if gives and not takes else giving,
        receiving=None if takes else receiving,
    )


def _of(one: SeenHandover, kind: str) -> list[SeenEntry]:
    return [e for e in one.entries if e.kind == kind]


def _counted(entry: SeenEntry, expected: dict[str, int]) -> str:
    due = expected.get(entry.id)
    should = f"应有 {due}，" if due is not None else ""
    return f"{entry.id} {should}实有 {entry.count}{_word(entry)}"


def _word(entry: SeenEntry) -> str:
    return f"（不接收：{entry.reason or '没有写原因'}）" if entry.accepted is False else ""


def _also(about: Beside) -> Iterator[str]:
    for one in about.also:
        yield f"{one.about}：{one.words}"


def _remarks(one: SeenHandover, about: Beside) -> Iterator[str]:
    if STATES[one.state]:
        yield STATES[one.state]
    for note in about.refusals():
        yield f"{note.about}没有签：{note.words}"
    for note in about.additions():
        yield f"补充（{note.name}）：{note.words}"

"""Breaches for those who may open them: the list, and one with its time line (CV-4.2)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from yingbin.files.queries import Shown, files_of
from yingbin.people.queries import Badge, names_of
from yingbin.rules.gone import ERASED, colleague

from ..evidence import EVIDENCE, opens
from ..models import BreachCopy, BreachStep, GateBreach, GateEvent

What = BreachStep.What


@dataclass(frozen=True)
class BreachLine:
    """A report in the list."""

    row: GateBreach
    leader: str
    by: str
    note: str
    photos: int
    confirmed_by: str


@dataclass(frozen=True)
class Moment:
    """One thing that happened to a breach, in the order of the journal. photos: what came along with it."""

    seq: int
    at: datetime
    title: str
    by: str
    words: str = ""
    photos: tuple[Shown, ...] = ()


@dataclass(frozen=True)
class BreachPage:
    """A breach with its time line. leader: as reported; found: as security found out, "" where that is the same.

    released: whether the evidence is kept for legal no longer. may_confirm: whether the rules would let whoever looks.
    """

    row: GateBreach
    leader: str
    found: str
    moments: tuple[Moment, ...]
    photos: int
    released: bool
    security: bool
    may_confirm: bool

    @property
    def said(self) -> str:
        """Its number as people say it."""
        return f"{self.row.number} 号"

    @property
    def may_release(self) -> bool:
        """Whether whoever looks may let the evidence go."""
        return self.security and not self.released


def breaches(badge: Badge, most: int = 50) -> list[BreachLine]:
    """Those that somebody opens, the newest first; a handful of questions however many there are."""
    found = list(_rows(badge).order_by("-number")[:most])
    names = _names(found)
    shots = files_of(badge.here, EVIDENCE.id, [row.id for row in found])
    return [
        BreachLine(
            row, _leader(row, names), colleague(names, row.event.by), row.event.words.get("note", ""),
            len(shots.get(row.id, ())), colleague(names, row.confirmed.by) if row.confirmed else "",
        )
        for row in found
    ]  # fmt: skip


def breach(badge: Badge, breach_id: UUID) -> BreachPage | None:
    """One, for somebody who opens it."""
    row = _rows(badge).filter(id=breach_id).first()
    if row is None:
        return None
    steps, copies = _steps(row), _copies(row)
    names = _names([row], [*(step.by for step in steps), *(copy.by for copy in copies)])
    shots = files_of(badge.here, EVIDENCE.id, [row.id]).get(row.id, ())
    security = badge.may("gate.security")
    return BreachPage(
        row, _leader(row, names), _found(row, names),
        tuple(sorted(_moments(row, steps, copies, shots, names), key=lambda one: one.seq)), len(shots),
        any(one.what == What.RELEASED for one in steps), security,
        security and row.confirmed is None and badge.staff_id not in (row.leader, row.event.by),
    )  # fmt: skip


def _rows(badge: Badge) -> QuerySet[GateBreach]:
    return GateBreach.objects.filter(opens(badge)).select_related("event", "confirmed")


def _steps(row: GateBreach) -> list[BreachStep]:
    return list(BreachStep.objects.filter(breach=row).order_by("seq"))


def _copies(row: GateBreach) -> list[BreachCopy]:
    return list(BreachCopy.objects.filter(breach=row).order_by("seq"))


def _names(rows: Iterable[GateBreach], more: Iterable[UUID] = ()) -> Mapping[str, str]:
    people = set(more)
    for row in rows:
        by = row.confirmed.by if row.confirmed else None
        people |= {one for one in (row.leader, row.event.by, by, _found_id(row)) if one}
    return names_of(people)


def _leader(row: GateBreach, names: Mapping[str, str]) -> str:
    return names.get(str(row.leader), "") or row.event.words.get("leader", ERASED)


def _found_id(row: GateBreach) -> UUID | None:
    told = row.confirmed.fields.get("found") if row.confirmed else None
    return UUID(told) if told else None


def _found(row: GateBreach, names: Mapping[str, str]) -> str:
    if row.confirmed is None:
        return ""
    return names.get(str(_found_id(row)), "") or row.confirmed.words.get("found", "")


def _moments(
    row: GateBreach, steps: list[BreachStep], copies: list[BreachCopy], shots: Iterable[Shown], names: Mapping[str, str]
) -> Iterator[Moment]:  # fmt: skip
    yield _event(row.event, "报告", "note", names)
    for one in steps:
        along = tuple(shot for shot in shots if shot.attached_at == one.at)
        by = colleague(names, one.by)
        yield Moment(one.seq, one.at, one.get_what_display(), by, one.words.get("note", ""), along)
    if row.confirmed is not None:
        yield _event(row.confirmed, "确认", "finding", names)
    for copy in copies:
        yield Moment(copy.seq, copy.at, "带出记录", colleague(names, copy.by), f"用途：{copy.why}")


def _event(event: GateEvent, title: str, words: str, names: Mapping[str, str]) -> Moment:
    said = event.words.get(words, "")
    return Moment(event.seq, event.at, title, colleague(names, event.by), said)

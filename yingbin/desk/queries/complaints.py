"""What is kept of a complaint beside its steps: whom it is about, its cause, what is done about it (SD-4.2.5)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F

from yingbin.matters.models import Matter
from yingbin.people.queries import Badge, names_of, people_of
from yingbin.rules.gone import colleague

from ..allowed import standing_or_last
from ..corrections import ABOUT
from ..models import ComplaintCause, DeskMatter
from .one import DeskPage

Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Correction:
    """What is done so that it doesn't come again: by whom, until when. stays_out: they are whom the complaint is about."""

    matter: Matter
    who: str
    late: bool
    stays_out: bool


@dataclass(frozen=True)
class Cause:
    """Why it came about: from the list, in words, who said so and when."""

    title: str
    words: str
    by: str
    at: datetime


@dataclass(frozen=True)
class ComplaintCard:
    """All of it. people: whom it is about, by id; writes: whoever looks may say the cause; chief: may end a recusal."""

    people: Choices
    cause: Cause | None
    corrections: tuple[Correction, ...]
    writes: bool
    chief: bool

    @property
    def open(self) -> int:
        """How many corrections are still to be done."""
        return sum(one.matter.closed_at is None for one in self.corrections)


def card_of(badge: Badge, shown: DeskPage, at: datetime) -> ComplaintCard | None:
    """What is kept of a complaint; None of another matter. Three queries."""
    one, me = shown.matter, badge.staff_id
    if one.kind != "complaint" and not shown.apart:
        return None
    cause = ComplaintCause.objects.filter(matter=shown.row).order_by("seq").last()
    rows = Matter.objects.filter(site_id=one.site_id, subject_id=one.id, subject_app=ABOUT)
    corrections = list(rows.order_by(F("closed_at").asc(nulls_first=True), "due_at", "number"))
    named = {UUID(who) for who in shown.apart} | {row.owner_id for row in corrections}
    names = _names(named | ({cause.by} if cause else set()))
    return ComplaintCard(
        sorted(((who, colleague(names, who)) for who in shown.apart), key=lambda pair: pair[1]),
        _cause(cause, names) if cause else None,
        tuple(_correction(row, names, shown.apart, at) for row in corrections),
        one.kind == "complaint"
        and (me in (one.owner_id, one.holder_id) or badge.may("desk.supervise")),
        badge.may("desk.supervise"),
    )


def _names(people: set[UUID | None]) -> dict[str, str]:
    return {str(who): name for who, name in names_of([one for one in people if one]).items()}


def _cause(row: ComplaintCause, names: dict[str, str]) -> Cause:
    return Cause(row.get_cause_display(), row.words, colleague(names, row.by), row.at)


def _correction(
    row: Matter, names: dict[str, str], apart: frozenset[str], at: datetime
) -> Correction:
    late = bool(row.closed_at is None and row.due_at and row.due_at <= at)
    who = str(row.owner_id)
    return Correction(row, colleague(names, who), late, row.closed_at is None and who in apart)


def may_be_named(site_id: UUID, at: datetime) -> Choices:
    """Whom a complaint can be about: everybody who works here, by name."""
    return sorted(((str(one.id), one.name) for one in people_of(site_id, at)), key=lambda p: p[1])


def may_correct(row: DeskMatter, apart: frozenset[str], at: datetime) -> Choices:
    """Who may be asked to put it right: everybody of the office whom it isn't about, by name."""
    stands = standing_or_last(row.site_id, at)
    everyone = (stands.office.everyone if stands else frozenset()) - apart
    names = _names({UUID(one) for one in everyone})
    return sorted(names.items(), key=lambda pair: pair[1])

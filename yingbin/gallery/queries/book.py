"""The visitors' register as a book: found, filtered, and each row as the sheet of the trade shows it (TQ-3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from yingbin.customers.queries import family, find
from yingbin.pages.phones import masked, shown
from yingbin.people.queries import names_of
from yingbin.sheets.columns import SheetLine
from yingbin.sheets.ink import Strokes

from ..models import RegisterEntry, RegisterExport, TurnDecision
from ..models.register import Source
from . import register
from .imports import standing

TITLES = {"mr": "先生", "ms": "女士"}


@dataclass(frozen=True)
class Chosen:
    """Which rows: a span of days, a receiver, a customer as typed, corrections or imported rows only."""

    since: date | None = None
    until: date | None = None
    who: UUID | None = None
    text: str = ""
    only: str = ""


def live_entries(site_id: UUID) -> QuerySet[RegisterEntry]:
    """Every row that stands in the book: those of an import that was undone don't."""
    return RegisterEntry.objects.filter(standing(site_id), site_id=site_id)


def entries(site_id: UUID, chosen: Chosen) -> QuerySet[RegisterEntry]:
    """The chosen rows, newest number first, with words, visit and what corrects them."""
    rows = live_entries(site_id).select_related("written", "visit", "corrects", "corrected_by")
    if chosen.since:
        rows = rows.filter(day__gte=chosen.since)
    if chosen.until:
        rows = rows.filter(day__lte=chosen.until)
    if chosen.who:
        rows = rows.filter(signed_by=chosen.who)
    if chosen.only == "corrections":
        rows = rows.filter(corrects__isnull=False)
    elif chosen.only == "imported":
        rows = rows.filter(hand=RegisterEntry.Hand.IMPORTED)
    if chosen.text.strip():
        rows = _of(rows, site_id, chosen.text.strip())
    return rows.order_by("-number")


def _of(rows: QuerySet[RegisterEntry], site_id: UUID, text: str) -> QuerySet[RegisterEntry]:
    """Rows of the customers the text finds; `#12` is row number 12."""
    number = text.lstrip("#第").rstrip("号")
    if text[0] in "#第" and number.isdecimal():
        return rows.filter(number=int(number[:9]))
    ids: set[UUID] = set()
    for found in find(site_id, text, limit=20):
        ids |= set(family(site_id, found.id))
    return rows.filter(customer_id__in=ids)


@dataclass(frozen=True, kw_only=True)
class Line(SheetLine):
    """One row as the sheet has it. `counted` None: no decision says so (imported)."""

    name: str
    phone: str
    e164: str
    group_size: int | None
    first: str
    source: str
    needs: str
    receiver: str
    counted: bool | None
    note: str
    hand: str
    visit_id: UUID | None = None
    visit_number: int | None = None
    customer_strokes: Strokes = ()

    @property
    def all_day(self) -> bool:
        """Whether nobody wrote down the time of day, as in most rows of an old register."""
        return not self.visit_id and timezone.localtime(self.at).time() == time()

    @property
    def whole(self) -> str:
        """The full number as people write it; only for what the manager hands out, which is logged."""
        return shown(self.e164) if self.e164 else ""


def lines(rows: Iterable[RegisterEntry]) -> list[Line]:
    """The rows as the sheet shows them; two more queries for any number of rows."""
    kept = list(rows)
    standing = _standing({r.visit_id for r in kept if r.visit_id})
    names = names_of({r.signed_by for r in kept if r.signed_by})
    return [_line(r, standing, names) for r in kept]


def _standing(visits: set[UUID]) -> dict[UUID | None, TurnDecision]:
    """The decision that stands for each visit."""
    made = TurnDecision.objects.filter(
        visit_id__in=visits, receiver__isnull=False, event__undone__isnull=True
    )
    return {d.visit_id: d for d in made.order_by("seq", "position")}


def _line(
    row: RegisterEntry, standing: dict[UUID | None, TurnDecision], names: Mapping[str, str]
) -> Line:
    words = row.written.words or {}
    needs = words.get("needs", {})
    decision = standing.get(row.visit_id) if row.visit_id else None
    phone = words.get("phone", "")
    why = words.get("why", "")
    return Line(
        id=row.id,
        number=row.number,
        at=row.at,
        name=words.get("name", "") + TITLES.get(words.get("title", ""), ""),
        phone=masked(phone) if phone else "",
        e164=phone,
        group_size=words.get("group_size"),
        first=_first(words.get("first_visit")),
        source=_source(needs.get("source", "")),
        needs=register.words_of(needs),
        receiver=names.get(str(row.signed_by), "") or words.get("receiver", ""),
        counted=decision.counted if decision else None,
        note="；".join(t for t in (words.get("note", ""), why) if t),
        hand=str(row.get_hand_display()),
        signed=str(row.get_signed_display()),
        erased=row.written.erased_at is not None,
        visit_id=row.visit_id,
        visit_number=row.visit.number if row.visit else None,
        strokes=row.strokes,
        customer_strokes=words.get("strokes", []),
        corrects=row.corrects.number if row.corrects else None,
        corrected_by=row.corrected_by.number if hasattr(row, "corrected_by") else None,
        receipt=row.receipt,
    )


def _first(said: bool | None) -> str:
    return "" if said is None else "首次" if said else "再访"


def _source(code: str) -> str:
    return dict(Source.choices).get(code, code)


def exports(site_id: UUID) -> QuerySet[RegisterExport]:
    """What was handed out, newest first."""
    return RegisterExport.objects.filter(site_id=site_id).order_by("-at")

"""Imports of an old register: their rows, what stands of them, what became of the cards they made (TQ-3)."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from yingbin.customers.queries import shown_as, touched_cards
from yingbin.importing.declared import Met
from yingbin.importing.models import ImportRow, ImportRun
from yingbin.journal.canonical import canonical
from yingbin.matters.models import Matter
from yingbin.people.queries import names_of_site, staff_with_role

from ..models import (
    AgencyRegistration,
    Call,
    Dispute,
    Needs,
    RegisterEntry,
    Visit,
)


def standing(site_id: UUID) -> Q:
    """The register rows that stand: all but those of an import that was undone."""
    undone = ImportRun.objects.filter(site_id=site_id, undone_at__isnull=False)
    return Q(import_id__isnull=True) | ~Q(import_id__in=undone.values("id"))


def met(site_id: UUID, rows: Iterable[ImportRow]) -> dict[UUID, Met]:
    """The customers that lines were merged into, as they may be shown."""
    found = shown_as(site_id, {r.subject_id for r in rows if r.subject_id})
    return {i: Met(one.called, one.phone) for i, one in found.items()}


def entered_days(
    site_id: UUID, customer_ids: Iterable[UUID], days: Iterable[date]
) -> dict[tuple[UUID, date], int]:
    """Which of these customers stand in the register on which of these days, with the row's number."""
    rows = RegisterEntry.objects.filter(
        standing(site_id), site_id=site_id, customer_id__in=set(customer_ids), day__in=set(days)
    )
    return {(c, d): n for c, d, n in rows.values_list("customer_id", "day", "number") if c}


@dataclass(frozen=True)
class People:
    """Who a name in the old register means: everyone who was ever here, and those who receive now."""

    all: Mapping[str, UUID]
    receiving: Mapping[str, UUID]


def people_named(site_id: UUID, at: datetime) -> People:
    """The people of the site by name; a name that two people share means nobody."""
    names = names_of_site(site_id)
    many = Counter(names.values())
    alone = {name: UUID(i) for i, name in names.items() if many[name] == 1}
    here = set(staff_with_role(site_id, "salesperson", at).values_list("id", flat=True))
    return People(alone, {name: i for name, i in alone.items() if i in here})


def commitment(rows: Sequence[RegisterEntry], *, whole: bool = True) -> str:
    """What the journal keeps of a chunk of imported rows: one hash over all of them, in order.

    whole: with the hour and the receiver, which chunks of before lack (no `whole` in their entry).
    """
    told: list[list[Any]] = []
    for r in rows:
        line = [str(r.id), r.number, r.day.isoformat(), str(r.customer_id), r.digest]
        more = [r.at.astimezone(UTC).isoformat(), str(r.signed_by)] if whole else []
        told.append(line + more)
    return "sha256:" + hashlib.sha256(canonical(told)).hexdigest()


def happened_since(one: ImportRun, ids: Sequence[UUID]) -> dict[UUID, str]:
    """Cards made by an import to which something else has happened since, with what it was."""
    told = ImportRow.objects.filter(of=one, seq__isnull=False).values_list("seq", flat=True)
    seqs = {seq for seq in told.distinct() if seq}
    about = {"site_id": one.site_id, "customer_id__in": ids}
    found: dict[UUID, str] = {}
    for model, why in _HAPPENINGS:
        rows: Any = model._default_manager.filter(**about)
        if model is RegisterEntry:
            rows = rows.filter(Q(import_id__isnull=True) | ~Q(import_id=one.id)).filter(
                standing(one.site_id)
            )
        for customer_id in rows.values_list("customer_id", flat=True):
            found.setdefault(customer_id, why)
    return touched_cards(one.site_id, ids, min(seqs, default=0), seqs) | found


_HAPPENINGS: list[tuple[Any, str]] = [
    (Visit, "来访过"),
    (RegisterEntry, "又登记过"),
    (Call, "来过电话"),
    (Matter, "有事项"),
    (Needs, "记过需求"),
    (AgencyRegistration, "渠道报备过"),
    (Dispute, "有争议"),
]

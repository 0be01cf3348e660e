"""Calls and agencies' registrations: lists, and what is known of a customer who walks in (TQ-1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Max, QuerySet

from yingbin.customers.queries import family, find
from yingbin.rules.protection import counts_at

from ..models import Agency, AgencyRegistration, Call, Visit


def calls(site_id: UUID, *, taker: UUID | None = None, text: str = "") -> QuerySet[Call]:
    """Calls, newest first: one person's, or of the customers a text finds."""
    rows = Call.objects.filter(site_id=site_id)
    if taker:
        rows = rows.filter(taken_by=taker)
    if text.strip():
        ids: set[UUID] = set()
        for found in find(site_id, text, limit=20):
            ids |= set(family(site_id, found.id))
        rows = rows.filter(customer_id__in=ids)
    return rows.order_by("-at")


def of_customers(site_id: UUID, ids: Iterable[UUID]) -> QuerySet[Call]:
    """All calls of these cards, oldest first."""
    return Call.objects.filter(site_id=site_id, customer_id__in=list(ids)).order_by("seq")


@dataclass(frozen=True)
class Rung:
    """The latest call of a customer: when and who took it."""

    at: datetime
    taker_id: UUID
    taker: str


_LATEST = """
select distinct on (1) coalesce(c.merged_into_id, c.id), k.at, k.taken_by, s.name
  from floor_call k
  join customers_customer c on c.id = k.customer_id
  left join people_staff s on s.id = k.taken_by
 where k.site_id = %s and (c.id = any(%s) or c.merged_into_id = any(%s))
 order by 1, k.seq desc
"""


def latest_calls(site_id: UUID, ids: Iterable[UUID]) -> dict[str, Rung]:
    """The latest call of each of these customers, by the card's id; one query."""
    wanted = list(ids)
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_LATEST, [site_id, wanted, wanted])
        return {str(c): Rung(at, taker, name or "") for c, at, taker, name in cursor.fetchall()}


def agencies(site_id: UUID) -> QuerySet[Agency]:
    """The site's agencies in use, by name."""
    return Agency.objects.filter(site_id=site_id, ended_at__isnull=True).order_by("name")


def registrations(site_id: UUID) -> QuerySet[AgencyRegistration]:
    """Registrations, newest first, with their agency."""
    rows = AgencyRegistration.objects.filter(site_id=site_id).select_related("agency")
    return rows.order_by("-at")


def standing_words(row: AgencyRegistration, at: datetime, before_minutes: int) -> str:
    """What a registration is worth for someone who walks in at `at`, in a few words."""
    if row.standing != AgencyRegistration.Standing.VALID:
        return str(row.get_standing_display())
    if at > row.valid_until:
        return "已过期"
    counts = counts_at(
        standing=row.standing,
        made_at=row.at,
        valid_until=row.valid_until,
        at=at,
        before_minutes=before_minutes,
    )
    return "有效" if counts else f"报备不足{before_minutes}分钟"


def standing_of(
    rows: Iterable[AgencyRegistration], at: datetime, before_minutes: int
) -> dict[str, str]:
    """What each registration is worth at a moment, by its id."""
    return {str(r.id): standing_words(r, at, before_minutes) for r in rows}


def agency_words(
    site_id: UUID, ids: Iterable[UUID], at: datetime, before_minutes: int
) -> dict[str, str]:
    """For each customer the agency that registered first and its standing now; one query."""
    rows = registrations(site_id).filter(customer_id__in=list(ids)).order_by("-seq")
    said: dict[str, str] = {}
    for row in rows:  # the earliest comes last and wins
        words = standing_words(row, at, before_minutes)
        said[str(row.customer_id)] = f"{row.agency.name}报备：{words}"
    return said


def last_contact(
    site_id: UUID, customer_id: UUID, before: datetime | None = None
) -> datetime | None:
    """When the customer last was here or rang, before a moment if one is given; None if never."""
    of = {"site_id": site_id, "customer_id__in": family(site_id, customer_id)}
    visits = Visit.objects.filter(**of, undone_at__isnull=True)
    calls = Call.objects.filter(**of)
    if before:
        visits, calls = visits.filter(arrived_at__lt=before), calls.filter(at__lt=before)
    visited, rang = visits.aggregate(at=Max("arrived_at")), calls.aggregate(at=Max("at"))
    moments = [m for m in (visited["at"], rang["at"]) if m]
    return max(moments) if moments else None

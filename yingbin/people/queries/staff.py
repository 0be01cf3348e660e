"""People of a site: lists, one person, names, how they sign in."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from yingbin.journal.trips import Ask, Statement, ask
from yingbin.pages.phones import normalised

from .. import roles
from ..models import Assignment, Staff
from ..spellings import folded, looked_for
from .badges import current

PIN_TRIES = 5


def asked_names(ids: Iterable[UUID]) -> Statement:
    """Asks for what `names_of` gives; of somebody at least."""
    those = tuple(ids)
    marks = ", ".join(["%s"] * len(those))
    sql = f"select id, name from people_staff where id in ({marks}) order by pinyin, account"
    return Statement(sql, those)


def names_of(ids: Iterable[UUID], through: Ask = ask) -> Mapping[str, str]:
    """Names by id (as text) for these people, one query. through: the pen's, where it was foreseen."""
    those = list(ids)
    return {str(who): name for who, name in through(asked_names(those))} if those else {}


def names_of_site(site_id: UUID) -> Mapping[str, str]:
    """Names by id of everyone who ever held a role at the site: the journal's separate key file."""
    held = Assignment.objects.filter(Q(site_id=site_id) | Q(site__isnull=True))
    return names_of(set(held.values_list("staff_id", flat=True)))


def has_totp(staff: Staff) -> bool:
    """Whether the person signs in with a second factor."""
    return bool(Authenticator.objects.filter(user=staff, type=Authenticator.Type.TOTP).exists())


def _with_totp() -> Exists:
    return Exists(Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP))


def people_of(site_id: UUID, at: datetime, text: str = "", role: str = "") -> QuerySet[Staff]:
    """People who work at a site now, found by name, pinyin, initials, account or phone.

    Each has `held` (their roles here) and `totp`; two queries for a page of them.
    """
    here = Assignment.objects.filter(current(at), site_id=site_id)
    wanted = here.filter(role=role) if role else here
    found = Staff.objects.filter(id__in=wanted.values("staff_id"), is_active=True)
    return _found(found, text).annotate(totp=_with_totp()).prefetch_related(_held_at(here))


def people_who_left(site_id: UUID, text: str = "") -> QuerySet[Staff]:
    """People who once worked at a site and have left the company."""
    ever = Assignment.objects.filter(site_id=site_id)
    found = Staff.objects.filter(id__in=ever.values("staff_id"), is_active=False)
    return _found(found, text).prefetch_related(_held_at(ever)).order_by("-left_at")


def _held_at(assignments: QuerySet[Assignment]) -> "Prefetch[str, QuerySet[Assignment], str]":
    rows = assignments.select_related("department").order_by("since")
    return Prefetch("assignments", queryset=rows, to_attr="held")


def _found(staff: QuerySet[Staff], text: str) -> QuerySet[Staff]:
    word = text.strip()
    if not word:
        return staff
    low = word.lower()
    who = Q(name__contains=word)
    if folded(word):
        who |= Q(sought__contains=looked_for(word))
    phone = normalised(word)
    who |= Q(account__startswith=low) | Q(phone=phone) if phone else Q(account__startswith=low)
    if word.isdigit() and len(word) >= 4:
        who |= Q(phone__endswith=word)
    return staff.filter(who)


def by_account_or_phone(text: str) -> Staff | None:
    """The active person with exactly this account or phone."""
    phone = normalised(text)
    who = Q(account=text.strip().lower()) | (Q(phone=phone) if phone else Q())
    return Staff.objects.filter(who, is_active=True).first()


def held_by(staff: Staff, at: datetime) -> list[Assignment]:
    """All roles the person holds now, at any site, with sites and departments."""
    rows = Assignment.objects.filter(current(at), staff=staff)
    return list(rows.select_related("site", "department").order_by("since"))


def manages_anywhere(staff_id: UUID, at: datetime) -> bool:
    """Whether the person holds a managing role at any site: only the administrator touches them."""
    rows = Assignment.objects.filter(current(at), staff_id=staff_id)
    return rows.filter(role__in=roles.MANAGING | roles.COMPANY_ROLES).exists()


def person_at(site_id: UUID, staff_id: UUID) -> Staff | None:
    """Someone who works or worked here, or holds a role of the whole company; else None."""
    ever = Assignment.objects.filter(Q(site_id=site_id) | Q(site__isnull=True), staff_id=staff_id)
    return Staff.objects.filter(id=staff_id).first() if ever.exists() else None


def belongs_here(site_id: UUID, staff_id: UUID, at: datetime) -> bool:
    """Whether the person works at this site, or works nowhere now and worked last at this site alone."""
    held = Assignment.objects.filter(staff_id=staff_id)
    now = held.filter(current(at))
    if now.exists():
        return now.filter(site_id=site_id).exists()
    last = held.order_by("-until").values_list("until", flat=True).first()
    sites = held.filter(until=last).values_list("site_id", flat=True) if last else []
    return set(sites) == {site_id}


def company_people(at: datetime) -> list[Assignment]:
    """Who holds a role of the whole company now."""
    rows = Assignment.objects.filter(current(at), site__isnull=True, staff__is_active=True)
    return list(rows.select_related("staff").order_by("role", "since"))


def has_administrator(at: datetime) -> bool:
    """Whether somebody can set the company up further."""
    return any(a.role == "administrator" for a in company_people(at))


def delegable(site_id: UUID, at: datetime, but: UUID) -> list[Staff]:
    """Who can be a delegate (TQ-11): works here, doesn't supervise, isn't the one who asks."""
    here = Assignment.objects.filter(current(at), site_id=site_id)
    managers = here.filter(role="sales_manager")
    people = here.exclude(role__in=["screen", "sales_manager"])
    found = Staff.objects.filter(id__in=people.values("staff_id"), is_active=True)
    return list(found.exclude(id__in=managers.values("staff_id")).exclude(id=but))


def demo_people(at: datetime) -> list[dict[str, str]]:
    """One person for each of the roles one tries first in the demo: role, account, name."""
    wanted = ["receptionist", "salesperson", "sales_manager", "administrator"]
    rows = Assignment.objects.filter(current(at), role__in=wanted, staff__is_active=True)
    first: dict[str, Assignment] = {}
    for row in rows.select_related("staff").order_by("since", "staff__account"):
        first.setdefault(row.role, row)
    return [
        {"role": roles.ROLES[r].title, "account": a.staff.account, "name": a.staff.name}
        for r in wanted
        if (a := first.get(r))
    ]

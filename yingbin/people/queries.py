"""Reading people and sites: badges (who may do what here), staff of a site, names."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from . import roles
from .models import Assignment, Company, Delegation, Site, Staff


@dataclass(frozen=True)
class Badge:
    """What a person may do at a site at this moment: their roles there and all these allow."""

    staff_id: UUID
    site_id: UUID | None
    roles: frozenset[str]
    permissions: frozenset[str]
    delegated: bool = False

    def may(self, permission: str) -> bool:
        """Whether the table of roles (or a delegation, TQ-11) allows this here."""
        if permission not in roles.PERMISSIONS:
            raise KeyError(permission)
        return permission in self.permissions

    @property
    def title(self) -> str:
        """The roles in words, as shown beside the person's name."""
        words = [roles.ROLES[r].title for r in sorted(self.roles) if r in roles.ROLES]
        return "、".join([*words, "授权代管"] if self.delegated else words)


def _current(at: datetime) -> Q:
    return Q(since__lte=at) & (Q(until__isnull=True) | Q(until__gt=at))


def sites_of(staff: Staff, at: datetime) -> list[Site]:
    """Sites where the person works now; all of them for someone with a company-wide role."""
    held = Assignment.objects.filter(_current(at), staff=staff)
    everywhere = held.filter(site__isnull=True, role__in=roles.COMPANY_ROLES).exists()
    sites = Site.objects.filter(closed_at__isnull=True)
    return list(sites if everywhere else sites.filter(id__in=held.values("site_id")))


def badge(staff: Staff, site_id: UUID | None, at: datetime) -> Badge:
    """The person's badge at a site; two queries. An inactive person's badge allows nothing."""
    if not staff.is_active:
        return Badge(staff.id, site_id, frozenset(), frozenset())
    here = Q(site_id=site_id) if site_id else Q(site__isnull=True)
    company_wide = Q(site__isnull=True, role__in=roles.COMPANY_ROLES)
    held = frozenset(
        Assignment.objects.filter(_current(at), here | company_wide, staff=staff).values_list(
            "role", flat=True
        )
    )
    delegated = (
        bool(held and site_id) and active_delegations(site_id, at).filter(given_to=staff).exists()
    )
    allowed = roles.permissions_of(held) | (roles.DELEGATED if delegated else frozenset())
    return Badge(staff.id, site_id, held, allowed, delegated)


def may(staff: Staff, permission: str, site_id: UUID, at: datetime) -> bool:
    """Whether this person may do this at this site at this moment."""
    return badge(staff, site_id, at).may(permission)


def active_delegations(site_id: UUID | None, at: datetime) -> QuerySet[Delegation]:
    """Delegations of supervision in force at this moment (TQ-11)."""
    return Delegation.objects.filter(
        site_id=site_id, since__lte=at, until__gt=at, revoked_at__isnull=True
    )


def staff_with_role(site_id: UUID, role: str, at: datetime) -> QuerySet[Staff]:
    """Active people who hold a role at a site now."""
    held = Assignment.objects.filter(_current(at), site_id=site_id, role=role)
    return Staff.objects.filter(id__in=held.values("staff_id"), is_active=True)


def supervisors(site_id: UUID, at: datetime) -> list[Staff]:
    """The sales managers of a site and their delegates of the moment (TQ-11)."""
    managers = Assignment.objects.filter(_current(at), site_id=site_id, role="sales_manager")
    delegates = active_delegations(site_id, at).values("given_to_id")
    who = Q(id__in=managers.values("staff_id")) | Q(id__in=delegates)
    return list(Staff.objects.filter(who, is_active=True))


def names_of(ids: list[UUID] | set[UUID]) -> Mapping[str, str]:
    """Names by id (as text) for these people, one query."""
    return {str(i): n for i, n in Staff.objects.filter(id__in=ids).values_list("id", "name")}


def names_of_site(site_id: UUID) -> Mapping[str, str]:
    """Names by id of everyone who ever held a role at the site: the journal's separate key file."""
    held = Assignment.objects.filter(Q(site_id=site_id) | Q(site__isnull=True))
    return names_of(set(held.values_list("staff_id", flat=True)))


def site_id_of(code: str) -> UUID | None:
    """The id of the site with this code, or None."""
    return Site.objects.filter(code=code).values_list("id", flat=True).first()


def company() -> Company | None:
    """The company, or None before anything has been set up."""
    return Company.objects.first()

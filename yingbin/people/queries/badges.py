"""What a person may do where at a moment: badges, delegations, who supervises."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, Q, QuerySet

from .. import roles
from ..models import Assignment, Delegation, Site, Staff


@dataclass(frozen=True)
class Badge:
    """What a person may do at a site at this moment: their roles there and all these allow.

    withheld: what the roles allow but this session doesn't, because of how it signed in
    (`why_withheld`: "pin" on a shared tablet, "second_factor" when that is still missing).
    """

    staff_id: UUID
    site_id: UUID | None
    roles: frozenset[str]
    permissions: frozenset[str]
    delegated: bool = False
    withheld: frozenset[str] = frozenset()
    why_withheld: str = ""

    def may(self, permission: str) -> bool:
        """Whether the table of roles (or a delegation, TQ-11) allows this here."""
        if permission not in roles.PERMISSIONS:
            raise KeyError(permission)
        return permission in self.permissions

    @property
    def here(self) -> UUID:
        """The site's id; only for a badge at a site."""
        assert self.site_id is not None
        return self.site_id

    @property
    def title(self) -> str:
        """The roles in words, as shown beside the person's name."""
        words = [roles.ROLES[r].title for r in sorted(self.roles) if r in roles.ROLES]
        return "、".join([*words, "授权代管"] if self.delegated else words)

    @property
    def manages(self) -> bool:
        """Whether one of the roles is a managing one."""
        return bool(self.roles & roles.MANAGING)

    @property
    def openable(self) -> frozenset[str]:
        """What this session may do, or may as soon as the second factor was given."""
        soon = self.withheld if self.why_withheld == "second_factor" else frozenset()
        return self.permissions | soon

    def without(self, permissions: frozenset[str], why: str) -> "Badge":
        """The same badge with these permissions kept back."""
        held_back = self.permissions & permissions
        if not held_back:
            return self
        left = self.permissions - held_back
        return replace(self, permissions=left, withheld=held_back, why_withheld=why)


def current(at: datetime) -> Q:
    """Assignments in force at this moment."""
    return Q(since__lte=at) & (Q(until__isnull=True) | Q(until__gt=at))


def sites_of(staff: Staff, at: datetime) -> list[Site]:
    """Sites where the person works now; all of them for someone with a company-wide role."""
    held = Assignment.objects.filter(current(at), staff=staff)
    everywhere = Exists(held.filter(site__isnull=True, role__in=roles.COMPANY_ROLES))
    mine = Q(id__in=held.filter(site__isnull=False).values("site_id"))
    return list(Site.objects.filter(mine | Q(everywhere), closed_at__isnull=True))


def badge(staff: Staff, site_id: UUID | None, at: datetime) -> Badge:
    """The person's badge at a site; two queries. An inactive person's badge allows nothing."""
    if not staff.is_active:
        return Badge(staff.id, site_id, frozenset(), frozenset())
    here = Q(site_id=site_id) if site_id else Q(site__isnull=True)
    company_wide = Q(site__isnull=True, role__in=roles.COMPANY_ROLES)
    held = frozenset(
        Assignment.objects.filter(current(at), here | company_wide, staff=staff).values_list(
            "role", flat=True
        )
    )
    delegated = (
        bool(held and site_id) and active_delegations(site_id, at).filter(given_to=staff).exists()
    )
    return badge_with(staff.id, site_id, held, delegated)


def badge_with(
    staff_id: UUID, site_id: UUID | None, held: frozenset[str], delegated: bool
) -> Badge:
    """The badge of someone who holds these roles here; a delegation counts for those who work here."""
    delegated = bool(held and site_id and delegated)
    allowed = roles.permissions_of(held) | (roles.DELEGATED if delegated else frozenset())
    return Badge(staff_id, site_id, held, allowed, delegated)


def may(staff: Staff, permission: str, site_id: UUID, at: datetime) -> bool:
    """Whether this person may do this at this site at this moment."""
    return badge(staff, site_id, at).may(permission)


def active_delegations(site_id: UUID | None, at: datetime) -> QuerySet[Delegation]:
    """Delegations of supervision in force at this moment (TQ-11)."""
    now = Q(site=site_id, since__lte=at, until__gt=at, revoked_at__isnull=True)
    return Delegation.objects.filter(now)


def run_out(at: datetime) -> list[Delegation]:
    """Delegations at any site that ended by their time within the last two days."""
    over = Delegation.objects.filter(until__lte=at, until__gt=at - timedelta(days=2))
    return list(over.filter(revoked_at__isnull=True).select_related("given_to"))


def delegations_of(site_id: UUID, limit: int = 50) -> list[Delegation]:
    """The latest delegations of a site with their people, newest first."""
    rows = Delegation.objects.filter(site_id=site_id).order_by("-since", "-id")
    return list(rows.select_related("given_by", "given_to", "revoked_by")[:limit])


def staff_with_role(site_id: UUID, role: str, at: datetime) -> QuerySet[Staff]:
    """Active people who hold a role at a site now."""
    held = Assignment.objects.filter(current(at), site_id=site_id, role=role)
    return Staff.objects.filter(id__in=held.values("staff_id"), is_active=True)


def holding(role: str, *, staff: str, site: str, at: str) -> str:
    """SQL that is true where an active person holds a role at a site at a moment.

    staff, site, at: SQL expressions, `at` twice; for statements that travel with the site's lock.
    """
    return (
        "exists (select 1 from people_assignment a join people_staff s on s.id = a.staff_id"
        f" where a.staff_id = {staff} and a.site_id = {site} and a.role = '{role}'"
        f" and a.since <= {at} and (a.until is null or a.until > {at}) and s.is_active)"
    )


def verifiers(site_id: UUID, at: datetime) -> list[Staff]:
    """Who answers for a site's journal: its manager, the auditors; and administrators, who run the check."""
    may_ = [r.id for r in roles.ROLES.values() if "journal.verify" in r.allows]
    may_.append("administrator")
    company_wide = Q(site__isnull=True, role__in=roles.COMPANY_ROLES)
    held = Assignment.objects.filter(current(at), Q(site_id=site_id) | company_wide, role__in=may_)
    return list(Staff.objects.filter(id__in=held.values("staff_id"), is_active=True).order_by("id"))


def those_who_may(site_id: UUID, permission: str, at: datetime) -> list[Staff]:
    """Active people whose role at the site, or a delegation of the moment while they work here, allows this."""
    allowing = [r.id for r in roles.ROLES.values() if permission in r.allows]
    here = Assignment.objects.filter(current(at), site_id=site_id)
    who = Q(id__in=here.filter(role__in=allowing).values("staff_id"))
    if permission in roles.DELEGATED:
        delegates = active_delegations(site_id, at).values("given_to_id")
        who |= Q(id__in=delegates) & Q(id__in=here.values("staff_id"))
    return list(Staff.objects.filter(who, is_active=True))


def supervisors(site_id: UUID, at: datetime) -> list[Staff]:
    """The sales managers of a site and their delegates of the moment, while these hold a role here (TQ-11)."""
    managers = Assignment.objects.filter(current(at), site_id=site_id, role="sales_manager")
    delegates = active_delegations(site_id, at).values("given_to_id")
    here = Assignment.objects.filter(current(at), site_id=site_id).values("staff_id")
    who = Q(id__in=managers.values("staff_id")) | Q(id__in=delegates) & Q(id__in=here)
    return list(Staff.objects.filter(who, is_active=True))

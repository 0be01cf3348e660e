"""Photos of a breach: evidence, held until security releases it, then kept for three years in all (CV-4.2)."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Q

from yingbin.files.owners import Owner
from yingbin.people.queries import Badge

from .models import GateBreach

# Who may say that visitors are led without approval.
REPORTS = ("gate.scan", "gate.supervise", "gate.security", "tours.reception")
# As long as a claim can be brought (Civil Code, article 188).
KEPT = timedelta(days=3 * 366)


def opens(badge: Badge) -> Q:
    """The breaches somebody opens: security all but those they are named in, others what they reported themselves."""
    own = Q(event__by=badge.staff_id)
    if badge.may("gate.security"):
        who = badge.staff_id
        named = GateBreach.objects.filter(Q(leader=who) | Q(confirmed__fields__found=str(who)))
        return Q(site_id=badge.here) & ~Q(pk__in=named.values("pk"))
    return Q(site_id=badge.here) & (own if any(map(badge.may, REPORTS)) else Q(pk__in=[]))


def _may_see(badge: Badge, breach_id: UUID) -> bool:
    return GateBreach.objects.filter(opens(badge), id=breach_id).exists()


EVIDENCE = Owner("tours.breach", "违规带人的取证", REPORTS, _may_see, keeps=KEPT)

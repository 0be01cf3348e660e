"""What every page of customers does alike: which card, and may it be opened."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils import timezone

from yingbin.pages.doing import site_id
from yingbin.people.access import badge_of

from .. import queries
from ..queries import Card


def open_card(request: HttpRequest, customer_id: UUID) -> Card:
    """The card, if it is this site's (else 404) and the person may open it (else 403, and why)."""
    found = queries.card(site_id(request), customer_id)
    if found is None:
        raise Http404
    badge = badge_of(request)
    if not queries.may_open(badge, timezone.now(), site_id(request), found.customer.id):
        raise PermissionDenied(_whose(found))
    return found


def _whose(found: Card) -> str:
    row = found.receiver
    who = found.people.get(str(row.staff_id)) if row else None
    rest = "完整资料只有本人、前台和销售经理能看。要协助接待请找前台安排。"
    return f"这位客户由{who or '同事'}接待，{rest}"

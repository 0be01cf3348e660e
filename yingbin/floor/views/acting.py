"""What the gallery's pages do like all others, and the visit they are about."""

from uuid import UUID

from django.http import Http404, HttpRequest

from yingbin.people.access import may
from yingbin.people.acting import acting, perform, site_id
from yingbin.people.acting import person_id as me

from ..models import Visit
from ..queries import history

__all__ = ["acting", "may", "me", "perform", "site_id", "visit_or_404"]


def visit_or_404(request: HttpRequest, visit_id: UUID) -> Visit:
    """A visit of the current site; another site's doesn't exist."""
    visit = history.visit(site_id(request), visit_id)
    if visit is None:
        raise Http404
    return visit

"""What an address names belongs to this place, or isn't found: asked before anything is done with it."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Model
from django.http import Http404, HttpRequest
from django.utils import timezone

from yingbin.pages.doing import site_id
from yingbin.people.models import Assignment
from yingbin.people.queries import current

from ..hours import day_of
from ..models import DutyEvent


def row_here(request: HttpRequest, model: type[Model], row: UUID) -> None:
    """Raises `Http404` for a row of another place, and for none."""
    if not model._default_manager.filter(site_id=site_id(request), id=row).exists():
        raise Http404


def person_here(request: HttpRequest, who: UUID) -> None:
    """Raises `Http404` for somebody who doesn't work at this place."""
    held = Assignment.objects.filter(current(timezone.now()), staff_id=who)
    if not held.filter(site_id=site_id(request)).exists():
        raise Http404


def said_here(request: HttpRequest, name: str, value: UUID) -> None:
    """Raises `Http404` where no event of today or yesterday at this place names it: a break, a stand-in."""
    since = day_of(timezone.now()) - timedelta(days=1)
    lately = DutyEvent.objects.filter(log__site_id=site_id(request), log__day__gte=since)
    if not lately.filter(facts__contains={name: str(value)}).exists():
        raise Http404

"""《预约访问申请表》 for the printer."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yingbin.people.access import badge_of, needs

from ..queries.find import ANYBODY
from ..queries.paper import paper_of
from .visits import found


@needs(*ANYBODY)
@require_GET
def paper(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """The form as it stands; numbers masked."""
    row, now = found(request, visit_id), timezone.now()
    shown = {"page": paper_of(badge_of(request), row, now), "row": row, "now": now}
    return render(request, "tours/paper.html", shown)

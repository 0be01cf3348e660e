"""改动: another time, headcount, areas; before it is done it is shown who would be asked again (CV-3.2.1)."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yingbin.journal.action import Deed
from yingbin.pages.doing import Told, sent, status, submit
from yingbin.people.access import needs

from ..actions import verbs
from ..changes import changed_of, follows
from ..forms.acts import areas_named
from ..forms.application import WindowForm
from ..models import TourVisit
from ..office import standing_or_last
from ..queries.find import ANYBODY
from .visits import found, may_change


@needs(*ANYBODY)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """The form; what would follow; then the change itself."""
    row, now = found(request, visit_id), timezone.now()
    stands = standing_or_last(row.site_id, now)
    if stands is None or not may_change(request, row):
        raise Http404
    form = WindowForm(sent(request), areas=areas_named(stands.company.areas), initial=as_it_is(row))
    after = []
    looks = form.is_bound and form.is_valid() and "sure" not in request.POST
    if looks:
        after = follows(row, stands, changed_of(row, form), now)

    def page() -> HttpResponse:
        context = {"form": form, "row": row, "after": after, "looked": looks}
        return render(request, "tours/edit.html", context, status=200 if looks else status(form))

    def deed(told: Told) -> Deed[verbs.Happened]:
        changed = changed_of(row, form)
        return verbs.happen.given(event="edit", visit_id=visit_id, fields=changed)

    if looks:
        return page()
    return submit(
        request,
        form,
        deed,
        page=page,
        then=reverse("tours:visit", args=[visit_id]),
        said=lambda done: done.because,
    )


def as_it_is(row: TourVisit) -> dict[str, object]:
    """What the form shows first."""
    start, end = timezone.localtime(row.starts_at), timezone.localtime(row.ends_at)
    return {
        "day": start.date(), "start": start.time(), "end": end.time(), "headcount": row.headcount,
        "areas": [name for name, _, _ in row.state["areas"]],
    }  # fmt: skip

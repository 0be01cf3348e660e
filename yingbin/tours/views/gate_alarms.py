"""核对: clashes that a line brought (CV-4.1)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from yingbin.pages.doing import site_id, status, submit
from yingbin.people.access import may, needs

from ..actions import gate_verbs as verbs
from ..forms.gate import FindingForm
from ..queries.gate_pages import clashes as clash_lines


@needs("gate.scan", "gate.supervise")
@require_GET
def clashes(request: HttpRequest) -> HttpResponse:
    """What gates let through without a line and would have answered otherwise with one."""
    return _clashes(request)


def _clashes(
    request: HttpRequest, form: FindingForm | None = None, at: UUID | None = None
) -> HttpResponse:
    context = {
        "lines": clash_lines(site_id(request)),
        "settles": may(request, "gate.supervise"),
        "form": form or FindingForm(),
        "at": at,
    }
    return render(request, "tours/gate_clashes.html", context, status=status(form))


@needs("gate.supervise")
@require_POST
def settle(request: HttpRequest, clash_id: UUID) -> HttpResponse:
    """What one turned out to be."""
    form = FindingForm(request.POST)
    return submit(
        request,
        form,
        lambda told: verbs.settle_clash.given(clash_id=clash_id, finding=told["finding"]),
        page=lambda: _clashes(request, form, clash_id),
        then=reverse("tours:clashes"),
        said="核对结果记下了。",
    )

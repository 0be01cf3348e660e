"""核对 and 违规: clashes that a line brought, and who led visitors without approval (CV-4.2)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yingbin.pages.doing import perform, sent, site_id, status, submit
from yingbin.people.access import may, needs
from yingbin.people.queries import those_who_may

from ..actions import gate_verbs as verbs
from ..forms.gate import BreachForm, FindingForm
from ..queries.gate_pages import breaches as breach_lines
from ..queries.gate_pages import clashes as clash_lines

REPORTS = ("gate.scan", "gate.supervise", "gate.security", "tours.reception")


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


@needs(*REPORTS)
@require_http_methods(["GET", "POST"])
def breaches(request: HttpRequest) -> HttpResponse:
    """The reports; a post is another."""
    at, site = timezone.now(), site_id(request)
    here = those_who_may(site, "notices.see", at)
    people = [(str(one.id), one.name) for one in sorted(here, key=lambda one: one.pinyin)]
    form = BreachForm(sent(request), people=people)

    def page() -> HttpResponse:
        context = {
            "lines": breach_lines(site),
            "form": form,
            "confirms": may(request, "gate.security"),
        }
        return render(request, "tours/gate_breaches.html", context, status=status(form))

    return submit(
        request,
        form,
        lambda told: verbs.report_breach.given(
            leader=form.whom, called=told["called"], note=told["note"]
        ),
        page=page,
        then=reverse("tours:breaches"),
        said=lambda number: f"第 {number} 号报告记下了，等安全部门确认。",
    )


@needs("gate.security")
@require_POST
def confirm(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    """Security confirms a report."""
    return perform(
        request,
        verbs.confirm_breach.given(breach_id=breach_id),
        then=reverse("tours:breaches"),
        said="确认了，按泄露商业秘密处理。",
    )

"""处置步骤: what a place does in each type of emergency; a lead writes a new version (SF-4.6, SC-4.6)."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from yingbin.pages.doing import sent, site_id, status, submit
from yingbin.people.access import may, needs
from yingbin.people.queries import names_of

from ..actions.incidents import keep_procedure
from ..forms.incidents import ProcedureForm
from ..queries.procedures import procedure, procedures, versions


@needs("duty.stand")
@require_GET
def every(request: HttpRequest) -> HttpResponse:
    """All types with their steps, to be read in quiet hours."""
    shown = {"procedures": procedures(site_id(request)), "plans": may(request, "duty.plan")}
    return render(request, "duty/procedures.html", shown)


@needs("duty.plan")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A type of one's own."""
    return _edited(request, ProcedureForm(sent(request)), "")


@needs("duty.plan")
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, type: str) -> HttpResponse:
    """A new version of a type's steps, beside all of before."""
    found = procedure(site_id(request), type)
    if found is None:
        raise Http404
    first = {"type": found.type, "steps": "\n".join(found.steps)}
    return _edited(request, ProcedureForm(sent(request), initial=first), type)


def _edited(request: HttpRequest, form: ProcedureForm, type: str) -> HttpResponse:
    return submit(
        request,
        form,
        lambda told: keep_procedure.given(
            type=type or told["type"], steps=told["steps"], why=told["why"]
        ),
        page=partial(_page, request, form, type),
        then=reverse("duty:procedures"),
        said=lambda version: f"存好了，这是第 {version} 版。正在处理的仍按开始时的步骤。",
    )


def _page(request: HttpRequest, form: ProcedureForm, type: str) -> HttpResponse:
    site = site_id(request)
    before = versions(site, type) if type else []
    shown = {
        "form": form,
        "type": type,
        "found": procedure(site, type) if type else None,
        "versions": before,
        "names": names_of({v.by for v in before if v.by}),
    }
    return render(request, "duty/procedure.html", shown, status=status(form))

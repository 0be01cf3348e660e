"""打印参观证: many at once, with how far it has come and the parts that are ready (CV-4.1)."""

from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from yingbin.journal.action import Deed
from yingbin.pages.doing import perform, sent, site_id, status, submit
from yingbin.people.access import may, needs

from ..actions.printing import begin_printing
from ..forms.gate import PrintForm
from ..models import PassPrinting
from ..queries import printing as ask
from .visits import found

GIVES = ("tours.reception", "tours.area")
BEGUN = "开始打印了，可以关掉去做别的。"


@needs("tours.reception")
@require_http_methods(["GET", "POST"])
def prints(request: HttpRequest) -> HttpResponse:
    """The printings so far; a post begins that of a day."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    form = PrintForm(sent(request), initial={"day": tomorrow})

    def page() -> HttpResponse:
        context = {"form": form, "runs": ask.newest(site_id(request))}
        return render(request, "tours/prints.html", context, status=status(form))

    return submit(
        request,
        form,
        lambda told: begin_printing.given(day=told["day"], card=told["card"]),
        page=page,
        then=_page,
        said=BEGUN,
    )


def begin(request: HttpRequest, deed: Deed[UUID]) -> HttpResponse:
    """A printing begins that a visit's page asked for."""
    return perform(request, deed, then=_page, said=BEGUN)


@needs(*GIVES)
@require_GET
def one(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """How far it has come, and what is ready."""
    run = _run(request, run_id)
    context = {"run": run, "parts": ask.parts_of(run)}
    return render(request, "tours/printing.html", context)


@needs(*GIVES)
@require_GET
def part(request: HttpRequest, run_id: UUID, number: int) -> HttpResponse:
    """One part as PDF."""
    data = ask.part(_run(request, run_id), number)
    if data is None:
        raise Http404
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="passes-{number}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


def _run(request: HttpRequest, run_id: UUID) -> PassPrinting:
    """A printing of this place: of a day for reception, of a visit for whoever opens the visit."""
    run = ask.printing(site_id(request), run_id)
    if run is None:
        raise Http404
    if run.visit is not None:
        found(request, run.visit.id)
    elif not may(request, "tours.reception"):
        raise Http404
    return run


def _page(run_id: UUID) -> str:
    return reverse("tours:printing", args=[run_id])

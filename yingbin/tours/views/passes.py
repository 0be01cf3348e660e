"""参观证 of a visit: each as it stands, printed, handed out; and on the visitor's own phone (CV-4.1)."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from yingbin.pages.doing import acting, perform
from yingbin.pages.doors import open_to_all
from yingbin.people.access import may, needs
from yingbin.rules.decision import Refused

from ..actions.passes import hand_out, print_passes
from ..actions.printing import AT_ONCE, begin_printing
from ..forms.labels import AREAS
from ..models import Fate
from ..pass_paper import code_of, drawn, passes_pdf
from ..queries.passes import PassState, passes_of
from ..words import AREA_WORDS
from .printing import begin
from .public import private_visit
from .visits import found

GIVES = ("tours.reception", "tours.area")


@needs(*GIVES)
@require_GET
def passes(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Every pass of a visit that this person may open."""
    return _page(request, visit_id)


def _page(request: HttpRequest, visit_id: UUID, refused: str = "") -> HttpResponse:
    row = found(request, visit_id)
    states = passes_of(row.site_id, row.id)
    context = {
        "row": row,
        "states": states,
        "out": [one for one in states if one.line.row.fate == Fate.OUTSTANDING],
        "revokes": may(request, "tours.reception"),
        "refused": refused,
    }
    return render(request, "tours/passes.html", context, status=422 if refused else 200)


@needs(*GIVES)
@require_POST
def printed(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """The paper of all that are out, or of one; that it was printed is kept. Very many are printed by the worker."""
    row = found(request, visit_id)
    out = _chosen(request, passes_of(row.site_id, row.id))
    if len(out) > AT_ONCE:
        return begin(request, begin_printing.given(visit_id=row.id, card="card" in request.POST))
    try:
        print_passes(acting(request), revisions=tuple(one.revision for one in out))
    except Refused as no:
        return _page(request, visit_id, no.message)
    paper = passes_pdf([one.line for one in out], timezone.now(), card="card" in request.POST)
    answer = HttpResponse(paper, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="passes.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


@needs(*GIVES)
@require_POST
def handed_out(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """The guests have them."""
    row = found(request, visit_id)
    out = _chosen(request, passes_of(row.site_id, row.id))
    deed = hand_out.given(revisions=tuple(one.revision for one in out))
    return perform(
        request,
        deed,
        then=reverse("tours:passes", args=[visit_id]),
        said=lambda many: f"{many} 张证发给客人了。",
    )


def _chosen(request: HttpRequest, states: list[PassState]) -> list[PassState]:
    """Those that are out; the one that is named, where one is."""
    named = request.POST.get("number", "")
    out = [one for one in states if one.line.row.fate == Fate.OUTSTANDING]
    return [one for one in out if str(one.line.row.number) == named] if named else out


@open_to_all
@never_cache
@require_GET
def on_phone(request: HttpRequest, code: str, secret: str) -> HttpResponse:
    """The passes of one's own visit, each with its code of now: a moved visit changes them by itself."""
    site, row = private_visit(code, secret)
    at = timezone.now()
    states = [one for one in passes_of(site.id, row.id) if one.line.row.fate == Fate.OUTSTANDING]
    if not states:
        raise Http404
    lang = "en" if request.GET.get("lang", row.language) == "en" else "zh"
    names = AREAS if lang == "en" else AREA_WORDS
    lines = [one.line for one in states]
    shown = [
        (one, drawn(code_of(one.row, at)), [names[area] for area in one.row.areas]) for one in lines
    ]
    context = {"site": site, "row": row, "secret": secret, "lang": lang, "shown": shown}
    return render(request, "tours/public_passes.html", context)

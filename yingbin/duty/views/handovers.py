"""交接班: filled by itself, each entry accepted or objected to, both sides sign (SF-4.1, SF-4.7)."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yingbin.pages.doing import perform, person_id, sent, site_id, status, submit
from yingbin.people.access import needs

from ..actions import handovers
from ..forms import HandoverForm, ReasonForm
from ..queries.picture import picture


@needs("duty.stand")
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Begins a handover of the post one stands at."""
    seen = picture(site_id(request), timezone.now())
    me = seen.person(person_id(request))
    form = HandoverForm(sent(request), initial={"post": me.post_id if me else ""})
    form.offer(seen, person_id(request))
    return submit(
        request,
        form,
        lambda told: handovers.start_handover.given(
            post=told["post"],
            giver=person_id(request),
            receiver=told["receiver"],
            keys=told["keys"],
            stock=told["stock"],
        ),
        page=partial(_start_page, request, form),
        then=lambda done: _back(done.handover),
        said=lambda done: f"共 {done.entries} 项，请接班人逐项确认。",
    )


def _start_page(request: HttpRequest, form: HandoverForm) -> HttpResponse:
    return render(request, "duty/handover_start.html", {"form": form}, status=status(form))


def _back(handover: UUID) -> str:
    return reverse("duty:handover", args=[handover])


@needs("duty.stand")
@require_GET
def handover(request: HttpRequest, handover: UUID) -> HttpResponse:
    """One handover of today."""
    return page(request, handover)


def page(
    request: HttpRequest, handover: UUID, entry: str = "", reason: ReasonForm | None = None
) -> HttpResponse:
    """The handover, with an objection that was refused open at its entry."""
    seen = picture(site_id(request), timezone.now())
    found = seen.handover(str(handover))
    if found is None:
        raise Http404
    me = str(person_id(request))
    shown = {
        "seen": seen,
        "handover": found,
        "receives": me == found.receiver_id,
        "gives": me == found.giver_id,
        "left": sum(e.accepted is None for e in found.entries),
        "open_entry": entry,
        "reason": reason,
        "why": ReasonForm(),
    }
    return render(request, "duty/handover.html", shown, status=status(reason))


@needs("duty.stand")
@require_POST
def answer(request: HttpRequest, handover: UUID) -> HttpResponse:
    """The receiver's word on one entry."""
    kind, entry = request.POST.get("kind", ""), request.POST.get("entry", "")
    if request.POST.get("accepts") == "yes":
        deed = handovers.answer_entry.given(handover=handover, kind=kind, entry=entry, accepts=True)
        return perform(request, deed, then=_back(handover))
    form = ReasonForm(request.POST)
    again = partial(page, request, handover, f"{kind}/{entry}", form)
    return submit(
        request,
        form,
        lambda told: handovers.answer_entry.given(
            handover=handover, kind=kind, entry=entry, accepts=False, reason=told["reason"]
        ),
        page=again,
        then=_back(handover),
    )


@needs("duty.stand")
@require_POST
def sign(request: HttpRequest, handover: UUID) -> HttpResponse:
    """Signs for one's side."""
    deed = handovers.sign_handover.given(handover=handover)
    return perform(request, deed, then=_back(handover), said=str)

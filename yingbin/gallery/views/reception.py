"""接待: the four steps on the salesperson's phone (TQ-2)."""

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from yingbin.customers.queries import Shown, shown_as
from yingbin.journal.write import new_key
from yingbin.pages.doing import perform, site_id, status, submit
from yingbin.pages.doing import person_id as me
from yingbin.pages.forms import KeyedForm
from yingbin.people.access import may, needs

from ..actions import steps, waiting
from ..actions.receptions import last_word
from ..forms.register import FaultForm, NeedsForm, StepForm
from ..live import DRINKS
from ..models import Needs, Visit
from ..queries import reception as receptions
from ..queries import register as registers
from .folds import visit_or_404


def own_visit_or_404(request: HttpRequest, visit_id: UUID) -> Visit:
    """A visit whose receiver this is; the manager sees every one."""
    visit = visit_or_404(request, visit_id)
    receiver = receiver_of(visit)
    if receiver is None or (receiver != me(request) and not may(request, "turns.supervise")):
        raise Http404
    return visit


def receiver_of(visit: Visit) -> UUID | None:
    """Who receives the visit, by the last decision about it."""
    standing = last_word(visit.site_id, visit.id)
    return standing.receiver if standing else None


def card_of(visit: Visit) -> Shown | None:
    """How the visit's customer may be shown; None while nobody knows who it is."""
    if visit.customer_id is None:
        return None
    return shown_as(visit.site_id, [visit.customer_id]).get(visit.customer_id)


def back(visit_id: UUID, which: str = "") -> str:
    """The reception's page, at one of its steps."""
    mark = f"#{which}" if which else ""
    return reverse("gallery:reception", args=[visit_id]) + mark


@needs("turns.take", "turns.supervise")
@require_GET
def receiving(request: HttpRequest) -> HttpResponse:
    """The group one receives now; without one, what will be here."""
    visit = receptions.received_now(site_id(request), me(request))
    if visit is not None:
        return redirect("gallery:reception", visit)
    return render(request, "gallery/receiving.html")


@needs("turns.take", "turns.supervise")
@require_GET
def reception(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """The reception under way: who it is, the four steps, needs, the register, the finish."""
    return _page(request, own_visit_or_404(request, visit_id), Sent())


@dataclass(frozen=True)
class Sent:
    """The form that was sent at one of the steps, if one was."""

    at_step: str = ""
    needs: NeedsForm | None = None
    step: StepForm | None = None
    fault: FaultForm | None = None

    @property
    def form(self) -> KeyedForm | None:
        """The one of them."""
        return self.needs or self.step or self.fault


def _page(request: HttpRequest, visit: Visit, sent: Sent) -> HttpResponse:
    told = registers.needs_of(visit.site_id, visit.customer_id, visit)
    guides = receptions.guides(visit)
    context: dict[str, object] = {
        "visit": visit,
        "customer": card_of(visit),
        "guides": guides,
        "next_step": next((g.which for g in guides if not g.done), ""),
        "told": told,
        "told_before": bool(told and told.visit_id != visit.id),
        "told_words": registers.in_words(told) if told else "",
        "needs": sent.needs or NeedsForm(initial=known_needs(told)),
        "sent": sent,
        "drinks": DRINKS,
        "entries": registers.entries_of_visit(visit),
        "owed": registers.owed(visit),
        "own": receiver_of(visit) == me(request),
        "key": new_key(),
    }
    return render(request, "gallery/reception.html", context, status=status(sent.form))


def known_needs(told: Needs | None) -> dict[str, object]:
    """What was told already, for the fields of a form."""
    return {n: getattr(told, n) for n in NeedsForm.asked} if told else {}


@needs("turns.take")
@require_POST
def note_needs(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Keeps what the customer looks for."""
    visit = own_visit_or_404(request, visit_id)
    form = NeedsForm(request.POST)
    page = partial(_page, request, visit, Sent("needs", needs=form))
    return submit(
        request,
        form,
        lambda _: steps.note_needs.given(visit_id=visit_id, needs=form.needs()),
        then=back(visit_id, "needs"),
        said="需求已记下。",
        page=page,
    )


@needs("turns.take")
@require_POST
def step(request: HttpRequest, visit_id: UUID, which: str) -> HttpResponse:
    """One of the four steps was done."""
    visit = own_visit_or_404(request, visit_id)
    form = StepForm(request.POST, offered=receptions.offered(which))
    page = partial(_page, request, visit, Sent(which, step=form))
    return submit(
        request,
        form,
        lambda told: steps.do_step.given(
            visit_id=visit_id,
            which=which,
            things=form.shown_or_given,
            note=told["note"],
            next_contact=told["next_contact"],
        ),
        then=back(visit_id, which),
        page=page,
    )


@needs("turns.take")
@require_POST
def fault(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Damage or dirt seen in the show flat."""
    visit = own_visit_or_404(request, visit_id)
    form = FaultForm(request.POST)
    page = partial(_page, request, visit, Sent("flat", fault=form))
    return submit(
        request,
        form,
        lambda told: steps.report_fault.given(
            visit_id=visit_id, where=told["where"], what=told["what"]
        ),
        then=back(visit_id, "flat"),
        said="已报给样板间负责人。",
        page=page,
    )


@needs("turns.take")
@require_POST
def drinks(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Asks the service staff for drinks."""
    own_visit_or_404(request, visit_id)
    what = "、".join(request.POST.getlist("what"))[:60]
    return perform(
        request,
        waiting.ask_service.given(visit_id=visit_id, what=what),
        then=back(visit_id, "talk"),
        said="已请接待员送来。",
    )

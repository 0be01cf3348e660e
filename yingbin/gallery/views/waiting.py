"""等待: groups nobody is free for, served by the desk until someone is (SC-4.3.2)."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from yingbin.people.access import needs

from .. import live
from ..actions import waiting as actions
from ..forms import ContactForm, first_error, uuids
from .acting import may, perform, site_id, visit_or_404


@needs("arrivals.record", "waiting.serve")
@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """The waiting list with what can be done for each group."""
    return _page(request)


def _page(request: HttpRequest, status: int = 200, **more: object) -> HttpResponse:
    context = live.waiting_context(site_id(request)) | more
    context["may_supervise"] = may(request, "turns.supervise")
    return render(request, "gallery/waiting.html", context, status=status)


@needs("arrivals.record", "waiting.serve")
@require_POST
def anyone(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """A group that waits for one person will take anyone."""
    visit_or_404(request, visit_id)
    page = reverse("gallery:waiting")
    return perform(request, actions.anyone_will_do, then=page, visit_id=visit_id)


def _keeping(request: HttpRequest, visit_id: UUID, fold: str) -> Callable[[str], HttpResponse]:
    """The page again with this group's fold open, why it was refused, and what was typed."""
    typed = {**request.POST.dict(), "visit": str(visit_id), "fold": fold}

    def page(why: str) -> HttpResponse:
        return _page(request, 422, typed={**typed, "refused": why})

    return page


@needs("arrivals.record", "waiting.serve")
@require_POST
def leave(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """A waiting group goes away; a contact is asked for and becomes a follow-up."""
    visit_or_404(request, visit_id)
    form, kept = ContactForm(request.POST), _keeping(request, visit_id, "leave")
    if not form.is_valid():
        return kept(first_error(form))
    return perform(
        request,
        actions.leave,
        then=reverse("gallery:waiting"),
        said="已记录离开。留了联系方式的，跟进已交给当时排在最前的同事。",
        kept=kept,
        visit_id=visit_id,
        name=form.cleaned_data["name"],
        phone=form.cleaned_data["phone"],
        no_contact=form.cleaned_data["no_contact"],
    )


@needs("arrivals.record", "waiting.serve")
@require_POST
def describe(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """What a group is known by and where it sits."""
    visit_or_404(request, visit_id)
    return perform(
        request,
        actions.describe,
        then=reverse("gallery:waiting"),
        said="记下了，大家都能认出他们。",
        kept=_keeping(request, visit_id, "looks"),
        visit_id=visit_id,
        looks=request.POST.get("looks", "")[:60],
        seat_at=request.POST.get("seat", "")[:20],
    )


@needs("arrivals.record", "waiting.serve")
@require_POST
def service(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Tea or another service for a group."""
    visit_or_404(request, visit_id)
    return perform(
        request,
        actions.ask_service,
        then=reverse("gallery:waiting"),
        said="已记下，其他接待员会收到；送到后点「送到了」。",
        visit_id=visit_id,
        what=request.POST.get("what", "")[:40],
    )


@needs("arrivals.record", "waiting.serve")
@require_POST
def question(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """A question that can't be answered here is passed on and tracked (SC-4.3.1)."""
    visit_or_404(request, visit_id)
    to = uuids([request.POST.get("to", "")])
    return perform(
        request,
        actions.pass_question_on,
        then=reverse("gallery:waiting"),
        said="问题已转出，会一直跟到客户得到答复。",
        kept=_keeping(request, visit_id, "question"),
        visit_id=visit_id,
        question=request.POST.get("question", "")[:1000],
        to=to[0] if to else None,
    )

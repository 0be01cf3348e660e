"""我的: the salesperson's phone: my place and why, my turn, my customer, going out and coming back."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from yingbin.notices.ring_pages import ring_context
from yingbin.pages.onward import onward
from yingbin.people.access import needs
from yingbin.rules.decision import Refused

from .. import live
from ..actions import presence, receptions
from ..forms import FinishForm, first_error
from . import supervision
from .acting import acting, may, me, perform, refused_in, site_id, visit_or_404


@needs("turns.take")
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Everything a salesperson needs, one primary action at a time."""
    return _page(request)


def _page(request: HttpRequest, status: int = 200, **more: object) -> HttpResponse:
    context = {**ring_context(request), **live.mine_context(site_id(request), me(request)), **more}
    return render(request, "gallery/mine.html", context, status=status)


def _mine() -> str:
    return reverse("gallery:mine")


@needs("turns.take")
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Signs in with the code on the gallery's screen."""
    args = acting(request)
    try:
        presence.check_code(
            site_id=args.site_id,
            by=me(request),
            at=args.at,
            given=request.POST.get("code", ""),
        )
    except Refused as no:
        messages.error(request, no.message)
        return redirect(_mine())
    return perform(request, presence.sign_in, then=_mine(), who=me(request))


@needs("turns.take")
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Off the queue for today, at once or after the reception under way."""
    return perform(request, presence.sign_out, then=_mine(), who=me(request))


@needs("turns.take")
@require_POST
def away(request: HttpRequest) -> HttpResponse:
    """Meal or private leave."""
    reason = request.POST.get("reason", "")
    return perform(request, presence.go_away, then=_mine(), who=me(request), reason=reason)


@needs("turns.take")
@require_POST
def back(request: HttpRequest) -> HttpResponse:
    """On the floor again, or not leaving after all."""
    return perform(request, presence.come_back, then=_mine(), who=me(request))


@needs("turns.take")
@require_POST
def ask_leave(request: HttpRequest) -> HttpResponse:
    """Business leave asks the manager (TQ-7)."""
    return perform(
        request,
        presence.ask_business_leave,
        then=_mine(),
        said="已交给经理，批准后手机会提示。",
        kept=refused_in(request, _page, "leave"),
        note=request.POST.get("note", "")[:200],
    )


@needs("turns.take")
@require_POST
def withdraw_leave(request: HttpRequest) -> HttpResponse:
    """Takes the open business request back."""
    return perform(request, presence.withdraw_leave, then=_mine(), said="已撤回外出申请。")


@needs("turns.take")
@require_POST
def accept(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """I'm coming."""
    visit_or_404(request, visit_id)
    return perform(request, receptions.accept_turn, then=_mine(), visit_id=visit_id)


@needs("turns.take", "turns.supervise")
@require_POST
def finish(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """The reception ends; the manager may end one that was forgotten."""
    visit_or_404(request, visit_id)
    form, kept = FinishForm(request.POST), _unfinished(request, visit_id)
    if not form.is_valid():
        return kept(first_error(form))
    return perform(
        request,
        receptions.finish,
        then=_mine(),
        kept=kept,
        visit_id=visit_id,
        units_wanted=form.cleaned_data["units"],
        may_any=may(request, "turns.supervise"),
        without_entry=request.POST.get("without_entry", "")[:200],
    )


def _unfinished(request: HttpRequest, visit_id: UUID) -> Callable[[str], HttpResponse]:
    """Where a refused finish is said: on the manager's row of that person, else on one's own page."""
    if onward(request, "") == supervision.here() and may(request, "turns.supervise"):
        return refused_in(request, supervision.page, "finish", visit_id)
    return refused_in(request, _page, "finish", visit_id)


@needs("turns.take")
@require_POST
def claim(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Claims that the visitor is unrelated (TQ-6)."""
    visit_or_404(request, visit_id)
    return perform(
        request,
        receptions.claim_unrelated,
        then=_mine(),
        said="已请经理与客户当面核实，核实前一切照旧。",
        kept=refused_in(request, _page, "claim", visit_id),
        visit_id=visit_id,
        note=request.POST.get("note", "")[:200],
    )

"""我的: the salesperson's phone: my place and why, my turn, my customer, going out and coming back."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from yingbin.journal.action import Acting, Deed
from yingbin.notices.ring_pages import ring_context
from yingbin.pages.doing import perform, person_id, site_id, status
from yingbin.pages.onward import onward
from yingbin.people.access import may, needs

from .. import live
from ..actions import presence, receptions
from ..forms import folds
from . import supervision
from .folds import sent_in, visit_or_404


@needs("turns.take")
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Everything a salesperson needs, one primary action at a time."""
    return page(request)


def page(
    request: HttpRequest, refused_fold: folds.FoldForm | None = None, *, lost: bool = False
) -> HttpResponse:
    """One's own page."""
    context = {
        **ring_context(request),
        **live.mine_context(site_id(request), person_id(request)),
        "refused_fold": refused_fold,
        "lost": lost,
    }
    return render(request, "gallery/mine.html", context, status=status(refused_fold))


def here() -> str:
    """The page's address."""
    return reverse("gallery:mine")


@needs("turns.take")
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Signs in with the code on the gallery's screen."""
    form = folds.SignInForm(request.POST)
    return sent_in(
        request,
        page,
        form,
        lambda told: _by_code(person_id(request), told["code"]),
        then=here(),
    )


def _by_code(who: UUID, given: str) -> Deed[None]:
    """Signs in if the code is the one on the screen; a wrong one is remembered, so it is no part of the write."""

    def deed(acting: Acting) -> None:
        presence.check_code(acting, given=given)
        presence.sign_in(acting, who=who)

    return deed


@needs("turns.take")
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Off the queue for today, at once or after the reception under way."""
    return perform(request, presence.sign_out.given(who=person_id(request)), then=here())


@needs("turns.take")
@require_POST
def away(request: HttpRequest) -> HttpResponse:
    """Meal or private leave."""
    reason = request.POST.get("reason", "")
    deed = presence.go_away.given(who=person_id(request), reason=reason)
    return perform(request, deed, then=here())


@needs("turns.take")
@require_POST
def back(request: HttpRequest) -> HttpResponse:
    """On the floor again, or not leaving after all."""
    return perform(request, presence.come_back.given(who=person_id(request)), then=here())


@needs("turns.take")
@require_POST
def ask_leave(request: HttpRequest) -> HttpResponse:
    """Business leave asks the manager (TQ-7)."""
    form = folds.BusinessLeaveForm(request.POST)
    return sent_in(
        request,
        page,
        form,
        lambda told: presence.ask_business_leave.given(note=told["note"]),
        then=here(),
        said="已交给经理，批准后手机会提示。",
    )


@needs("turns.take")
@require_POST
def withdraw_leave(request: HttpRequest) -> HttpResponse:
    """Takes the open business request back."""
    return perform(request, presence.withdraw_leave.given(), then=here(), said="已撤回外出申请。")


@needs("turns.take")
@require_POST
def accept(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """I'm coming."""
    visit_or_404(request, visit_id)
    return perform(request, receptions.accept_turn.given(visit_id=visit_id), then=here())


@needs("turns.take", "turns.supervise")
@require_POST
def finish(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """The reception ends; the manager may end one that was forgotten, on the page of their own."""
    visit_or_404(request, visit_id)
    manages = may(request, "turns.supervise")
    form = folds.FinishForm(request.POST, of=visit_id)
    return sent_in(
        request,
        supervision.page if manages and onward(request, "") == supervision.here() else page,
        form,
        lambda told: receptions.finish.given(
            visit_id=visit_id,
            units_wanted=told["units"],
            may_any=manages,
            without_entry=told["without_entry"],
        ),
        then=here(),
    )


@needs("turns.take")
@require_POST
def claim(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Claims that the visitor is unrelated (TQ-6)."""
    visit_or_404(request, visit_id)
    form = folds.ClaimForm(request.POST, of=visit_id)
    return sent_in(
        request,
        page,
        form,
        lambda told: receptions.claim_unrelated.given(visit_id=visit_id, note=told["note"]),
        then=here(),
        said="已请经理与客户当面核实，核实前一切照旧。",
    )

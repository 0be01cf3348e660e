"""督导 (TQ-11): the manager and a recorded delegate supervise the order."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yingbin.journal.write import new_key
from yingbin.pages.onward import onward
from yingbin.people.access import needs
from yingbin.people.models import Staff
from yingbin.people.queries import staff_with_role
from yingbin.rules.decision import Refused

from .. import live
from ..actions import days, presence, receptions, reopening, winding_up
from ..actions import supervision as actions
from ..forms import AdjustForm, OverrideForm, PolicyForm, first_error, uuids
from ..queries import board as boards
from ..queries.today import shut, so_far
from .acting import acting, me, perform, refused_in, site_id, visit_or_404


@needs("turns.supervise")
@require_GET
def supervision(request: HttpRequest) -> HttpResponse:
    """Approvals, claims, override, adjustment, the order, opening and closing."""
    return page(request)


def page(request: HttpRequest, status: int = 200, **more: Any) -> HttpResponse:
    """The manager's page; `typed` are words that were refused."""
    context = live.supervision_context(site_id(request), me(request)) | more
    context["row"] = request.GET.get("row", "")
    return render(request, "gallery/supervision.html", context, status=status)


def here() -> str:
    """The page's address."""
    return reverse("gallery:supervision")


@needs("turns.supervise")
@require_POST
def open_day(request: HttpRequest) -> HttpResponse:
    """Opens the day on the standing order (or the manager's, where the policy says so); then the sheet, if wanted."""
    order = uuids(request.POST.getlist("order"))
    wanted = request.POST.get("sheet") == "yes"
    return perform(
        request,
        days.open_gallery,
        then=f"{reverse('gallery:outage')}?print=1" if wanted else here(),
        refused=here(),
        said="" if wanted else "已开场。",
        order=order,
    )


@needs("turns.supervise")
@require_http_methods(["GET", "POST"])
def close_day(request: HttpRequest) -> HttpResponse:
    """Asks first, with the day's figures and what is open; then closes the day."""
    if request.method == "POST":
        return perform(
            request,
            days.close_gallery,
            then=here(),
            refused=reverse("gallery:close"),
            said="已收场，今天的记录已签名封存。",
        )
    return _closing(request)


def _closing(request: HttpRequest, status: int = 200, **more: object) -> HttpResponse:
    board = boards.board(site_id(request))
    if board is None:
        return redirect(here())
    now = timezone.now()
    context = {
        "board": board,
        "now": now,
        "shut": shut(site_id(request), board, now),
        "figures": so_far(board, now),
        "blocks": days.blocks(site_id(request), board.state, board.row.names),
        "key": new_key(),
        **more,
    }
    return render(request, "gallery/close.html", context, status=status)


@needs("turns.supervise")
@require_POST
def reopen_day(request: HttpRequest) -> HttpResponse:
    """Opens today's day again, with a reason; whoever isn't ticked has gone home."""
    there = set(uuids(request.POST.getlist("there")))
    stood = uuids(request.POST.getlist("stood"))
    return perform(
        request,
        reopening.reopen_gallery,
        then=here(),
        said="已重新开场，接着收场时的顺序排。",
        kept=refused_in(request, page, "reopen", there=request.POST.getlist("there")),
        reason=request.POST.get("reason", "")[:200],
        gone=[who for who in stood if who not in there],
    )


@needs("turns.supervise")
@require_POST
def wind_up(request: HttpRequest) -> HttpResponse:
    """Ends all receptions and lets all waiting groups go, with one reason."""
    return perform(
        request,
        winding_up.wind_up,
        then=reverse("gallery:close"),
        kept=refused_in(request, _closing, "wind"),
        said="都结束了，每一条都记了原因；没签的登记仍记为欠着。",
        reason=request.POST.get("reason", "")[:200],
    )


@needs("turns.supervise")
@require_POST
def all_present(request: HttpRequest) -> HttpResponse:
    """Before opening: signs in everybody who is ticked."""
    who = uuids(request.POST.getlist("who"))
    return perform(request, presence.sign_in_all, then=here(), said="已代为签到。", who=who)


@needs("turns.supervise")
@require_POST
def decide_leave(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Approves or declines business leave (TQ-7)."""
    return perform(
        request,
        presence.decide_leave,
        then=here(),
        kept=refused_in(request, page, "leave", request_id),
        request_id=request_id,
        grant=request.POST.get("grant") == "yes",
        answer=request.POST.get("answer", "")[:200],
    )


@needs("turns.supervise")
@require_POST
def decide_claim(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """Confirms with the customer, or declines, a claim of TQ-6."""
    return perform(
        request,
        receptions.decide_claim,
        then=here(),
        kept=refused_in(request, page, "claim", claim_id),
        claim_id=claim_id,
        confirm=request.POST.get("confirm") == "yes",
        how=request.POST.get("how", "")[:200],
    )


@needs("turns.supervise")
@require_POST
def override(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Gives a visit to another free person."""
    visit_or_404(request, visit_id)
    form = OverrideForm(request.POST)
    fold = "no-show" if request.POST.get("from") == "no-show" else "override"
    kept = refused_in(request, page, fold, visit_id)
    if not form.is_valid():
        return kept(first_error(form))
    return perform(
        request,
        actions.override,
        then=here(),
        said="已调派，所有同事都能看到原因。",
        kept=None if onward(request, "") else kept,
        visit_id=visit_id,
        **form.cleaned_data,
    )


@needs("turns.supervise")
@require_POST
def adjust(request: HttpRequest) -> HttpResponse:
    """Corrects a person's account."""
    form, kept = AdjustForm(request.POST), refused_in(request, page, "adjust")
    if not form.is_valid():
        return kept(first_error(form))
    d = form.cleaned_data
    return perform(
        request,
        actions.adjust,
        then=here(),
        said="已更正，所有同事都能看到。",
        kept=kept,
        who=d["who"],
        reason=d["reason"],
        count=d["count"] or 0,
        turns=d["turns"] or 0,
    )


@needs("turns.supervise")
@require_POST
def person(request: HttpRequest, who: UUID, verb: str) -> HttpResponse:
    """For someone who can't or forgot: sign in, sign out, back, meal or private leave."""
    if (
        not staff_with_role(site_id(request), "salesperson", acting(request)["at"])
        .filter(id=who)
        .exists()
        and not Staff.objects.filter(id=who, assignments__site_id=site_id(request)).exists()
    ):
        raise Http404
    verbs: dict[str, tuple[Any, dict[str, Any]]] = {
        "sign-in": (presence.sign_in, {"how": "manager"}),
        "sign-out": (presence.sign_out, {}),
        "back": (presence.come_back, {}),
        "meal": (presence.go_away, {"reason": "meal"}),
        "private": (presence.go_away, {"reason": "private"}),
    }
    if verb not in verbs:
        raise Http404
    action, more = verbs[verb]
    return perform(request, action, then=here(), who=who, **more)


@needs("turns.supervise")
@require_http_methods(["GET", "POST"])
def policy(request: HttpRequest) -> HttpResponse:
    """The gallery's policy: every version with who signed it and why; a change takes a reason."""
    form = PolicyForm(request.POST or None, initial=live.policy_initial(site_id(request)))
    if request.method == "POST" and form.is_valid():
        try:
            days.set_policy(
                acting(request), values=form.values(), reason=form.cleaned_data["reason"]
            )
            messages.success(request, "新规则已保存，下次开场起生效。")
            return redirect("gallery:policy")
        except Refused as no:
            form.add_error(None, no.message)
    context = {
        "form": form,
        "versions": live.policy_versions(site_id(request)),
        "key": request.POST.get("key") or new_key(),
    }
    return render(
        request, "gallery/policy.html", context, status=422 if request.method == "POST" else 200
    )

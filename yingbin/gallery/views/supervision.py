"""督导 (TQ-11): the manager and a recorded delegate supervise the order."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yingbin.approvals import actions as approvals
from yingbin.journal.action import Deed
from yingbin.journal.write import new_key
from yingbin.pages.asked import uids
from yingbin.pages.doing import Told, perform, person_id, sent, site_id, status, submit
from yingbin.pages.onward import onward
from yingbin.people.access import needs
from yingbin.people.models import Staff

from .. import live
from ..actions import days, presence, receptions, reopening, winding_up
from ..actions import supervision as actions
from ..forms import folds
from ..forms.policy import PolicyForm
from ..queries import board as boards
from ..queries.today import shut, so_far
from .folds import sent_in, visit_or_404


@needs("turns.supervise")
@require_GET
def supervision(request: HttpRequest) -> HttpResponse:
    """Approvals, claims, override, adjustment, the order, opening and closing."""
    return page(request)


def page(
    request: HttpRequest, refused_fold: folds.FoldForm | None = None, *, lost: bool = False
) -> HttpResponse:
    """The manager's page."""
    context = {
        **live.supervision_context(site_id(request), person_id(request)),
        "row": request.GET.get("row", ""),
        "refused_fold": refused_fold,
        "lost": lost,
    }
    return render(request, "gallery/supervision.html", context, status=status(refused_fold))


def here() -> str:
    """The page's address."""
    return reverse("gallery:supervision")


@needs("turns.supervise")
@require_POST
def open_day(request: HttpRequest) -> HttpResponse:
    """Opens the day on the standing order (or the manager's, where the policy says so); then the sheet, if wanted."""
    wanted = request.POST.get("sheet") == "yes"
    return perform(
        request,
        days.open_gallery.given(order=uids(request.POST.getlist("order"))),
        then=f"{reverse('gallery:outage')}?print=1" if wanted else here(),
        refused=here(),
        said="" if wanted else "已开场。",
    )


@needs("turns.supervise")
@require_http_methods(["GET", "POST"])
def close_day(request: HttpRequest) -> HttpResponse:
    """Asks first, with the day's figures and what is open; then closes the day."""
    if request.method == "POST":
        return perform(
            request,
            days.close_gallery.given(),
            then=here(),
            refused=reverse("gallery:close"),
            said="已收场，今天的记录已签名封存。",
        )
    return closing(request)


def closing(
    request: HttpRequest, refused_fold: folds.FoldForm | None = None, *, lost: bool = False
) -> HttpResponse:
    """What the day has come to, and what keeps it from being closed."""
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
        "refused_fold": refused_fold,
        "lost": lost,
    }
    return render(request, "gallery/close.html", context, status=status(refused_fold))


@needs("turns.supervise")
@require_POST
def reopen_day(request: HttpRequest) -> HttpResponse:
    """Opens today's day again, with a reason; whoever isn't ticked has gone home."""
    form = folds.ReopenForm(request.POST)
    return sent_in(
        request,
        page,
        form,
        lambda told: reopening.reopen_gallery.given(reason=told["reason"], gone=form.gone()),
        then=here(),
        said="已重新开场，接着收场时的顺序排。",
    )


@needs("turns.supervise")
@require_POST
def wind_up(request: HttpRequest) -> HttpResponse:
    """Ends all receptions and lets all waiting groups go, with one reason."""
    form = folds.WindUpForm(request.POST)
    return sent_in(
        request,
        closing,
        form,
        lambda told: winding_up.wind_up.given(reason=told["reason"]),
        then=reverse("gallery:close"),
        said="都结束了，每一条都记了原因；没签的登记仍记为欠着。",
    )


@needs("turns.supervise")
@require_POST
def all_present(request: HttpRequest) -> HttpResponse:
    """Before opening: signs in everybody who is ticked."""
    form = folds.PresentForm(request.POST)
    return sent_in(
        request,
        page,
        form,
        lambda told: presence.sign_in_all.given(who=told["who"]),
        then=here(),
        said="已代为签到。",
    )


@needs("turns.supervise")
@require_POST
def decide_leave(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Approves or declines business leave (TQ-7)."""
    form = folds.LeaveAnswerForm(request.POST, of=request_id)
    return sent_in(
        request,
        page,
        form,
        lambda told: approvals.decide.given(
            approval_id=request_id,
            grant=told["grant"] == "yes",
            words=told["words"],
        ),
        then=here(),
    )


@needs("turns.supervise")
@require_POST
def decide_claim(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """Confirms with the customer, or declines, a claim of TQ-6."""
    form = folds.ClaimAnswerForm(request.POST, of=claim_id)
    return sent_in(
        request,
        page,
        form,
        lambda told: receptions.decide_claim.given(
            claim_id=claim_id,
            confirm=told["confirm"] == "yes",
            how=told["how"],
        ),
        then=here(),
    )


@needs("turns.supervise")
@require_POST
def override(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Gives a visit to another free person."""
    visit_or_404(request, visit_id)
    kind = folds.NoShowForm if request.POST.get("from") == "no-show" else folds.OverrideForm
    form = kind(request.POST, of=visit_id)

    def deed(told: Told) -> Deed[None]:
        return actions.override.given(
            visit_id=visit_id,
            to=told["to"],
            reason=told["reason"],
            counts=told["counts"],
            gives_back=told["gives_back"],
        )

    said = "已调派，所有同事都能看到原因。"
    if onward(request, "") and form.is_valid():
        # A button beside the group, on another page: nothing was typed there.
        return perform(request, deed(form.cleaned_data), then=here(), said=said)
    return sent_in(request, page, form, deed, then=here(), said=said)


@needs("turns.supervise")
@require_POST
def adjust(request: HttpRequest) -> HttpResponse:
    """Corrects a person's account."""
    form = folds.AdjustForm(request.POST)
    return sent_in(
        request,
        page,
        form,
        lambda told: actions.adjust.given(
            who=told["who"],
            reason=told["reason"],
            count=told["count"] or 0,
            turns=told["turns"] or 0,
        ),
        then=here(),
        said="已更正，所有同事都能看到。",
    )


@needs("turns.supervise")
@require_POST
def person(request: HttpRequest, who: UUID, verb: str) -> HttpResponse:
    """For someone who can't or forgot: sign in, sign out, back, meal or private leave."""
    ours = Staff.objects.filter(id=who, assignments__site_id=site_id(request))
    verbs: dict[str, Deed[None]] = {
        "sign-in": presence.sign_in.given(who=who, how="manager"),
        "sign-out": presence.sign_out.given(who=who),
        "back": presence.come_back.given(who=who),
        "meal": presence.go_away.given(who=who, reason="meal"),
        "private": presence.go_away.given(who=who, reason="private"),
    }
    if verb not in verbs or not ours.exists():
        raise Http404
    return perform(request, verbs[verb], then=here())


@needs("turns.supervise")
@require_http_methods(["GET", "POST"])
def policy(request: HttpRequest) -> HttpResponse:
    """The gallery's policy: every version with who signed it and why; a change takes a reason."""
    initial = live.policy_initial(site_id(request))
    form = PolicyForm(sent(request), initial=initial)
    return submit(
        request,
        form,
        lambda told: days.set_policy.given(values=form.values(), reason=told["reason"]),
        page=partial(_policy, request, form),
        then=reverse("gallery:policy"),
        said="新规则已保存，下次开场起生效。",
    )


def _policy(request: HttpRequest, form: PolicyForm) -> HttpResponse:
    context = {"form": form, "versions": live.policy_versions(site_id(request))}
    return render(request, "gallery/policy.html", context, status=status(form))

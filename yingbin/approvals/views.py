"""What waits for one's word, and what one asked."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yingbin.pages.asked import paged
from yingbin.pages.doing import perform
from yingbin.people.access import badge_of, needs
from yingbin.people.queries import names_of
from yingbin.rules import approvals as rule

from . import actions, queries
from .forms import AnswerForm
from .models import Approval


@dataclass(frozen=True)
class Ask:
    """A request with the form that answers it."""

    approval: Approval
    kind: str
    clause: str
    by: str
    late: bool
    form: AnswerForm


@needs("matters.handle", "matters.oversee")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """What waits for this person's word stands first."""
    return _page(request)


@needs("matters.handle", "matters.oversee")
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, approval_id: UUID) -> HttpResponse:
    """Grants or declines; a refusal keeps what was typed. Looked at, it is the list with this request in it."""
    found = _found(request, approval_id)
    if request.method == "GET":
        return _page(request)
    form = AnswerForm(request.POST)
    grant = request.POST.get("grant") == "yes"
    words = form.cleaned_data["words"] if form.is_valid() else ""
    return perform(
        request,
        actions.decide.given(approval_id=found.id, grant=grant, words=words),
        then=reverse("approvals:index"),
        said="已批准。" if grant else "没有批准，申请人会看到原因。",
        form=form,
        page=lambda: _page(request, found.id, form),
    )


@needs("matters.handle", "matters.oversee")
@require_POST
def withdraw(request: HttpRequest, approval_id: UUID) -> HttpResponse:
    """Takes one's own request back."""
    found = _found(request, approval_id)
    return perform(
        request,
        actions.withdraw.given(approval_id=found.id),
        then=reverse("approvals:index"),
        said="已收回。",
    )


def _found(request: HttpRequest, approval_id: UUID) -> Approval:
    found = queries.approval(badge_of(request), approval_id)
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest, answered: UUID | None = None, form: AnswerForm | None = None
) -> HttpResponse:
    badge, now = badge_of(request), timezone.now()
    waiting = [row for row in queries.to_decide(badge, now)[:100] if row.kind in rule.KINDS]
    mine = paged(request.GET, queries.asked_by(badge), 30)
    people = {r.asked_by for r in waiting} | {r.decided_by for r in mine if r.decided_by}
    names = names_of(people)
    asks = [
        Ask(
            approval=row,
            kind=rule.KINDS[row.kind].title,
            clause=rule.KINDS[row.kind].clause,
            by=names.get(str(row.asked_by), "同事"),
            late=queries.request_of(row).is_late(now),
            form=form if form is not None and row.id == answered else AnswerForm(),
        )
        for row in waiting
    ]
    context = {"asks": asks, "mine": mine, "page": mine, "names": names, "query": ""}
    return render(request, "approvals/index.html", context)

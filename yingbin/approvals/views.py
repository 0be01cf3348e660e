"""What waits for one's word, and what one asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yingbin.pages.asked import paged
from yingbin.pages.doing import perform, sent, status, submit
from yingbin.people.access import badge_of, needs
from yingbin.people.queries import names_of
from yingbin.rules import approvals as rule

from . import actions, queries
from .forms import AnswerForm
from .models import Approval


@dataclass(frozen=True)
class Ask:
    """A request with the form that answers it. words: why, as far as whoever looks reads it."""

    approval: Approval
    kind: str
    clause: str
    by: str
    late: bool
    words: str
    form: AnswerForm


@dataclass(frozen=True)
class Standing:
    """How a request stands, for somebody who looks at it. no: why they can't decide it; theirs: they may take it back."""

    by: str
    for_whom: str
    decided_by: str
    no: str
    theirs: bool


@needs("matters.handle", "matters.oversee")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """What waits for this person's word, the longest waiting first; then what they asked."""
    badge, now = badge_of(request), timezone.now()
    waiting = [row for row in queries.to_decide(badge, now)[:100] if row.kind in rule.KINDS]
    mine = paged(request.GET, queries.asked_by(badge), 30)
    people = {r.asked_by for r in waiting} | {r.decided_by for r in mine if r.decided_by}
    names = names_of(people)
    asks = [_ask(row, names, now, AnswerForm(), reads=queries.reads(badge, row)) for row in waiting]
    context = {"asks": asks, "mine": mine, "page": mine, "names": names, "query": ""}
    return render(request, "approvals/index.html", context)


@needs("matters.handle", "matters.oversee")
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, approval_id: UUID) -> HttpResponse:
    """One request: how it stands, and the answer to it. A refusal keeps what was typed."""
    found = _found(request, approval_id)
    form = AnswerForm(sent(request))
    page = partial(_page, request, found.id, form)
    return submit(
        request,
        form,
        lambda told: actions.decide.given(
            approval_id=found.id, grant=told["grant"] == "yes", words=told["words"]
        ),
        page=page,
        then=reverse("approvals:index"),
        said=lambda status: "已批准。" if status == "granted" else "没有批准，申请人会看到原因。",
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
    if found is None or found.kind not in rule.KINDS:
        raise Http404
    return found


def _ask(
    row: Approval, names: Mapping[str, str], now: datetime, form: AnswerForm, *, reads: bool
) -> Ask:
    kind = rule.KINDS[row.kind]
    by, late = names.get(str(row.asked_by), "同事"), queries.request_of(row).is_late(now)
    words = row.words if reads else ""
    return Ask(row, kind.title, kind.clause, by, late, words, form)


def _page(request: HttpRequest, approval_id: UUID, form: AnswerForm) -> HttpResponse:
    """The request as it stands now, which may be otherwise than when the form was sent."""
    row, badge, now = _found(request, approval_id), badge_of(request), timezone.now()
    asked, me = queries.request_of(row), str(badge.staff_id)
    names = names_of({who for who in (row.asked_by, row.for_whom, row.decided_by) if who})
    standing = Standing(
        by=names.get(str(row.asked_by), "同事"),
        for_whom=names.get(str(row.for_whom), "") if row.for_whom != row.asked_by else "",
        decided_by=names.get(str(row.decided_by), ""),
        no=rule.why_not(asked, me, badge.permissions, now),
        theirs=asked.status == "asked" and me == asked.asked_by,
    )
    # Whoever opens it to answer it reads why.
    reads = not standing.no or queries.reads(badge, row)
    context = {"ask": _ask(row, names, now, form, reads=reads), "stands": standing}
    return render(request, "approvals/approval.html", context, status=status(form))

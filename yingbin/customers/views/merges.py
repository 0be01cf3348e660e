"""Likely duplicates, merging with undo, and who looked at full numbers."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yingbin.journal.write import new_key
from yingbin.people.access import needs
from yingbin.people.acting import perform, site_id
from yingbin.people.models import Staff

from .. import actions, queries
from ..forms import MergeForm, first_error
from .doors import open_card


@needs("customers.merge")
@require_GET
def merges(request: HttpRequest) -> HttpResponse:
    """Pairs of cards that may be one person."""
    pairs = queries.look_alikes(site_id(request))
    return render(request, "customers/merges.html", {"pairs": pairs, "key": new_key()})


@needs("customers.merge")
@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """Side by side: which card stays, how it was made sure of; the other is shown under it."""
    one, other = open_card(request, customer_id), _other(request)
    # The other card is looked for by a post too, so that no name and no number lands in an address.
    searching = request.method == "GET" or "q" in request.POST
    form = MergeForm(None if searching else request.POST)
    pair = {one.customer.id, other.customer.id} if other else set()
    if form.is_valid() and form.cleaned_data["into"] in pair:
        into = form.cleaned_data["into"]
        return perform(
            request,
            actions.merge,
            then=reverse("customers:card", args=[into]),
            said="已合并成一张卡片。合错了可以在这里撤销，两张都会恢复原样。",
            into_id=into,
            source_id=next(iter(pair - {into}), into),
            why=form.cleaned_data["why"],
        )
    context = {
        "one": one,
        "other": other,
        "found": _candidates(request, one.customer.id, other),
        "q": request.POST.get("q", ""),
        "form": form,
        "refused": first_error(form) or ("请从两张里选一张。" if form.is_bound else ""),
        "key": new_key(),
    }
    return render(request, "customers/merge.html", context, status=422 if form.is_bound else 200)


def _other(request: HttpRequest) -> queries.Card | None:
    wanted = request.GET.get("with") or request.POST.get("other", "")
    if not wanted:
        return None
    try:
        return open_card(request, UUID(wanted))
    except ValueError:
        raise Http404 from None


def _candidates(request: HttpRequest, but: UUID, other: queries.Card | None) -> list[Any]:
    text = request.POST.get("q", "").strip()
    if other is not None or not text:
        return []
    return [f for f in queries.find(site_id(request), text) if f.id != but]


@needs("customers.merge")
@require_POST
def undo(request: HttpRequest, merge_id: UUID) -> HttpResponse:
    """Takes a merge back."""
    return perform(
        request,
        actions.undo_merge,
        then=reverse("customers:index"),
        said="合并已撤销，两张卡片恢复原样。",
        merge_id=merge_id,
    )


@needs("customers.merge")
@require_POST
def dismiss(request: HttpRequest) -> HttpResponse:
    """These two are different people."""
    try:
        pair = [UUID(request.POST.get(name, "")) for name in ("one", "other")]
    except ValueError:
        raise Http404 from None
    return perform(
        request,
        actions.dismiss_pair,
        then=reverse("customers:merges"),
        said="已记下是两位客户，不再提示。",
        one_id=pair[0],
        other_id=pair[1],
    )


@needs("customers.audit")
@require_GET
def reveals(request: HttpRequest) -> HttpResponse:
    """Who looked at which full number, when and why."""
    by = _uuid(request.GET.get("by", ""))
    rows = queries.reveals(site_id(request), by=by)
    people = Staff.objects.filter(assignments__site_id=site_id(request)).distinct()
    context = {"rows": rows, "people": people, "by": by}
    return render(request, "customers/reveals.html", context)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

"""Likely duplicates, merging with undo, and who looked at full numbers."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yingbin.journal.write import new_key
from yingbin.pages import asked
from yingbin.pages.doing import perform, site_id, status
from yingbin.people.access import needs

from .. import actions, queries
from ..forms import MergeForm
from ..queries import Card
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
    pair = [_choice(card) for card in (one, other) if card]
    form = MergeForm(pair, None if searching else request.POST)

    def page() -> HttpResponse:
        return _side_by_side(request, one, other, form)

    if not form.is_valid() or other is None:
        return page()
    into = form.cleaned_data["into"]
    source = other.customer.id if into == one.customer.id else one.customer.id
    return perform(
        request,
        actions.merge.given(into_id=into, source_id=source, why=form.cleaned_data["why"]),
        then=reverse("customers:card", args=[into]),
        said="已合并成一张卡片。合错了可以在这里撤销，两张都会恢复原样。",
        form=form,
        page=page,
    )


def _choice(card: Card) -> tuple[UUID, str]:
    return card.customer.id, f"{card.customer.number} 号 {card.called}"


def _side_by_side(
    request: HttpRequest, one: Card, other: Card | None, form: MergeForm
) -> HttpResponse:
    text = request.POST.get("q", "").strip()
    found = queries.find(site_id(request), text) if text and other is None else []
    context = {
        "one": one,
        "other": other,
        "found": [f for f in found if f.id != one.customer.id],
        "q": text,
        "form": form,
    }
    return render(request, "customers/merge.html", context, status=status(form))


def _other(request: HttpRequest) -> Card | None:
    wanted = request.GET.get("with") or request.POST.get("other", "")
    if not wanted:
        return None
    return open_card(request, _id_or_404(wanted))


def _id_or_404(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


@needs("customers.merge")
@require_POST
def undo(request: HttpRequest, merge_id: UUID) -> HttpResponse:
    """Takes a merge back."""
    deed = actions.undo_merge.given(merge_id=merge_id)
    said = "合并已撤销，两张卡片恢复原样。"
    return perform(request, deed, then=reverse("customers:index"), said=said)


@needs("customers.merge")
@require_POST
def dismiss(request: HttpRequest) -> HttpResponse:
    """These two are different people."""
    one, other = (_id_or_404(request.POST.get(name, "")) for name in ("one", "other"))
    deed = actions.dismiss_pair.given(one_id=one, other_id=other)
    said = "已记下是两位客户，不再提示。"
    return perform(request, deed, then=reverse("customers:merges"), said=said)


@needs("customers.audit")
@require_GET
def reveals(request: HttpRequest) -> HttpResponse:
    """Who looked at which full number, when and why."""
    site, by = site_id(request), asked.uid(request.GET.get("by"))
    context = {
        "rows": queries.reveals(site, by=by),
        "people": queries.colleagues_ever(site),
        "by": by,
    }
    return render(request, "customers/reveals.html", context)

"""Paid work on the spot: the quote, the resident's word to it, completion, the work order on A4 (SD-4.2.2, SD-4.2.3)."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yingbin.files.forms import taken_with
from yingbin.pages.doing import acting, perform, sent, site_id, status, submit, tried
from yingbin.pages.forms import KeyedForm
from yingbin.people.access import badge_of, needs

from .. import codes
from ..actions import prices, work
from ..forms.paid import AgreeForm, CodeForm, FinishForm, PlainQuoteForm, QuoteForm
from ..models import DeskMatter
from ..queries.one import page_of, seen
from ..queries.paid import known, prices_at, quote_of, stock
from ..queries.paid_page import card_of

ANYBODY = ("desk.see", "desk.work", "desk.record")


def found(request: HttpRequest, matter_id: UUID) -> DeskMatter:
    """The matter, if whoever asks may open it; a page that isn't there otherwise."""
    site_id(request)
    row = seen(badge_of(request), matter_id, timezone.now())
    if row is None:
        raise Http404
    return row


@needs(*ANYBODY)
@require_http_methods(["GET", "POST"])
def quote(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """A quote out of the price list; then the resident is asked."""
    row, now = found(request, matter_id), timezone.now()
    listed = prices_at(row.site_id, now)
    form = QuoteForm(sent(request), items=known(listed).values())

    def page() -> HttpResponse:
        shown = {"row": row, "form": form, "prices": listed, "paid": card_of(row, now)}
        return render(request, "desk/quote.html", shown, status=status(form))

    return submit(
        request,
        form,
        lambda told: prices.quote.given(matter_id=matter_id, asks=form.asks()),
        page=page,
        then=reverse("desk:agree", args=[matter_id]),
        said=lambda done: done.because,
    )


@needs(*ANYBODY)
@require_http_methods(["GET", "POST"])
def agree(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """The resident reads the quote and signs for it on the glass."""
    row, form = found(request, matter_id), AgreeForm(sent(request))
    return submit(
        request,
        form,
        lambda told: prices.agree.given(quote_id=told["quote"], signature=form.signature()),
        page=lambda: _agree_page(request, row, form),
        then=reverse("desk:matter", args=[matter_id]),
        said=lambda done: done.because,
    )


@needs(*ANYBODY)
@require_POST
def agree_by_code(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """The resident says the code; a wrong one stays on the page with how many tries are left."""
    row, form = found(request, matter_id), CodeForm(request.POST)
    if not form.is_valid():
        return _agree_page(request, row, code=form)
    told = form.cleaned_data
    deed = prices.agree_by_code.given(quote_id=told["quote"], code=told["code"])
    answer = tried(form, lambda: deed(acting(request)))
    if answer is None or not answer.accepted:
        if answer is not None:
            form.refuse(answer.because, "code")
            form.renew_key()
        return _agree_page(request, row, code=form)
    return redirect("desk:matter", matter_id)


@needs(*ANYBODY)
@require_POST
def disagree(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """The resident doesn't want it at this price."""
    row, form = found(request, matter_id), PlainQuoteForm(request.POST)
    if not form.is_valid():
        return _agree_page(request, row)
    return perform(
        request,
        prices.disagree.given(quote_id=form.cleaned_data["quote"]),
        then=reverse("desk:matter", args=[row.matter_id]),
        said=lambda done: done.because,
    )


@needs("desk.see")
@never_cache
@require_POST
def make_code(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """A new code with the words to send it in; shown this once, and only at the desk, not to whoever does the work."""
    row, form = found(request, matter_id), PlainQuoteForm(request.POST)
    if not form.is_valid():
        return _agree_page(request, row)
    who, quote_id = acting(request), form.cleaned_data["quote"]
    code = codes.code_for(quote_id, who.key)
    deed = prices.make_code.given(quote_id=quote_id, digest=codes.digest_of(quote_id, code))
    made = tried(form, lambda: deed(who))
    return _agree_page(request, row, refused=form, told=code if made else "")


def _agree_page(
    request: HttpRequest,
    row: DeskMatter,
    form: AgreeForm | None = None,
    code: CodeForm | None = None,
    refused: KeyedForm | None = None,
    told: str = "",
) -> HttpResponse:
    stands = quote_of(row)
    first = {"quote": stands.id if stands else None}
    sends = badge_of(request).may("desk.see")
    context = {
        "row": row,
        "paid": card_of(row, timezone.now()),
        "form": form if form and form.is_bound else AgreeForm(initial=first),
        "code": code or CodeForm(initial=first),
        "plain": PlainQuoteForm(initial=first),
        "sends": sends,
        "told": told,
        "refused": refused.refused if refused else "",
    }
    wrong = status(form, code) if not (refused and refused.refused) else 422
    return render(request, "desk/agree.html", context, status=wrong)


@needs(*ANYBODY)
@require_http_methods(["GET", "POST"])
def finish(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """The work is done: material, photos of before and after, the resident's signature."""
    row, posted, who = found(request, matter_id), sent(request), acting(request)
    paid = row.matter.kind == "paid"
    files = request.FILES if posted is not None else None
    form = FinishForm(posted, files, stock=stock(row.site_id), signed=paid)
    before = taken_with(who, form, "before") if posted is not None else ()
    after = taken_with(who, form, "after") if posted is not None else ()

    def page() -> HttpResponse:
        shown = {"row": row, "form": form, "paid": card_of(row, timezone.now())}
        return render(request, "desk/finish.html", shown, status=status(form))

    return submit(
        request,
        form,
        lambda told: work.finish.given(
            matter_id=matter_id,
            signature=form.signature(),
            minutes=told["minutes"] or 0,
            materials=form.used(),
            before=before,
            after=after,
        ),
        page=page,
        then=reverse("desk:matter", args=[matter_id]),
        said=lambda done: f"{done.because}完工单 {done.number}。",
        who=who,
    )


@needs(*ANYBODY)
@require_GET
def order(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """工单 on A4, to be taken along and signed."""
    row, now = found(request, matter_id), timezone.now()
    if row.matter.kind not in ("help", "paid"):
        raise Http404
    shown = page_of(badge_of(request), row, now)
    context = {"shown": shown, "paid": card_of(row, now), "now": now, "blank": range(4)}
    return render(request, "desk/order.html", context)

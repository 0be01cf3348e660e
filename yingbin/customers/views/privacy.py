"""查阅与删除: one person's data handed to them or erased, and whom nobody has seen for long."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yingbin.journal.write import KeyReused, derived_key
from yingbin.pages import asked
from yingbin.pages.doing import acting, sent, site_id, status, submit, take_out, tried
from yingbin.people.access import needs
from yingbin.rules.decision import Refused

from .. import actions, queries
from ..forms import EraseForm, HandOutForm, RetentionForm, Tick, WordingForm
from ..queries import Card


def _card_or_404(request: HttpRequest, customer_id: UUID) -> Card:
    found = queries.card(site_id(request), customer_id)
    if found is None:
        raise Http404
    return found


@needs("customers.erase")
@require_http_methods(["GET", "POST"])
def privacy(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """What is kept, how much of it would go, and the request to erase it."""
    card, form = _card_or_404(request, customer_id), EraseForm(sent(request))
    form.offer(queries.mentions_of(site_id(request), customer_id))
    return submit(
        request,
        form,
        lambda told: actions.erase_person.given(
            customer_id=customer_id,
            reason=told["reason"],
            sure=told["sure"],
            also=tuple(told["also"]),
        ),
        then=reverse("customers:index"),
        said=lambda done: f"已删除，回执码 {done.receipt}。",
        page=lambda: _privacy(request, card, erase=form),
    )


def _privacy(
    request: HttpRequest,
    card: Card,
    erase: EraseForm | None = None,
    hand_out: HandOutForm | None = None,
) -> HttpResponse:
    found = queries.mentions_of(site_id(request), card.customer.id)
    erase = erase or EraseForm().offer(found)
    hand_out = hand_out or HandOutForm(auto_id="out_%s")
    context = {
        "card": card,
        "mentions": found,
        "ticked": erase["also"].value() or [],
        "sections": queries.everything(site_id(request), card.customer.id),
        "erase": erase,
        "hand_out": hand_out,
    }
    return render(request, "customers/privacy.html", context, status=status(erase, hand_out))


@needs("customers.erase")
@require_POST
def hand_out(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """One page with everything, to print or save for the person."""
    card, form = _card_or_404(request, customer_id), HandOutForm(request.POST, auto_id="out_%s")
    receipt = None
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        deed = actions.hand_out_person.given(customer_id=customer_id, reason=reason)
        receipt = tried(form, lambda: take_out(request, deed))
    if receipt is None:
        return _privacy(request, card, hand_out=form)
    context = {
        "card": card,
        "sections": queries.everything(site_id(request), customer_id),
        "receipt": receipt,
        "now": timezone.now(),
    }
    return render(request, "customers/handed_out.html", context)


def _months(request: HttpRequest) -> int:
    text = request.GET.get("months", "24")
    return min(int(text), 600) if text.isdecimal() and len(text) < 5 else 24


@needs("customers.erase")
@require_GET
def retention(request: HttpRequest) -> HttpResponse:
    """A preview: who has not been seen for so many months, masked; nothing happens by looking."""
    return _retention(request)


def _retention(
    request: HttpRequest, erase: RetentionForm | None = None, word: WordingForm | None = None
) -> HttpResponse:
    months, site = _months(request), site_id(request)
    found = queries.long_unseen(site, months, timezone.now())
    page = asked.paged(request.GET, found)
    shown = queries.shown_as(site, [c.id for c in page.object_list])
    wordings = queries.wordings(site)
    context = {
        "months": months,
        "page": page,
        "shown": {str(k): v for k, v in shown.items()},
        "query": f"months={months}&",
        "erased": queries.erased_lately(site),
        "wordings": wordings,
        "erase": erase or RetentionForm(),
        "word": word or WordingForm(initial={"text": wordings[0].text}, auto_id="word_%s"),
    }
    return render(request, "customers/retention.html", context, status=status(erase, word))


@needs("customers.erase")
@require_POST
def word(request: HttpRequest) -> HttpResponse:
    """What customers are told, worded anew; a refusal keeps what was typed."""
    form = WordingForm(request.POST, auto_id="word_%s")
    return submit(
        request,
        form,
        lambda told: actions.word_consent.given(text=told["text"]),
        then=reverse("customers:retention"),
        said=lambda version: f"从现在起告知第 {version} 版；早先的同意仍按原来那一版。",
        page=lambda: _retention(request, word=form),
    )


@needs("customers.erase")
@require_POST
def retention_erase(request: HttpRequest) -> HttpResponse:
    """Erases those ticked on the preview, each by the same action, with the policy as the reason."""
    form = RetentionForm(request.POST)
    if not form.is_valid():
        return _retention(request, erase=form)
    reason = f"保存期满：{form.cleaned_data['reason']}"
    done = sum(_erased(request, tick, reason) for tick in form.cleaned_data["customers"])
    if done:
        messages.success(request, f"已删除 {done} 位。")
    return redirect(f"{reverse('customers:retention')}?months={_months(request)}")


def _erased(request: HttpRequest, tick: Tick, reason: str) -> bool:
    who = acting(request)
    one = replace(who, key=derived_key(who.key, tick.id.hex[:12]))
    also = tuple(m.key for m in queries.mentions_of(who.site_id, tick.id) if m.sure)
    try:
        actions.erase_person(one, customer_id=tick.id, reason=reason, sure=tick.number, also=also)
    except (Refused, KeyReused) as no:
        messages.error(request, f"{tick.number} 号没有删除：{no.message}")
        return False
    return True

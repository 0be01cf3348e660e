"""查阅与删除: one person's data handed to them or erased, and whom nobody has seen for long."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yingbin.journal.write import KeyReused, derived_key, new_key
from yingbin.people.access import needs
from yingbin.people.acting import acting, site_id
from yingbin.rules.decision import Refused

from .. import actions, queries


def _card_or_404(request: HttpRequest, customer_id: UUID) -> Any:
    found = queries.card(site_id(request), customer_id)
    if found is None:
        raise Http404
    return found


@needs("customers.erase")
@require_http_methods(["GET", "POST"])
def privacy(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """What is kept, how much of it would go, and the request to erase it."""
    card, refused = _card_or_404(request, customer_id), ""
    if request.method == "POST":
        try:
            done = actions.erase_person(
                **acting(request),
                customer_id=customer_id,
                reason=request.POST.get("reason", ""),
                sure=request.POST.get("sure", ""),
            )
        except (Refused, KeyReused) as no:
            refused = no.message
        else:
            messages.success(request, f"已删除，回执码 {done['receipt']}。")
            return redirect("customers:index")
    context = {
        "card": card,
        "sections": queries.everything(site_id(request), customer_id),
        "refused": refused,
        "typed": request.POST,
        "key": request.POST.get("key") or new_key(),
    }
    return render(request, "customers/privacy.html", context, status=422 if refused else 200)


@needs("customers.erase")
@require_POST
def hand_out(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """One page with everything, to print or save for the person."""
    card = _card_or_404(request, customer_id)
    try:
        done = actions.hand_out_person(
            **acting(request), customer_id=customer_id, reason=request.POST.get("reason", "")
        )
    except (Refused, KeyReused) as no:
        messages.error(request, no.message)
        return redirect("customers:privacy", customer_id)
    sections = queries.everything(site_id(request), customer_id)
    context = {"card": card, "sections": sections, "receipt": done["receipt"]}
    return render(request, "customers/handed_out.html", context | {"now": timezone.now()})


def _months(request: HttpRequest) -> int:
    text = request.GET.get("months", "24")
    return min(int(text), 600) if text.isdecimal() and len(text) < 5 else 24


@needs("customers.erase")
@require_GET
def retention(request: HttpRequest) -> HttpResponse:
    """A preview: who has not been seen for so many months, masked; nothing happens by looking."""
    return _retention(request)


def _retention(request: HttpRequest, status: int = 200, **more: Any) -> HttpResponse:
    months, now = _months(request), timezone.now()
    found = queries.long_unseen(site_id(request), months, now)
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    shown = queries.shown_as(site_id(request), [c.id for c in page.object_list])
    context = {
        "months": months,
        "page": page,
        "shown": {str(k): v for k, v in shown.items()},
        "query": f"months={months}&",
        "erased": queries.erased_lately(site_id(request)),
        "wordings": queries.wordings(site_id(request)),
        "key": new_key(),
        **more,
    }
    return render(request, "customers/retention.html", context, status=status)


@needs("customers.erase")
@require_POST
def word(request: HttpRequest) -> HttpResponse:
    """What customers are told, worded anew; a refusal keeps what was typed."""
    text = request.POST.get("text", "")
    try:
        done = actions.word_consent(**acting(request), text=text)
    except (Refused, KeyReused) as no:
        return _retention(request, 422, refused=no.message, typed=text)
    messages.success(request, f"从现在起告知第 {done['version']} 版；早先的同意仍按原来那一版。")
    return redirect("customers:retention")


@needs("customers.erase")
@require_POST
def retention_erase(request: HttpRequest) -> HttpResponse:
    """Erases those ticked on the preview, each by the same action, with the policy as the reason."""
    base = acting(request)
    done, kept, reason = 0, 0, request.POST.get("reason", "").strip()
    for text in request.POST.getlist("customer")[:50]:
        number, _, raw = text.partition(":")
        try:
            customer_id = UUID(raw)
            args = base | {"key": derived_key(base["key"], customer_id.hex[:12])}
            words = reason and f"保存期满：{reason}"
            actions.erase_person(**args, customer_id=customer_id, reason=words, sure=number)
        except (ValueError, Refused, KeyReused) as no:
            kept += 1
            last = getattr(no, "message", "页面已过时")
            messages.error(request, f"{number} 号没有删除：{last}")
        else:
            done += 1
    if done:
        messages.success(request, f"已删除 {done} 位。")
    return redirect("customers:retention")

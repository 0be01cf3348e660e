"""到访: greet, two questions, a number, one tap; the answer says who receives and why (TQ-1)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yingbin.customers.queries import Found
from yingbin.customers.queries import find as find_customers
from yingbin.journal.write import KeyReused, new_key
from yingbin.pages.phones import normalised
from yingbin.people.access import badge_of, needs
from yingbin.rules.decision import Refused
from yingbin.rules.greeting import Unanswered

from .. import live
from ..actions import arrivals, nudges, receptions
from ..forms import ArrivalForm, ContactForm, first_error, split
from ..models import Visit
from ..queries import board as boards
from ..queries.calls import agency_words, latest_calls
from .acting import acting, may, perform, site_id, visit_or_404

MANY = 9  # more colleagues than this have a box to find one in
GREETING = "您好，欢迎光临！请问您是第一次来访吗？您是否与我们的同事电话联系过？"


@needs("arrivals.record")
@require_http_methods(["GET", "POST"])
def arrival(request: HttpRequest) -> HttpResponse:
    """The arrival screen; a post decides and leads to the answer. Refusals keep what was typed."""
    form = ArrivalForm(request.POST or None)
    more: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            done = arrivals.record_arrival(acting(request), arrival=form.arrival())
            return redirect("gallery:visit", visit_id=done.visit_id)
        except Unanswered as no:
            form.add_error(no.field, no.message)
        except arrivals.OnTheFloor as no:
            more = {"present": no}
        except (Refused, KeyReused) as no:
            more = {"refused": no.message}
    status = 422 if request.method == "POST" else 200
    context = _arrival_context(request, form) | more
    return render(request, "gallery/arrival.html", context, status=status)


def _arrival_context(request: HttpRequest, form: ArrivalForm) -> dict[str, Any]:
    context = live.arrival_context(site_id(request))
    context["may_supervise"] = may(request, "turns.supervise")
    board = context["board"]
    sales = boards.sales_of(site_id(request), board, timezone.now()) if board else []
    return context | {
        **live.recent_context(badge_of(request), board),
        **_lookup(request, form, board),
        "greeting": GREETING,
        "sales": sales,
        "many_sales": len(sales) > MANY,
        "key": request.POST.get("key") or new_key(),
    }


@needs("arrivals.record")
@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """Live results of the one box, and who would be next for what has been chosen so far."""
    form = ArrivalForm(request.POST)
    named, card = form.so_far()
    board = boards.board(site_id(request))
    told = _lookup(request, form, board)
    chosen = next((c for c in told["found"] if c.id == card), None)
    owner = str(chosen.receiver_id) if chosen and chosen.receiver_id else ""
    context = live.next_context(board, named, owner) | told
    context |= {
        "with_next": True,
        "would": _outcomes(board, told["found"]),
        "calling": "asked" in request.POST,
    }
    if board and form.data.get("contact") == "named":
        sales = boards.sales_of(site_id(request), board, timezone.now())
        like = boards.named_like(sales, form.data.get("who", ""), named)
        context |= {"with_who": True, "sales": like}
    return render(request, "gallery/_found.html", context)


def _lookup(request: HttpRequest, form: ArrivalForm, board: boards.Board | None) -> dict[str, Any]:
    """Whom the one box asks for, and what is known of them: calls, agencies, whether they are here now."""
    text = str(form.data.get("q", "")).strip()
    name, phone = split(text)
    found = find_customers(site_id(request), phone or text) if text else []
    return {
        **_rung(request, found, board),
        "form": form,
        "q": text,
        "found": found,
        "rung": form.rung,
        "present_now": boards.here(board) if board else {},
        "new_name": name,
        "new_phone": phone if normalised(phone) else "",
        "part_phone": phone if phone and not normalised(phone) else "",
    }


def _rung(request: HttpRequest, found: list[Found], board: boards.Board | None) -> dict[str, Any]:
    """Who took their latest call (TQ-1), and, where the policy is on, which agency registered them."""
    ids = [c.id for c in found]
    settings = board.day.settings if board else {}
    before = int(settings.get("channel_before_minutes", 0))
    on = settings.get("channels", False)
    said = agency_words(site_id(request), ids, timezone.now(), before) if on and ids else {}
    return {"calls": latest_calls(site_id(request), ids), "channel": said}


def _outcomes(board: boards.Board | None, found: list[Found]) -> dict[str, str]:
    """Who would receive each known customer, before the tap."""
    if board is None:
        return {}
    return {
        str(c.id): boards.outcome(board, str(c.receiver_id), registered_with=str(c.receiver_id))
        for c in found
        if c.receiver_id
    }


@needs("arrivals.record", "turns.see")
@require_GET
def visit(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """The answer: who, why in one sentence, the clause, who was passed over, the receipt code."""
    group = visit_or_404(request, visit_id)
    return render(request, "gallery/visit.html", visit_context(request, group))


def visit_context(request: HttpRequest, group: Visit) -> dict[str, Any]:
    """What the answer's page shows, also after a form on it was refused."""
    return live.ticket_context(badge_of(request), group) | {
        "contact": ContactForm(request.POST or None),
        "may_identify": may(request, "arrivals.record") and _unknown(group),
        "may_find": may(request, "customers.find"),
        "may_file": may(request, "turns.supervise", "journal.verify"),
        "may_claim": may(request, "turns.take", "turns.supervise"),
    }


def _unknown(group: Visit) -> bool:
    """Whether a customer is here whose name and number can still be said."""
    over = group.undone_at or group.finished_at or group.left_at
    return group.kind == "customer" and not group.customer_id and not over


@needs("arrivals.record")
@require_POST
def call_again(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """The receiver who hasn't accepted hears it once more."""
    visit_or_404(request, visit_id)
    return perform(
        request,
        nudges.call_again,
        then=reverse("gallery:visit", args=[visit_id]),
        said="已再叫一次，手机会再响。",
        visit_id=visit_id,
    )


@needs("arrivals.record")
@require_POST
def ask_for_another(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Whoever may not give the group to another asks the manager to."""
    visit_or_404(request, visit_id)
    return perform(
        request,
        nudges.ask_for_another,
        then=reverse("gallery:visit", args=[visit_id]),
        said="已请经理换人，换好这里会自己更新。",
        visit_id=visit_id,
    )


@needs("arrivals.record")
@require_POST
def undo(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Takes an arrival back within two minutes, by the same person or the manager."""
    visit_or_404(request, visit_id)
    return perform(
        request,
        arrivals.undo_arrival,
        then=reverse("gallery:visit", args=[visit_id]),
        said="已撤销，顺序恢复到登记之前。",
        visit_id=visit_id,
        may_any=may(request, "arrivals.undo"),
    )


@needs("arrivals.record", "turns.take")
@require_POST
def identify(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Name and phone said after the decision."""
    group = visit_or_404(request, visit_id)
    form = ContactForm(request.POST)
    if not form.is_valid() or not form.cleaned_data["phone"]:
        why = first_error(form) or "请填电话，姓名可以留空。"
        return _unidentified(request, group, refused=why)
    told = {name: form.cleaned_data[name] for name in ("name", "phone", "title")}
    told |= {"again": request.POST.get("again") == "yes"}
    try:
        receptions.identify(
            acting(request), visit_id=visit_id, may_any=may(request, "turns.supervise"), **told
        )
    except arrivals.OnTheFloor as no:
        return _unidentified(request, group, present=no)
    except (Refused, KeyReused) as no:
        return _unidentified(request, group, refused=no.message)
    messages.success(request, "客户已登记。")
    return redirect("gallery:visit", visit_id=visit_id)


def _unidentified(request: HttpRequest, group: Visit, **more: object) -> HttpResponse:
    """The answer again, with what was typed and why it wasn't kept."""
    context = visit_context(request, group) | more
    return render(request, "gallery/visit.html", context, status=422)

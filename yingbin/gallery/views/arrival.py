"""到访: greet, two questions, a number, one tap; the answer says who receives and why (TQ-1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yingbin.customers.queries import Found
from yingbin.customers.queries import find as find_customers
from yingbin.pages.doing import perform, sent, site_id, status, submit
from yingbin.pages.phones import normalised
from yingbin.people.access import badge_of, may, needs

from .. import live
from ..actions import arrivals, nudges, receptions
from ..forms import ArrivalForm, split
from ..forms.folds import ContactForm, FoldForm
from ..models import Visit
from ..queries import board as boards
from ..queries.calls import Rung, agency_words, latest_calls
from .folds import sent_in, visit_or_404

MANY = 9  # more colleagues than this have a box to find one in
GREETING = "您好，欢迎光临！请问您是第一次来访吗？您是否与我们的同事电话联系过？"


@needs("arrivals.record")
@require_http_methods(["GET", "POST"])
def arrival(request: HttpRequest) -> HttpResponse:
    """The arrival screen; a post decides and leads to the answer. Refusals keep what was typed."""
    form = ArrivalForm(sent(request))
    return submit(
        request,
        form,
        lambda _: arrivals.record_arrival.given(arrival=form.arrival()),
        then=lambda done: reverse("gallery:visit", args=[done.visit_id]),
        page=partial(_arrival, request, form),
    )


def _arrival(request: HttpRequest, form: ArrivalForm) -> HttpResponse:
    here, badge = site_id(request), badge_of(request)
    board = boards.board(here)
    sales = boards.sales_of(here, board, timezone.now()) if board else []
    context = {
        **live.arrival_context(badge, board, here),
        **_lookup(request, form, board).context(form),
        "greeting": GREETING,
        "sales": sales,
        "many_sales": len(sales) > MANY,
    }
    return render(request, "gallery/arrival.html", context, status=status(form))


@needs("arrivals.record")
@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """Live results of the one box, and who would be next for what has been chosen so far."""
    form = ArrivalForm(request.POST)
    named, card = form.so_far()
    board = boards.board(site_id(request))
    told = _lookup(request, form, board)
    chosen = next((c for c in told.found if c.id == card), None)
    owner = str(chosen.receiver_id) if chosen and chosen.receiver_id else ""
    context = {
        **live.next_context(board, named, owner),
        **told.context(form),
        "with_next": True,
        "would": _outcomes(board, told.found),
        "calling": "asked" in request.POST,
    }
    if board and form.data.get("contact") == "named":
        sales = boards.sales_of(site_id(request), board, timezone.now())
        like = boards.named_like(sales, form.data.get("who", ""), named)
        context |= {"with_who": True, "sales": like}
    return render(request, "gallery/_found.html", context)


@dataclass(frozen=True)
class LookedUp:
    """Whom the one box asks for, and what is known of them: their latest calls (TQ-1), what agencies said of
    them, whether they are on the floor now; by the customer's id."""

    text: str
    name: str
    phone: str
    found: list[Found]
    calls: Mapping[str, Rung]
    agencies: Mapping[str, str]
    present: Mapping[str, str]

    def context(self, form: ArrivalForm) -> live.Context:
        """As the templates of the box name it."""
        whole = bool(normalised(self.phone))
        return {
            "form": form,
            "q": self.text,
            "found": self.found,
            "rung": form.rung,
            "calls": self.calls,
            "channel": self.agencies,
            "present_now": self.present,
            "new_name": self.name,
            "new_phone": self.phone if whole else "",
            "part_phone": "" if whole else self.phone,
        }


def _lookup(request: HttpRequest, form: ArrivalForm, board: boards.Board | None) -> LookedUp:
    here, text = site_id(request), str(form.data.get("q", "")).strip()
    name, phone = split(text)
    found = find_customers(here, phone or text) if text else []
    ids = [c.id for c in found]
    return LookedUp(
        text,
        name,
        phone,
        found,
        latest_calls(here, ids),
        _said_by_agencies(here, ids, board),
        boards.here(board) if board else {},
    )


def _said_by_agencies(
    here: UUID, customers: list[UUID], board: boards.Board | None
) -> Mapping[str, str]:
    """Which agency registered them, where the policy is on."""
    settings = board.day.settings if board else {}
    if not customers or not settings.get("channels", False):
        return {}
    before = int(settings.get("channel_before_minutes", 0))
    return agency_words(here, customers, timezone.now(), before)


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
    return page(visit_or_404(request, visit_id), request)


def page(
    group: Visit,
    request: HttpRequest,
    refused_fold: FoldForm | None = None,
    *,
    lost: bool = False,
) -> HttpResponse:
    """The answer for this group."""
    context = {
        **live.ticket_context(badge_of(request), group),
        "may_identify": may(request, "arrivals.record") and _unknown(group),
        "may_find": may(request, "customers.find"),
        "may_file": may(request, "turns.supervise", "journal.verify"),
        "may_claim": may(request, "turns.take", "turns.supervise"),
        "refused_fold": refused_fold,
        "lost": lost,
    }
    return render(request, "gallery/visit.html", context, status=status(refused_fold))


def _unknown(group: Visit) -> bool:
    """Whether a customer is here whose name and number can still be said."""
    over = group.undone_at or group.finished_at or group.left_at
    return group.kind == "customer" and not group.customer_id and not over


@needs("arrivals.record")
@require_POST
def nudge(request: HttpRequest, visit_id: UUID, another: bool) -> HttpResponse:
    """The receiver who hasn't accepted hears it once more; or the manager is asked for `another`."""
    visit_or_404(request, visit_id)
    verb = nudges.ask_for_another if another else nudges.call_again
    said = "已请经理换人，换好这里会自己更新。" if another else "已再叫一次，手机会再响。"
    then = reverse("gallery:visit", args=[visit_id])
    return perform(request, verb.given(visit_id=visit_id), then=then, said=said)


@needs("arrivals.record")
@require_POST
def undo(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Takes an arrival back within two minutes, by the same person or the manager."""
    visit_or_404(request, visit_id)
    return perform(
        request,
        arrivals.undo_arrival.given(visit_id=visit_id, may_any=may(request, "arrivals.undo")),
        then=reverse("gallery:visit", args=[visit_id]),
        said="已撤销，顺序恢复到登记之前。",
    )


@needs("arrivals.record", "turns.take")
@require_POST
def identify(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Name and phone said after the decision."""
    group = visit_or_404(request, visit_id)
    form = ContactForm(request.POST, of=visit_id)
    return sent_in(
        request,
        partial(page, group),
        form,
        lambda told: receptions.identify.given(
            visit_id=visit_id,
            name=told["name"],
            phone=told["phone"],
            title=told["title"],
            again=told["again"] == "yes",
            may_any=may(request, "turns.supervise"),
        ),
        then=reverse("gallery:visit", args=[visit_id]),
        said="客户已登记。",
    )

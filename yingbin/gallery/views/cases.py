"""争议: the case file, the board at any minute, the other policy, the ruling (TQ-11)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yingbin.customers.queries import card as card_of
from yingbin.customers.queries import receiver_of_record, shown_as
from yingbin.journal.write import KeyReused, new_key
from yingbin.people.access import needs
from yingbin.people.queries import names_of, staff_with_role
from yingbin.rules.decision import Refused

from ..actions import cases as actions
from ..actions.cases import Adjusted
from ..forms import uuids
from ..models import Dispute, TurnEvent
from ..queries import casefile, history, minute
from .acting import acting, may, me, perform, site_id


@needs("turns.see")
@require_GET
def cases(request: HttpRequest) -> HttpResponse:
    """Every dispute, or one's own."""
    everyone = may(request, "turns.supervise", "journal.verify")
    rows = casefile.disputes(site_id(request), party=None if everyone else me(request))
    shown = shown_as(site_id(request), {d.customer_id for d in rows})
    people = {UUID(p) for d in rows for p in d.parties}
    context = {
        "rows": rows,
        "shown": {str(k): v for k, v in shown.items()},
        "names": names_of(people),
        "may_open": may(request, "turns.take", "turns.supervise"),
    }
    return render(request, "gallery/cases.html", context)


@needs("turns.take", "turns.supervise")
@require_http_methods(["GET", "POST"])
def open_case(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """Opens a dispute about a customer."""
    if card_of(site_id(request), customer_id) is None:
        raise Http404
    refused = ""
    if request.method == "POST":
        try:
            done = actions.open_dispute(
                **acting(request),
                customer_id=customer_id,
                parties=uuids(request.POST.getlist("party")),
                words=request.POST.get("words", ""),
            )
            return redirect("gallery:case", done["dispute"])
        except (Refused, KeyReused) as no:
            refused = no.message
    context = {
        "customer": shown_as(site_id(request), [customer_id])[customer_id],
        "sales": staff_with_role(site_id(request), "salesperson", timezone.now()),
        "ticked": request.POST.getlist("party"),
        "words": request.POST.get("words", ""),
        "myself": str(me(request)),
        "supervises": may(request, "turns.supervise"),
        "refused": refused,
        "key": request.POST.get("key") or new_key(),
    }
    return render(request, "gallery/case_open.html", context, status=422 if refused else 200)


def case_or_404(request: HttpRequest, dispute_id: UUID) -> Dispute:
    """A dispute of this site, for its parties, the manager and the auditor."""
    found = casefile.dispute(site_id(request), dispute_id)
    everyone = may(request, "turns.supervise", "journal.verify")
    if found is None or not (everyone or str(me(request)) in found.parties):
        raise Http404
    return found


@needs("turns.see")
@require_GET
def case(request: HttpRequest, dispute_id: UUID) -> HttpResponse:
    """The case file."""
    return render(
        request, "gallery/case.html", file_of_dispute(request, case_or_404(request, dispute_id))
    )


def file_of_dispute(request: HttpRequest, dispute: Dispute, **more: Any) -> dict[str, Any]:
    """What the page of a dispute and its packet show."""
    facts = casefile.facts(dispute.site_id, dispute.customer_id)
    parties = [UUID(p) for p in dispute.parties]
    names = {**casefile.named(facts), **names_of(parties)}
    rulings = list(dispute.rulings.order_by("seq"))
    shown = shown_as(dispute.site_id, [dispute.customer_id])
    return {
        "title": f"争议第 {dispute.number} 号",
        "dispute": dispute,
        "customer": shown.get(dispute.customer_id),
        "facts": facts,
        "names": names,
        "parties": [(str(p), names.get(str(p), "")) for p in parties],
        **_for_whom(dispute, parties),
        "ruling": rulings[-1] if rulings else None,
        "rulings": rulings,
        "party": str(me(request)) in dispute.parties,
        "may_pack": may(request, "turns.supervise", "journal.verify"),
        "may_rule": may(request, "turns.supervise") and str(me(request)) not in dispute.parties,
        "typed": request.POST,
        "key": request.POST.get("key") or new_key(),
        **more,
    }


def _for_whom(dispute: Dispute, parties: list[UUID]) -> dict[str, Any]:
    """Who may be ruled for: parties, and whoever the customer was handed to; and parties who have left."""
    now = receiver_of_record(dispute.site_id, dispute.customer_id)
    asked = dict.fromkeys([*parties, *([now] if now else [])])
    here = staff_with_role(dispute.site_id, "salesperson", timezone.now())
    names = dict(here.filter(id__in=asked).values_list("id", "name"))
    gone = names_of([p for p in parties if p not in names])
    return {
        "candidates": [(str(p), names[p]) for p in asked if p in names],
        "gone": list(gone.values()),
    }


@needs("turns.take", "turns.supervise")
@require_POST
def state(request: HttpRequest, dispute_id: UUID) -> HttpResponse:
    """A party says what they know."""
    case_or_404(request, dispute_id)
    return perform(
        request,
        actions.state_case,
        then=reverse("gallery:case", args=[dispute_id]),
        said="说明已记下。",
        dispute_id=dispute_id,
        words=request.POST.get("words", ""),
    )


@needs("turns.supervise")
@require_POST
def rule(request: HttpRequest, dispute_id: UUID) -> HttpResponse:
    """The manager's ruling; a refusal keeps what was typed."""
    dispute = case_or_404(request, dispute_id)
    for_whom = uuids([request.POST.get("for_whom", "")])
    try:
        adjusted = [_adjusted(request, p) for p in dispute.parties]
        done = actions.rule(
            **acting(request),
            dispute_id=dispute_id,
            for_whom=for_whom[0] if for_whom else None,
            reason=request.POST.get("reason", ""),
            adjusted=adjusted,
        )
    except (Refused, KeyReused) as no:
        context = file_of_dispute(request, dispute, refused=no.message)
        return render(request, "gallery/case.html", context, status=422)
    messages.success(request, f"已裁定，回执码 {done['receipt']}。")
    return redirect("gallery:case", dispute_id)


def _adjusted(request: HttpRequest, who: str) -> Adjusted:
    def number(name: str) -> int:
        text = request.POST.get(f"{name}-{who}", "").strip() or "0"
        try:
            return int(text)
        except ValueError:
            raise Refused("TQ-11", "次数和轮次请填整数，例如 1 或 -1。") from None

    return Adjusted(UUID(who), count=number("count"), turns=number("turns"))


@needs("turns.see")
@require_GET
def board_at(request: HttpRequest) -> HttpResponse:
    """The board of a day at any minute."""
    day = history.day_of(site_id(request), _date(request.GET.get("day", "")))
    moment = _moment(day, request.GET.get("at", "")) if day else None
    shown = minute.minute(day, moment) if day and moment else None
    days = history.days(site_id(request))[:90]
    return render(request, "gallery/minute.html", {"day": day, "days": days, "shown": shown})


def _date(text: str) -> Any:
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None


def _moment(day: Any, text: str) -> datetime:
    """A time of that day as typed; the day's last moment without one."""
    zone = timezone.get_current_timezone()
    try:
        hour = datetime.fromisoformat(f"{day.day.isoformat()}T{text}")
    except ValueError:
        return day.closed_at or timezone.now()  # type: ignore[no-any-return]
    return hour.replace(tzinfo=zone)


@needs("turns.see")
@require_GET
def other_policy(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """What another policy would have said at that moment, with the same board."""
    event = (
        TurnEvent.objects.select_related("day", "visit")
        .filter(site_id=site_id(request), id=event_id)
        .first()
    )
    if event is None:
        raise Http404
    context = {
        "event": event,
        "before": minute.minute(event.day, event.at),
        "made": list(event.decisions.order_by("position")),
        "others": minute.otherwise(event),
        "names": event.day.queue_state.names,
    }
    return render(request, "gallery/other_policy.html", context)

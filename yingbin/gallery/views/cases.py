"""争议: the case file, the board at any minute, the other policy, the ruling (TQ-11)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yingbin.customers.queries import card as card_of
from yingbin.customers.queries import receiver_of_record, shown_as
from yingbin.pages import asked
from yingbin.pages.doing import person_id as me
from yingbin.pages.doing import sent, site_id, status, submit
from yingbin.people.access import may, needs
from yingbin.people.queries import names_of, staff_with_role

from ..actions import cases as actions
from ..forms.cases import CopyForm, DisputeForm, RulingForm, StatementForm
from ..models import Dispute, GalleryDay, Ruling, TurnEvent
from ..paper import CaseFile
from ..queries import casefile, history, minute


@needs("turns.see")
@require_GET
def cases(request: HttpRequest) -> HttpResponse:
    """Every dispute, or one's own."""
    everyone = may(request, "turns.supervise", "journal.verify")
    rows = casefile.disputes(site_id(request), party=None if everyone else me(request))
    shown = shown_as(site_id(request), {d.customer_id for d in rows})
    people = {UUID(p) for d in rows for p in d.parties}
    context: dict[str, object] = {
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
    form = DisputeForm(sent(request))
    return submit(
        request,
        form,
        lambda told: actions.open_dispute.given(
            customer_id=customer_id, parties=form.parties, words=told["words"]
        ),
        page=lambda: _opening(request, customer_id, form),
        then=lambda made: reverse("gallery:case", args=[made.dispute]),
    )


def _opening(request: HttpRequest, customer_id: UUID, form: DisputeForm) -> HttpResponse:
    context: dict[str, object] = {
        "customer": shown_as(site_id(request), [customer_id])[customer_id],
        "sales": staff_with_role(site_id(request), "salesperson", timezone.now()),
        "ticked": [str(p) for p in form.parties] if form.is_bound else [],
        "form": form,
        "myself": str(me(request)),
        "supervises": may(request, "turns.supervise"),
    }
    return render(request, "gallery/case_open.html", context, status=status(form))


def case_or_404(request: HttpRequest, dispute_id: UUID) -> Dispute:
    """A dispute of this site, for its parties, its manager and the auditor."""
    found = casefile.dispute(site_id(request), dispute_id)
    everyone = may(request, "turns.supervise", "journal.verify")
    if found is None or not (everyone or str(me(request)) in found.parties):
        raise Http404
    return found


@dataclass(frozen=True, kw_only=True)
class DisputeFile(CaseFile):
    """All that stands in the file of a dispute."""

    dispute: Dispute
    parties: Mapping[str, str]
    rulings: list[Ruling]

    @property
    def ruling(self) -> Ruling | None:
        """The ruling in force."""
        return self.rulings[-1] if self.rulings else None


def file_of_dispute(dispute: Dispute) -> DisputeFile:
    """What the page of a dispute and its packet show."""
    facts = casefile.facts(dispute.site_id, dispute.customer_id)
    parties = [UUID(p) for p in dispute.parties]
    names = {**casefile.named(facts), **names_of(parties)}
    return DisputeFile(
        title=f"争议第 {dispute.number} 号",
        dispute=dispute,
        customer=shown_as(dispute.site_id, [dispute.customer_id]).get(dispute.customer_id),
        facts=facts,
        names=names,
        parties={str(p): names.get(str(p), "") for p in parties},
        rulings=list(dispute.rulings.order_by("seq")),
    )


@needs("turns.see")
@require_GET
def case(request: HttpRequest, dispute_id: UUID) -> HttpResponse:
    """The case file."""
    return case_page(request, case_or_404(request, dispute_id))


def case_page(
    request: HttpRequest,
    dispute: Dispute,
    statement: StatementForm | None = None,
    ruling: RulingForm | None = None,
    copy: CopyForm | None = None,
) -> HttpResponse:
    """The page of a dispute, with the form that was refused, if any."""
    file = file_of_dispute(dispute)
    candidates, gone = _for_whom(dispute)
    party = str(me(request)) in dispute.parties
    may_pack = may(request, "turns.supervise", "journal.verify")
    copies = casefile.copies(dispute.site_id, dispute.customer_id) if may_pack else []
    context: dict[str, object] = {
        "file": file,
        "title": file.title,
        "facts": file.facts,
        "names": file.names,
        "candidates": candidates,
        "gone": gone,
        "party": party,
        "may_pack": may_pack,
        "copies": copies,
        "takers": names_of({c.by for c in copies}),
        "copy": copy or CopyForm(),
        "may_rule": may(request, "turns.supervise") and not party,
        "statement": statement or StatementForm(),
        "form": ruling or RulingForm(parties=file.parties),
    }
    return render(request, "gallery/case.html", context, status=status(statement, ruling, copy))


def _for_whom(dispute: Dispute) -> tuple[list[tuple[str, str]], list[str]]:
    """Who may be ruled for: parties, and whoever the customer was handed to; and parties who have left."""
    parties = [UUID(p) for p in dispute.parties]
    now = receiver_of_record(dispute.site_id, dispute.customer_id)
    asked = dict.fromkeys([*parties, *([now] if now else [])])
    here = staff_with_role(dispute.site_id, "salesperson", timezone.now())
    names = dict(here.filter(id__in=asked).values_list("id", "name"))
    gone = names_of([p for p in parties if p not in names])
    return [(str(p), names[p]) for p in asked if p in names], list(gone.values())


@needs("turns.take", "turns.supervise")
@require_POST
def state(request: HttpRequest, dispute_id: UUID) -> HttpResponse:
    """A party says what they know."""
    dispute = case_or_404(request, dispute_id)
    form = StatementForm(request.POST)
    return submit(
        request,
        form,
        lambda told: actions.state_case.given(dispute_id=dispute_id, words=told["words"]),
        then=reverse("gallery:case", args=[dispute_id]),
        said="说明已记下。",
        page=lambda: case_page(request, dispute, statement=form),
    )


@needs("turns.supervise")
@require_POST
def rule(request: HttpRequest, dispute_id: UUID) -> HttpResponse:
    """The manager's ruling; a refusal keeps what was typed."""
    dispute = case_or_404(request, dispute_id)
    names = names_of([UUID(p) for p in dispute.parties])
    form = RulingForm(request.POST, parties={p: names.get(p, "") for p in dispute.parties})
    return submit(
        request,
        form,
        lambda told: actions.rule.given(
            dispute_id=dispute_id,
            for_whom=form.whom,
            reason=told["reason"],
            corrections=form.corrections(),
        ),
        then=reverse("gallery:case", args=[dispute_id]),
        said=lambda kept: f"已裁定，回执码 {kept.receipt}。",
        page=lambda: case_page(request, dispute, ruling=form),
    )


@needs("turns.see")
@require_GET
def board_at(request: HttpRequest) -> HttpResponse:
    """The board of a day at any minute."""
    day = history.day_of(site_id(request), asked.day(request.GET.get("day")))
    moment = _moment(day, request.GET.get("at", "")) if day else None
    shown = minute.minute(day, moment) if day and moment else None
    days = history.days(site_id(request))[:90]
    return render(request, "gallery/minute.html", {"day": day, "days": days, "shown": shown})


def _moment(day: GalleryDay, text: str) -> datetime:
    """A time of that day as typed; the day's last moment without one."""
    typed = asked.moment(f"{day.day.isoformat()}T{text}")
    return typed or day.closed_at or timezone.now()


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
    context: dict[str, object] = {
        "event": event,
        "before": minute.minute(event.day, event.at),
        "made": list(event.decisions.order_by("position")),
        "others": minute.otherwise(event),
        "names": event.day.queue_state.names,
    }
    return render(request, "gallery/other_policy.html", context)

"""The customer's card: names, masked phones, whose customer, consent, history."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yingbin.journal.write import KeyReused, new_key
from yingbin.pages.phones import shown
from yingbin.people.access import badge_of, may, needs
from yingbin.people.acting import acting, perform, site_id
from yingbin.people.queries import staff_with_role
from yingbin.rules.decision import Refused

from .. import actions, queries
from ..forms import (
    WHYS,
    ConsentForm,
    EditForm,
    NameForm,
    PhoneForm,
    ReceiverForm,
    RevealForm,
    first_error,
)
from ..models import Consent
from ..queries import Card
from .doors import open_card


@needs("customers.find")
@require_GET
def card(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """The whole card, for those who may open it; phones masked."""
    return _page(request, open_card(request, customer_id))


def _page(request: HttpRequest, found: Card, status: int = 200, **more: Any) -> HttpResponse:
    site, one = site_id(request), found.customer
    context = {
        "card": found,
        "customer": one,
        "history": queries.history(badge_of(request), site, one.id),
        "look_alikes": _look_alikes(request, found),
        "colleagues": _colleagues(request),
        "edit": EditForm(initial={"name": found.name, "title": one.title, "note": one.note}),
        "new_name": NameForm(),
        "new_phone": PhoneForm(),
        "consents": Consent.How.choices,
        "wording": queries.wording_in_force(site).text,
        "whys": WHYS,
        "can": _can(request),
        "key": new_key(),
    }
    return render(request, "customers/card.html", context | more, status=status)


def _can(request: HttpRequest) -> dict[str, bool]:
    verbs = ("edit", "reveal", "merge", "assign")
    can = {verb: may(request, f"customers.{verb}") for verb in verbs}
    return can | {"file": may(request, "turns.supervise", "journal.verify")}


def _look_alikes(request: HttpRequest, found: Card) -> list[queries.LookAlike]:
    if not may(request, "customers.merge"):
        return []
    site = site_id(request)
    return queries.look_alikes_of(site, queries.family(site, found.customer.id))


def _colleagues(request: HttpRequest) -> list[Any]:
    if not may(request, "customers.assign"):
        return []
    return list(staff_with_role(site_id(request), "salesperson", timezone.now()))


def _to(found: Card) -> str:
    return reverse("customers:card", args=[found.customer.id])


@needs("customers.edit")
@require_http_methods(["POST"])
def edit(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """Changes name, title, note."""
    found = open_card(request, customer_id)
    form = EditForm(request.POST)
    if not form.is_valid():
        return _page(request, found, 422, edit=form, refused=first_error(form), open="edit")
    return perform(
        request,
        actions.edit,
        then=_to(found),
        said="已保存，原来的姓名仍能查到。",
        customer_id=found.customer.id,
        **form.cleaned_data,
    )


@needs("customers.edit")
@require_POST
def add_name(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """Adds another name."""
    found = open_card(request, customer_id)
    form = NameForm(request.POST)
    if not form.is_valid():
        return _page(request, found, 422, new_name=form, refused=first_error(form), open="name")
    name = form.cleaned_data["name"]
    return perform(
        request, actions.add_name, then=_to(found), customer_id=found.customer.id, name=name
    )


@needs("customers.edit")
@require_POST
def remove_name(request: HttpRequest, customer_id: UUID, name_id: UUID) -> HttpResponse:
    """Takes a name off the card."""
    found = open_card(request, customer_id)
    return perform(
        request,
        actions.remove_name,
        then=_to(found),
        customer_id=found.customer.id,
        name_id=name_id,
    )


@needs("customers.edit")
@require_POST
def add_phone(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """Adds another phone; a wrong one stays in the box with what is wrong with it."""
    found = open_card(request, customer_id)
    form = PhoneForm(request.POST)
    if not form.is_valid():
        return _page(request, found, 422, new_phone=form, refused=first_error(form), open="phone")
    phone = form.cleaned_data["phone"]
    return perform(
        request, actions.add_phone, then=_to(found), customer_id=found.customer.id, phone=phone
    )


@needs("customers.edit")
@require_POST
def remove_phone(request: HttpRequest, customer_id: UUID, phone_id: UUID) -> HttpResponse:
    """Takes a phone off the card."""
    found = open_card(request, customer_id)
    return perform(
        request,
        actions.remove_phone,
        then=_to(found),
        customer_id=found.customer.id,
        phone_id=phone_id,
    )


@needs("customers.reveal")
@never_cache
@require_POST
def reveal(request: HttpRequest, customer_id: UUID, phone_id: UUID) -> HttpResponse:
    """Logs the look and shows the full number on the card, until the page is left."""
    found = open_card(request, customer_id)
    form = RevealForm(request.POST)
    if not form.is_valid():
        return _page(request, found, 422, refused=first_error(form))
    try:
        number = actions.reveal(
            **acting(request),
            customer_id=found.customer.id,
            phone_id=phone_id,
            why=form.cleaned_data["why"],
        )
    except (Refused, KeyReused) as no:
        return _page(request, found, 422, refused=no.message)
    return _page(request, found, revealed={str(phone_id): shown(number)})


@needs("customers.assign")
@require_POST
def receiver(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """The manager gives the customer to someone else, with a reason (TQ-8)."""
    found = open_card(request, customer_id)
    form = ReceiverForm(request.POST)
    staff = form.cleaned_data["staff"] if form.is_valid() else None
    refused = first_error(form)
    if staff and staff not in {s.id for s in _colleagues(request)}:
        refused = "请从名单里选一位在职的置业顾问。"
    if refused:
        return _page(request, found, 422, receiver=form, refused=refused, open="receiver")
    return perform(
        request,
        actions.assign_receiver,
        then=_to(found),
        said="客户归属已更改，原因记在卡片上。",
        customer_id=found.customer.id,
        staff_id=staff,
        reason=form.cleaned_data["reason"],
    )


@needs("customers.edit")
@require_POST
def consent(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """Records the customer's consent or that they withdrew it."""
    found = open_card(request, customer_id)
    form = ConsentForm(request.POST)
    if not form.is_valid():
        return _page(request, found, 422, refused=first_error(form), open="consent")
    return perform(
        request,
        actions.consent,
        then=_to(found),
        said="已记录。",
        customer_id=found.customer.id,
        how=form.cleaned_data["how"],
        given=form.cleaned_data["given"] == "yes",
    )

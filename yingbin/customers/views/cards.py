"""The customer's card: names, masked phones, whose customer, consent, history."""

from collections.abc import Callable, Mapping
from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from yingbin.journal.action import Deed
from yingbin.journal.write import new_key
from yingbin.pages.doing import Told, acting, perform, site_id, status, submit, tried
from yingbin.pages.forms import KeyedForm
from yingbin.pages.phones import shown
from yingbin.people.access import badge_of, may, needs
from yingbin.people.queries import staff_with_role

from .. import actions, queries
from ..forms import (
    WHYS,
    ConsentForm,
    EditForm,
    NameForm,
    PhoneForm,
    ReceiverForm,
    RevealForm,
)
from ..queries import Card
from .doors import open_card


@needs("customers.find")
@require_GET
def card(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """The whole card, for those who may open it; phones masked."""
    return _page(request, open_card(request, customer_id))


def _page(
    request: HttpRequest,
    found: Card,
    typed: KeyedForm | None = None,
    revealed: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The card; a form that was refused keeps its place on it with what was typed."""
    site, one = site_id(request), found.customer
    context = {
        "card": found,
        "customer": one,
        "history": queries.history(badge_of(request), site, one.id),
        "look_alikes": _look_alikes(request, found),
        "wording": queries.wording_in_force(site).text,
        "whys": WHYS,
        "can": _can(request),
        "key": new_key(),
        "revealed": revealed or {},
        **_forms(request, found, typed),
    }
    return render(request, "customers/card.html", context, status=status(typed))


def _forms(request: HttpRequest, found: Card, typed: KeyedForm | None) -> dict[str, KeyedForm]:
    one = found.customer
    now = {"name": found.name, "title": one.title, "note": one.note}
    fresh: dict[str, KeyedForm] = {
        "edit": EditForm(initial=now, auto_id="edit_%s"),
        "new_name": NameForm(auto_id="name_%s"),
        "new_phone": PhoneForm(auto_id="phone_%s"),
        "receiver": ReceiverForm(_colleagues(request)),
        "consent": ConsentForm(auto_id="consent_%s"),
        "look": RevealForm(auto_id="look_%s"),
    }
    return {name: typed if type(typed) is type(form) else form for name, form in fresh.items()}


def _can(request: HttpRequest) -> dict[str, bool]:
    verbs = ("edit", "reveal", "merge", "assign", "erase")
    can = {verb: may(request, f"customers.{verb}") for verb in verbs}
    return can | {"file": may(request, "turns.supervise", "journal.verify")}


def _look_alikes(request: HttpRequest, found: Card) -> list[queries.LookAlike]:
    if not may(request, "customers.merge"):
        return []
    site = site_id(request)
    return queries.look_alikes_of(site, queries.family(site, found.customer.id))


def _colleagues(request: HttpRequest) -> list[tuple[UUID, str]]:
    if not may(request, "customers.assign"):
        return []
    sellers = staff_with_role(site_id(request), "salesperson", timezone.now())
    return [(one.id, one.name) for one in sellers]


def _change(
    request: HttpRequest,
    found: Card,
    form: KeyedForm,
    deed: Callable[[Told], Deed[None]],
    said: str = "",
) -> HttpResponse:
    """Changes the card by one of its forms, which stays on it with what was typed until it is filled in well."""
    page = partial(_page, request, found, form)
    return submit(request, form, deed, page=page, then=_page_of(found), said=said)


def _page_of(found: Card) -> str:
    return reverse("customers:card", args=[found.customer.id])


@needs("customers.edit")
@require_POST
def edit(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """Changes name, title, note."""
    found = open_card(request, customer_id)
    form = EditForm(request.POST, auto_id="edit_%s")
    return _change(
        request,
        found,
        form,
        lambda told: actions.edit.given(
            customer_id=found.customer.id, name=told["name"], title=told["title"], note=told["note"]
        ),
        "已保存，原来的姓名仍能查到。",
    )


@needs("customers.edit")
@require_POST
def add_name(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """Adds another name."""
    found = open_card(request, customer_id)
    form = NameForm(request.POST, auto_id="name_%s")
    one = found.customer.id
    return _change(
        request,
        found,
        form,
        lambda told: actions.add_name.given(customer_id=one, name=told["name"]),
    )


@needs("customers.edit")
@require_POST
def remove_name(request: HttpRequest, customer_id: UUID, name_id: UUID) -> HttpResponse:
    """Takes a name off the card."""
    found = open_card(request, customer_id)
    deed = actions.remove_name.given(customer_id=found.customer.id, name_id=name_id)
    return perform(request, deed, then=_page_of(found))


@needs("customers.edit")
@require_POST
def add_phone(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """Adds another phone; a wrong one stays in the box with what is wrong with it."""
    found = open_card(request, customer_id)
    form = PhoneForm(request.POST, auto_id="phone_%s")
    one = found.customer.id
    return _change(
        request,
        found,
        form,
        lambda told: actions.add_phone.given(customer_id=one, phone=told["phone"]),
    )


@needs("customers.edit")
@require_POST
def remove_phone(request: HttpRequest, customer_id: UUID, phone_id: UUID) -> HttpResponse:
    """Takes a phone off the card."""
    found = open_card(request, customer_id)
    deed = actions.remove_phone.given(customer_id=found.customer.id, phone_id=phone_id)
    return perform(request, deed, then=_page_of(found))


@needs("customers.reveal")
@never_cache
@require_POST
def reveal(request: HttpRequest, customer_id: UUID, phone_id: UUID) -> HttpResponse:
    """Logs the look and shows the full number on the card, until the page is left."""
    found = open_card(request, customer_id)
    form = RevealForm(request.POST, auto_id="look_%s")
    if form.is_valid():
        deed = actions.reveal.given(
            customer_id=found.customer.id, phone_id=phone_id, why=form.cleaned_data["why"]
        )
        seen = tried(form, lambda: deed(acting(request)))
        if seen is not None:
            number = queries.whole_number_of(site_id(request), seen)
            return _page(request, found, revealed={str(phone_id): shown(number)})
    return _page(request, found, form)


@needs("customers.assign")
@require_POST
def receiver(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """The manager gives the customer to someone else, with a reason (TQ-8)."""
    found = open_card(request, customer_id)
    form = ReceiverForm(_colleagues(request), request.POST)
    return _change(
        request,
        found,
        form,
        lambda told: actions.assign_receiver.given(
            customer_id=found.customer.id, staff_id=told["staff"], reason=told["reason"]
        ),
        "客户归属已更改，原因记在卡片上。",
    )


@needs("customers.edit")
@require_POST
def consent(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """Records the customer's consent or that they withdrew it."""
    found = open_card(request, customer_id)
    form = ConsentForm(request.POST, auto_id="consent_%s")
    return _change(
        request,
        found,
        form,
        lambda told: actions.consent.given(
            customer_id=found.customer.id, how=told["how"], given=told["given"] == "yes"
        ),
        "已记录。",
    )

"""A resident: masked telephones with the logged look, homes, what one should know of them (SD-4.1)."""

from collections.abc import Callable, Mapping
from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from yingbin.customers.actions import add_phone, remove_phone, reveal
from yingbin.customers.queries import family, whole_number_of
from yingbin.journal.action import Deed
from yingbin.pages.doing import Told, acting, perform, site_id, status, submit, tried
from yingbin.pages.forms import KeyedForm
from yingbin.pages.phones import shown
from yingbin.people.access import badge_of, may, needs

from ..actions import estate as doing
from ..forms.estate import WHYS, AnotherHomeForm, NoteForm, PhoneForm, RevealForm
from ..queries import contacts
from ..queries.estate import ResidentPage
from ..queries.estate import resident as read


@needs("desk.see")
@require_GET
def resident(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """A person with their homes."""
    return _page(request, _found(request, customer_id))


def _found(request: HttpRequest, customer_id: UUID) -> ResidentPage:
    found = read(badge_of(request), customer_id, timezone.now())
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest,
    found: ResidentPage,
    typed: KeyedForm | None = None,
    revealed: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The person; a form that was refused keeps its place with what was typed."""
    badge, one = badge_of(request), found.card.customer
    fresh: dict[str, KeyedForm] = {
        "note": NoteForm(),
        "new_phone": PhoneForm(),
        "another": AnotherHomeForm(),
        "look": RevealForm(),
    }
    context = {
        "page": found,
        "customer": one,
        "matters": contacts.of_person(badge, family(badge.here, one.id), timezone.now()),
        "whys": WHYS,
        "keeps": may(request, "estate.keep"),
        "revealed": revealed or {},
        **{name: typed if type(typed) is type(form) else form for name, form in fresh.items()},
    }
    return render(request, "desk/resident.html", context, status=status(typed))


def _address(found: ResidentPage) -> str:
    return reverse("desk:resident", args=[found.card.customer.id])


def _change(
    request: HttpRequest,
    found: ResidentPage,
    form: KeyedForm,
    deed: Callable[[Told], Deed[object]],
    said: str,
) -> HttpResponse:
    page = partial(_page, request, found, form)
    return submit(request, form, deed, page=page, then=_address(found), said=said)


@needs("estate.keep")
@require_POST
def note(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """What one should know of them."""
    found = _found(request, customer_id)
    return _change(
        request,
        found,
        NoteForm(request.POST),
        lambda told: doing.note.given(
            customer_id=found.card.customer.id,
            about=told["about"],
            text=told["text"],
            readers=told["readers"],
        ),
        "已记下，来电时会显示。",
    )


@needs("estate.keep")
@require_POST
def drop_note(request: HttpRequest, customer_id: UUID, note_id: UUID) -> HttpResponse:
    """A note no longer holds; only one that this person may read."""
    found = _found(request, customer_id)
    if note_id not in {one.id for one in found.notes}:
        raise Http404
    deed = doing.drop_note.given(note_id=note_id)
    return perform(request, deed, then=_address(found), said="已取消。")


@needs("estate.keep")
@require_POST
def phone(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """Another telephone."""
    found = _found(request, customer_id)
    one = found.card.customer.id
    return _change(
        request,
        found,
        PhoneForm(request.POST),
        lambda told: add_phone.given(customer_id=one, phone=told["phone"]),
        "已加上。",
    )


@needs("estate.keep")
@require_POST
def drop_phone(request: HttpRequest, customer_id: UUID, phone_id: UUID) -> HttpResponse:
    """A telephone is no longer theirs."""
    found = _found(request, customer_id)
    deed = remove_phone.given(customer_id=found.card.customer.id, phone_id=phone_id)
    return perform(request, deed, then=_address(found), said="已移除。")


@needs("desk.see")
@never_cache
@require_POST
def look(request: HttpRequest, customer_id: UUID, phone_id: UUID) -> HttpResponse:
    """Logs the look and shows the full number, until the page is left."""
    found, form = _found(request, customer_id), RevealForm(request.POST)
    if form.is_valid():
        why = form.cleaned_data["why"]
        deed = reveal.given(customer_id=found.card.customer.id, phone_id=phone_id, why=why)
        seen = tried(form, lambda: deed(acting(request)))
        if seen is not None:
            number = whole_number_of(site_id(request), seen)
            return _page(request, found, revealed={str(phone_id): shown(number)})
    return _page(request, found, form)


@needs("estate.keep")
@require_POST
def another_home(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """One more home of theirs."""
    found = _found(request, customer_id)
    one = found.card.customer.id
    return _change(
        request,
        found,
        AnotherHomeForm(request.POST),
        lambda told: doing.take_home.given(
            home=told["home"], capacity=told["capacity"], customer_id=one, since=told["since"]
        ),
        "已登记。",
    )

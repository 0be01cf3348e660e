"""住户: buildings, their homes, a home with its people; somebody moves in or out (SD-4.1)."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yingbin.pages.doing import site_id, status, submit
from yingbin.pages.forms import KeyedForm
from yingbin.people.access import badge_of, may, needs

from ..actions import estate as doing
from ..forms.estate import AddHomeForm, ChangeHomeForm, MoveInForm, MoveOutForm
from ..models import Home
from ..queries import contacts
from ..queries import estate as queries


@needs("desk.see")
@require_GET
def estate(request: HttpRequest) -> HttpResponse:
    """Every building."""
    return _estate_page(request, AddHomeForm())


@needs("estate.keep")
@require_POST
def add_home(request: HttpRequest) -> HttpResponse:
    """One more home."""
    form = AddHomeForm(request.POST)
    return submit(
        request,
        form,
        lambda told: doing.add_home.given(
            home=told["home"], area=told["area"], delivery=told["delivery"]
        ),
        page=partial(_estate_page, request, form),
        then=lambda home: reverse("desk:home", args=[home]),
        said="已加上。接着登记业主和住的人。",
    )


def _estate_page(request: HttpRequest, form: AddHomeForm) -> HttpResponse:
    lines = queries.buildings(site_id(request), timezone.now())
    shown = {
        "lines": lines,
        "homes": sum(line.homes for line in lines),
        "form": form,
        "keeps": may(request, "estate.keep"),
    }
    return render(request, "desk/estate.html", shown, status=status(form))


@needs("desk.see")
@require_GET
def building(request: HttpRequest, building_id: UUID) -> HttpResponse:
    """A building's homes by entrance."""
    found = queries.building(site_id(request), building_id)
    if found is None:
        raise Http404
    shown = {"building": found, "entrances": queries.homes_of(found, timezone.now())}
    return render(request, "desk/building.html", shown)


@needs("desk.see")
@require_GET
def home(request: HttpRequest, home_id: UUID) -> HttpResponse:
    """A home: who lives there, what is open, who lived there before."""
    return _page(request, _home(request, home_id))


def _home(request: HttpRequest, home_id: UUID) -> Home:
    found = queries.home(site_id(request), home_id)
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, one: Home, typed: KeyedForm | None = None) -> HttpResponse:
    """The home; a form that was refused keeps its place on it with what was typed."""
    badge, now = badge_of(request), timezone.now()
    shown = queries.home_page(badge, one, now)
    known = {name: getattr(one, name) for name in ("area", "delivery", "delivered_on")}
    fresh: dict[str, KeyedForm] = {
        "coming": MoveInForm(),
        "leaving": _leaving(shown, None),
        "change": ChangeHomeForm(initial=known),
    }
    context = {
        "page": shown,
        "home": one,
        "matters": contacts.of_home(badge, one.id, now),
        "keeps": may(request, "estate.keep"),
        **{name: typed if type(typed) is type(form) else form for name, form in fresh.items()},
    }
    return render(request, "desk/home.html", context, status=status(typed))


def _leaving(page: queries.HomePage, request: HttpRequest | None) -> MoveOutForm:
    today = {"until": timezone.localdate()}
    form = MoveOutForm(request.POST if request else None, initial=today)
    there = [one for one in page.living if one.tenancy.until is None]
    form.offer(
        [(o.tenancy.id, f"{o.who.called}（{o.tenancy.get_capacity_display()}）") for o in there]
    )
    return form


def _address(one: Home) -> str:
    return reverse("desk:home", args=[one.id])


@needs("estate.keep")
@require_POST
def move_in(request: HttpRequest, home_id: UUID) -> HttpResponse:
    """Somebody moves in or buys."""
    one, form = _home(request, home_id), MoveInForm(request.POST)
    return submit(
        request,
        form,
        lambda told: doing.move_in.given(
            home_id=one.id,
            capacity=told["capacity"],
            name=told["name"],
            phone=told["phone"],
            since=told["since"],
        ),
        page=partial(_page, request, one, form),
        then=_address(one),
        said="已登记。",
    )


@needs("estate.keep")
@require_POST
def move_out(request: HttpRequest, home_id: UUID) -> HttpResponse:
    """People leave the home."""
    one = _home(request, home_id)
    form = _leaving(queries.home_page(badge_of(request), one, timezone.now()), request)
    return submit(
        request,
        form,
        lambda told: doing.move_out.given(
            home_id=one.id, tenancies=tuple(told["tenancies"]), until=told["until"]
        ),
        page=partial(_page, request, one, form),
        then=_address(one),
        said=lambda many: f"已记下 {many} 人搬走，以前办过的事都还在。",
    )


@needs("estate.keep")
@require_POST
def change(request: HttpRequest, home_id: UUID) -> HttpResponse:
    """Another area or state."""
    one, form = _home(request, home_id), ChangeHomeForm(request.POST)
    return submit(
        request,
        form,
        lambda told: doing.change_home.given(
            home_id=one.id,
            area=told["area"],
            delivery=told["delivery"],
            delivered_on=told["delivered_on"],
        ),
        page=partial(_page, request, one, form),
        then=_address(one),
        said="已存。",
    )

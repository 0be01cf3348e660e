"""A tablet that several share: who is it now? A tap on a name and a PIN."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from yingbin.pages.doing import REFUSED, acting, perform, sent, site_id, status, tried
from yingbin.pages.doors import open_to_all
from yingbin.pages.placed import of_the_house

from .. import actions, queries
from ..access import SIGNED_IN_BY, needs
from ..forms.signin import SwitchForm, TabletForm
from ..models import SharedTablet, Staff
from ..signin import begin
from .tablet_cookie import forget, keep, tablet_of


def _people(tablet: SharedTablet) -> list[Staff]:
    return queries.people_on_tablets(tablet.site_id, timezone.now())


@open_to_all
@never_cache
@require_http_methods(["GET"])
def switch(request: HttpRequest) -> HttpResponse:
    """Everyone who takes turns at this tablet."""
    tablet = tablet_of(request)
    if tablet is None:
        return render(request, "people/no_tablet.html")
    context = {"tablet": tablet, "people": _people(tablet), "tries": queries.PIN_TRIES}
    return render(request, "people/switch.html", context)


@open_to_all
@never_cache
@require_http_methods(["GET", "POST"])
def switch_to(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """The PIN of the one who takes over; the one before leaves nothing behind."""
    tablet = tablet_of(request)
    if tablet is None:
        return redirect("people:switch")
    who = next((p for p in _people(tablet) if p.id == staff_id), None)
    if who is None:
        return redirect("people:switch")
    form = SwitchForm(sent(request))
    staff = None
    if form.is_valid():
        pin = form.cleaned_data["pin"]
        staff = tried(form, partial(actions.check_pin, staff_id=staff_id, pin=pin))
    if staff is None:
        # What was typed is wrong: an empty box, the same words.
        refused = " ".join(str(e) for errors in form.errors.values() for e in errors)
        return _pad(request, who, tablet, refused)
    begin(request, staff, how="pin")
    request.session["site_id"] = str(tablet.site_id)
    return redirect(of_the_house("home"))


def _pad(request: HttpRequest, who: Staff, tablet: SharedTablet, refused: str = "") -> HttpResponse:
    context = {"form": SwitchForm(), "who": who, "tablet": tablet, "refused": refused}
    return render(request, "people/pin.html", context, status=REFUSED if refused else 200)


@needs("tablets.share")
@require_http_methods(["GET", "POST"])
def tablets(request: HttpRequest) -> HttpResponse:
    """Declares this tablet shared, and lists those in use."""
    by_pin = request.session.get(SIGNED_IN_BY) == "pin"
    form = TabletForm(sent(request))
    if not by_pin and form.is_valid():
        name = form.cleaned_data["name"]
        made = tried(form, partial(actions.share_tablet, acting(request), name=name))
        if made is not None:
            answer = redirect("people:switch")
            keep(answer, made.row, made.secret)
            return answer
    context = {
        "form": form,
        "by_pin": by_pin,
        "here": tablet_of(request),
        "tablets": queries.tablets_of(site_id(request)),
    }
    return render(request, "people/tablets.html", context, status=status(form))


@needs("tablets.share")
@require_POST
def tablet_retire(request: HttpRequest, tablet_id: UUID) -> HttpResponse:
    """A tablet is no longer shared."""
    here = tablet_of(request)
    answer = perform(
        request,
        actions.retire_tablet.given(tablet_id=tablet_id),
        then=reverse("people:tablets"),
        said="这台平板不再共用。",
    )
    if here is not None and here.id == tablet_id:
        forget(answer)
    return answer

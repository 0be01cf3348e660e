"""请客户签: the customer has the device and sees nothing of the house; what they say waits for the receiver (TQ-3)."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from yingbin.customers.queries import shown_as, wording_in_force
from yingbin.pages.doing import person_id, sent
from yingbin.pages.forms import first_error
from yingbin.people.access import needs
from yingbin.people.handing import for_customers, handed, lend_device

from ..actions.receptions import last_word
from ..forms.guest import GlassForm, GuestForm
from ..models import Visit
from ..queries import register as registers
from .folds import visit_or_404

# Where the session keeps what a customer wrote until the receiver signs; gone with the session.
SAID = "customer_said"
KEPT_FOR = 4 * 60 * 60  # seconds a customer's words wait for the receiver's signature


@dataclass(frozen=True)
class Said:
    """What the customer of a visit wrote by themselves; without consent nothing that names them."""

    consent: str
    wording: str
    name: str = ""
    title: str = ""
    phone: str = ""
    drawn: str = ""

    @property
    def agreed(self) -> bool:
        """Whether name and phone may be kept."""
        return self.consent == "agreed"


def said_by(request: HttpRequest, visit_id: UUID) -> Said | None:
    """What this visit's customer wrote on this device, while it is fresh."""
    kept: dict[str, Any] = request.session.get(SAID) or {}
    fresh = kept.get("at", 0) > timezone.now().timestamp() - KEPT_FOR
    if kept.get("visit") != str(visit_id) or not fresh or "consent" not in kept:
        return None
    return Said(**{n: kept.get(n, "") for n in Said.__dataclass_fields__})


def forget(request: HttpRequest) -> None:
    """What the customer wrote is in the register now, or not wanted any more."""
    request.session.pop(SAID, None)


def _keep(request: HttpRequest, **told: str) -> None:
    kept = request.session.get(SAID) or {}
    request.session[SAID] = {**kept, **told, "at": timezone.now().timestamp()}


@needs("turns.take")
@require_POST
def begin(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """The receiver hands the device to the customer of their visit."""
    visit = visit_or_404(request, visit_id)
    standing = last_word(visit.site_id, visit.id)
    if standing is None or standing.receiver != person_id(request):
        messages.error(request, "登记由接待这批客户的人请客户签，请接待人本人来。")
        return redirect("gallery:reception", visit_id)
    if registers.owed(visit):
        before = said_by(request, visit_id)
        request.session[SAID] = {"visit": str(visit_id)}
        if before:
            _keep(request, name=before.name, title=before.title)
        lend_device(
            request, page=reverse("gallery:guest"), then=reverse("gallery:sign", args=[visit_id])
        )
        return redirect("gallery:guest")
    return redirect("gallery:sign", visit_id)


def _theirs(request: HttpRequest) -> Visit | None:
    """The visit whose customer has the device now."""
    kept = request.session.get(SAID) or {}
    if handed(request.session) is None or not kept.get("visit"):
        return None
    return visit_or_404(request, UUID(kept["visit"]))


@for_customers
@never_cache
@needs("turns.take")
@require_http_methods(["GET", "POST"])
def words(request: HttpRequest) -> HttpResponse:
    """Name and phone, what they are told, and a choice that has to be made."""
    visit = _theirs(request)
    if visit is None:
        return redirect("gallery:receiving")
    form = GuestForm(sent(request), initial=_known(request, visit))
    if form.is_bound and form.is_valid():
        _keep(request, drawn="", **form.told())
        return redirect("gallery:guest_glass" if form.agrees else "gallery:guest_thanks")
    why = first_error(form) if form.is_bound else ""
    context = {
        "form": form,
        "known": _masked(visit),
        "consent": wording_in_force(visit.site_id),
        "refused": why,
    }
    return render(request, "gallery/guest.html", context, status=422 if why else 200)


def _known(request: HttpRequest, visit: Visit) -> dict[str, str]:
    """What the customer finds written already: their own words, else what the desk was told."""
    kept = request.session.get(SAID) or {}
    called = "" if registers.entries_of_visit(visit) else visit.called
    return {"name": kept.get("name") or called, "title": kept.get("title", "")}


def _masked(visit: Visit) -> str:
    """The number that is on the card already, masked: whoever has the device might not be its owner."""
    if visit.customer_id is None or registers.entries_of_visit(visit):
        return ""
    shown = shown_as(visit.site_id, [visit.customer_id]).get(visit.customer_id)
    return shown.phone if shown else ""


@for_customers
@never_cache
@needs("turns.take")
@require_http_methods(["GET", "POST"])
def glass(request: HttpRequest) -> HttpResponse:
    """The glass, as large as the screen; a signature that can't be read leaves everything as it is."""
    visit = _theirs(request)
    said = said_by(request, visit.id) if visit else None
    if said is None or not said.agreed:
        return redirect("gallery:guest" if visit else "gallery:receiving")
    form = GlassForm(sent(request))
    if form.is_bound and form.is_valid():
        _keep(request, drawn=form.cleaned_data["drawn"])
        return redirect("gallery:guest_thanks")
    why = first_error(form) if form.is_bound else ""
    context = {"form": form, "said": said, "refused": why}
    return render(request, "gallery/guest_glass.html", context, status=422 if why else 200)


@for_customers
@never_cache
@needs("turns.take")
@require_http_methods(["GET"])
def thanks(request: HttpRequest) -> HttpResponse:
    """Thank you; the device waits for its person."""
    visit = _theirs(request)
    said = said_by(request, visit.id) if visit else None
    if said is None:
        return redirect("gallery:guest" if visit else "gallery:receiving")
    return render(request, "gallery/guest_thanks.html", {"said": said})

"""Signing a handover on the glass: on one's own phone, or on a colleague's after proving who one is (SF-4.1, SF-4.7)."""

from dataclasses import replace
from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from yingbin.journal.action import Deed
from yingbin.pages.doing import acting, perform, person_id, sent, site_id, status
from yingbin.pages.forms import choose
from yingbin.people.access import needs
from yingbin.people.models import Staff
from yingbin.people.proving import prove
from yingbin.rules.decision import Refused

from ..actions import handovers, presence
from ..actions.happen import Said
from ..forms import HandoverSignForm, OtherGlassForm, SecretForm
from ..queries.picture import Picture, SeenPerson, picture
from ..queries.seen_handovers import SeenHandover
from .handovers import back, found_or_404


@needs("duty.stand")
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, handover: UUID) -> HttpResponse:
    """One's own glass, as large as the screen."""
    found, who, expected = _signer(request, handover, person_id(request))
    form = HandoverSignForm(sent(request), found, who=who, expected=expected)
    again = partial(_glass, request, found, who, form)
    if not (form.is_valid() and form.is_signed(request)):
        return again()
    deed = _signing(handover, form)
    return perform(request, deed, then=back(handover), said=str, form=form, page=again)


@needs("duty.stand")
@never_cache
@sensitive_post_parameters("secret")
@require_http_methods(["GET", "POST"])
def sign_here(request: HttpRequest, handover: UUID, who: UUID) -> HttpResponse:
    """Somebody else signs on this device: their own PIN or password says who they are."""
    found, signer, expected = _signer(request, handover, who)
    form = OtherGlassForm(sent(request), found, who=signer, expected=expected)
    again = partial(_glass, request, found, signer, form)
    if not (form.is_valid() and _proven(request, form, who)):
        return again()
    deed = _signing(handover, form, device=person_id(request))
    return perform(
        request,
        deed,
        then=back(handover),
        said=str,
        form=form,
        page=again,
        who=replace(acting(request), by=who),
    )


def _signing(handover: UUID, form: HandoverSignForm, device: UUID | None = None) -> Deed[Said]:
    return handovers.sign_handover.given(
        handover=handover,
        signature=form.signature(),
        objections=form.objections(),
        accepts_rest=bool(form.left),
        device=device,
    )


def _signer(
    request: HttpRequest, handover: UUID, who: UUID
) -> tuple[SeenHandover, SeenPerson, dict[str, int]]:
    """A handover, one of those who may sign it (the sides, and who may for a giver who is gone), what there should be."""
    day, found = found_or_404(request, handover)
    person, giver = day.seen.person(who), day.seen.person(found.giver_id)
    if person is None:
        raise Http404
    for_giver = giver is not None and not giver.signed_on and person.role in handovers.ABOVE
    if person.id not in (found.giver_id, found.receiver_id) and not for_giver:
        raise Http404
    return found, person, day.of(found).expected


def _proven(request: HttpRequest, form: OtherGlassForm | SecretForm, who: UUID) -> bool:
    try:
        prove(request, Staff.objects.get(id=who), form.cleaned_data["secret"])
    except Refused as no:
        form.refused_by(no)
        return False
    return True


def _glass(
    request: HttpRequest, found: SeenHandover, who: SeenPerson, form: HandoverSignForm
) -> HttpResponse:
    other = str(person_id(request)) != who.id
    waits = "" if form.left else next((e.title for e in found.entries if e.accepted is None), "")
    shown = {"handover": found, "who": who, "form": form, "other": other, "waits": waits}
    return render(request, "duty/handover_glass.html", shown, status=status(form))


@needs("duty.stand")
@never_cache
@sensitive_post_parameters("secret")
@require_http_methods(["GET", "POST"])
def guard_here(request: HttpRequest) -> HttpResponse:
    """A guard without a phone of their own signs on at this device."""
    seen = picture(site_id(request), timezone.now())
    form = SecretForm(sent(request))
    away = [p for p in seen.people.values() if p.role == "guard" and not p.signed_on]
    choose(form.fields["who"], [(p.id, p.name) for p in away])
    again = partial(_guard_page, request, seen, away, form)
    if not (form.is_valid() and _proven(request, form, form.cleaned_data["who"])):
        return again()
    return perform(
        request,
        presence.sign_on.given(),
        then=reverse("duty:start_handover"),
        said=str,
        form=form,
        page=again,
        who=replace(acting(request), by=form.cleaned_data["who"]),
    )


def _guard_page(
    request: HttpRequest, seen: Picture, away: list[SeenPerson], form: SecretForm
) -> HttpResponse:
    shown = {"form": form, "away": away, "seen": seen}
    return render(request, "duty/handover_guard.html", shown, status=status(form))

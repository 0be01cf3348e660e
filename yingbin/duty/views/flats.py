"""户型资料, 二维码, 转介: what a lead keeps for a show flat (SF-4.3.2, SF-4.3.3)."""

from dataclasses import replace
from functools import partial
from urllib.parse import urljoin
from uuid import UUID

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yingbin.files.forms import taken_with
from yingbin.pages import asked
from yingbin.pages.doing import acting, perform, sent, site_id, status, submit
from yingbin.pages.placed import of_the_house
from yingbin.people.access import may, needs
from yingbin.people.outward import outward
from yingbin.people.policies import set_policy

from ..actions import facts as actions
from ..actions.passing import flat_refers
from ..forms.visits import FactsForm, ReferringForm
from ..guest_code import Door, token_of
from ..policies import REFERRING
from ..queries.facts import FactCard, facts_of, pictures_of, versions_of
from ..queries.visits import FlatPost, code_number, flats, galleries


def _flat(request: HttpRequest, post: UUID) -> FlatPost:
    found = next((flat for flat in flats(site_id(request)) if flat.id == post), None)
    if found is None:
        raise Http404
    return found


@needs("visits.record")
@require_GET
def flat(request: HttpRequest, post: UUID) -> HttpResponse:
    """The card of a flat, and its versions."""
    site, here = site_id(request), _flat(request, post)
    versions = versions_of(site, post)
    shown = {
        "flat": here,
        "facts": versions[0] if versions else None,
        "pictures": pictures_of(site, versions[0] if versions else None),
        "versions": versions,
        "leads": may(request, "duty.lead"),
    }
    return render(request, "duty/flat.html", shown)


@needs("duty.lead")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, post: UUID) -> HttpResponse:
    """A new version of the card; pictures of before stay unless they are taken out."""
    here, last = _flat(request, post), facts_of(site_id(request), post)
    form = FactsForm(sent(request), request.FILES or None, initial=_known(last))
    page = partial(_edit_page, request, here, form, last)
    who = acting(request)
    adds = taken_with(who, form, "pictures") if form.is_bound else ()
    keeps = tuple(asked.uids(request.POST.getlist("keeps")))
    return submit(
        request,
        form,
        lambda told: actions.keep_facts.given(
            post=post, told=form.facts, before=told["before"], keeps=keeps, adds=adds
        ),
        page=page,
        then=reverse("duty:flat", args=[post]),
        said=lambda version: f"已存为第 {version} 版，接待员看到的就是这一版。",
        who=who,
    )


def _known(last: FactCard | None) -> dict[str, object]:
    if last is None:
        return {"before": 0}
    return {
        "layout": last.layout,
        "area": last.area,
        "structure": last.structure,
        "advantages": last.advantages,
        "answers": "\n".join(f"{q}{a}" for q, a in last.answers),
        "before": last.version,
    }


def _edit_page(
    request: HttpRequest, here: FlatPost, form: FactsForm, last: FactCard | None
) -> HttpResponse:
    shown = {"flat": here, "form": form, "pictures": pictures_of(site_id(request), last)}
    return render(request, "duty/flat_edit.html", shown, status=status(form))


@needs("visits.record")
@require_GET
def code(request: HttpRequest, post: UUID) -> HttpResponse:
    """The code at the door, on the screen and on A4."""
    here = _flat(request, post)
    door = Door(here.id, code_number(site_id(request), here.id))
    path = of_the_house("duty:guest", token_of(door))
    base = outward(request)
    shown = {
        "path": path,
        "flat": here,
        "number": door.number,
        "picture": _picture(urljoin(base or request.build_absolute_uri("/"), path)),
        "only_here": not base,
        "leads": may(request, "duty.lead"),
    }
    return render(request, "duty/guest_code.html", shown)


def _picture(address: str) -> SafeString:
    drawn = segno.make(address, error="m").svg_inline(
        scale=6, border=3, light="#fff", dark="#000", svgclass="qr", lineclass=None
    )
    return mark_safe(drawn)


@needs("duty.lead")
@require_POST
def renew_code(request: HttpRequest, post: UUID) -> HttpResponse:
    """换一张: whatever hangs somewhere or was photographed opens nothing any more."""
    _flat(request, post)
    return perform(
        request,
        actions.renew_code.given(post=post),
        then=reverse("duty:guest_code", args=[post]),
        said="已换新码，旧的扫不开了。请打印新的贴上。",
    )


@needs("duty.plan")
@require_http_methods(["GET", "POST"])
def referring(request: HttpRequest) -> HttpResponse:
    """转介到哪个售楼处: signed with a reason."""
    site = site_id(request)
    held = REFERRING.in_force(site, timezone.now())
    chosen = held.values.gallery
    form = ReferringForm(sent(request), initial={"gallery": str(chosen or "")}).offer(
        [(str(g.id), g.name) for g in galleries()]
    )

    def page() -> HttpResponse:
        shown = {"form": form, "held": held, "flats": flats(site)}
        return render(request, "duty/referring.html", shown, status=status(form))

    return submit(
        request,
        form,
        lambda told: set_policy.given(
            name=REFERRING.name,
            values={"gallery": str(told["gallery"]) if told["gallery"] else None},
            reason=told["reason"],
        ),
        page=page,
        then=lambda _: _announced(request, form),
        said="已存，从现在起按新的转介。",
    )


def _announced(request: HttpRequest, form: ReferringForm) -> str:
    """The gallery's manager hears of it: a write of that place."""
    gallery, who = form.cleaned_data["gallery"], acting(request)
    if gallery:
        there = replace(who, site_id=UUID(str(gallery)), key=f"{who.key}:gallery")
        flat_refers(there, flat=str(getattr(request, "site", "")), since=who.at)
    return reverse("duty:referring")

"""参观规定: the settings of a headquarters, read and changed; each change is signed with a reason."""

from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yingbin.journal.action import Deed
from yingbin.pages.doing import Told, site_id, status, submit
from yingbin.pages.placed import of_the_house
from yingbin.people.access import needs
from yingbin.people.here import site_here
from yingbin.people.queries import names_of, staff_with_role
from yingbin.rules.decision import Refused
from yingbin.rules.tours.pack import Pack, read_packs

from ..actions import settings as choices
from ..company import COMPANY, PACK_WORDS, PACKS, TOUR_PACKS, PackChoice
from ..forms.settings import CompanyForm, PackForm
from ..names import departments_of
from ..office import LEADER, office_now


@needs("tours.settle")
@require_GET
def settings(request: HttpRequest) -> HttpResponse:
    """What holds now."""
    return _page(request)


@needs("tours.settle")
@require_POST
def company(request: HttpRequest) -> HttpResponse:
    """Areas, rooms, people."""
    form = _company_form(request)

    def deed(told: Told) -> Deed[int]:
        return choices.settle.given(values=form.values(), reason=told["reason"])

    return submit(
        request, form, deed, page=lambda: _page(request, company=form), then=reverse("tours:settings"),
        said="定好了，从现在起照这样办。",
    )  # fmt: skip


@needs("tours.settle")
@require_POST
def pack(request: HttpRequest) -> HttpResponse:
    """Another version of the rules."""
    form = _pack_form(request)

    def deed(told: Told) -> Deed[str]:
        values = form.values(PACKS[told["base"]])
        return choices.new_pack.given(
            base=told["base"], since=told["since"], values=values, reason=told["reason"]
        )

    return submit(
        request, form, deed, page=lambda: _page(request, pack=form), then=reverse("tours:settings"),
        said=lambda version: f"第 {version} 版规则定好了。已经在办的来访仍按原来的规则。",
    )  # fmt: skip


def _company_form(request: HttpRequest) -> CompanyForm:
    site, now = site_id(request), timezone.now()
    people = staff_with_role(site, LEADER, now)
    return CompanyForm(
        request.POST if request.method == "POST" else None,
        departments=departments_of(site).items(),
        leaders=[(str(one.id), one.name) for one in people],
        chosen=COMPANY.in_force(site, now).values,
    )


def _pack_form(request: HttpRequest) -> PackForm:
    site, now = site_id(request), timezone.now()
    base = request.GET.get("base", "")
    last = TOUR_PACKS.in_force(site, now).values.packs[-1]
    chosen = PackChoice("1", last.since, base, dict(PACKS[base])) if base in PACKS else last
    since = (timezone.localtime(now) + timedelta(days=1)).date()
    posted = request.POST if request.method == "POST" else None
    return PackForm(posted, pack=_read(chosen), since=since, base=chosen.base)


def _read(chosen: PackChoice) -> Pack:
    return read_packs([chosen.plain])[0]


def _page(
    request: HttpRequest, company: CompanyForm | None = None, pack: PackForm | None = None
) -> HttpResponse:
    site, now = site_id(request), timezone.now()
    request.method = "GET" if company or pack else request.method
    kept = COMPANY.in_force(site, now)
    packs = TOUR_PACKS.in_force(site, now).values.packs
    try:
        office_now(site, now)
        lacks = ""
    except Refused as no:
        lacks = no.message
    context = {
        "company": company or _company_form(request),
        "pack": pack or _pack_form(request),
        "kept": kept,
        "by": names_of([kept.by]).get(str(kept.by), "") if isinstance(kept.by, UUID) else "",
        "packs": [(one, PACK_WORDS[one.base], _read(one)) for one in reversed(packs)],
        "bases": PACK_WORDS.items(),
        "lacks": lacks,
        "address": request.build_absolute_uri(
            of_the_house("tours:public", site_here(request).code)
        ),
    }
    return render(request, "tours/settings.html", context, status=status(company, pack))

"""预约访问申请表 on the visitor's own phone: no account; a private link to follow, change and withdraw (CV-3.2.1).

Whoever has no link learns nothing: not who visits, not whether a link was ever right.
"""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from yingbin.journal.action import Acting, Deed
from yingbin.journal.write import new_key, page_key
from yingbin.pages.doing import Told, perform, sent, status, submit
from yingbin.pages.doors import open_to_all
from yingbin.people.lockout import listened_to, of_strangers
from yingbin.people.models import Site
from yingbin.people.signin import client_ip

from ..actions import verbs
from ..changes import changed_of
from ..company import COMPANY
from ..folding import ENDED
from ..forms.acts import areas_named
from ..forms.application import ApplicationForm, ChangeForm, soon
from ..forms.labels import AREAS
from ..links import digest_of, is_stamped, secret_of, stamp
from ..minors import EARLY
from ..models import TourVisit
from ..office import Standing, standing_or_last
from ..phone_code import sender
from ..queries.guests import listed, minors_listed
from ..terms import BRING, STANDS, VERSION, VERSIONS, area_stands
from ..words import AREA_WORDS
from .public_code import Proof

# What one address, and all together, may send within ten minutes; an office's network is one address.
FROM_HERE, IN_ALL = 20, 200
VISITOR = "visitor"
TOO_MANY = {
    "zh": "刚才提交的太多了，请过几分钟再试。您填的都还在。",
    "en": "Too many were sent just now. Please try again in a few minutes; what you wrote is still here.",
}
OTHER_TERMS = {
    "zh": "保密与安全须知刚刚换了新的一版。您填的都还在，请看过以后再提交一次。",
    "en": "The terms have changed meanwhile. What you wrote is still here; please read them and send it again.",
}
OLD_FORM = {
    "zh": "这张表打开太久了。您填的都还在，请再提交一次。",
    "en": "This form was open for too long. What you wrote is still here; please send it again.",
}


@open_to_all
@never_cache
@require_http_methods(["GET", "POST"])
def apply(request: HttpRequest, code: str) -> HttpResponse:
    """The form."""
    site, lang = _site(code), language(request)
    stands = standing_or_last(site.id, timezone.now())
    if stands is None or not stands.company.areas:
        return render(request, "tours/public_closed.html", {"site": site, "lang": lang}, status=404)
    form = _form(request, site, stands, lang)
    proof = Proof(request, form, site, lang)
    if form.is_bound and form.is_valid():
        _heard(request, form, site, lang)
        proof.ask()
    key = request.POST.get("key") or new_key()
    secret = secret_of(site.id, key)

    def deed(told: Told) -> Deed[verbs.Opened]:
        asked = form.application(language=lang, terms=VERSION, key_digest=digest_of(secret))
        return verbs.open_visit.given(told=asked)

    def page() -> HttpResponse:
        return _page(request, form, site, lang, proof)

    if form.is_valid() and proof.waits:
        return page()
    return submit(
        request,
        form,
        deed,
        page=page,
        then=f"{reverse('tours:follow', args=[code, secret])}{'?lang=en' if lang == 'en' else ''}",
        who=Acting(site.id, page_key(key), VISITOR, timezone.now()),
    )


def _form(request: HttpRequest, site: Site, stands: Standing, lang: str) -> ApplicationForm:
    now = timezone.now()
    circles = COMPANY.in_force(site.id, now).values.circles
    form = ApplicationForm(
        sent(request), areas=areas_named(stands.company.areas), circles=circles, public=True,
        initial={**soon(now), "terms": VERSION},
    )  # fmt: skip
    if sender() is not None:
        form.ask_code()
    if lang == "en":
        form.in_english()
    return form


def _heard(request: HttpRequest, form: ApplicationForm, site: Site, lang: str) -> None:
    """A form that we gave out with today's terms, from somebody who doesn't send one after the other."""
    if not is_stamped(site.id, form.cleaned_data["key"], request.POST.get("stamp", "")):
        form.renew_key()
        form.refuse(OLD_FORM[lang])
    elif form.cleaned_data["terms"] != VERSION:
        form.refuse(OTHER_TERMS[lang])
    elif not listened_to(
        of_strangers("tours"), client_ip(request), timezone.now(), here=FROM_HERE, in_all=IN_ALL
    ):
        form.refuse(TOO_MANY[lang])


def _page(
    request: HttpRequest, form: ApplicationForm, site: Site, lang: str, proof: Proof
) -> HttpResponse:
    key = str(form["key"].value() or new_key())
    form.initial["key"] = key
    context = {
        "form": form, "site": site, "lang": lang, "terms": VERSIONS[VERSION][lang], "version": VERSION, "proof": proof,
        "stamp": stamp(site.id, key), "more": "Language, diet, access, cars, cameras" if lang == "en" else "",
    }  # fmt: skip
    return render(request, "tours/public.html", context, status=status(form))


@open_to_all
@never_cache
@require_http_methods(["GET"])
def follow(request: HttpRequest, code: str, secret: str) -> HttpResponse:
    """Where one's own visit stands."""
    site, row = private_visit(code, secret)
    return _follow(request, site, row, secret)


def _follow(request: HttpRequest, site: Site, row: TourVisit, secret: str) -> HttpResponse:
    lang = language(request, row.language)
    known = COMPANY.in_force(site.id, timezone.now()).values
    context = {
        "row": row, "site": site, "lang": lang, "secret": secret, "stands": STANDS[lang][row.status],
        "areas": _areas(row, lang),
        "bring": (known.bring_en if lang == "en" else known.bring) or BRING[lang],
        "directions": (known.directions_en if lang == "en" else "") or known.directions,
        "foreign": lang == "en" and not known.directions_en, "terms": VERSIONS.get(row.terms, {}).get(lang, ()),
        "early": EARLY[lang] if row.status not in ENDED and minors_listed(row).missing else "",
        "named": listed(row).count(), "passes": row.passes.filter(fate="outstanding").exists(),
        "changes": row.status not in ENDED and row.starts_at > timezone.now(),
    }  # fmt: skip
    return render(request, "tours/public_follow.html", context)


def _areas(row: TourVisit, lang: str) -> list[tuple[str, str]]:
    names = AREAS if lang == "en" else AREA_WORDS
    told = [(names[n], area_stands(state, row.status, lang)) for n, state, _ in row.state["areas"]]
    return [(name, words) for name, words in told if words]


@open_to_all
@never_cache
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, code: str, secret: str) -> HttpResponse:
    """Another time, headcount, areas, words."""
    site, row = private_visit(code, secret)
    stands = standing_or_last(site.id, timezone.now())
    lang = language(request, row.language)
    back = f"{reverse('tours:follow', args=[code, secret])}?lang={lang}"
    if stands is None:
        raise Http404
    start, end = timezone.localtime(row.starts_at), timezone.localtime(row.ends_at)
    form = ChangeForm(
        sent(request), areas=areas_named(stands.company.areas),
        initial={
            "day": start.date(), "start": start.time(), "end": end.time(), "headcount": row.headcount,
            "areas": [name for name, _, _ in row.state["areas"]], **row.words,
        },
    )  # fmt: skip
    if lang == "en":
        form.in_english()

    def page() -> HttpResponse:
        shown = {"form": form, "site": site, "lang": lang, "back": back, "row": row}
        return render(request, "tours/public_change.html", shown, status=status(form))

    def deed(told: Told) -> Deed[None]:
        changed = changed_of(row, form)
        return verbs.change.given(visit_id=row.id, fields=changed, words=form.words)

    return submit(request, form, deed, page=page, then=back, who=visitor(request, site.id))


@open_to_all
@require_POST
def withdraw(request: HttpRequest, code: str, secret: str) -> HttpResponse:
    """The visitor doesn't come."""
    site, row = private_visit(code, secret)
    deed = verbs.happen.given(event="withdraw", visit_id=row.id)
    back = reverse("tours:follow", args=[code, secret])
    return perform(request, deed, then=back, who=visitor(request, site.id))


def visitor(request: HttpRequest, site_id: UUID) -> Acting:
    """Whoever has the private link, under the form's key."""
    key = page_key(request.POST.get("key") or new_key())
    return Acting(site_id, key, VISITOR, timezone.now())


def _site(code: str) -> Site:
    """A headquarters that is open; 404 for everything else alike."""
    rows = Site.objects.filter(code=code, kind="headquarters", closed_at=None)
    site = rows.first()
    if site is None:
        raise Http404
    return site


def private_visit(code: str, secret: str) -> tuple[Site, TourVisit]:
    """The place and the visit of a private link; 404 for everything else alike."""
    site = _site(code)
    row = TourVisit.objects.filter(site_id=site.id, key_digest=digest_of(secret)).first()
    if row is None:
        raise Http404
    return site, row


def language(request: HttpRequest, otherwise: str = "zh") -> str:
    """Chinese, or English where it was asked for."""
    asked = request.POST.get("lang") or request.GET.get("lang") or otherwise
    return "en" if asked == "en" else "zh"

"""The pages of the frame: 待办, search, coming to a place, what a place will have."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yingbin.pages.placed import bare, kept_here
from yingbin.pages.wing import GROUPS, called, paths
from yingbin.people import queries
from yingbin.people.access import badge_of, signed_in, site_of
from yingbin.people.frame import Hit, InboxLine
from yingbin.people.models import Site, SiteKind
from yingbin.people.queries import Badge

from .demo.further import progress_of
from .navigation import INBOX, coming, entries, landing

LONGEST = 60  # characters one may ask for
FAR = datetime.max


def _here(request: HttpRequest) -> Site:
    site = site_of(request)
    if site is None:
        raise Http404
    return site


@signed_in
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """Everything that waits for this person here, in one list: what is late, what is due next, what was told.

    Below it what they asked of others, with its state.
    """
    site, badge, now = _here(request), badge_of(request), timezone.now()
    lines = [one for path in paths("inbox") for one in _lines(path)(badge, now)]
    waiting = sorted((one for one in lines if not one.state), key=partial(_turn, now))
    context = {
        "rows": [(one, one.late(now)) for one in waiting],
        "late": sum(one.late(now) for one in waiting),
        "asked": sorted((one for one in lines if one.state), key=lambda one: one.at, reverse=True),
        "books": [
            e for e in entries(site.kind) if e.group == INBOX and e.opens_for(badge.permissions)
        ],
    }
    return render(request, "web/inbox.html", context)


def _turn(now: datetime, one: InboxLine) -> tuple[bool, bool, bool, datetime, timedelta]:
    """What is late stands first, the longest late above; then what falls due next; then what was told last."""
    late = one.late(now)
    return not late, one.due_at is None, not (late or one.urgent), one.due_at or now, now - one.at


def _lines(path: str) -> Callable[[Badge, datetime], list[InboxLine]]:
    return called(path)  # type: ignore[return-value]


def _finder(path: str) -> Callable[[Badge, str, datetime], list[Hit]]:
    return called(path)  # type: ignore[return-value]


@signed_in
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """One box for everything: pages, people, customers, groups, receipts, clauses."""
    return render(request, "web/find.html", _asked(request))


@signed_in
@require_POST
def find_piece(request: HttpRequest) -> HttpResponse:
    """The results alone, while one types."""
    return render(request, "web/_found.html", _asked(request))


def _asked(request: HttpRequest) -> dict[str, object]:
    """What was typed, which stands in no address, and what it finds."""
    text = request.POST.get("q", "").strip()[:LONGEST]
    hits = found(badge_of(request), _here(request).kind, text) if text else []
    return {"q": text, "hits": hits}


def found(badge: Badge, kind: str, text: str) -> list[Hit]:
    """What this person may find here under these words: pages first, then what the wings find."""
    words = text.lower()
    hits = [
        Hit("页面", e.label, reverse(e.page), e.icon, GROUPS[e.group])
        for e in entries(kind)
        if e.opens_for(badge.permissions) and words in f"{e.label} {e.words}".lower()
    ]
    for path in reversed(paths("finders")):
        hits += _finder(path)(badge, text, timezone.now())
    return sorted(hits, key=lambda hit: not hit.title.lower().startswith(words))


@signed_in
@require_GET
def arrive(request: HttpRequest) -> HttpResponse:
    """Comes to a place: to the page one was on where it opens here too, else to where one starts. Old addresses
    lead to this place from now on."""
    site, badge = _here(request), badge_of(request)
    if request.session.get("site_id") != str(site.id):
        request.session["site_id"] = str(site.id)
    page = bare(request.GET.get("page", ""))
    if _opens(page, badge, site.kind):
        return redirect(kept_here(page))
    return redirect(landing(badge, site.kind))


def _opens(page: str, badge: Badge, kind: str) -> bool:
    """Whether this is a page of the navigation, or below one without naming any row, that opens here."""
    known = [
        e for e in entries(kind) if e.opens_for(badge.permissions) and page.startswith(_of(e.page))
    ]
    try:
        match = resolve(page)
    except Resolver404:
        return False
    access = getattr(match.func, "access", ())
    allowed = access == "signed_in" or bool(badge.permissions.intersection(access))
    return bool(known) and allowed and not match.kwargs


def _of(page: str) -> str:
    return bare(reverse(page))


@signed_in
@require_GET
def now(request: HttpRequest) -> HttpResponse:
    """What will be at a place of this kind, while its wing is still empty."""
    site = _here(request)
    told = coming(site.kind)
    if told is None:
        return redirect(landing(badge_of(request), site.kind))
    company = queries.company()
    context = {
        "coming": told,
        "kind": SiteKind(site.kind).label,
        "past": progress_of(site) if company and company.is_demo else None,
    }
    return render(request, "web/now.html", context)

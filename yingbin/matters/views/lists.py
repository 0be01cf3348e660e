"""Lists of matters: one's own, everyone's, those found by their words."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yingbin.pages.asked import paged
from yingbin.pages.doing import sent
from yingbin.people.access import badge_of, needs
from yingbin.rules import matters as rule

from .. import queries
from ..forms import SearchForm
from ..words import clock_title

A_PAGE = 40
_OF_ONESELF = ("mine", "asked", "ended")


@needs("matters.handle", "matters.oversee")
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """One's own matters by default; those who oversee see everyone's. What is looked for is posted."""
    badge, now = badge_of(request), timezone.now()
    asked = sent(request) or request.GET
    which, kind = asked.get("which", "mine"), asked.get("kind", "")
    if which not in queries.WHICH or kind not in ("", *rule.KINDS):
        raise Http404
    form = SearchForm(asked)
    words = form.cleaned_data["words"] if form.is_valid() and request.method == "POST" else ""
    rows = queries.matters(badge, "all" if words and which == "mine" else which, now, kind, words)
    page = paged(asked, rows, A_PAGE)
    context = {
        "lines": [(x, clock_title(x.matter)) for x in queries.lines(badge, page.object_list, now)],
        "page": page,
        "query": f"which={which}&kind={kind}&",
        "posted": [("which", which), ("kind", kind), ("words", words)] if words else [],
        "which": which,
        "kind": kind,
        "words": words,
        "tabs": _tabs(badge.may("matters.oversee")),
        "kinds": [(k.id, k.title) for k in rule.KINDS.values()],
        "waiting": queries.offered(badge),
    }
    return render(request, "matters/index.html", context)


def _tabs(oversees: bool) -> list[tuple[str, str]]:
    shown = queries.WHICH if oversees else {k: queries.WHICH[k] for k in _OF_ONESELF}
    return list(shown.items())

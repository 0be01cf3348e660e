"""督办: the supervisor's and the manager's page, live; several matters reassigned at once (SD-3.3)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yingbin.journal.write import KeyReused, derived_key
from yingbin.pages import asked
from yingbin.pages.doing import acting, sent, site_id, status, submit
from yingbin.people.access import badge_of, needs
from yingbin.people.calendar import ZONE, span
from yingbin.people.queries import names_of
from yingbin.rules.decision import Refused
from yingbin.rules.gone import colleague

from ..actions.verbs import guide, happen
from ..allowed import standing_or_last
from ..forms.record import GuidanceForm
from ..forms.supervision import ReassignForm
from ..live import watch_context
from ..models import DeskMatter
from ..names import names_in
from ..queries import callbacks, lists, supervision
from ..queries import corrections as to_do
from ..queries.one import seen

A_PAGE = 25
AT_ONCE = 100
DAYS = 30


@dataclass(frozen=True)
class Outcome:
    """What became of one of several. done: the rules' sentence either way."""

    row: DeskMatter
    done: bool
    sentence: str


@needs("desk.supervise")
@require_GET
def watch(request: HttpRequest) -> HttpResponse:
    """What is late, handed back, waiting; or what somebody has, by `whose`."""
    return _page(request, request.GET)


@needs("desk.supervise")
@require_POST
def reassign(request: HttpRequest) -> HttpResponse:
    """Each of the ticked matters by the rules' own event, under a key of its own; what was refused is said by row."""
    site_id(request)
    who = acting(request)
    form = ReassignForm(request.POST, people=_people(request))
    ids = asked.uids(request.POST.getlist("one"))[:AT_ONCE]
    if form.is_valid() and not ids:
        form.refuse("请先勾选要改派的事。")
    if not form.is_valid():
        return _page(request, request.POST, form)
    told = form.cleaned_data
    fields = {"to": told["to"], "as": told["as_"], "reason": told["reason"]}
    rows = {
        one.matter_id: one
        for one in lists.theirs(badge_of(request)).select_related("matter").filter(matter__in=ids)
    }
    outcomes = []
    for one in ids:
        if one in rows:
            own = replace(who, key=derived_key(who.key, str(one)))
            try:
                sentence, done = (
                    happen(own, event="assign", matter_id=one, fields=fields).because,
                    True,
                )
            except (Refused, KeyReused) as no:
                sentence, done = no.message, False
            outcomes.append(Outcome(rows[one], done, sentence))
    return _page(request, request.POST, outcomes=tuple(outcomes))


@needs("desk.supervise")
@require_GET
def load(request: HttpRequest) -> HttpResponse:
    """Everybody's load."""
    context = {"load": supervision.load(site_id(request), timezone.now()), "tab": "load"}
    return render(request, "desk/load.html", context | _head(request))


@needs("desk.supervise")
@require_GET
def in_time(request: HttpRequest) -> HttpResponse:
    """How much was in time within some days, by kind, department and person; the rows behind each figure."""
    site, now = site_id(request), timezone.now()
    last = asked.day(request.GET.get("until")) or now.astimezone(ZONE).date()
    first = min(asked.day(request.GET.get("since")) or last - timedelta(days=DAYS - 1), last)
    by, key = request.GET.get("by", ""), request.GET.get("key", "")
    if by not in ("", "kind", "of", "who") or (by in ("of", "who") and key and not asked.uid(key)):
        raise Http404
    start, end = span(first, last)
    context = {
        "first": first, "last": last, "tab": "time", "days": f"since={first}&until={last}",
        "told": supervision.in_time(site, start, end, now),
    }  # fmt: skip
    if by:
        rows = supervision.of_span(site, start, end).select_related("matter")
        rows = supervision.seen_by(badge_of(request), rows)
        page = paged_rows(request, supervision.narrowed(rows, site, by, key, now))
        context |= {
            "page": page, "lines": lists.lines(site, page.object_list, now), "by": by, "key": key,
            "bad": supervision.late_among(page.object_list),
            "query": f"since={first}&until={last}&by={by}&key={key}&",
        }  # fmt: skip
    return render(request, "desk/in_time.html", context | _head(request))


@needs("desk.supervise")
@require_GET
def favours(request: HttpRequest) -> HttpResponse:
    """What was asked of residents, for those alone who may know it (SD-4.4)."""
    found = callbacks.asked(badge_of(request), timezone.now())
    return render(request, "desk/favours.html", {"asked": found, "tab": "asked"} | _head(request))


@needs("desk.supervise")
@require_GET
def corrections(request: HttpRequest) -> HttpResponse:
    """What is done so that complaints don't come again: who, until when, what is overdue first (SD-4.2.5)."""
    which = request.GET.get("which", "open")
    if which not in to_do.WHICH:
        raise Http404
    page = asked.paged(request.GET, to_do.rows_of(badge_of(request), which), A_PAGE)
    context = {
        "tab": "corrections", "which": which, "tabs": to_do.WHICH.items(), "page": page,
        "query": f"which={which}&", "lines": to_do.lines(site_id(request), page.object_list, timezone.now()),
    }  # fmt: skip
    return render(request, "desk/corrections.html", context | _head(request))


def paged_rows(request: HttpRequest, rows: QuerySet[DeskMatter]) -> Page[DeskMatter]:
    """The page of rows that is asked for."""
    return asked.paged(request.GET, rows, A_PAGE)


def _name(site: UUID, whose: str) -> str:
    return colleague(names_in(site, [whose]), whose) if whose else ""


def _head(request: HttpRequest) -> dict[str, object]:
    return watch_context(badge_of(request), timezone.now())


def _people(request: HttpRequest) -> list[tuple[str, str]]:
    """Whom a matter can be given to, by name."""
    stands = standing_or_last(site_id(request), timezone.now())
    everyone = stands.office.everyone if stands else frozenset()
    names = names_of({UUID(one) for one in everyone})
    return sorted(((str(one), name) for one, name in names.items()), key=lambda pair: pair[1])


def _page(
    request: HttpRequest,
    said: Mapping[str, str],
    form: ReassignForm | None = None,
    outcomes: tuple[Outcome, ...] = (),
) -> HttpResponse:
    site, now = site_id(request), timezone.now()
    which, whose = said.get("which", "late"), said.get("whose", "")
    if which not in supervision.WHICH or (whose and not asked.uid(whose.rpartition(":")[2])):
        raise Http404
    rows = (
        supervision.of_somebody(site, whose, now)
        if whose
        else supervision.rows_of(site, which, now)
    )
    page = paged_rows(request, supervision.seen_by(badge_of(request), rows))
    context: dict[str, object] = {
        "tab": "" if whose else which,
        "which": which,
        "whose": whose,
        "whose_name": _name(site, whose),
        "page": page,
        "query": f"which={which}&whose={whose}&",
        "watched": supervision.watched(site, page.object_list, now),
        "form": form or ReassignForm(people=_people(request)),
        "outcomes": outcomes,
        "ticked": set(request.POST.getlist("one")) if form else set(),
    }
    return render(request, "desk/watch.html", context | _head(request), status=status(form))


@needs("desk.supervise")
@require_http_methods(["GET", "POST"])
def say(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """A word to whoever owes the answer, from the list and back to it."""
    site_id(request)
    row = seen(badge_of(request), matter_id, timezone.now())
    if row is None:
        raise Http404
    form, owner = GuidanceForm(sent(request)), str(row.matter.owner_id)
    names = names_in(row.site_id, [owner])
    context = {"row": row, "form": form, "owner": colleague(names, owner)}
    return submit(
        request,
        form,
        lambda told: guide.given(matter_id=matter_id, words=told["words"]),
        page=lambda: render(request, "desk/say.html", context, status=status(form)),
        then=reverse("desk:watch"),
        said=f"{context['owner']}已经收到您的话。",
    )

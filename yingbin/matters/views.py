"""Pages of matters: lists, one matter with its one next step, a new one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yingbin.customers.queries import shown_as
from yingbin.journal.write import KeyReused, new_key
from yingbin.pages.onward import onward
from yingbin.people.access import badge_of, needs
from yingbin.people.acting import acting, site_id
from yingbin.people.queries import names_of
from yingbin.rules import matters as rule
from yingbin.rules.decision import Refused

from . import actions, queries
from .forms import OpenForm, StepForm, first_error
from .models import Matter
from .words import NEXT, SAID, STATUS, VERBS

# What people do by hand; reminders and escalations are the clock's.
_BY_HAND = frozenset(VERBS) - {"open", "remind", "escalate"}


@needs("matters.handle", "matters.oversee")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """One's own matters by default; those who oversee see everyone's."""
    badge, now = badge_of(request), timezone.now()
    which = request.GET.get("which", "mine")
    kind = request.GET.get("kind", "")
    if which not in queries.WHICH or kind not in ("", *rule.KINDS):
        raise Http404
    page = Paginator(queries.matters(badge, which, now, kind), 40).get_page(request.GET.get("page"))
    context = {
        "lines": queries.lines(badge, page.object_list, now),
        "page": page,
        "query": f"which={which}&kind={kind}&",
        "which": which,
        "kind": kind,
        "tabs": _tabs(badge.may("matters.oversee")),
        "kinds": [(k.id, k.title) for k in rule.KINDS.values()],
        "waiting": queries.offered(badge),
        "todo": NEXT,
        "statuses": STATUS,
    }
    return render(request, "matters/index.html", context)


def _tabs(oversees: bool) -> list[tuple[str, str]]:
    shown = queries.WHICH if oversees else {k: queries.WHICH[k] for k in ("mine", "asked", "ended")}
    return list(shown.items())


@needs("matters.handle", "matters.oversee")
@require_GET
def matter(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """One matter: where it stands, the next step, its history."""
    return _page(request, _matter(request, matter_id))


def _matter(request: HttpRequest, matter_id: UUID) -> Matter:
    found = queries.matter(badge_of(request), matter_id)
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, found: Matter, status: int = 200, **more: Any) -> HttpResponse:
    now, me, site = timezone.now(), str(request.user.pk), site_id(request)
    steps = queries.steps_of(found)
    state = rule.replay(found.kind, steps)
    people = names_of({UUID(w) for s in steps for w in (s.by, s.to) if w} | {found.owner_id})
    shown = shown_as(site, [found.customer_id]) if found.customer_id else {}
    context = {
        "matter": found,
        "kind": queries.title_of(found.kind),
        "status": STATUS[state.status],
        "overdue": bool(state.due_at and not state.ended and state.due_at < now),
        "steps": [(step, VERBS.get(step.verb, step.verb)) for step in reversed(steps)],
        "answer": next((s.note for s in reversed(steps) if s.verb == "answer"), ""),
        "people": people,
        "customer": shown.get(found.customer_id) if found.customer_id else None,
        "next": rule.next_verb(state, me),
        "may": _may(request, state, me),
        "colleagues": _others(site, now, found) if not state.ended else [],
        "third": state.hand_offs >= rule.FREE_HAND_OFFS,
        "key": new_key(),
    }
    return render(request, "matters/matter.html", context | more, status=status)


def _others(site: UUID, now: Any, found: Matter) -> list[Any]:
    return [s for s in queries.colleagues(site, now) if s.id != found.owner_id]


def _may(request: HttpRequest, state: rule.State, me: str) -> dict[str, bool]:
    """Which verbs to offer this person beside the next one; the rule decides in the end."""
    oversees = badge_of(request).may("matters.oversee")
    owner, opener = oversees or me == state.owner, oversees or me == state.opened_by
    live = not state.ended
    return {
        "offer": owner and live and not state.answered,
        "withdraw": owner and bool(state.offered_to) and me != state.offered_to,
        "decline": me == state.offered_to,
        "postpone": owner and live,
        "cancel": opener and live,
        "reopen": (owner or opener) and state.ended,
        "note": owner or opener or me == state.offered_to,
        "take": _takes_from_pool(state, me),
    }


def _takes_from_pool(state: rule.State, me: str) -> bool:
    pool = rule.KINDS[state.kind].pool and not state.ended
    return pool and not state.offered_to and me != state.owner


@needs("matters.handle", "matters.oversee")
@require_POST
def act(request: HttpRequest, matter_id: UUID, verb: str) -> HttpResponse:
    """Takes one step; a refusal stays on the page with what was typed."""
    found = _matter(request, matter_id)
    if verb not in _BY_HAND:
        raise Http404
    form = StepForm(request.POST)
    if not form.is_valid():
        return _page(request, found, 422, refused=first_error(form), typed=request.POST, open=verb)
    sent = form.cleaned_data
    try:
        actions.act(
            verb,
            **acting(request),
            matter_id=found.id,
            to=sent["to"],
            note=sent["note"],
            due_at=sent["due_at"],
        )
    except (Refused, KeyReused) as no:
        return _page(request, found, 422, refused=no.message, typed=request.POST, open=verb)
    messages.success(request, SAID[verb])
    return redirect(onward(request, reverse("matters:matter", args=[found.id])))


@needs("matters.handle", "matters.oversee")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A matter opened by hand: one's own until somebody named accepts it (SF-4.3.6)."""
    sent = request.POST if request.method == "POST" else None
    form = OpenForm(sent, initial={"kind": "question", **_customer_in(request)})
    refused = ""
    if form.is_valid():
        told = dict(form.cleaned_data)
        known = _customer(request, form) if told.pop("customer") else None
        try:
            about = known.id if known else None
            done = actions.open_new(**acting(request), customer_id=about, **told)
            return redirect("matters:matter", matter_id=done["matter"])
        except (Refused, KeyReused) as no:
            refused = no.message
    context = {
        "form": form,
        "refused": refused,
        "customer": _customer(request, form),
        "colleagues": [s for s in _colleagues(request) if s.id != request.user.pk],
        "key": new_key(),
    }
    return render(request, "matters/new.html", context, status=422 if sent is not None else 200)


def _colleagues(request: HttpRequest) -> list[Any]:
    return queries.colleagues(site_id(request), timezone.now())


def _customer_in(request: HttpRequest) -> dict[str, str]:
    wanted = request.GET.get("customer", "")
    return {"customer": wanted} if wanted else {}


def _customer(request: HttpRequest, form: OpenForm) -> Any:
    """The customer the matter is about, where this site knows them."""
    try:
        wanted = UUID(str(form["customer"].value() or ""))
    except ValueError:
        return None
    return shown_as(site_id(request), [wanted]).get(wanted)

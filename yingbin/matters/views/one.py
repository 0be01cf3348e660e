"""One matter: where it stands, its clocks, the next step, what else can be done, its history in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yingbin.customers.queries import Shown, shown_as
from yingbin.files.forms import taken_with
from yingbin.pages.doing import acting, person_id, submit
from yingbin.pages.forms import first_error
from yingbin.pages.wing import PartsOf
from yingbin.people.access import badge_of, needs
from yingbin.rules import matters as rule

from .. import actions, queries
from ..asides import Aside, asides_of
from ..forms import Choices, StepForm
from ..models import Matter
from ..photos import Photos, photos_of
from ..words import (
    PLACED,
    SAID,
    VERBS,
    ClockShown,
    Told,
    asks_of,
    clocks_shown,
    history,
    status_of,
    takers,
)

PAGES: PartsOf[str] = PartsOf("matter_pages")
# What people do by hand; the rest is the clock's, or follows from something else.
_BY_HAND = frozenset(VERBS) - rule.BY_CLOCK - {"open", "lapse"}


@dataclass(frozen=True)
class Choice:
    """Something that can be done beside the next step."""

    verb: str
    title: str
    form: StepForm
    hint: str = ""
    shown: bool = False
    danger: bool = False

    @property
    def bare(self) -> bool:
        """Nothing to type: one button."""
        return set(self.form.fields) == {"key"}


@dataclass(frozen=True)
class MatterPage:
    """What the page of a matter shows."""

    matter: Matter
    state: rule.State
    kind: str
    status: str
    overdue: bool
    names: Mapping[str, str]
    customer: Shown | None
    answer: str
    clocks: tuple[ClockShown, ...]
    pause: str
    links: list[tuple[str, Matter]]
    photos: tuple[Photos, ...]
    steps: list[Told]
    next: Choice | None
    choices: list[Choice]
    asides: tuple[Aside, ...] = ()
    refused: str = ""


@needs("matters.handle", "matters.oversee")
@require_GET
def matter(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """Where it stands, the next step, its history; a wing's own matter on the wing's page."""
    found = _found(request, matter_id)
    own = PAGES.get(found.kind)
    return redirect(own, found.id) if own else _page(request, found)


@needs("matters.handle", "matters.oversee")
@require_POST
def act(request: HttpRequest, matter_id: UUID, verb: str) -> HttpResponse:
    """Takes one step; a refusal stays on the page with what was typed."""
    found = _found(request, matter_id)
    kind = rule.KINDS[found.kind]
    if verb not in _BY_HAND | set(kind.verbs):
        raise Http404
    form, who = _form(verb, found, kind, request), acting(request)
    photos = taken_with(who, form) if "photos" in form.fields else ()
    return submit(
        request,
        form,
        lambda told: actions.act.given(
            matter_id=found.id,
            verb=verb,
            to=told.get("to") or None,
            note=told.get("note", ""),
            due_at=told.get("due_at"),
            reason=told.get("reason", ""),
            grade=told.get("grade", ""),
            photos=photos,
            purpose=_purpose(kind, verb, told.get("purpose", "")) if photos else "",
        ),
        page=lambda: _page(request, found, verb, form),
        then=reverse("matters:matter", args=[found.id]),
        said=f"{kind.verbs[verb].title}，已记下。" if verb in kind.verbs else SAID[verb],
        who=who,
    )


def _purpose(kind: rule.Kind, verb: str, chosen: str) -> str:
    """What photos show: what the verb says, or what was chosen."""
    own = kind.verbs.get(verb)
    return (own.photo if own else "") or chosen


def _found(request: HttpRequest, matter_id: UUID) -> Matter:
    found = queries.matter(badge_of(request), matter_id)
    if found is None or found.kind not in rule.KINDS:
        raise Http404
    return found


def _form(verb: str, found: Matter, kind: rule.Kind, request: HttpRequest | None) -> StepForm:
    asks, note = asks_of(verb, kind)
    choices: dict[str, Choices] = {
        "reason": list(kind.pauses.items()),
        "grade": [(g, kind.grade_title(g)) for g in kind.grades if g != found.grade],
        "purpose": list(kind.photos.items()),
    }
    if "to" in asks:
        groups = verb == "offer"
        people = queries.colleagues(found.site_id, timezone.now())
        without = (
            {queries.party(found.holder_id, found.holder_group)} if verb == "assign" else set()
        )
        choices["to"] = takers(people, groups=groups, without=without)
    data, files = (request.POST, request.FILES) if request else (None, None)
    form = StepForm(data, files, verb=verb, asks=asks, note=note, choices=choices)
    shown = list(kind.photos)
    form.initial["purpose"] = shown[-1 if verb == kind.ends_by else 0] if shown else ""
    return form


def _page(
    request: HttpRequest, found: Matter, verb: str = "", form: StepForm | None = None
) -> HttpResponse:
    shown = _shown(request, found, timezone.now(), verb, form)
    return render(request, "matters/matter.html", {"shown": shown}, status=422 if form else 200)


def _shown(
    request: HttpRequest, found: Matter, now: datetime, verb: str, form: StepForm | None
) -> MatterPage:
    steps = queries.steps_of(found)
    state = rule.replay(found.kind, steps)
    kind = rule.KINDS[state.kind]
    photos = photos_of(found, kind.photos)
    parties = {w for s in steps for w in (s.by, s.to)} | {str(p.by) for p in photos}
    names = queries.names_of_parties(parties | {state.owner, state.holder})
    known = shown_as(found.site_id, [found.customer_id]) if found.customer_id else {}
    around = queries.around(found.site_id, person_id(request), now, state)
    next_verb = rule.next_verb(state, str(person_id(request)), around)
    due = state.due_at

    def choice(one: str) -> Choice:
        mine = form if form is not None and one == verb else _form(one, found, kind, None)
        return Choice(
            one, _title(one, kind), mine, _hint(one, state, kind), one == verb, one == "cancel"
        )

    return MatterPage(
        matter=found,
        state=state,
        kind=kind.title,
        status=status_of(state.status, state.stage, kind),
        overdue=bool(due and not state.ended and due < now),
        names=names,
        customer=known.get(found.customer_id) if found.customer_id else None,
        answer=next((s.note for s in reversed(steps) if s.verb == "answer"), ""),
        clocks=clocks_shown(state, kind, now),
        pause=kind.pauses.get(state.pause.reason, "暂停") if state.pause else "",
        links=queries.links_of(found, badge_of(request).staff_id),
        photos=photos,
        steps=history(steps, names, kind),
        next=choice(next_verb) if next_verb else None,
        choices=[choice(v) for v in _may(state, kind, around, str(person_id(request)), next_verb)],
        asides=asides_of(badge_of(request), found),
        refused=first_error(form) if form else "",
    )


def _open_to(state: rule.State, verb: rule.Verb, me: str, around: rule.Around) -> bool:
    """Whether a verb of the wing's own is to be offered to this person now."""
    theirs = rule.has_part(state, verb, me, around)
    chief = around.supervisor and "supervisor" in verb.by
    return (theirs or chief) and (not verb.when or state.stage in verb.when)


def _title(verb: str, kind: rule.Kind) -> str:
    return kind.verbs[verb].title if verb in kind.verbs else PLACED.get(verb, VERBS.get(verb, verb))


def _hint(verb: str, state: rule.State, kind: rule.Kind) -> str:
    if verb == "offer":
        if state.hand_offs >= kind.free_hand_offs:
            return "已经转过几次手，这次会交给主管。"
        return "对方接手之前，仍由现在的人负责。"
    if verb == "pause":
        return f"时限停着不走；一件事一共最多停 {kind.pause_cap.total_seconds() / 3600:g} 小时。"
    return ""


def _may(
    state: rule.State, kind: rule.Kind, around: rule.Around, me: str, next_verb: str
) -> Iterator[str]:
    """Which verbs to offer this person beside the next one; the rule decides in the end."""
    chief = around.supervisor
    owner, asker = chief or me == state.owner, chief or me == state.opened_by
    mine, live = owner or me == state.holder, not state.ended
    offered = state.offered_to == me or state.offered_to in around.parties
    pool = bool(kind.pool) and around.pool and not state.offered_to and me != state.owner
    can = {
        "accept": live and pool,
        "decline": bool(state.offered_to) and offered,
        "offer": mine and live and not state.answered,
        "withdraw": mine and bool(state.offered_to) and not offered,
        "assign": live and (chief or state.holder in around.heads),
        "assign_owner": live and owner and kind.accepting == "holder",
        "pause": mine and live and bool(kind.pauses) and state.pause is None,
        "resume": mine and state.pause is not None,
        "change": owner and live and len(kind.grades) > 1 and not state.answered,
        "postpone": owner and live,
        "note": owner or mine or asker or offered,
        "reopen": (owner or asker) and state.ended,
        "cancel": asker and live,
        **{v: live and _open_to(state, o, me, around) for v, o in kind.verbs.items()},
    }
    hidden = {next_verb, *kind.refuses}
    return (verb for verb, yes in can.items() if yes and verb not in hidden)

"""登记: the one screen on which a clerk writes down whatever comes in, and the guard's short one (SD-4.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import starmap
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from yingbin.files.forms import taken_with
from yingbin.journal.action import Acting
from yingbin.pages.doing import acting, perform, sent, site_id, status, submit
from yingbin.people.access import badge_of, may, needs
from yingbin.rules.desk.alike import subject_of

from ..actions import register as actions
from ..actions.happen import Record
from ..choices import DeskChoices, chosen_at, titles_of
from ..forms.register import GuardForm, RegisterForm
from ..queries import answers
from ..queries.alike import Known, Said, known
from ..queries.answers import AnswerLine
from ..queries.complaints import may_be_named
from ..queries.estate import place_of
from ..queries.onebox import Found, found
from ..queries.register import Asking, Spot, elsewhere, is_dialled, lately, spot
from ..subjects import OTHER, Topic

# The letters that choose an answer together with Alt.
KINDS = {"enquiry": "z", "help": "q", "paid": "y", "suggestion": "j", "complaint": "t"}
URGENCIES = {"yes": "u", "no": "n"}
SOURCES = {"call": "d", "visit": "f", "letter": "x", "online": "i", "other": "o"}
SLOTS = frozenset(
    "23456789"
)  # calls begun while another waits half written down, each at an address of its own
TAKES = "abc"  # the letters that take an answer out of the base


@dataclass(frozen=True)
class Keyed:
    """An answer with the letter that chooses it."""

    value: str
    label: str
    key: str
    chosen: bool


@dataclass(frozen=True)
class Proposal:
    """An entry of the base of answers with the letter that takes it."""

    line: AnswerLine
    key: str


@dataclass(frozen=True)
class Picked:
    """What is chosen below the box, by ids."""

    home: str = ""
    who: str = ""
    matter: str = ""


@dataclass(frozen=True)
class Looked:
    """All that is known of what stands in the form now."""

    text: str
    found: Found
    spot: Spot
    subject: str
    known: Known
    answers: tuple[Proposal, ...] = ()
    answer: str = ""
    not_served: Topic | None = None


@needs("desk.record")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Whatever comes in; a guard has a page of their own."""
    return _register(request) if may(request, "desk.see") else _guard(request)


def _register(request: HttpRequest) -> HttpResponse:
    form = _form(request)
    if not form.is_bound:
        return _page(request, form)
    who = acting(request)
    photos = taken_with(who, form)
    looked = _to_save(request, form, photos) if form.is_valid() else None
    if looked is None or not _is_ready(form, looked):
        return _page(request, form, _look(request, form, photos))
    how, one = form.joined
    if how == "add" and one:
        return _add(request, form, one, photos, who)
    told = _record(form, looked, photos)
    parent = one if how == "parent" else None
    deed = actions.register.given(
        told=told, phone=_phone(form, looked), parent=parent, sure=how == "new",
        entry_id=form.taken,
    )  # fmt: skip
    return perform(
        request, deed, then=reverse("desk:new"), said=_said, form=form, who=who,
        page=lambda: _page(request, form, _look(request, form, photos)),
    )  # fmt: skip


def _form(request: HttpRequest) -> RegisterForm:
    subjects = [(one.key, one.title) for one in chosen_at(site_id(request), timezone.now()).offered]
    form = RegisterForm(sent(request), request.FILES or None, subjects=subjects)
    if request.POST.getlist("about"):
        form.offer(may_be_named(site_id(request), timezone.now()))
    return form


def _add(
    request: HttpRequest, form: RegisterForm, one: UUID, photos: tuple[UUID, ...], who: Acting
) -> HttpResponse:
    deed = actions.add_to.given(matter_id=one, words=form.cleaned_data["words"], photos=photos)
    return perform(
        request, deed, then=reverse("desk:new"), form=form, who=who,
        page=lambda: _page(request, form, _look(request, form, photos)),
        said=lambda done: f"已补充到 {done.number} 号，由{done.owner}负责答复{'，已经通知' if done.told else ''}。",
    )  # fmt: skip


def _said(done: actions.Registered) -> str:
    if done.answered:
        by = f"按答案库第 {done.entry} 条" if done.entry else ""
        return f"{done.number} 号，{by}当场答复，已办结。"
    return f"{done.number} 号已登记，由{done.owner}负责答复住户。"


def _is_ready(form: RegisterForm, looked: Looked) -> bool:
    """Whether nothing is open any more: where it is, and what it is about."""
    how, one = form.joined
    if how in ("add", "parent") and one is None:
        form.refuse("没有找到选的那一件，请重新选。", "twin")
    if how == "add":
        return not form.errors
    if looked.spot.place is None:
        form.refuse(looked.spot.why, looked.spot.about)
    if not looked.subject:
        form.refuse("看不出是什么事项，请选一项。", "subject")
    return not form.errors


def _told(form: RegisterForm) -> Mapping[str, str]:
    return {
        n: str(form.cleaned_data.get(n) or "") for n in ("q", "pick", "place", "words", "subject")
    }


def _to_save(request: HttpRequest, form: RegisterForm, photos: tuple[UUID, ...]) -> Looked:
    """As much as saving needs: who picked a home needs no box, and the action asks itself what is known already."""
    site, told = site_id(request), _told(form)
    nothing = Found(told["q"])
    where = spot(site, Asking(told["q"], told["pick"], told["place"]), nothing)
    picked = where.place and str(where.place.home_id) == told["pick"].partition("|")[0]
    if not picked or form.taken:
        return _look(request, form, photos)
    subject = told["subject"] or _subject(chosen_at(site, timezone.now()), told)
    return Looked(told["q"], nothing, where, subject, Known())


def _subject(chosen: DeskChoices, told: Mapping[str, str]) -> str:
    """What it is about: as chosen, else as the words say."""
    if told["subject"] or not told["words"]:
        return told["subject"]
    return subject_of(told["words"], _titles(chosen)) or OTHER


def _look(request: HttpRequest, form: RegisterForm, photos: tuple[UUID, ...] = ()) -> Looked:
    """Looks up what stands in the form, whether or not it is complete."""
    site, badge, now, told = site_id(request), badge_of(request), timezone.now(), _told(form)
    box = found(site, told["q"], badge, now)
    where = spot(site, Asking(told["q"], told["pick"], told["place"]), box)
    chosen = chosen_at(site, now)
    subject = _subject(chosen, told)
    said = Said(
        where.place.key if where.place else "",
        where.place.words if where.place else "",
        subject,
        told["words"],
        photos,
    )
    lines = _proposed(site, form, said, now)
    taken = next((one.line.row.answer for one in lines if one.line.row.id == form.taken), "")
    return Looked(
        told["q"], box, where, subject, known(site, said, now, badge.staff_id), lines, taken,
        chosen.not_served(subject),
    )  # fmt: skip


def _titles(chosen: DeskChoices) -> dict[str, str]:
    """The subjects that words may speak of."""
    return {one.key: one.title for one in chosen.offered}


def _proposed(site: UUID, form: RegisterForm, said: Said, now: datetime) -> tuple[Proposal, ...]:
    """What the base of answers has for an enquiry's words; a subject that nobody said proposes nothing."""
    if form.kind_said != "enquiry" or not said.words.strip():
        return ()
    subject = said.subject if said.subject != OTHER else ""
    lines = answers.proposed(site, said.words, subject, now, form.taken)
    return tuple(starmap(Proposal, zip(lines, TAKES, strict=False)))


def _phone(form: RegisterForm, looked: Looked) -> str:
    """The number of somebody who isn't known: what was typed as theirs, or what they called from."""
    typed = str(form.cleaned_data["phone"])
    if typed or looked.spot.customer_id or looked.found.places or form.cleaned_data["pick"]:
        return typed
    return looked.text if is_dialled(looked.text) else ""


def _record(form: RegisterForm, looked: Looked, photos: tuple[UUID, ...]) -> Record:
    told, place = form.cleaned_data, looked.spot.place
    assert place is not None
    return Record(
        kind=told["kind"], place=place, subject=looked.subject, source=told["source"], title=form.title,
        detail=form.detail, urgent=form.urgency, answer=told["answer"] or looked.answer, caller=told["caller"],
        customer_id=looked.spot.customer_id, photos=photos, about=tuple(told["about"]),
    )  # fmt: skip


@needs("desk.see")
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """What is known of what is being typed: the slots of the clerk's screen."""
    form = _form(request)
    form.is_valid()
    photos = form.cleaned_data["photos"].kept if "photos" in form.cleaned_data else ()
    return render(
        request, "desk/_register_slots.html", _shown(request, form, _look(request, form, photos))
    )


def _page(request: HttpRequest, form: RegisterForm, looked: Looked | None = None) -> HttpResponse:
    now = timezone.now()
    form.offer(may_be_named(site_id(request), now))
    context = {
        **_shown(request, form, looked),
        "lately": lately(badge_of(request), now),
        "slot": _slot(request),
    }
    return render(request, "desk/register.html", context, status=status(form))


def _slot(request: HttpRequest) -> int:
    """Which of the calls that are being written down at once this page is for: the first, or one begun while it waits."""
    number = request.GET.get("n", "")
    return int(number) if number in SLOTS else 1


def _shown(request: HttpRequest, form: RegisterForm, looked: Looked | None) -> dict[str, object]:
    site, now = site_id(request), timezone.now()
    none = bool(looked and looked.text and not looked.found)
    return {
        "form": form,
        "looked": looked,
        "picked": _picked(str(form["pick"].value() or ""), looked),
        "twin": str(form["twin"].value() or ""),
        "entry": form.taken,
        "kinds": _keyed(form, "kind", KINDS),
        "urgencies": _keyed(form, "urgent", URGENCIES),
        "sources": _keyed(form, "source", SOURCES),
        "guess": titles_of(site, now).get(looked.subject, "") if looked else "",
        "not_served": looked.not_served if looked and form.kind_said == "help" else None,
        "elsewhere": elsewhere(site, looked.text, now) if looked and none else [],
    }


def _keyed(form: RegisterForm, name: str, keys: Mapping[str, str]) -> list[Keyed]:
    """The answers of a question that have a letter, the chosen one marked."""
    told, titles = str(form[name].value()), dict(getattr(form.fields[name], "choices", []))
    return [Keyed(value, str(titles[value]), key, value == told) for value, key in keys.items()]


def _picked(pick: str, looked: Looked | None) -> Picked:
    """What was picked; where nothing was and there is but one home, that."""
    if pick.startswith("matter:"):
        return Picked(matter=pick.partition(":")[2])
    if (
        not pick
        and looked
        and looked.spot.listed
        and len(looked.found.places) == 1
        and looked.spot.place
    ):
        return Picked(str(looked.spot.place.home_id), str(looked.spot.customer_id or ""))
    home, _, who = pick.partition("|")
    return Picked(home, who)


def _guard(request: HttpRequest) -> HttpResponse:
    """The guard's page: a matter that the desk takes over."""
    form = GuardForm(sent(request), request.FILES or None)
    if not form.is_bound:
        return _guard_page(request, form)
    who = acting(request)
    photos = taken_with(who, form)
    return submit(
        request, form, lambda told: actions.register.given(told=_seen(request, form, photos), sure=True),
        then=reverse("desk:new"), page=partial(_guard_page, request, form), who=who,
        said=lambda done: f"{done.number} 号已报给客服前台，前台接过去之前由您盯着。",
    )  # fmt: skip


def _guard_page(request: HttpRequest, form: GuardForm) -> HttpResponse:
    return render(request, "desk/guard.html", {"form": form}, status=status(form))


def _seen(request: HttpRequest, form: GuardForm, photos: tuple[UUID, ...]) -> Record:
    """What a guard saw; a home only where its spelling is one of the list."""
    site, told = site_id(request), form.cleaned_data
    return Record(
        kind="help",
        place=place_of(site, told["place"]),
        subject=subject_of(told["words"], _titles(chosen_at(site, timezone.now()))) or OTHER,
        source="guard",
        title=form.title,
        detail=form.detail,
        urgent=told["urgent"] or None,
        photos=photos,
    )

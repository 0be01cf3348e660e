"""The page of a matter: where it stands and until when, and just what the rules would accept from whoever looks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from yingbin.customers.actions import reveal
from yingbin.customers.queries import whole_number_of
from yingbin.files.forms import taken_with
from yingbin.journal.action import Deed
from yingbin.pages.doing import Told, acting, perform, site_id, status, submit, tried
from yingbin.pages.forms import KeyedForm, first_error
from yingbin.pages.phones import shown as as_read
from yingbin.people.access import badge_of, may, needs
from yingbin.people.queries import Badge

from ..actions import verbs
from ..choices import chosen_at
from ..doings import DOINGS, GROUPS, OF_WORKERS, Doing, page_for
from ..forms.acts import ActForm, Choices, kinds, listed
from ..forms.record import GuidanceForm, WordsForm
from ..kinds import GRADES
from ..models import DeskMatter
from ..queries import answers, complaints
from ..queries.beside import LATEST, Beside, beside
from ..queries.callbacks import asked
from ..queries.find import id_of_number
from ..queries.one import DeskPage, page_of, seen
from ..queries.paid_page import card_of
from ..subjects import Topic

ANYBODY = ("desk.see", "desk.work", "desk.record")


@dataclass(frozen=True)
class Choice:
    """Something that can be done now, with its form. title: as whoever looks calls it; page: where, if not here."""

    doing: Doing
    form: ActForm
    title: str
    shown: bool = False
    page: str = ""
    why: str = ""

    @property
    def bare(self) -> bool:
        """Nothing to type: one button."""
        return bool(self.page) or set(self.form.fields) <= {"key", "amount"}


@dataclass(frozen=True)
class Group:
    """Things that can be done, under one heading."""

    title: str
    choices: tuple[Choice, ...]


@needs(*ANYBODY)
@require_GET
def matter(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """Where it stands, the next step, what else can be done, its history."""
    return _page(request, _found(request, matter_id))


@needs(*ANYBODY)
@require_POST
def act(request: HttpRequest, matter_id: UUID, event: str) -> HttpResponse:
    """One event; a refusal stays on the page with what was typed, in the words of the rules."""
    if event not in DOINGS or event == "call":  # a call has a page of its own
        raise Http404
    row = _found(request, matter_id)
    if page := page_for(row.matter.kind, event):
        return redirect(page, matter_id)
    shown = page_of(badge_of(request), row, timezone.now())
    form, who = _form(shown, DOINGS[event], request), acting(request)
    photos = taken_with(who, form) if "photos" in form.fields else ()
    # Whoever declines doesn't see the task any longer.
    gone = reverse("desk:mine") if event == "decline" else reverse("desk:matter", args=[matter_id])

    def deed(told: Told) -> Deed[verbs.Happened]:
        facts = form.facts()
        if "of" in facts:
            facts["of"] = id_of_number(row.site_id, str(facts["of"]))
        return verbs.happen.given(event=event, matter_id=matter_id, fields=facts, photos=photos)

    return submit(
        request,
        form,
        deed,
        page=lambda: _page(request, _found(request, matter_id), form, event),
        then=gone,
        said=lambda done: done.because,
        who=who,
    )


@needs(*ANYBODY)
@require_POST
def set_out(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """Whoever has the task is on the way."""
    row = _found(request, matter_id)
    return perform(
        request, verbs.set_out.given(matter_id=row.matter_id), then=reverse("desk:matter", args=[matter_id]),
        said="已记下您在路上，负责答复的同事会看到。",
    )  # fmt: skip


@needs(*ANYBODY)
@require_POST
def remark(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """A remark beside it, or photos."""
    row, who = _found(request, matter_id), acting(request)
    form = WordsForm(request.POST, request.FILES)
    photos = taken_with(who, form)
    return submit(
        request,
        form,
        lambda told: verbs.remark.given(matter_id=matter_id, words=told["words"], photos=photos),
        page=lambda: _page(request, row, remark=form),
        then=reverse("desk:matter", args=[matter_id]),
        said="已记下。",
        who=who,
    )


@needs(*ANYBODY)
@never_cache
@require_POST
def look(request: HttpRequest, matter_id: UUID, phone_id: UUID) -> HttpResponse:
    """The resident's whole number, once it is logged who looks at it and for which matter; gone with the page."""
    row = _found(request, matter_id)
    shown = page_of(badge_of(request), row, timezone.now())
    if shown.customer is None or (row.matter.closed_at and not may(request, "desk.see")):
        raise Http404
    form, why = KeyedForm(request.POST), f"来电来访 {row.said} 号"
    deed = reveal.given(customer_id=shown.customer.id, phone_id=phone_id, why=why)
    seen_phone = tried(form, lambda: deed(acting(request)))
    if seen_phone is None:
        return _page(request, row, looked=form)
    number = whole_number_of(site_id(request), seen_phone)
    return _page(request, row, revealed={str(phone_id): as_read(number)})


@needs("desk.supervise")
@require_POST
def guide(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """The supervisor's word to whoever owes the answer (SD-3.3)."""
    row, form = _found(request, matter_id), GuidanceForm(request.POST)
    return submit(
        request,
        form,
        lambda told: verbs.guide.given(matter_id=matter_id, words=told["words"]),
        page=lambda: _page(request, row, guidance=form),
        then=reverse("desk:matter", args=[matter_id]),
        said="负责人已经收到您的话。",
    )


def _found(request: HttpRequest, matter_id: UUID) -> DeskMatter:
    site_id(request)
    row = seen(badge_of(request), matter_id, timezone.now())
    if row is None:
        raise Http404
    return row


def _page(
    request: HttpRequest,
    row: DeskMatter,
    form: ActForm | None = None,
    event: str = "",
    remark: WordsForm | None = None,
    guidance: GuidanceForm | None = None,
    looked: KeyedForm | None = None,
    revealed: Mapping[str, str] | None = None,
) -> HttpResponse:
    shown = page_of(badge_of(request), row, timezone.now())
    context = {
        "shown": shown,
        "primary": _choice(shown, shown.primary, form, event) if shown.primary else None,
        "groups": tuple(_groups(shown, form, event)),
        "remark": remark or WordsForm(auto_id="remark_%s"),
        "guidance": guidance or GuidanceForm(),
        "revealed": revealed or {},
        "asked": asked(badge_of(request), timezone.now(), row),
        "paid": card_of(row, timezone.now()),
        "complaint": complaints.card_of(badge_of(request), shown, timezone.now()),
        "row": row,
        "works_on": row.matter.kind in ("help", "paid"),
        "not_served": _not_served(row),
        "beside": _beside(badge_of(request), row, works=shown.works),
        **_base(shown, badge_of(request).may("desk.see")),
        "refused": first_error(form) if form else looked.refused if looked else "",
    }
    return render(
        request, "desk/matter.html", context, status=status(form, remark, guidance, looked)
    )


def _beside(badge: Badge, row: DeskMatter, *, works: bool) -> tuple[Beside, ...]:
    """What one should know of the resident; for who does the work the latest remarks too, which others find below."""
    return beside(badge, [row], LATEST if works else 0)[row.matter_id]


def _not_served(row: DeskMatter) -> Topic | None:
    """What an open request is about, where the house doesn't do it (SD-4.2.2)."""
    if row.matter.kind != "help" or row.matter.closed_at is not None:
        return None
    return chosen_at(row.site_id, timezone.now()).not_served(row.subject)


def _base(shown: DeskPage, sees: bool) -> dict[str, object]:
    """What the base of answers has for an enquiry that waits, or may learn of one that was answered."""
    if shown.matter.kind != "enquiry" or not sees:
        return {}
    if "answer" in shown.told:
        row = shown.row
        told = answers.proposed(row.site_id, row.matter.title, row.subject, timezone.now())
        return {"answers": told}
    return {"grown": answers.grown(shown.row), "keeps": bool(shown.answer)}


def _groups(shown: DeskPage, form: ActForm | None, event: str) -> Iterable[Group]:
    for name, title in GROUPS.items():
        mine = [one for one in DOINGS.values() if one.group == name and one.event != shown.primary]
        allowed = [one for one in mine if one.event in shown.told or (form and one.event == event)]
        if shown.works:  # whoever does the work gives no money back
            allowed = [one for one in allowed if one.event != "reduce"]
        if allowed:
            yield Group(title, tuple(_choice(shown, one.event, form, event) for one in allowed))


def _choice(shown: DeskPage, named: str, form: ActForm | None, event: str) -> Choice:
    refused = form is not None and named == event
    own = form if form is not None and refused else _form(shown, DOINGS[named], None)
    title = OF_WORKERS.get(named, "") if shown.works else ""
    page = page_for(shown.found.state.kind, named)
    why = shown.proposed.why if _best(shown, named) else ""
    return Choice(DOINGS[named], own, title or DOINGS[named].title, refused, page, why)


def _form(shown: DeskPage, doing: Doing, request: HttpRequest | None) -> ActForm:
    paid = shown.found.state.kind == "paid"
    without = set() if paid else {"signed", "amount"}
    asks = [f"{name}_" if name == "as" else name for name in doing.asks if name not in without]
    if doing.photos:
        asks.append("photos")
    data, files = (request.POST, request.FILES) if request else (None, None)
    quote = shown.found.quote.amount if shown.found.quote else None
    initial = {
        "to": _best(shown, doing.event),
        "amount": quote,
        "yuan": Decimal(quote) / 100 if quote else None,
    }
    return ActForm(doing, data, files, asks=asks, offers=_offers(shown, doing), initial=initial)


def _best(shown: DeskPage, event: str) -> str:
    """Whom dispatch proposes for this event, where the rules would take it; "" nobody."""
    found = {"offer": shown.proposed.department, "assign": shown.proposed.person}.get(event, "")
    already = found == shown.found.state.holder
    return found if not already and found in shown.told.choices(event, "to") else ""


def _by_dispatch(shown: DeskPage, event: str, offers: Choices) -> Choices:
    """Whom dispatch proposes first, then as it would rank them, each with what speaks for them; whoever is chosen is right."""
    others = shown.proposed.others
    order = {one: n for n, one in enumerate(others)}
    best = _best(shown, event)
    offers.sort(key=lambda pair: (pair[0] != best, order.get(pair[0], len(order))))
    return [(one, f"{name}：{others[one]}" if one in others else name) for one, name in offers]


def _offers(shown: DeskPage, doing: Doing) -> dict[str, Choices]:
    """What may be chosen: what the rules would accept, with names."""
    told, event = shown.told, doing.event
    named = {
        name: [(one, shown.names.get(one, one)) for one in told.choices(event, name)]
        for name in ("to", "approved_by")
    }
    named["to"] = _by_dispatch(shown, event, named["to"])
    roles = {"holder": "经办人", "owner": "负责人"}
    urgent = {"True": ("yes", "紧急"), "False": ("no", "一般")}
    return {
        **named,
        "as_": [(one, roles[one]) for one in told.choices(event, "as")],
        "severity": [(one, GRADES[one]) for one in told.choices(event, "severity")],
        "kind": kinds(told.choices(event, "kind")),
        "urgent": [urgent[one] for one in told.choices(event, "urgent")],
        "reason": listed(event),
    }

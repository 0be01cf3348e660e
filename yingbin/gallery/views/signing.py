"""来访登记: the row of the register is signed, looked at, corrected by a new one (TQ-3)."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from yingbin.customers.queries import wording_in_force
from yingbin.journal.action import Acting
from yingbin.pages.doing import perform, sent, site_id, status
from yingbin.pages.doing import person_id as me
from yingbin.people.access import may, needs
from yingbin.people.queries import names_of

from ..actions import register
from ..actions.register import RowReceipt
from ..forms.register import EntryForm, NeedsForm
from ..models import RegisterEntry, Visit
from ..queries import register as registers
from . import guest
from .reception import back, card_of, known_needs, own_visit_or_404, receiver_of


@needs("turns.take")
def sign(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """The tablet: the customer writes or dictates, the receiver signs (TQ-3)."""
    visit = own_visit_or_404(request, visit_id)
    said = guest.said_by(request, visit_id)
    form = EntryForm(_with_theirs(sent(request), said), initial=_initial(visit))
    page = partial(_sign_page, request, visit, form, said)
    if not (form.is_valid() and form.is_signed(request)):
        return page()

    def deed(who: Acting) -> RowReceipt:
        row = register.sign_entry(
            who, visit_id=visit_id, words=form.words(), signature=form.signature()
        )
        guest.forget(request)
        return row

    return perform(
        request, deed, then=back(visit_id, "register"), said=_signed_words, form=form, page=page
    )


def _with_theirs(sent: QueryDict | None, said: guest.Said | None) -> QueryDict | None:
    """What was sent, with the customer's own words in the place of anything the receiver could write."""
    if said is None or sent is None:
        return sent
    told = sent.copy()
    for name in ("consent", "wording", "name", "title", "phone"):
        told[name] = getattr(said, name)
    told["hand"], told["customer_drawn"] = RegisterEntry.Hand.CUSTOMER, said.drawn
    return told


def _signed_words(row: RowReceipt) -> str:
    if row.entry is None:
        return "这位客户早先已登记过，不用再登，已对上原来的客户卡片。"
    return f"已登记，登记册第 {row.number} 号，回执码 {row.receipt}。"


def _initial(visit: Visit) -> dict[str, object]:
    """What is known already, so that a row is mostly signed, not typed."""
    card = card_of(visit)
    told = registers.needs_of(visit.site_id, visit.customer_id, visit)
    return {
        **known_needs(told),
        "hand": "dictated",
        "name": visit.called or (_plain_name(card.called) if card else ""),
        "group_size": visit.group_size,
        "first": _yes_no(visit.first_visit),
    }


def _yes_no(said: bool | None) -> str:
    return "" if said is None else "yes" if said else "no"


def _plain_name(called: str) -> str:
    return called.removesuffix("先生").removesuffix("女士").strip()


def _sign_page(
    request: HttpRequest, visit: Visit, form: EntryForm, said: guest.Said | None
) -> HttpResponse:
    told = registers.needs_of(visit.site_id, visit.customer_id, visit)
    receiver, owed = receiver_of(visit), registers.owed(visit)
    signed = registers.entries_of_visit(visit) if form.is_bound and not owed else []
    context: dict[str, object] = {
        "visit": visit,
        "form": form,
        "said": said,
        "own": receiver == me(request),
        "known": card_of(visit),
        "owed": owed,
        "standing": [row for row in signed if _may_correct(request, row)],
        "consent": wording_in_force(visit.site_id),
        "needs_told": registers.in_words(told) if told else "",
        "needs_wrong": _needs_wrong(form),
        "signer": names_of([receiver] if receiver else []),
        "receiver": receiver,
    }
    return render(request, "gallery/sign.html", context, status=status(form))


def _needs_wrong(form: EntryForm) -> bool:
    return bool(set(form.errors) & set(NeedsForm.asked))


def _may_correct(request: HttpRequest, row: RegisterEntry) -> bool:
    mine = row.signed_by == me(request) or may(request, "turns.supervise")
    return mine and not hasattr(row, "corrected_by")


def _entry_or_404(request: HttpRequest, entry_id: UUID) -> RegisterEntry:
    """A row of the site, for whoever signed it and for the manager."""
    row = registers.entry(site_id(request), entry_id)
    supervises = may(request, "turns.supervise")
    if row is None or (row.signed_by != me(request) and not supervises):
        raise Http404
    return row


@needs("turns.take", "turns.supervise")
def correct(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """A correction: a new signed row that refers to the old one (TQ-3)."""
    old = _entry_or_404(request, entry_id)
    form = EntryForm(sent(request), initial=_as_written(old), asks=_unasked(old))
    page = partial(_correct_page, request, old, form)
    if not (form.is_valid() and form.is_signed(request)):
        return page()
    correction = register.correct_entry.given(
        entry_id=entry_id,
        words=form.words(),
        signature=form.signature(),
        supervises=may(request, "turns.supervise"),
    )
    return perform(
        request,
        correction,
        then=lambda row: reverse("gallery:entry", args=[row.entry]),
        said=lambda row: f"已更正为第 {row.number} 号，原第 {old.number} 号保留。",
        form=form,
        page=page,
    )


def _as_written(row: RegisterEntry) -> dict[str, object]:
    words = row.written.words or {}
    plain = {n: words.get(n) for n in ("name", "title", "lives", "group_size", "note")}
    first = _yes_no(words.get("first_visit"))
    return {**plain, **words.get("needs", {}), "hand": row.hand, "first": first}


def _unasked(row: RegisterEntry) -> bool:
    """Whether the row names nobody so far, so that its customer has to be asked before it does."""
    words = row.written.words or {}
    return not (words.get("name") or words.get("phone"))


def _correct_page(request: HttpRequest, old: RegisterEntry, form: EntryForm) -> HttpResponse:
    context: dict[str, object] = {
        "old": old,
        "form": form,
        "consent": wording_in_force(old.site_id) if _unasked(old) else None,
        "needs_wrong": _needs_wrong(form),
    }
    return render(request, "gallery/correct.html", context, status=status(form))


@needs("turns.take", "turns.supervise")
@require_GET
def entry(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """One signed row as it stands, with what it corrects and what corrects it."""
    row = _entry_or_404(request, entry_id)
    words = row.written.words
    context: dict[str, object] = {
        "row": row,
        "words": words,
        "needs": registers.words_of((words or {}).get("needs", {})),
        "names": names_of([row.signed_by] if row.signed_by else []),
        "corrected_by": getattr(row, "corrected_by", None),
    }
    return render(request, "gallery/entry.html", context)

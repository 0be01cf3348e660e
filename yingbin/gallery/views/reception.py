"""接待: the four steps on the salesperson's phone (TQ-2), and the row of the register (TQ-3)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from yingbin.customers.queries import shown_as, wording_in_force
from yingbin.journal.write import KeyReused, new_key
from yingbin.people.access import needs
from yingbin.people.queries import names_of
from yingbin.people.signin import confirmed
from yingbin.rules.decision import Refused

from ..actions import register, steps, waiting
from ..actions.receptions import last_word
from ..forms import first_error
from ..forms.register import EntryForm, NeedsForm, StepForm
from ..live import DRINKS
from ..models import RegisterEntry, Visit
from ..queries import reception as receptions
from ..queries import register as registers
from . import guest
from .acting import acting, may, me, perform, site_id, visit_or_404


def _own_visit_or_404(request: HttpRequest, visit_id: UUID) -> Visit:
    """A visit whose receiver this is; the manager sees every one."""
    visit = visit_or_404(request, visit_id)
    standing = last_word(visit.site_id, visit.id)
    if standing is None or (
        standing.receiver != me(request) and not may(request, "turns.supervise")
    ):
        raise Http404
    return visit


def _back(visit_id: UUID, which: str = "") -> str:
    mark = f"#{which}" if which else ""
    return reverse("gallery:reception", args=[visit_id]) + mark


@needs("turns.take", "turns.supervise")
@require_GET
def receiving(request: HttpRequest) -> HttpResponse:
    """The group one receives now; without one, what will be here."""
    visit = receptions.received_now(site_id(request), me(request))
    if visit is not None:
        return redirect("gallery:reception", visit)
    return render(request, "gallery/receiving.html")


@needs("turns.take", "turns.supervise")
@require_GET
def reception(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """The reception under way: who it is, the four steps, needs, the register, the finish."""
    visit = _own_visit_or_404(request, visit_id)
    return render(request, "gallery/reception.html", _context(request, visit))


def _context(request: HttpRequest, visit: Visit, **more: Any) -> dict[str, Any]:
    told = registers.needs_of(visit.site_id, visit.customer_id, visit)
    initial = {n: getattr(told, n) for n in NeedsForm.base_fields} if told else {}
    shown = shown_as(visit.site_id, [visit.customer_id]) if visit.customer_id else {}
    guides = receptions.guides(visit)
    return {
        "visit": visit,
        "customer": shown.get(visit.customer_id) if visit.customer_id else None,
        "guides": guides,
        "next_step": next((g.which for g in guides if not g.done), ""),
        "told": told,
        "told_before": bool(told and told.visit_id != visit.id),
        "told_words": registers.in_words(told) if told else "",
        "needs": NeedsForm(initial=initial),
        "drinks": DRINKS,
        "entries": registers.entries_of_visit(visit),
        "owed": registers.owed(visit),
        "own": _receives(visit) == me(request),
        "key": new_key(),
        **more,
    }


def _receives(visit: Visit) -> UUID | None:
    standing = last_word(visit.site_id, visit.id)
    return standing.receiver if standing else None


@needs("turns.take")
@require_POST
def note_needs(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Keeps what the customer looks for."""
    visit = _own_visit_or_404(request, visit_id)
    form = NeedsForm(request.POST)
    if not form.is_valid():
        return _again(request, visit, first_error(form), needs=form, at_step="needs")
    try:
        steps.note_needs(**acting(request), visit_id=visit_id, needs=form.needs())
    except (Refused, KeyReused) as no:
        return _again(request, visit, no.message, needs=form, at_step="needs")
    messages.success(request, "需求已记下。")
    return redirect(_back(visit_id, "needs"))


def _again(request: HttpRequest, visit: Visit, why: str, **more: Any) -> HttpResponse:
    """The page once more with what was typed and what is wrong."""
    context = _context(request, visit, refused=why, **more)
    return render(request, "gallery/reception.html", context, status=422)


@needs("turns.take")
@require_POST
def step(request: HttpRequest, visit_id: UUID, which: str) -> HttpResponse:
    """One of the four steps was done."""
    visit = _own_visit_or_404(request, visit_id)
    form = StepForm(request.POST, offered=receptions.offered(which))
    if not form.is_valid():
        return _again(request, visit, first_error(form), typed=request.POST, at_step=which)
    try:
        steps.do_step(**acting(request), visit_id=visit_id, which=which, **form.told())
    except (Refused, KeyReused) as no:
        return _again(request, visit, no.message, typed=request.POST, at_step=which)
    return redirect(_back(visit_id, which))


@needs("turns.take")
@require_POST
def fault(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Damage or dirt seen in the show flat."""
    visit = _own_visit_or_404(request, visit_id)
    return perform(
        request,
        steps.report_fault,
        kept=lambda why: _again(request, visit, why, typed=request.POST, at_step="flat"),
        then=_back(visit_id, "flat"),
        said="已报给样板间负责人。",
        visit_id=visit_id,
        where=request.POST.get("where", "")[:40],
        what=request.POST.get("what", "")[:200],
    )


@needs("turns.take")
@require_POST
def drinks(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Asks the service staff for drinks."""
    _own_visit_or_404(request, visit_id)
    return perform(
        request,
        waiting.ask_service,
        then=_back(visit_id, "talk"),
        said="已请接待员送来。",
        visit_id=visit_id,
        what="、".join(request.POST.getlist("what"))[:60],
    )


@needs("turns.take")
def sign(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """The tablet: the customer writes or dictates, the receiver signs (TQ-3)."""
    visit = _own_visit_or_404(request, visit_id)
    said = guest.said_by(request, visit_id)
    here = {"said": said, "own": _receives(visit) == me(request)}
    if request.method != "POST":
        form = EntryForm(initial=_initial(visit))
        return render(request, "gallery/sign.html", _sign_context(visit, form, **here))
    form = EntryForm(_with_theirs(request.POST, said))
    why = _unsigned(request, form)
    if not why:
        try:
            done = register.sign_entry(
                **acting(request), visit_id=visit_id, words=form.words(), signature=form.signature()
            )
        except (Refused, KeyReused) as no:
            why = no.message
        else:
            guest.forget(request)
            messages.success(request, _signed_words(done))
            return redirect(_back(visit_id, "register"))
    key = request.POST.get("key")
    context = _sign_context(visit, form, **here, refused=why, key=key)
    return render(request, "gallery/sign.html", context, status=422)


def _with_theirs(sent: QueryDict, said: guest.Said | None) -> QueryDict:
    """What was sent, with the customer's own words in the place of anything the receiver could write."""
    if said is None:
        return sent
    told = sent.copy()
    for name in ("consent", "wording", "name", "title", "phone"):
        told[name] = getattr(said, name)
    told["hand"], told["customer_drawn"] = RegisterEntry.Hand.CUSTOMER, said.drawn
    return told


def _signed_words(done: dict[str, Any]) -> str:
    if done["entry"] is None:
        return "这位客户早先已登记过，不用再登，已对上原来的客户卡片。"
    return f"已登记，登记册第 {done['number']} 号，回执码 {done['receipt']}。"


def _unsigned(request: HttpRequest, form: EntryForm) -> str:
    """What is wrong with what was sent; the password stands for a signature where there is no glass."""
    if not form.is_valid():
        return first_error(form)
    password = form.cleaned_data["password"]
    if not form.cleaned_data["drawn"] and not confirmed(request, password):
        return "密码不对，没有签上。请再输一次自己的登录密码。"
    return ""


def _initial(visit: Visit) -> dict[str, Any]:
    """What is known already, so that a row is mostly signed, not typed."""
    shown = shown_as(visit.site_id, [visit.customer_id]) if visit.customer_id else {}
    told = registers.needs_of(visit.site_id, visit.customer_id, visit)
    known = {n: getattr(told, n) for n in NeedsForm.base_fields} if told else {}
    name = visit.called or next((_plain_name(c.called) for c in shown.values()), "")
    return {
        **known,
        "hand": "dictated",
        "name": name,
        "group_size": visit.group_size,
        "first": _yes_no(visit.first_visit),
    }


def _yes_no(said: bool | None) -> str:
    return "" if said is None else "yes" if said else "no"


def _plain_name(called: str) -> str:
    return called.removesuffix("先生").removesuffix("女士").strip()


def _sign_context(visit: Visit, form: EntryForm, **more: Any) -> dict[str, Any]:
    shown = shown_as(visit.site_id, [visit.customer_id]) if visit.customer_id else {}
    told = registers.needs_of(visit.site_id, visit.customer_id, visit)
    return {
        "visit": visit,
        "form": form,
        "known": shown.get(visit.customer_id) if visit.customer_id else None,
        "owed": registers.owed(visit),
        "consent": wording_in_force(visit.site_id),
        "needs_told": registers.in_words(told) if told else "",
        "needs_wrong": bool(set(form.errors) & set(NeedsForm.base_fields)),
        "signer": names_of({_receives(visit)} - {None}),  # type: ignore[arg-type]
        "receiver": _receives(visit),
        "key": new_key(),
        **more,
    }


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
    if request.method != "POST":
        form = EntryForm(initial=_as_written(old))
        return render(request, "gallery/correct.html", _correct_context(old, form))
    form = EntryForm(request.POST, asks=_unasked(old))
    why = _unsigned(request, form)
    if not why:
        try:
            done = register.correct_entry(
                **acting(request),
                entry_id=entry_id,
                words=form.words(),
                signature=form.signature(),
                supervises=may(request, "turns.supervise"),
            )
        except (Refused, KeyReused) as no:
            why = no.message
        else:
            messages.success(request, f"已更正为第 {done['number']} 号，原第 {old.number} 号保留。")
            return redirect("gallery:entry", done["entry"])
    context = _correct_context(old, form, refused=why, key=request.POST.get("key"))
    return render(request, "gallery/correct.html", context, status=422)


def _as_written(row: RegisterEntry) -> dict[str, Any]:
    words = row.written.words or {}
    plain = {n: words.get(n) for n in ("name", "title", "lives", "group_size", "note")}
    first = _yes_no(words.get("first_visit"))
    return {**plain, **words.get("needs", {}), "hand": row.hand, "first": first}


def _unasked(row: RegisterEntry) -> bool:
    """Whether the row names nobody so far, so that its customer has to be asked before it does."""
    words = row.written.words or {}
    return not (words.get("name") or words.get("phone"))


def _correct_context(old: RegisterEntry, form: EntryForm, **more: Any) -> dict[str, Any]:
    return {
        "old": old,
        "form": form,
        "consent": wording_in_force(old.site_id) if _unasked(old) else None,
        "needs_wrong": bool(set(form.errors) & set(NeedsForm.base_fields)),
        "names": names_of({old.signed_by} - {None}),  # type: ignore[arg-type]
        "key": new_key(),
        **more,
    }


@needs("turns.take", "turns.supervise")
@require_GET
def entry(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """One signed row as it stands, with what it corrects and what corrects it."""
    row = _entry_or_404(request, entry_id)
    context = {
        "row": row,
        "words": row.written.words,
        "needs": _needs_words(row),
        "names": names_of({row.signed_by} - {None}),  # type: ignore[arg-type]
        "corrected_by": getattr(row, "corrected_by", None),
    }
    return render(request, "gallery/entry.html", context)


def _needs_words(row: RegisterEntry) -> str:
    return registers.words_of((row.written.words or {}).get("needs", {}))

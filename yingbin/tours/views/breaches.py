"""违规带人: who led visitors without approval, with evidence, confirmed by security, kept for legal (CV-4.2)."""

import hashlib
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yingbin.files.forms import taken_with
from yingbin.files.paper import Taker
from yingbin.pages.doing import acting, sent, site_id, status, submit, take_out, tried
from yingbin.pages.forms import KeyedForm
from yingbin.people.access import badge_of, needs
from yingbin.people.here import site_here
from yingbin.people.queries import those_who_may
from yingbin.sheets.actions import Copy
from yingbin.sheets.models import SheetCopy

from ..actions import breaches as acts
from ..breach_paper import record_pdf
from ..evidence import REPORTS
from ..forms.breaches import (
    BreachForm,
    ConfirmForm,
    EvidenceForm,
    People,
    RecordForm,
    ReleaseForm,
)
from ..queries import breaches as ask
from ..queries.breaches import BreachPage

SECURITY = "gate.security"


@needs(*REPORTS)
@require_http_methods(["GET", "POST"])
def breaches(request: HttpRequest) -> HttpResponse:
    """The reports somebody opens; a post is another."""
    form = BreachForm(sent(request), request.FILES or None, people=_people(request))
    photos = taken_with(acting(request), form) if request.method == "POST" else ()

    def page() -> HttpResponse:
        context = {"lines": ask.breaches(badge_of(request)), "form": form}
        return render(request, "tours/breaches.html", context, status=status(form))

    return submit(
        request,
        form,
        lambda told: acts.report_breach.given(
            leader=form.whom, called=told["called"], note=told["note"], photos=photos
        ),
        page=page,
        then=lambda made: _here(made.breach),
        said=lambda made: f"第 {made.number} 号报告记下了，等安全部门确认。",
    )


@needs(*REPORTS)
@require_GET
def breach(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    """One with its time line."""
    return _page(request, breach_id)


@needs(*REPORTS)
@require_POST
def add(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    """More evidence."""
    _seen(request, breach_id)
    form = EvidenceForm(request.POST, request.FILES or None)
    photos = taken_with(acting(request), form)
    return submit(
        request,
        form,
        lambda told: acts.add_evidence.given(breach_id=breach_id, note=told["note"], photos=photos),
        page=lambda: _page(request, breach_id, evidence=form),
        then=_here(breach_id),
        said="证据收下了，已经封存。",
    )


@needs(SECURITY)
@require_POST
def confirm(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    """Security confirms a report and says how it was found out."""
    _seen(request, breach_id)
    form = ConfirmForm(request.POST, people=_people(request))
    return submit(
        request,
        form,
        lambda told: acts.confirm_breach.given(
            breach_id=breach_id, finding=told["finding"], leader=form.whom, called=told["called"]
        ),
        page=lambda: _page(request, breach_id, confirm=form),
        then=_here(breach_id),
        said="确认了，按泄露商业秘密处理。",
    )


@needs(SECURITY)
@require_POST
def release(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    """The evidence is needed no longer."""
    _seen(request, breach_id)
    form = ReleaseForm(request.POST)
    return submit(
        request,
        form,
        lambda told: acts.release_evidence.given(breach_id=breach_id, reason=told["reason"]),
        page=lambda: _page(request, breach_id, release=form),
        then=_here(breach_id),
        said="解除封存了：照片满三年后自动删除。",
    )


@needs(SECURITY)
@require_POST
def paper(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    """The record on A4, once it is kept who takes it out and why."""
    seen, form = _seen(request, breach_id), RecordForm(request.POST)
    if not form.is_valid():
        return _page(request, breach_id, record=form)
    site, at, why = site_here(request), timezone.now(), form.cleaned_data["why"]
    data = record_pdf(seen, Taker(site.name, str(request.user), at, why))
    day = timezone.localtime(seen.row.event.at).date()
    mark = hashlib.sha256(data).hexdigest()
    copy = Copy(SheetCopy.Form.PDF.value, since=day, until=day, rows=len(seen.moments), sha256=mark)
    deed = acts.hand_out_record.given(breach_id=breach_id, copy=copy, why=why)
    if tried(form, lambda: take_out(request, deed)) is None:
        return _page(request, breach_id, record=form)
    answer = HttpResponse(data, content_type="application/pdf")
    name = f"违规带人记录 {seen.row.number} {site.name}.pdf"
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["Cache-Control"] = "no-store"
    return answer


def _seen(request: HttpRequest, breach_id: UUID) -> BreachPage:
    seen = ask.breach(badge_of(request), breach_id)
    if seen is None:
        raise Http404
    return seen


def _page(request: HttpRequest, breach_id: UUID, **filled: KeyedForm) -> HttpResponse:
    context = {
        "seen": _seen(request, breach_id),
        "evidence": EvidenceForm(),
        "confirm": ConfirmForm(people=_people(request)),
        "release": ReleaseForm(),
        "record": RecordForm(),
        **filled,
    }
    return render(request, "tours/breach.html", context, status=status(*filled.values()))


def _people(request: HttpRequest) -> People:
    here = those_who_may(site_id(request), "notices.see", timezone.now())
    return [(str(one.id), one.name) for one in sorted(here, key=lambda one: one.pinyin)]


def _here(breach_id: UUID) -> str:
    return reverse("tours:breach", args=[breach_id])

"""突发事件、扰乱秩序、演练: the page of one, worked with one hand and in gloves; all of a place; the report on A4."""

import hashlib
from functools import partial
from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yingbin.files.forms import taken_with
from yingbin.files.paper import Taker
from yingbin.journal.action import Deed
from yingbin.pages import asked
from yingbin.pages.doing import (
    acting,
    perform,
    person_id,
    sent,
    site_id,
    status,
    submit,
    take_out,
    tried,
)
from yingbin.people.access import may, needs
from yingbin.people.here import site_here
from yingbin.sheets.actions import Copy
from yingbin.sheets.models import SheetCopy

from ..actions import cases
from ..actions import incidents as done
from ..forms.incidents import DrillForm, IncidentWordsForm, ReportCopyForm, ReportForm
from ..live_incident import incident_context
from ..models import Incident
from ..papers import report_pdf
from ..queries import incidents as read
from ..queries.incidents import IncidentPage
from ..queries.procedures import procedures
from ..queries.roster import watched
from .here import row_here

PAGE = 30


@needs("duty.stand")
@require_GET
def incidents(request: HttpRequest) -> HttpResponse:
    """All of this place, the newest first; drills stand there with their mark."""
    page = asked.paged(request.GET, read.incidents(site_id(request)), PAGE)
    shown = {
        "page": page,
        "lines": read.lines(page.object_list),
        "leads": may(request, "duty.lead"),
    }
    return render(request, "duty/incidents.html", shown)


@needs("duty.stand")
@require_GET
def incident(request: HttpRequest, incident: UUID) -> HttpResponse:
    """One of them: what to do now, who has heard, and once it is over its report."""
    return page(request, incident)


def _seen(request: HttpRequest, incident: UUID) -> IncidentPage:
    me = person_id(request)
    seen = read.incident_page(site_id(request), incident, timezone.now(), me=me)
    if seen is None:
        raise Http404
    return seen


def page(
    request: HttpRequest,
    incident: UUID,
    words: IncidentWordsForm | None = None,
    report: ReportForm | None = None,
    copy: ReportCopyForm | None = None,
) -> HttpResponse:
    """The page, with a form that was refused."""
    shown = {
        **incident_context(_seen(request, incident)),
        "words_form": words or IncidentWordsForm(),
        "report_form": report or ReportForm(),
        "copy_form": copy or ReportCopyForm(),
        "leads": may(request, "duty.lead"),
    }
    return render(request, "duty/incident.html", shown, status=status(words, report, copy))


def _here(incident: UUID) -> str:
    return reverse("duty:incident", args=[incident])


def _press(
    request: HttpRequest, incident: UUID, deed: Deed[object], said: str = ""
) -> HttpResponse:
    return perform(request, deed, then=_here(incident), said=said)


@needs("duty.stand")
@require_POST
def step(request: HttpRequest, incident: UUID, step: int) -> HttpResponse:
    """A step is done, or wasn't."""
    row_here(request, Incident, incident)
    done_now = request.POST.get("done", "yes") == "yes"
    deed = done.tick_step.given(incident=incident, step=step, done=done_now)
    return _press(request, incident, deed)


@needs("duty.stand")
@require_POST
def heard(request: HttpRequest, incident: UUID) -> HttpResponse:
    """知道了，我来."""
    if _seen(request, incident).past or _seen(request, incident).row.drill:
        return _press(request, incident, done.hear.given(incident=incident))
    return _press(request, incident, cases.acknowledge_case.given(case=incident))


@needs("duty.stand")
@require_POST
def rise(request: HttpRequest, incident: UUID) -> HttpResponse:
    """上报."""
    row_here(request, Incident, incident)
    return _press(request, incident, cases.escalate_case.given(case=incident))


@needs("duty.stand")
@require_POST
def end(request: HttpRequest, incident: UUID) -> HttpResponse:
    """处理完了."""
    drill = _seen(request, incident).row.drill
    deed: Deed[object] = (
        done.end_drill.given(incident=incident) if drill else cases.end_case.given(case=incident)
    )
    return _press(request, incident, deed, "处理完了。请写几句报告。")


@needs("duty.stand")
@require_POST
def words(request: HttpRequest, incident: UUID) -> HttpResponse:
    """补充."""
    row_here(request, Incident, incident)
    form, who = IncidentWordsForm(request.POST, request.FILES), acting(request)
    photos = taken_with(who, form)
    return submit(
        request,
        form,
        lambda told: done.add_words.given(incident=incident, text=told["text"], photos=photos),
        page=partial(page, request, incident, words=form),
        then=_here(incident),
        said="已记下。",
        who=who,
    )


@needs("duty.stand")
@require_POST
def report(request: HttpRequest, incident: UUID) -> HttpResponse:
    """写报告."""
    row_here(request, Incident, incident)
    form, who = ReportForm(request.POST, request.FILES), acting(request)
    photos = taken_with(who, form)
    return submit(
        request,
        form,
        lambda told: done.write_report.given(incident=incident, text=told["text"], photos=photos),
        page=partial(page, request, incident, report=form),
        then=_here(incident),
        said="报告写好了，和经过在一起。",
        who=who,
    )


@needs("duty.lead")
@require_POST
def paper(request: HttpRequest, incident: UUID) -> HttpResponse:
    """The report on A4, once it is kept who takes it out and why."""
    seen, form = _seen(request, incident), ReportCopyForm(request.POST)
    if not form.is_valid():
        return page(request, incident, copy=form)
    site, at, why = site_here(request), timezone.now(), form.cleaned_data["why"]
    data = report_pdf(seen, Taker(site.name, str(request.user), at, why))
    day = timezone.localtime(seen.row.at).date()
    mark = hashlib.sha256(data).hexdigest()
    copy = Copy(SheetCopy.Form.PDF.value, since=day, until=day, rows=len(seen.facts), sha256=mark)
    deed = done.hand_out_report.given(incident=incident, copy=copy, why=why)
    if tried(form, lambda: take_out(request, deed)) is None:
        return page(request, incident, copy=form)
    answer = HttpResponse(data, content_type="application/pdf")
    name = f"突发事件报告 {seen.row.number} {site.name}.pdf"
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer


@needs("duty.lead")
@require_http_methods(["GET", "POST"])
def drill(request: HttpRequest) -> HttpResponse:
    """Begins a drill."""
    site = site_id(request)
    form = DrillForm(sent(request)).offer(watched(site))

    def again() -> HttpResponse:
        shown = {"form": form, "types": [p.type for p in procedures(site)]}
        return render(request, "duty/drill.html", shown, status=status(form))

    kind = request.POST.get("type", "")
    return submit(
        request,
        form,
        lambda told: done.open_drill.given(type=kind[:20], post=told["post"]),
        page=again,
        then=lambda opened: _here(opened.incident),
        said="演练开始，已通知领班、项目负责人和安全员，写明是演练。",
    )

"""工作自查记录表: on screen, on A4, as a workbook; each fault with who corrected it and when (SC-4.1, SC-4.7)."""

from datetime import date, timedelta
from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from yingbin.pages import asked
from yingbin.pages.doing import site_id
from yingbin.people.access import needs
from yingbin.people.models import Site
from yingbin.sheets.columns import laid_out
from yingbin.sheets.excel import workbook

from ..hours import day_of
from ..queries.self_checks import MOST_DAYS, SelfCheckLine, row_of, self_checks
from ..self_check_sheet import SELF_CHECK_SHEET

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ON_A_SHEET = 16


def _span(request: HttpRequest) -> tuple[date, date]:
    """The days asked for, today's otherwise; a month at most."""
    today = day_of(timezone.now())
    first = asked.day(request.GET.get("from")) or today
    last = max(asked.day(request.GET.get("to")) or first, first)
    longest = timedelta(days=min(MOST_DAYS - 1, (date.max - first).days))
    return first, min(last, first + longest)


def _rows(request: HttpRequest) -> list[SelfCheckLine]:
    rows = self_checks(site_id(request), *_span(request))
    return [r for r in rows if r.found] if request.GET.get("only") == "faults" else rows


def _heading(request: HttpRequest) -> tuple[str, str]:
    first, last = _span(request)
    name = Site.objects.get(id=site_id(request)).name
    days = f"{first:%Y-%m-%d}" if first == last else f"{first:%Y-%m-%d} 至 {last:%Y-%m-%d}"
    return f"项目：{name}", f"日期：{days}"


@needs("duty.stand", "duty.lead")
@require_GET
def sheet(request: HttpRequest) -> HttpResponse:
    """The sheet of a day, or of up to a month."""
    (first, last), rows = _span(request), _rows(request)
    shown = {
        "grid": laid_out(SELF_CHECK_SHEET, rows, "page"),
        "many": len(rows),
        "faults": sum(bool(r.found) for r in rows),
        "waits": sum(r.waits for r in rows),
        "first": first,
        "last": last,
        "only": request.GET.get("only", ""),
        "query": request.GET.urlencode(),
    }
    return render(request, "duty/self_checks.html", shown)


@needs("duty.stand", "duty.lead")
@require_GET
def printed(request: HttpRequest) -> HttpResponse:
    """The sheet on A4."""
    rows = _rows(request)
    shown = {
        "grid": laid_out(SELF_CHECK_SHEET, rows, "paper"),
        "heading": _heading(request),
        "empty": range(ON_A_SHEET - len(rows)),
        "cut": 0,
        "back": reverse("duty:self_checks"),
        "book": SELF_CHECK_SHEET.name,
        "now": timezone.now(),
    }
    return render(request, "sheets/a4.html", shown)


@needs("duty.stand", "duty.lead")
@require_GET
def excel(request: HttpRequest) -> HttpResponse:
    """The sheet as a workbook; no customer's words stand in it."""
    heading = _heading(request)
    data = workbook(laid_out(SELF_CHECK_SHEET, _rows(request), "workbook"), *heading)
    name = f"{SELF_CHECK_SHEET.name} {' '.join(h.split('：')[1] for h in heading)}.xlsx"
    answer = HttpResponse(data, content_type=XLSX)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer


@needs("duty.stand", "duty.lead")
@require_GET
def row(request: HttpRequest, row: UUID) -> HttpResponse:
    """A row of the sheet leads to its check."""
    found = row_of(site_id(request), row)
    if found is None:
        raise Http404
    task, day = found
    return redirect(f"{reverse('duty:check', args=[task])}?day={day:%Y-%m-%d}")

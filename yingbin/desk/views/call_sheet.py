"""《回访记录表》 of some days: for the printer, and as a workbook whose reason is kept (SD-4.3)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yingbin.pages import asked
from yingbin.pages.doing import site_id, status, take_out, tried
from yingbin.people.access import badge_of, needs
from yingbin.people.calendar import ZONE, span
from yingbin.people.here import site_here
from yingbin.sheets.columns import laid_out
from yingbin.sheets.excel import workbook

from ..actions.register_copies import hand_out_calls
from ..call_sheet import CALL_SHEET, CallSheetLine, sheet_line
from ..forms.callbacks import CallsOutForm
from ..queries import callbacks
from .money import EXCEL

A_PAGE, ON_PAPER, IN_A_BOOK = 25, 300, 20_000
DAYS = 30  # unless others are asked for


@dataclass(frozen=True)
class Days:
    """From which day until which, both counted."""

    first: date
    last: date

    @property
    def heading(self) -> str:
        """As it stands above the sheet."""
        return f"日期：{self.first:%Y-%m-%d} 至 {self.last:%Y-%m-%d}"


def days_asked(told: Mapping[str, str]) -> Days:
    """The days that were asked for, else the last thirty."""
    last = asked.day(told.get("until")) or timezone.now().astimezone(ZONE).date()
    first = min(asked.day(told.get("since")) or last - timedelta(days=DAYS - 1), last)
    return Days(first, last)


@needs("desk.see")
@require_GET
def sheet(request: HttpRequest) -> HttpResponse:
    """For the printer, in the order in which people called."""
    days = days_asked(request.GET)
    found, more = _lines(request, days, ON_PAPER)
    context = {
        "grid": laid_out(CALL_SHEET, found, "paper"),
        "heading": (f"地点：{site_here(request).name}", days.heading),
        "cut": ON_PAPER if more else 0,
        "empty": range(max(0, 8 - len(found))),
        "back": f"{reverse('desk:callbacks')}?which=done",
        "book": "回访",
        "now": timezone.now(),
    }
    return render(request, "sheets/a4.html", context)


def _lines(request: HttpRequest, days: Days, most: int) -> tuple[list[CallSheetLine], bool]:
    """The calls of these days, oldest first, and whether there are more of them."""
    rows = list(callbacks.calls(badge_of(request), *span(days.first, days.last))[: most + 1])
    found = callbacks.call_lines(site_id(request), reversed(rows[:most]), timezone.now())
    return [sheet_line(call, n) for n, call in enumerate(found, 1)], len(rows) > most


@needs("desk.see")
@require_POST
def hand_out(request: HttpRequest) -> HttpResponse:
    """As a workbook; who, when and why is kept. What was asked of residents stands in none."""
    form = CallsOutForm(request.POST)
    if not form.is_valid():
        return made(request, form)
    days = Days(form.cleaned_data["since"], form.cleaned_data["until"])
    found, _ = _lines(request, days, IN_A_BOOK)
    grid = laid_out(CALL_SHEET, found, "workbook")
    data = workbook(grid, f"地点：{site_here(request).name}", days.heading)
    deed = hand_out_calls.given(
        since=days.first, until=days.last, why=form.cleaned_data["why"], rows=len(found),
        sha256=hashlib.sha256(data).hexdigest(),
    )  # fmt: skip
    if tried(form, lambda: take_out(request, deed)) is None:
        return made(request, form)
    answer = HttpResponse(data, content_type=EXCEL)
    name = quote(f"{CALL_SHEET.name} {site_here(request).name} {days.last:%Y-%m-%d}.xlsx")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer


def made(request: HttpRequest, out: CallsOutForm | None = None) -> HttpResponse:
    """The calls that were made, the latest first; the sheet of them, to be taken along."""
    page = asked.paged(request.GET, callbacks.calls(badge_of(request)), A_PAGE)
    days = days_asked({})
    context = {
        "which": "done", "tabs": list(callbacks.WHICH.items()), "query": "which=done&", "page": page,
        "calls": callbacks.call_lines(site_id(request), page.object_list, timezone.now()),
        "out_form": out or CallsOutForm(initial={"since": days.first, "until": days.last}),
    }  # fmt: skip
    return render(request, "desk/callbacks.html", context, status=status(out))

"""《交接班记录表》 and 《信息传递单》 of a day: looked at, printed, taken along as Excel (SF-4.1, SF-4.7)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar
from urllib.parse import quote
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from yingbin.pages import asked
from yingbin.pages.doing import site_id
from yingbin.people.access import needs
from yingbin.people.here import site_here
from yingbin.sheets.columns import Sheet, SheetLine, laid_out
from yingbin.sheets.excel import workbook

from ..handover_sheet import HANDOVER_SHEET
from ..hours import day_of
from ..queries.handover_sheet import handover_lines, shifts_on
from ..queries.slip_sheet import slip_lines
from ..slip_sheet import SLIP_SHEET

L = TypeVar("L", bound=SheetLine)
ON_A_SHEET = 8  # lines of a sheet; what is left of them stays empty, to be written on by hand
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Rows = Callable[[UUID, date, datetime], list[L]]


@dataclass(frozen=True)
class Shown:
    """A day of a sheet as it was asked for, and the addresses around it."""

    day: date
    today: date
    page: str

    @property
    def before(self) -> date:
        """The day before."""
        return self.day - timedelta(days=1)

    @property
    def after(self) -> date | None:
        """The day after, unless it is still to come."""
        return self.day + timedelta(days=1) if self.day < self.today else None


def _asked(request: HttpRequest, page: str) -> Shown:
    """The day asked for; today where none was, and for a day to come."""
    today = day_of(timezone.now())
    return Shown(min(asked.day(request.GET.get("day")) or today, today), today, page)


def _heading(request: HttpRequest, day: date, more: str) -> tuple[str, str]:
    return f"地点：{site_here(request).name}", f"日期：{day:%Y-%m-%d}　{more}".strip()


def _handover_heading(request: HttpRequest, day: date) -> tuple[str, str]:
    shifts = shifts_on(site_id(request), day)
    return _heading(request, day, f"班次：{shifts}" if shifts else "")


def _slip_heading(request: HttpRequest, day: date) -> tuple[str, str]:
    return _heading(request, day, f"编号：{site_here(request).code.upper()}-{day:%Y%m%d}")


@needs("duty.stand")
@require_GET
def handover_sheet(request: HttpRequest) -> HttpResponse:
    """《交接班记录表》 of a day."""
    return _page(request, "duty:handover_sheet", HANDOVER_SHEET, handover_lines, "SF-4.7")


@needs("duty.stand")
@require_GET
def handover_printed(request: HttpRequest) -> HttpResponse:
    """The same for the printer."""
    shown = _asked(request, "duty:handover_sheet")
    rows = handover_lines(site_id(request), shown.day, timezone.now())
    heading = _handover_heading(request, shown.day)
    return _printed(request, shown, HANDOVER_SHEET, rows, heading)


@needs("duty.stand")
@require_GET
def handover_workbook(request: HttpRequest) -> HttpResponse:
    """The same as Excel; it names colleagues alone, so nobody is asked why."""
    shown = _asked(request, "duty:handover_sheet")
    rows = handover_lines(site_id(request), shown.day, timezone.now())
    return _workbook(request, shown, HANDOVER_SHEET, rows, _handover_heading(request, shown.day))


@needs("duty.stand")
@require_GET
def slip_sheet(request: HttpRequest) -> HttpResponse:
    """《信息传递单》 of a day."""
    return _page(request, "duty:slip_sheet", SLIP_SHEET, slip_lines, "SF-4.1")


@needs("duty.stand")
@require_GET
def slip_printed(request: HttpRequest) -> HttpResponse:
    """The same for the printer."""
    shown = _asked(request, "duty:slip_sheet")
    rows = slip_lines(site_id(request), shown.day, timezone.now())
    return _printed(request, shown, SLIP_SHEET, rows, _slip_heading(request, shown.day))


@needs("duty.stand")
@require_GET
def slip_workbook(request: HttpRequest) -> HttpResponse:
    """The same as Excel."""
    shown = _asked(request, "duty:slip_sheet")
    rows = slip_lines(site_id(request), shown.day, timezone.now())
    return _workbook(request, shown, SLIP_SHEET, rows, _slip_heading(request, shown.day))


def _page(
    request: HttpRequest, page: str, sheet: Sheet[L], rows: Rows[L], clause: str
) -> HttpResponse:
    shown = _asked(request, page)
    found = rows(site_id(request), shown.day, timezone.now())
    context = {
        "shown": shown,
        "grid": laid_out(sheet, found, "page"),
        "clause": clause,
        "address": reverse(page),
        "row_page": "duty:handover" if page == "duty:handover_sheet" else "",
    }
    return render(request, "duty/day_sheet.html", context)


def _printed(
    request: HttpRequest, shown: Shown, sheet: Sheet[L], rows: list[L], heading: tuple[str, str]
) -> HttpResponse:
    context = {
        "grid": laid_out(sheet, rows, "paper"),
        "heading": heading,
        "empty": range(ON_A_SHEET - len(rows)),
        "back": f"{reverse(shown.page)}?day={shown.day}",
        "book": sheet.name,
        "now": timezone.now(),
    }
    return render(request, "sheets/a4.html", context)


def _workbook(
    request: HttpRequest, shown: Shown, sheet: Sheet[L], rows: list[L], heading: tuple[str, str]
) -> HttpResponse:
    data = workbook(laid_out(sheet, rows, "workbook"), *heading)
    name = f"{sheet.name} {site_here(request).name} {shown.day}.xlsx"
    answer = HttpResponse(data, content_type=EXCEL)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer

"""接待记录表: a day's sheet looked at, printed, handed over signed, matched with the gallery's register (SF-4.3.2)."""

import hashlib
from datetime import date, timedelta
from functools import partial
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yingbin.pages import asked
from yingbin.pages.doing import acting, perform, site_id, status, take_out, tried
from yingbin.people.access import may, needs
from yingbin.people.here import site_here
from yingbin.sheets.columns import laid_out
from yingbin.sheets.excel import workbook
from yingbin.sheets.forms import HandOutForm

from ..actions import visit_sheets as actions
from ..forms.visit_sheets import HandSheetForm, SettleForm
from ..hours import day_of
from ..queries.visit_sheets import (
    hosts_of,
    matching_of,
    seen_matching,
    sheet_days,
    sheet_lines,
    sheet_of,
)
from ..queries.visits import flats, gallery_of
from ..visit_book import VISIT_BOOK
from ..visit_sheet import VISIT_SHEET

DAYS = 14
ON_A_SHEET = 15  # lines of a sheet that isn't full, to be written on by hand


@needs("visits.record", "visits.match", "visits.confirm")
@require_GET
def sheets(request: HttpRequest) -> HttpResponse:
    """The last fortnight's sheets; a gallery without a flat of its own finds what flats laid beside its register."""
    site = site_id(request)
    if not flats(site) and may(request, "visits.confirm"):
        return redirect("duty:from_flats")
    last = asked.day(request.GET.get("until")) or day_of(timezone.now())
    days = [last - timedelta(days=n) for n in range(DAYS)]
    shown = {
        "days": sheet_days(site, days),
        "before": days[-1] - timedelta(days=1),
        "plans": may(request, "duty.plan"),
    }
    return render(request, "duty/visit_sheets.html", shown)


def _day(text: str) -> date:
    day = asked.day(text)
    if day is None or len(text) != 10:
        raise Http404
    return day


@needs("visits.record", "visits.match")
@require_GET
def sheet(request: HttpRequest, day: str) -> HttpResponse:
    """One day: its groups, the sheet handed over, how it was matched."""
    return page(request, day)


def page(
    request: HttpRequest,
    day: str,
    *,
    hand: HandSheetForm | None = None,
    settle: SettleForm | None = None,
    out: HandOutForm | None = None,
    at: str = "",
) -> HttpResponse:
    """The page, with a form that was refused; `at`: at which difference."""
    site, when = site_id(request), _day(day)
    handed = sheet_of(site, when)
    row = matching_of(handed) if handed else None
    shown = {
        "day": when,
        "grid": laid_out(VISIT_SHEET, sheet_lines(site, when), "page"),
        "hosts": hosts_of(site, when),
        "handed": handed,
        "matching": seen_matching(row) if row else None,
        "gallery": gallery_of(site, timezone.now()),
        "matches": may(request, "visits.match"),
        "form": hand or HandSheetForm(),
        "out_form": out or HandOutForm(),
        "refused_form": settle,
        "refused_at": at,
        "fresh": SettleForm(),
    }
    return render(request, "duty/visit_sheet.html", shown, status=status(hand, settle, out))


def _sheet_page(day: str) -> str:
    return reverse("duty:guest_sheet", args=[day])


def _heading(request: HttpRequest, day: date) -> tuple[str, str]:
    site = site_here(request)
    return f"样板间：{site.name}", f"日期：{day:%Y-%m-%d}　接待员：{hosts_of(site.id, day)}"


@needs("visits.record", "visits.match")
@require_GET
def printed(request: HttpRequest, day: str) -> HttpResponse:
    """The sheet for the printer, numbers masked."""
    return _printed(request, _day(day))


def _printed(request: HttpRequest, day: date, *, full: bool = False) -> HttpResponse:
    rows = sheet_lines(site_id(request), day, full=full)
    shown = {
        "grid": laid_out(VISIT_SHEET, rows, "paper", full=full),
        "heading": _heading(request, day),
        "empty": range(ON_A_SHEET - len(rows)),
        "back": _sheet_page(day.isoformat()),
        "book": VISIT_BOOK.title,
        "now": timezone.now(),
    }
    return render(request, "sheets/a4.html", shown)


@needs("visits.record", "visits.match")
@require_GET
def excel(request: HttpRequest, day: str) -> HttpResponse:
    """The sheet as a workbook, numbers masked."""
    when = _day(day)
    grid = laid_out(VISIT_SHEET, sheet_lines(site_id(request), when), "workbook")
    return _download(request, when, workbook(grid, *_heading(request, when)))


def _download(request: HttpRequest, day: date, data: bytes) -> HttpResponse:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    answer = HttpResponse(data, content_type=kind)
    name = quote(f"{VISIT_SHEET.name} {site_here(request).name} {day:%Y-%m-%d}.xlsx")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer


@needs("visits.match")
@require_POST
def hand_out(request: HttpRequest, day: str) -> HttpResponse:
    """A copy with whole numbers, as Excel or on paper; who, when and why is kept."""
    when, form = _day(day), HandOutForm(request.POST)
    if not form.is_valid():
        return page(request, day, out=form)
    lines = sheet_lines(site_id(request), when, full=True)
    grid = laid_out(VISIT_SHEET, lines, "workbook", full=True)
    paper = form.cleaned_data["form"] == "paper"
    data = b"" if paper else workbook(grid, *_heading(request, when))
    deed = actions.hand_out_sheet.given(
        day=when,
        why=form.cleaned_data["why"],
        form="paper" if paper else "sheet",
        rows=len(lines),
        sha256="" if paper else hashlib.sha256(data).hexdigest(),
    )
    if tried(form, lambda: take_out(request, deed)) is None:
        return page(request, day, out=form)
    return _printed(request, when, full=True) if paper else _download(request, when, data)


@needs("visits.record")
@require_POST
def hand_over(request: HttpRequest, day: str) -> HttpResponse:
    """交表: signed on the glass, to the lead."""
    form = HandSheetForm(request.POST)
    again = partial(page, request, day, hand=form)
    if not form.is_valid() or not form.is_signed(request):
        return again()
    return perform(
        request,
        actions.hand_over_sheet.given(
            day=_day(day), word=form.cleaned_data["word"], signature=form.signature()
        ),
        then=_sheet_page(day),
        said=lambda done: f"已交领班，共 {done.visits} 批，回执 {done.receipt}。",
        form=form,
        page=again,
    )


@needs("visits.match")
@require_POST
def match(request: HttpRequest, day: str) -> HttpResponse:
    """与售楼处对照."""
    return perform(
        request,
        actions.match_sheet.given(day=_day(day)),
        then=_sheet_page(day),
        said=lambda done: (
            f"已对照，{done.left} 处要说明。" if done.left else "已对照，两边完全对得上。"
        ),
    )


@needs("visits.match")
@require_POST
def settle(request: HttpRequest, day: str) -> HttpResponse:
    """A word about one difference, or about several that are alike."""
    handed = sheet_of(site_id(request), _day(day))
    row = matching_of(handed) if handed else None
    if row is None:
        raise Http404
    form = SettleForm(request.POST).offer(range(len(row.pairs)))
    if not form.is_valid():
        return page(request, day, settle=form, at=request.POST.get("only", ""))
    told = form.cleaned_data
    done = tried(
        form,
        lambda: actions.settle(
            acting(request),
            matching=row.id,
            indexes=tuple(told["only"]),
            word=told["word"],
            same=told["same"],
            flat=site_here(request).short_name,
        ),
    )
    if done is None:
        return page(request, day, settle=form, at=request.POST.get("only", ""))
    return redirect(_sheet_page(day))

"""排班: a month as a grid, typed into, filled by pattern, copied, pasted, published (SF-3.2, SC-3.2)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from yingbin.journal.action import Acting
from yingbin.pages import asked
from yingbin.pages.doing import REFUSED, Told, perform, site_id, status, submit
from yingbin.pages.forms import KeyedForm
from yingbin.people.access import may, needs
from yingbin.people.here import site_here
from yingbin.rules.decision import Refused
from yingbin.rules.duty.roster import repeated

from ..actions import planning
from ..cells import Cell
from ..forms.rosters import FIRST, LAST, CopyForm, PasteForm, PatternForm
from ..hours import day_of
from ..importing.workbook import SheetLine, workbook
from ..marks import Illegible
from ..queries.grid import Fault, Grid, GridCell, GridRow, grid, grid_with, legend, month_of

WEEK = timedelta(days=7)
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs("duty.stand")
@require_GET
def roster(request: HttpRequest) -> HttpResponse:
    """A month of the roster; whoever plans can change it."""
    return _page(request, _shown(request))


def month_asked(text: str | None) -> date:
    """The first day of the month written as 2026-12, or that a day lies in; else of this one."""
    told = (text or "").strip()
    found = asked.day(f"{told}-01" if len(told) == 7 else told)
    known = found is not None and FIRST <= found <= LAST
    return month_of(found if found and known else day_of(timezone.now()))[0]


def _shown(request: HttpRequest) -> Grid:
    told = request.POST if request.method == "POST" else request.GET
    page = asked.number(told.get("people"), low=1, high=40, otherwise=1)
    month, plans = month_asked(told.get("month")), may(request, "duty.plan")
    return grid(site_id(request), month, timezone.now(), page, published=not plans)


def _page(
    request: HttpRequest, shown: Grid, *refused: KeyedForm, wrong: bool = False
) -> HttpResponse:
    """The month, with a form that was refused in place of a fresh one."""
    kept = {type(form): form for form in refused}
    context = {
        "grid": shown,
        "plans": may(request, "duty.plan"),
        "was": json.dumps(_was(shown), ensure_ascii=False),
        "copy_form": kept.get(CopyForm) or CopyForm(),
        "pattern_form": kept.get(PatternForm) or PatternForm().offer(shown),
        "paste_form": kept.get(PasteForm) or PasteForm().offer(shown),
    }
    answer = status(*refused)
    return render(request, "duty/roster.html", context, status=REFUSED if wrong else answer)


def _was(shown: Grid) -> dict[str, str]:
    """What the form's fields held when the page was made, so that a field left alone changes nothing."""
    cells = {c.name: c.text for row in shown.rows for c in row.cells if c.open and c.text}
    return cells | {f"p.{row.staff}": str(row.usual or "") for row in shown.rows}


def _back(month: date) -> str:
    return f"{reverse('duty:roster')}?month={month:%Y-%m}"


@dataclass
class _Entries:
    """What was typed into the grid: the cells it changes, and those nobody can read, with why."""

    cells: list[Cell] = field(default_factory=list)
    wrong: dict[str, str] = field(default_factory=dict)


@needs("duty.plan")
@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    """Writes what was changed in the grid; what can't be read stays as it was typed, with why."""
    shown = _shown(request)
    typed = _typed(request.POST, shown)
    if typed.wrong:
        return _page(request, _as_typed(request.POST, shown, typed.wrong), wrong=True)
    deed = planning.draft.given(cells=tuple(typed.cells))
    return perform(
        request, deed, then=_then(request, shown),
        said=lambda n: f"已存 {n} 格草稿，发布后大家才看到。" if n else "没有改动。",
    )  # fmt: skip


@needs("duty.plan")
@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """What the grid would break as it is typed or dragged, read and judged as by 存草稿; nothing is written."""
    shown = _shown(request)
    typed = _typed(request.POST, shown)
    site, now = site_id(request), timezone.now()
    ahead = grid_with(site, shown.first, now, shown.page, typed.cells) if typed.cells else shown
    context = {"grid": ahead, "changed": len(typed.cells), "wrong": typed.wrong}
    return render(request, "duty/_roster_preview.html", context)


def _then(request: HttpRequest, shown: Grid) -> str:
    page = f"&people={shown.page}" if shown.page > 1 else ""
    return f"{_back(shown.first)}{page}"


def _typed(told: Mapping[str, str], shown: Grid) -> _Entries:
    found, was = _Entries(), _told_before(told)
    for row in shown.rows:
        post = told.get(f"p.{row.staff}", str(row.usual or ""))
        moved = post != was.get(f"p.{row.staff}", post)
        for cell in row.cells:
            text = told.get(cell.name, cell.text).strip()
            if cell.open and (moved or text != was.get(cell.name, "")):
                _read(found, shown, row, cell, text, asked.uid(post))
    return found


def _told_before(told: Mapping[str, str]) -> dict[str, str]:
    try:
        found = json.loads(told.get("was", "{}"))
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}


def _read(
    found: _Entries, shown: Grid, row: GridRow, cell: GridCell, text: str, usual: UUID | None
) -> None:
    if not text:
        if cell.known:
            found.cells.append(Cell(row.staff, cell.day, None, blank=True))
        return
    try:
        meant = shown.marks.read(text, usual, lead=row.role == "lead")
    except Illegible as no:
        found.wrong[cell.name] = no.why
        return
    if not cell.known or (meant.shift, meant.post) != (cell.shift, cell.post):
        found.cells.append(Cell(row.staff, cell.day, meant.shift, meant.post))


def _as_typed(told: Mapping[str, str], shown: Grid, wrong: Mapping[str, str]) -> Grid:
    """The month with what was typed in its cells, and why some can't be read."""

    def cell(one: GridCell) -> GridCell:
        why = wrong.get(one.name)
        faults = (Fault("?", why),) if why else one.faults
        return replace(one, text=told.get(one.name, one.text), faults=faults)

    rows = (replace(r, cells=tuple(cell(c) for c in r.cells)) for r in shown.rows)
    return replace(shown, rows=tuple(rows))


@needs("duty.plan")
@require_POST
def copy_week(request: HttpRequest) -> HttpResponse:
    """The week before, day by day, as a draft of the week that a day lies in."""
    form, shown = CopyForm(request.POST), _shown(request)
    return submit(
        request, form, partial(_copied, request),
        page=lambda: _page(request, shown, form),
        then=lambda _: _back(form.cleaned_data["to"]),
        said=lambda n: f"已抄上一周 {n} 格，请看一遍再发布。",
    )  # fmt: skip


def _copied(request: HttpRequest, told: Told) -> planning.Drafting:
    monday = told["to"] - timedelta(days=told["to"].weekday())
    months = {month_of(d)[0] for d in (monday - WEEK, monday - timedelta(days=1))}
    before = [grid(site_id(request), month, timezone.now()) for month in sorted(months)]
    cells = tuple(
        Cell(row.staff, one.day + WEEK, one.shift, one.post)
        for shown in before
        for row in shown.rows
        for one in row.cells
        if one.known and monday - WEEK <= one.day < monday and one.day + WEEK >= shown.today
    )
    if not cells:
        return _nothing_to_copy(monday, day_of(timezone.now()))
    return planning.draft.given(cells=cells)


def _nothing_to_copy(monday: date, today: date) -> planning.Drafting:
    """Says why a week stays as it is."""
    first, last = monday - WEEK, monday - timedelta(days=1)
    span = f"{first.month}月{first.day}日–{last.month}月{last.day}日"
    why = f"上周（{span}）没有排班，没有可抄的。请换一周，或者直接在格子里排。"
    if monday + WEEK <= today:
        why = "这一周已经过去了，不能再排。请填今天以后的一周。"

    def refuse(who: Acting) -> int:
        raise Refused("SF-3.2", why, about="to")

    return refuse


@needs("duty.plan")
@require_POST
def pattern(request: HttpRequest) -> HttpResponse:
    """按规律排, as a draft."""
    shown = _shown(request)
    form = PatternForm(request.POST).offer(shown)
    return submit(
        request, form, partial(_by_pattern, form, shown),
        page=lambda: _page(request, shown, form),
        then=lambda _: _back(form.cleaned_data["first"]),
        said=lambda n: f"按规律排了 {n} 格草稿，请看一遍再发布。",
    )  # fmt: skip


def _by_pattern(form: PatternForm, shown: Grid, told: Told) -> planning.Drafting:
    cells = []
    for place, row in enumerate(form.chosen()):
        later = place * (told["later"] or 0)
        for day, mark in repeated(told["pattern"], told["first"], told["last"], later).items():
            meant = shown.marks.read(mark, row.usual, lead=row.role == "lead")
            cells.append(Cell(row.staff, day, meant.shift, meant.post))
    return planning.draft.given(cells=tuple(cells))


@needs("duty.plan")
@require_POST
def paste(request: HttpRequest) -> HttpResponse:
    """A block copied from a spreadsheet, as a draft."""
    shown = grid(site_id(request), month_asked(request.POST.get("month")), timezone.now())
    form = PasteForm(request.POST).offer(shown)
    page = partial(_page, request, shown, form)
    if not form.is_valid():
        return page()
    cells = _pasted(form, shown)
    if form.errors:
        return page()
    return perform(
        request, planning.draft.given(cells=tuple(cells)), form=form, page=page,
        then=_back(form.cleaned_data["first"]),
        said=lambda n: f"贴进了 {n} 格草稿，请看一遍再发布。",
    )  # fmt: skip


def _pasted(form: PasteForm, shown: Grid) -> list[Cell]:
    rows = {row.name: row for row in shown.rows}
    cells: list[Cell] = []
    for line in form.cleaned_data["block"].splitlines():
        name, *texts = [part.strip() for part in line.split("\t")]
        if not any(texts):
            continue
        if name not in rows:
            form.refuse(f"没有叫“{name[:10]}”的接待员或领班，请核对姓名；第一格要是姓名。", "block")
            return []
        _paste_line(form, shown, rows[name], texts, cells)
    if not cells and not form.errors:
        form.refuse(
            "没有贴进来的班次：一人一行，先是姓名，后面一天一格；今天以前的格子不能再排。", "block"
        )
    return cells


def _paste_line(
    form: PasteForm, shown: Grid, row: GridRow, texts: list[str], cells: list[Cell]
) -> None:
    for n, text in enumerate(texts):
        day = form.cleaned_data["first"] + timedelta(days=n)
        if not text or day < shown.today:
            continue
        try:
            meant = shown.marks.read(text, row.usual, lead=row.role == "lead")
        except Illegible as no:
            form.refuse(f"{row.name} {day.month}月{day.day}日：{no.why}", "block")
            return
        cells.append(Cell(row.staff, day, meant.shift, meant.post))


@needs("duty.plan")
@require_POST
def publish(request: HttpRequest) -> HttpResponse:
    """发布: whoever's days changed is told."""
    first, last = month_of(month_asked(request.POST.get("month")))
    begins = max(first, day_of(timezone.now()))
    return perform(
        request, planning.publish.given(first=begins, last=max(last, begins)), then=_back(first),
        said=lambda done: " ".join(
            (f"已发布 {done.cells} 格，通知了 {done.people} 人。", *done.held)
        ),
    )  # fmt: skip


@needs("duty.stand")
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The month as a workbook that can be brought in again; drafts only for whoever plans."""
    plans, site = may(request, "duty.plan"), site_id(request)
    shown = grid(site, month_asked(request.GET.get("month")), timezone.now(), published=not plans)
    title = f"{site_here(request).name}{shown.first.year}年{shown.first.month}月排班表"
    body = workbook(title, [d.day for d in shown.days], _lines(shown), legend(site))
    answer = HttpResponse(body, content_type=EXCEL)
    named = content_disposition_header(True, f"{title}.xlsx") or "attachment"
    answer["Content-Disposition"] = named
    return answer


def _lines(shown: Grid) -> list[SheetLine]:
    names = {post: name for name, post in shown.marks.posts.items()}
    return [
        SheetLine(r.name, names.get(r.usual, "") if r.usual else "", [c.text for c in r.cells])
        for r in shown.rows
    ]

"""登记册: the visitors' register as a book; looked through, printed, handed out by the manager (TQ-3)."""

import hashlib
from datetime import timedelta
from urllib.parse import quote, urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yingbin.pages import asked
from yingbin.pages.doing import person_id as me
from yingbin.pages.doing import site_id, status, take_out, tried
from yingbin.people.access import may, needs
from yingbin.people.here import site_here
from yingbin.people.queries import names_of, staff_with_role
from yingbin.sheets.columns import laid_out
from yingbin.sheets.excel import workbook
from yingbin.sheets.forms import HandOutForm
from yingbin.sheets.pdf import sheet_pdf

from ..actions.book import hand_out
from ..models import RegisterExport
from ..queries import book
from ..queries.columns import REGISTER_SHEET
from ..queries.proof import REGISTER

PAGE, MOST_PRINTED, MOST_ROWS = 50, 600, 60000
MOST_IN_PDF = 6000  # rows, some two hundred pages
ON_A_SHEET = 12  # lines of an empty sheet, to be written on by hand


def _chosen(request: HttpRequest, told: QueryDict) -> book.Chosen:
    """What was asked for; a salesperson leafs through their own rows, the desk through today's."""
    today = timezone.localdate()
    text = told.get("q", "").strip()[:40]
    since, until = asked.day(told.get("since")), asked.day(told.get("until"))
    if not text and since is None and until is None:
        since = today - timedelta(days=6)
    who = asked.uid(told.get("who"))
    if not may(request, "register.all"):
        if may(request, "register.today"):
            since, until = today, today
        else:
            who = me(request)
    return book.Chosen(since, until, who, text, told.get("only", "")[:12])


def _query(chosen: book.Chosen) -> dict[str, str]:
    told = {
        "since": chosen.since.isoformat() if chosen.since else "",
        "until": chosen.until.isoformat() if chosen.until else "",
        "who": str(chosen.who or ""),
        "only": chosen.only,
    }
    return {k: v for k, v in told.items() if v}


@needs("register.all", "register.today", "register.own")
def register(request: HttpRequest) -> HttpResponse:
    """The book, newest first. What is searched for is posted, so that no number lands in an address."""
    told = request.POST if request.method == "POST" else request.GET
    return _page(request, told, HandOutForm())


def _page(request: HttpRequest, told: QueryDict, form: HandOutForm) -> HttpResponse:
    chosen = _chosen(request, told)
    page = asked.paged(told, book.entries(site_id(request), chosen), PAGE)
    carried = [*_query(chosen).items(), ("q", chosen.text)]
    context: dict[str, object] = {
        "chosen": chosen,
        "page": page,
        "grid": laid_out(REGISTER_SHEET, book.lines(page.object_list), "page"),
        "query": urlencode(_query(chosen)) + "&" if _query(chosen) else "",
        "people": staff_with_role(site_id(request), "salesperson", timezone.now()),
        "all": may(request, "register.all"),
        "today_only": not may(request, "register.all") and may(request, "register.today"),
        "may_export": may(request, "register.export"),
        "may_import": may(request, "register.import"),
        "carried": carried,
        "posted": carried if chosen.text else [],
        "form": form,
    }
    return render(request, "gallery/book.html", context, status=status(form))


def _span(chosen: book.Chosen) -> str:
    if chosen.since and chosen.until and chosen.since != chosen.until:
        return f"{chosen.since:%Y-%m-%d} 至 {chosen.until:%Y-%m-%d}"
    if chosen.since and not chosen.until:
        return f"{chosen.since:%Y-%m-%d} 起"
    day = chosen.since or chosen.until
    return f"{day:%Y-%m-%d}" if day else "全部"


@needs("register.all", "register.today", "register.own")
@require_GET
def printed(request: HttpRequest) -> HttpResponse:
    """The sheet for the printer in the trade's layout, numbers masked."""
    chosen = _chosen(request, request.GET)
    found = book.entries(site_id(request), chosen)
    rows = book.lines(found.order_by("number")[:MOST_PRINTED])
    return _printed(request, chosen, rows, cut=found.count() > MOST_PRINTED)


def _printed(
    request: HttpRequest,
    chosen: book.Chosen,
    rows: list[book.Line],
    *,
    full: bool = False,
    cut: bool = False,
) -> HttpResponse:
    context: dict[str, object] = {
        "grid": laid_out(REGISTER_SHEET, rows, "paper", full=full),
        "heading": _heading(request, chosen),
        "empty": range(ON_A_SHEET - len(rows)),
        "cut": MOST_PRINTED if cut else 0,
        "back": reverse("gallery:register"),
        "book": REGISTER.title,
        "now": timezone.now(),
    }
    return render(request, "sheets/a4.html", context)


def _heading(request: HttpRequest, chosen: book.Chosen) -> tuple[str, str]:
    return f"项目：{site_here(request).name}", f"日期：{_span(chosen)}"


@needs("register.export")
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Hands the register out with full numbers, as Excel or on paper; the reason is kept."""
    form = HandOutForm(request.POST)
    if not form.is_valid():
        return _page(request, request.POST, form)
    chosen = _chosen(request, request.POST)
    kind = RegisterExport.Form(form.cleaned_data["form"])
    found = book.entries(site_id(request), chosen).order_by("number")
    if kind == RegisterExport.Form.PDF and found.count() > MOST_IN_PDF:
        form.refuse(f"一个 PDF 最多 {MOST_IN_PDF} 行。请缩短日期，分几次带出，或下载 Excel。")
        return _page(request, request.POST, form)
    rows = book.lines(found[: _MOST[kind]])
    data = _copy(request, kind, rows, _heading(request, chosen))
    deed = hand_out.given(
        why=form.cleaned_data["why"],
        form=kind.value,
        since=chosen.since,
        until=chosen.until,
        rows=len(rows),
        sha256=hashlib.sha256(data).hexdigest() if data else "",
    )
    if tried(form, lambda: take_out(request, deed)) is None:
        return _page(request, request.POST, form)
    if kind == RegisterExport.Form.PAPER:
        return _printed(request, chosen, rows, full=True, cut=found.count() > MOST_PRINTED)
    ending = "pdf" if kind == RegisterExport.Form.PDF else "xlsx"
    name = f"{REGISTER_SHEET.name} {site_here(request).name} {_span(chosen)}.{ending}"
    return download(data, name)


_MOST = {
    RegisterExport.Form.SHEET: MOST_ROWS,
    RegisterExport.Form.PAPER: MOST_PRINTED,
    RegisterExport.Form.PDF: MOST_IN_PDF,
}


def _copy(
    request: HttpRequest, kind: RegisterExport.Form, rows: list[book.Line], heading: tuple[str, str]
) -> bytes:
    """What is handed out as a file; nothing for what the browser prints."""
    if kind == RegisterExport.Form.PAPER:
        return b""
    if kind == RegisterExport.Form.PDF:
        grid = laid_out(REGISTER_SHEET, rows, "paper", full=True)
        now, who = timezone.localtime(), names_of({me(request)}).get(str(me(request)), "")
        return sheet_pdf(grid, *heading, foot=f"带出：{now:%Y-%m-%d %H:%M} {who}")
    return workbook(laid_out(REGISTER_SHEET, rows, "workbook", full=True), *heading)


def download(data: bytes, name: str) -> HttpResponse:
    """A file to be saved under this name: a workbook, or a PDF."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    if name.endswith(".pdf"):
        kind = "application/pdf"
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer


@needs("register.export", "customers.audit")
@require_GET
def exports(request: HttpRequest) -> HttpResponse:
    """Every time the register was handed out."""
    page = asked.paged(request.GET, book.exports(site_id(request)), PAGE)
    context: dict[str, object] = {
        "page": page,
        "names": names_of({e.by for e in page.object_list}),
        "book": REGISTER.title,
        "back": reverse("gallery:register"),
    }
    return render(request, "sheets/copies.html", context)

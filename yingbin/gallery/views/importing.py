"""导入旧登记册: the file, the report before anything is taken, the bar while it is, the way back (TQ-3)."""

import re
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yingbin.journal.write import KeyReused, new_key
from yingbin.pages.phones import masked
from yingbin.people.access import needs
from yingbin.people.queries import names_of
from yingbin.rules.decision import Refused
from yingbin.tables import MAX_BYTES

from ..actions import importing
from ..actions.book import hand_out
from ..forms.importing import ImportForm
from ..importing.lines import Told
from ..models import ImportRow, RegisterImport
from ..queries import imports as queries
from ..sheets import report_sheet
from .acting import acting, perform, site_id
from .book import download

PAGE = 50
TABS = [
    ("refused", "不能收", "alert"),
    ("known", "并入已有客户", "users"),
    ("again", "重复", "check"),
    ("warned", "有提醒", "info"),
    ("new", "新客户", "user-plus"),
    ("skipped", "跳过", "minus"),
    ("kept", "撤销后保留的卡片", "book"),
]


@needs("register.import")
@require_http_methods(["GET", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """Every import so far, and the form for another file."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            done = _upload(request, form)
        except (Refused, KeyReused) as no:
            form.add_error("file", no.message)
        else:
            return redirect("gallery:import", done["import"])
    page = Paginator(queries.imports(site_id(request)), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "names": names_of({i.uploaded_by for i in page.object_list}),
    }
    return render(request, "gallery/importing.html", context, status=422 if form.errors else 200)


def _upload(request: HttpRequest, form: ImportForm) -> dict[str, Any]:
    """Reads no more of the file than may be taken."""
    data = form.cleaned_data["file"].read(MAX_BYTES + 1)
    return importing.upload(**acting(request), data=data, **form.told())


def _one_or_404(request: HttpRequest, import_id: UUID) -> RegisterImport:
    one = queries.import_of(site_id(request), import_id)
    if one is None:
        raise Http404
    return one


@needs("register.import")
@never_cache
@require_GET
def one(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Where an import stands: how far it has come, what would become of each line, what became of it."""
    found = _one_or_404(request, import_id)
    counts = queries.counts(found)
    tab = request.GET.get("only") or next((t for t, _, _ in TABS if counts[t]), "new")
    page = Paginator(queries.lines(found, tab), PAGE).get_page(request.GET.get("page"))
    people = {p for p in (found.uploaded_by, found.applied_by, found.undone_by) if p}
    context = {
        "one": found,
        "state": found.state,
        "working": found.state in ("reading", "applying", "undoing"),
        "counts": counts,
        "tabs": [(t, words, icon, counts[t]) for t, words, icon in TABS if counts[t]],
        "tab": tab,
        "page": page,
        "lines": [_shown(r) for r in page.object_list],
        "left_out": _left_out(found),
        "many_sheets": queries.many_sheets(found),
        "met": queries.met(site_id(request), page.object_list),
        "query": f"only={tab}&",
        "names": names_of(people),
        "key": new_key(),
    }
    return render(request, "gallery/importing_one.html", context)


_LONG = re.compile(r"(?<!\d)(\d{3})\d{4}(\d{2,})(?!\d)")


def _shown(row: ImportRow) -> dict[str, Any]:
    """A line for the screen: whatever looks like a number has its middle hidden."""
    told = row.cells or {}
    return {
        "row": row,
        "name": _hidden(told.get("name", "")),
        "day": told.get("day", ""),
        "faults": [(title, _hidden(value), _hidden(why)) for title, value, why in row.faults],
        "warnings": [_hidden(said) for said in row.warnings],
        "stored": _stored(row),
    }


def _left_out(one: RegisterImport) -> dict[str, Any]:
    """Sheets that aren't taken with why, and columns that become notes or nothing."""
    return {
        "sheets": [s for s in one.options.get("sheets", []) if not s["taken"]],
        "columns": [c for c in one.options.get("columns", []) if c["as"] is None and c["heading"]],
    }


def _stored(row: ImportRow) -> str:
    """What is kept of the line, for holding beside the file's own text."""
    if not row.told:
        return ""
    told = Told.from_json(row.told)
    people, first = told.words["group_size"], told.words["first_visit"]
    parts = [
        f"{told.day}" + (f" {told.clock:%H:%M}" if told.clock else ""),
        "、".join(told.names) or "没有姓名",
        "、".join(masked(number) for number in told.phones) or "没有电话",
        f"{people} 人" if people else "",
        {True: "首访", False: "复访", None: ""}[first],
        told.receiver,
    ]
    return " · ".join(part for part in parts if part)


def _hidden(text: str) -> str:
    return _LONG.sub(r"\1****\2", text)


@needs("register.import")
@require_POST
def begin(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Takes the rows in: all or none, or the good ones."""
    _one_or_404(request, import_id)
    return perform(
        request,
        importing.apply_import,
        then=_page(import_id),
        import_id=import_id,
        whole=request.POST.get("take") != "good",
        receivers=bool(request.POST.get("receivers")),
    )


@needs("register.import")
@require_POST
def drop(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Throws an upload away before anything was taken."""
    _one_or_404(request, import_id)
    then = reverse("gallery:imports")
    said = "这份文件和读出来的内容都已删除，登记册没有变。"
    return perform(request, importing.drop_import, then=then, said=said, import_id=import_id)


@needs("register.import")
@require_POST
def undo(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Takes an import back as a whole."""
    _one_or_404(request, import_id)
    why = request.POST.get("why", "")
    then = _page(import_id)
    return perform(request, importing.undo_import, then=then, import_id=import_id, why=why)


@needs("register.import")
@require_POST
def report(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """The lines that weren't taken, whole, to be put right and uploaded again; the download is logged."""
    found = _one_or_404(request, import_id)
    rows = list(queries.lines(found).exclude(verdict__in=["new", "known"]))
    try:
        why = f"导入「{found.file_name}」没有收的行"[:200]
        hand_out(acting(request), why=why, form="sheet", since=None, until=None, rows=len(rows))
    except (Refused, KeyReused):
        return redirect(_page(import_id))
    name = f"没有收的行 {timezone.localdate():%Y-%m-%d}.xlsx"
    return download(report_sheet(rows), name)


def _page(import_id: UUID) -> str:
    return reverse("gallery:import", args=[import_id])

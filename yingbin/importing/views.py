"""导入: the file, how it is to be read, the report before anything is taken, the bar while it is, the way back.

Every view takes the importer first; `urls.addresses` binds it and lets in whom its permission lets in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header

from yingbin.journal.write import new_key
from yingbin.pages import asked
from yingbin.pages.doing import REFUSED, acting, perform, person_id, sent, site_id, take_out, tried
from yingbin.people.queries import names_of
from yingbin.rules.decision import Refused
from yingbin.tables import MAX_BYTES
from yingbin.tables.survey import hidden, remembered

from . import actions, queries
from .declared import AnyImporter, Met, Value
from .forms import ColumnsForm, people_of
from .models import ImportRow, ImportRun
from .report import report_sheet
from .uploads import UploadForm

TABS = ("refused", "warned", "known", "again", "new", "skipped", "kept")
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def runs(request: HttpRequest, importer: AnyImporter) -> HttpResponse:
    """Every import so far, and the form for another file."""
    form = importer.form(sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        run_id = tried(form, lambda: _upload(request, importer, form))
        if run_id is not None:
            return redirect(f"{importer.namespace}:import_columns", run_id)
    found = queries.runs(site_id(request), importer.kind, _whose(request, importer))
    page = asked.paged(request.GET, found)
    context = {
        "form": form,
        "importer": importer,
        "page": page,
        "rows": [(run, _address(importer, run)) for run in page.object_list],
        "names": names_of({i.uploaded_by for i in page.object_list}),
    }
    status = REFUSED if form.errors else 200
    return render(request, "importing/runs.html", context, status=status)


def _address(importer: AnyImporter, run: ImportRun) -> str:
    name = "import_columns" if run.state == "asking" else "import"
    return reverse(f"{importer.namespace}:{name}", args=[run.id])


def _upload(request: HttpRequest, importer: AnyImporter, form: UploadForm) -> UUID:
    """Reads no more of the file than may be taken."""
    file, who = form.cleaned_data["file"], acting(request)
    data = file.read(MAX_BYTES + 1)
    survey = actions.looked_over(importer, who, data, file.name)
    return actions.upload(
        who,
        kind=importer.kind,
        file_name=file.name,
        data=data,
        survey=survey,
        told=form.told(),
    )


def _whose(request: HttpRequest, importer: AnyImporter) -> UUID | None:
    """Whose uploads somebody sees: their own, where the kind asks for that."""
    return person_id(request) if importer.own else None


def _run_or_404(request: HttpRequest, importer: AnyImporter, run_id: UUID) -> ImportRun:
    run = queries.run_of(site_id(request), importer.kind, run_id, _whose(request, importer))
    if run is None:
        raise Http404
    return run


def columns(request: HttpRequest, importer: AnyImporter, run_id: UUID) -> HttpResponse:
    """Every sheet and column with samples and what it is taken for, to be changed before the file is read."""
    run = _run_or_404(request, importer, run_id)
    if request.method == "GET" and run.state != "asking":
        return redirect(f"{importer.namespace}:import", run.id)
    survey = remembered(
        queries.survey_of(run),
        queries.memory(run.site_id, importer.kind),
        importer.fields,
        importer.rest,
    )
    form = ColumnsForm(sent(request), survey=survey, fields=importer.fields, rest=importer.rest)

    def page() -> HttpResponse:
        context = {
            "importer": importer,
            "run": run,
            "form": form,
            "sheets": form.sheets,
            "key": new_key(),
            "ambiguous": survey.ambiguous,
            "drop": reverse(f"{importer.namespace}:import_drop", args=[run.id]),
        }
        return render(request, "importing/columns.html", context)

    if request.method == "GET":
        return page()
    if not form.is_valid():
        shown = page()
        shown.status_code = REFUSED
        return shown
    deed = actions.settle_columns.given(run_id=run.id, choices=form.choices)
    return perform(request, deed, then=_page(importer, run.id), form=form, page=page)


def one(request: HttpRequest, importer: AnyImporter, run_id: UUID) -> HttpResponse:
    """Where an import stands: how far it has come, what would become of each line, what became of it."""
    run = _run_or_404(request, importer, run_id)
    if run.state == "asking":
        return redirect(f"{importer.namespace}:import_columns", run.id)
    counts = queries.counts(run)
    tab = request.GET.get("only") or next((t for t in TABS if counts.of(t)), "new")
    page = asked.paged(request.GET, queries.lines(run, tab))
    people = {p for p in (run.uploaded_by, run.applied_by, run.undone_by) if p}
    met = importer.met(run.site_id, page.object_list)
    context = {
        "one": run,
        "importer": importer,
        "state": run.state,
        "working": run.state in ("reading", "applying", "undoing"),
        "counts": counts,
        "tabs": _tabs(importer, counts),
        "tab": tab,
        "page": page,
        "lines": [_shown(importer, r, met) for r in page.object_list],
        "left_out": _left_out(run),
        "notes": importer.notes(run) if run.state == "read" else (),
        "many_sheets": queries.many_sheets(run),
        "query": f"only={tab}&",
        "names": names_of(people),
        "key": new_key(),
        "back": reverse(f"{importer.namespace}:imports"),
        "next": importer.next_step(run, acting(request)) if run.state == "applied" else None,
        **_named(importer, run),
    }
    return render(request, "importing/one.html", context)


def _tabs(importer: AnyImporter, counts: queries.Counts) -> list[tuple[str, str, str, int]]:
    """The tabs of the report that hold any line: name, words, picture, how many."""
    shown = {
        "refused": ("不能收", "alert"),
        "warned": ("有提醒", "info"),
        "known": (importer.words.known, "users"),
        "again": (importer.words.again, "check"),
        "new": ("新的", "user-plus"),
        "skipped": ("跳过", "minus"),
        "kept": ("撤销后保留的", "book"),
    }
    return [(t, *shown[t], many) for t in TABS if (many := counts.of(t))]


def _named(importer: AnyImporter, run: ImportRun) -> Mapping[str, object]:
    """The names that are no colleague's and the colleagues they may mean, while something can be chosen."""
    if run.state != "read" or not importer.person:
        return {}
    found = queries.named(run)
    here = importer.colleagues(run.site_id, timezone.now()) if found else {}
    return {
        "named": found,
        "colleagues": sorted(here.items()),
        "someone": any(n.staff_id for n in found),
    }


@dataclass(frozen=True)
class LineShown:
    """A line for the screen; whatever looks like a number has its middle hidden."""

    row: ImportRow
    faults: list[tuple[str, str, str]]
    warnings: list[str]
    values: list[Value]
    again: str
    met: Met | None
    to_store: bool


def _shown(importer: AnyImporter, row: ImportRow, met: Mapping[UUID, Met]) -> LineShown:
    """What will be stored, or was; of a line that can't be taken what stands in the file."""
    said = row.cells or {}
    to_store = bool(row.told or row.meant) and row.verdict != ImportRow.Verdict.REFUSED
    values = importer.values(row) if to_store else []
    if not to_store:
        told = [(title, said.get(name)) for name, title, _ in importer.cells]
        values = [Value(title, "", hidden(text)) for title, text in told if text]
    return LineShown(
        row=row,
        faults=[(title, hidden(value), hidden(why)) for title, value, why in row.faults],
        warnings=[hidden(words) for words in row.warnings],
        values=values,
        again=importer.again(row) if row.verdict == ImportRow.Verdict.AGAIN else "",
        met=met.get(row.subject_id) if row.subject_id else None,
        to_store=to_store,
    )


@dataclass(frozen=True)
class LeftOut:
    """Sheets that aren't taken, with why; columns kept in the note, and those left out."""

    sheets: list[tuple[str, str]]
    noted: list[str]
    dropped: list[str]


def _left_out(run: ImportRun) -> LeftOut:
    sheets = [(s["sheet"], s["why"]) for s in run.options.get("sheets", []) if not s["taken"]]
    others = [c for c in run.options.get("columns", []) if c["as"] is None and c["heading"]]

    def called(left_out: bool) -> list[str]:
        found = (c for c in others if bool(c.get("left_out")) == left_out)
        return [f"{c['sheet']} · {c['heading']}" if c["sheet"] else c["heading"] for c in found]

    return LeftOut(sheets, called(False), called(True))


def assign(request: HttpRequest, importer: AnyImporter, run_id: UUID) -> HttpResponse:
    """Says whom names that are no colleague's mean."""
    run = _run_or_404(request, importer, run_id)
    numbers = {str(n.pk): n for n in queries.named(run)}
    deed = actions.assign.given(run_id=run.id, people=people_of(request.POST, numbers))
    said = (
        "记下了。收的时候勾选「按册子上的接待人认归属」就照这样归。" if importer.words.give else ""
    )
    return perform(request, deed, then=_page(importer, run_id), said=said)


def begin(request: HttpRequest, importer: AnyImporter, run_id: UUID) -> HttpResponse:
    """Takes the rows in: all or none, or the good ones."""
    run = _run_or_404(request, importer, run_id)
    whole, receivers = request.POST.get("take") != "good", bool(request.POST.get("receivers"))
    deed = actions.apply_import.given(run_id=run.id, whole=whole, receivers=receivers)
    return perform(request, deed, then=_page(importer, run_id))


def drop(request: HttpRequest, importer: AnyImporter, run_id: UUID) -> HttpResponse:
    """Throws an upload away before anything was taken."""
    run = _run_or_404(request, importer, run_id)
    then = reverse(f"{importer.namespace}:imports")
    said = f"这份文件和读出来的内容都已删除，{importer.words.home}没有变。"
    return perform(request, actions.drop_import.given(run_id=run.id), then=then, said=said)


def undo(request: HttpRequest, importer: AnyImporter, run_id: UUID) -> HttpResponse:
    """Takes an import back as a whole."""
    run = _run_or_404(request, importer, run_id)
    deed = actions.undo_import.given(run_id=run.id, why=request.POST.get("why", ""))
    return perform(request, deed, then=_page(importer, run_id))


def report(request: HttpRequest, importer: AnyImporter, run_id: UUID) -> HttpResponse:
    """The lines that weren't taken, whole, to be put right and uploaded again; the download is logged."""
    run = _run_or_404(request, importer, run_id)
    rows = list(queries.lines(run).exclude(verdict__in=["new", "known"]))
    why = f"导入「{run.file_name}」没有收的行"[:200]
    try:
        take_out(request, lambda who: importer.handed_out(who, why, len(rows)))
    except Refused as no:
        messages.error(request, no.message)
        return redirect(_page(importer, run_id))
    answer = HttpResponse(report_sheet(importer, rows), content_type=EXCEL)
    name = f"没有收的行 {timezone.localdate():%Y-%m-%d}.xlsx"
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer


def blank(request: HttpRequest, importer: AnyImporter) -> HttpResponse:
    """A blank sheet to be filled in."""
    answer = HttpResponse(importer.blank(acting(request)), content_type=EXCEL)
    name = f"{importer.words.home}模板.xlsx"
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer


def _page(importer: AnyImporter, run_id: UUID) -> str:
    return reverse(f"{importer.namespace}:import", args=[run_id])

"""People by sheet: the blank one, the upload, the preview of every row, the confirmation."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yingbin.pages.doing import REFUSED, person_id, sent, site_id, status, tried
from yingbin.pages.onward import onward
from yingbin.rules.decision import Refused

from .. import actions, queries, roles, sheet
from ..access import needs
from ..forms.staff import SheetForm, role_choices
from ..models import StaffSheet
from .staff import administrator

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs("staff.manage")
@require_GET
def sheet_template(request: HttpRequest) -> HttpResponse:
    """The blank sheet, with this site's roles and departments to choose from."""
    here, admin = site_id(request), administrator(request)
    scope = actions.scope_of(site_id=here, by=person_id(request), at=timezone.now())
    data = sheet.template(
        [title for _, title in role_choices(scope.site, administrator=admin)],
        [s.short_name for s in scope.sites],
        [d.name for d in queries.departments_of(here)],
    )
    answer = HttpResponse(data, content_type=_EXCEL)
    answer["Content-Disposition"] = (
        "attachment; filename*=UTF-8''%E4%BA%BA%E5%91%98%E6%A8%A1%E6%9D%BF.xlsx"
    )
    return answer


@needs("staff.manage")
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Takes a filled sheet and goes on to its preview; nobody is added yet."""
    form = SheetForm(sent(request), request.FILES or None)
    kept = tried(form, partial(_kept, request, form)) if form.is_valid() else None
    if kept is not None:
        return redirect("people:sheet_preview", kept.id)
    context = {"form": form, "most": sheet.MAX_ROWS, "next": onward(request, "")}
    return render(request, "people/sheet.html", context, status=status(form))


def _kept(request: HttpRequest, form: SheetForm) -> StaffSheet:
    file = form.cleaned_data["sheet"]
    return actions.keep_sheet(
        site_id=site_id(request),
        by=person_id(request),
        at=timezone.now(),
        file_name=file.name,
        rows=sheet.read_rows(file, file.size),
    )


def _kept_or_404(request: HttpRequest, sheet_id: UUID) -> StaffSheet:
    found = queries.kept_sheet(sheet_id, person_id(request))
    if found is None:
        raise Http404
    return found


@needs("staff.manage")
@never_cache
@require_GET
def preview(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """Every row: what it would do, and what is wrong with it."""
    return _preview(request, _kept_or_404(request, sheet_id))


def _preview(request: HttpRequest, kept: StaffSheet, refused: str = "") -> HttpResponse:
    if kept.applied_at is not None:
        return _applied(request, kept)
    if not kept.rows:
        messages.error(request, "这份表格已经过期，请重新上传。")
        return redirect("people:sheet")
    rows = actions.preview_sheet(sheet=kept, by=person_id(request), at=timezone.now())
    counts = {what: sum(r.what == what for r in rows) for what in ("new", "role", "here", "bad")}
    context = {
        "kept": kept,
        "rows": sorted(rows, key=lambda r: (r.what != "bad", r.row.line)),
        "counts": counts,
        "todo": counts["new"] + counts["role"],
        "titles": {r.id: r.title for r in roles.ROLES.values()},
        "refused": refused,
    }
    return render(request, "people/sheet_preview.html", context, status=REFUSED if refused else 200)


@needs("staff.manage")
@require_POST
def confirm(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """Adds the people: all of them, or those whose row is good."""
    kept = _kept_or_404(request, sheet_id)
    try:
        actions.apply_sheet(
            sheet_id=kept.id,
            by=person_id(request),
            at=timezone.now(),
            only_good=request.POST.get("take") == "good",
        )
    except Refused as no:
        return _preview(request, kept, no.message)
    kept.refresh_from_db()
    return _applied(request, kept)


def _applied(request: HttpRequest, kept: StaffSheet) -> HttpResponse:
    """Says what came of it, and on to the slips with the first passwords."""
    done = actions.Outcome.of(kept)
    words = [f"已添加 {done.added} 人"]
    if done.roles:
        words.append(f"给 {done.roles} 位已有的同事加了角色")
    if done.here:
        words.append(f"{done.here} 人早已在册")
    if done.left_out:
        words.append(f"{done.left_out} 行有问题没有收")
    messages.success(request, "，".join(words) + "。")
    if done.slips:
        return redirect("people:slips", done.slips)
    return redirect("people:staff")

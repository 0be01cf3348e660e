"""A sheet of people: kept for the preview, then applied whole or as far as its rows are good."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from yingbin.journal.write import Pen
from yingbin.rules.decision import Refused

from ..models import PasswordSlips, Site, Staff, StaffSheet
from ..queries.sheet import Checked, Scope, checked
from ..sheet import Row
from .authority import check_may_bring_in, is_administrator
from .record import recorded, site_here
from .slips import set_first_password
from .staff import Person, enrol, give, new_staff

# An upload nobody confirmed is forgotten after a day.
KEPT_FOR = timedelta(days=1)


def keep_sheet(
    *, site_id: UUID, by: UUID, at: datetime, file_name: str, rows: Sequence[Row]
) -> StaffSheet:
    """Keeps an uploaded sheet for its preview. Nobody is added; stale uploads are forgotten."""
    StaffSheet.objects.filter(uploaded_at__lt=at - KEPT_FOR).exclude(rows=[]).update(rows=[])
    return StaffSheet.objects.create(
        site_id=site_here(site_id).id,
        uploaded_by_id=by,
        uploaded_at=at,
        file_name=file_name[-120:],
        rows=[r.to_json() for r in rows],
    )


def scope_of(*, site_id: UUID, by: UUID, at: datetime) -> Scope:
    """What a sheet uploaded by this person at this site may do."""
    administrator = is_administrator(by, at)
    site = site_here(site_id)
    sites = Site.objects.filter(closed_at__isnull=True) if administrator else [site]
    return Scope(site, list(sites), administrator)


def apply_sheet(*, sheet_id: UUID, by: UUID, at: datetime, only_good: bool) -> dict[str, Any]:
    """Adds the people of a sheet: all of them, or (`only_good`) those whose row has no problem.

    Once, however often it is asked. Returns counts (`added`, `roles`, `here`, `left_out`) and the
    id of the slips. Each site's people come in one write of that site; if another site's write
    fails, asking again does what is left. Refuses, saving nothing, when a row is bad and all were
    wanted.
    """
    sheet = StaffSheet.objects.get(id=sheet_id, uploaded_by_id=by)
    found = preview_sheet(sheet=sheet, by=by, at=at)
    bad = [one for one in found if one.what == "bad"]
    todo = [one for one in found if one.what in {"new", "role"}]
    sheet.refresh_from_db()
    if sheet.applied_at is not None:
        return dict(sheet.outcome or {})
    if bad and not only_good:
        raise Refused(
            None, f"有 {len(bad)} 行有问题，所以一行都没有保存。改好后再上传，或只收好的行。"
        )
    if not todo:
        raise Refused(None, "没有可以添加的行：要么已经在册，要么有问题。")
    outcome = {
        "added": sum(one.what == "new" for one in todo),
        "roles": sum(one.what == "role" for one in todo),
        "here": sum(one.what == "here" for one in found),
        "left_out": len(bad),
        "slips": str(sheet.id) if any(one.what == "new" for one in todo) else None,
    }
    groups = _by_site(todo)
    for n, (site_id, rows) in enumerate(groups, start=1):
        _apply(sheet, site_id, rows, by, at, outcome if n == len(groups) else None)
    return outcome


def preview_sheet(*, sheet: StaffSheet, by: UUID, at: datetime) -> list[Checked]:
    """What each row of a kept sheet would do now; nothing is saved."""
    scope = scope_of(site_id=sheet.site_id, by=by, at=at)
    return checked([Row.from_json(r) for r in sheet.rows], scope, at)


def _by_site(todo: Sequence[Checked]) -> list[tuple[UUID, list[Checked]]]:
    groups: dict[UUID, list[Checked]] = defaultdict(list)
    for one in todo:
        assert one.site is not None
        groups[one.site.id].append(one)
    return sorted(groups.items())


def _apply(
    sheet: StaffSheet,
    site_id: UUID,
    rows: Sequence[Checked],
    by: UUID,
    at: datetime,
    outcome: dict[str, Any] | None,
) -> None:
    def work(pen: Pen) -> dict[str, Any]:
        added = [_enter(pen, sheet, one, site_id) for one in rows]
        _on_slips(sheet, [s for s in added if s], by, at)
        if outcome is not None:
            StaffSheet.objects.filter(id=sheet.id).update(applied_at=at, rows=[], outcome=outcome)
        return {}

    recorded(
        site_id=site_id,
        key=f"sheet:{sheet.id}",
        verb="apply_sheet",
        by=by,
        at=at,
        payload={"sheet": str(sheet.id)},
        work=work,
    )


def _enter(pen: Pen, sheet: StaffSheet, one: Checked, site_id: UUID) -> Staff | None:
    """The person if they are new; someone known only gets the roles."""
    row = one.row
    if one.known is not None:
        check_may_bring_in(UUID(pen.by), site_id, one.known.id, pen.at)
        for role in one.role_ids:
            give(pen, one.known.id, role, site_id, one.department_id)
        return None
    person = Person(row.name, one.role_ids, row.phone, row.account, row.email, one.department_id)
    staff = new_staff(person)
    set_first_password(staff, sheet.id)
    staff.save(force_insert=True)
    enrol(pen, staff, person, site_id)
    return staff


def _on_slips(sheet: StaffSheet, added: Sequence[Staff], by: UUID, at: datetime) -> None:
    """The slips carry the sheet's own id, so that every site's people stand on the same ones."""
    if not added:
        return
    slips, _ = PasswordSlips.objects.get_or_create(
        id=sheet.id, defaults={"made_by_id": by, "made_at": at}
    )
    slips.staff_ids += [str(s.id) for s in added]
    slips.save(update_fields=["staff_ids"])

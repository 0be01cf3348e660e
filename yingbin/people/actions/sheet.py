"""A sheet of people: kept for the preview, then applied whole or as far as its rows are good."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from pydantic import TypeAdapter

from yingbin.journal.action import Acting, action
from yingbin.journal.write import Pen
from yingbin.rules.decision import Refused

from ..models import PasswordSlips, Site, Staff, StaffSheet
from ..queries.sheet import Checked, Scope, checked
from ..sheet import Row
from .authority import check_may_bring_in, is_administrator
from .known import site_here
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


@dataclass(frozen=True)
class Outcome:
    """What came of a sheet: people added, known ones who got a role, those here already, rows left out."""

    added: int
    roles: int
    here: int
    left_out: int
    slips: UUID | None

    @classmethod
    def of(cls, sheet: StaffSheet) -> "Outcome":
        """As it was kept when the sheet was applied."""
        return _OUTCOMES.validate_python(sheet.outcome)


_OUTCOMES = TypeAdapter(Outcome)


@dataclass(frozen=True)
class Part:
    """The people of one site; a sheet's part is done once there, whoever asks and however it is read."""

    sheet_id: UUID
    rows: tuple[Checked, ...] = field(compare=False, repr=False)
    # Kept with the last part, when all is done.
    outcome: Outcome | None = field(compare=False)


def apply_sheet(*, sheet_id: UUID, by: UUID, at: datetime, only_good: bool) -> Outcome:
    """Adds the people of a sheet: all of them, or (`only_good`) those whose row has no problem.

    Once, however often it is asked. Each site's people come in one write of that site; if another
    site's write fails, asking again does what is left. Refuses, saving nothing, when a row is bad
    and all were wanted.
    """
    sheet = StaffSheet.objects.get(id=sheet_id, uploaded_by_id=by)
    found = preview_sheet(sheet=sheet, by=by, at=at)
    sheet.refresh_from_db()
    if sheet.applied_at is not None:
        return Outcome.of(sheet)
    todo = [one for one in found if one.what in {"new", "role"}]
    outcome = _outcome(sheet, found)
    if outcome.left_out and not only_good:
        why = f"有 {outcome.left_out} 行有问题，所以一行都没有保存。改好后再上传，或只收好的行。"
        raise Refused(None, why)
    if not todo:
        raise Refused(None, "没有可以添加的行：要么已经在册，要么有问题。")
    groups = _by_site(todo)
    for n, (site_id, rows) in enumerate(groups, start=1):
        part = Part(sheet.id, tuple(rows), outcome if n == len(groups) else None)
        _apply(Acting(site_id, f"sheet:{sheet.id}", by, at), part=part)
    return outcome


def _outcome(sheet: StaffSheet, found: Sequence[Checked]) -> Outcome:
    count = Counter(one.what for one in found)
    slips = sheet.id if count["new"] else None
    return Outcome(count["new"], count["role"], count["here"], count["bad"], slips)


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


@action("apply_sheet")
def _apply(pen: Pen, *, part: Part) -> None:
    sheet = StaffSheet.objects.get(id=part.sheet_id)
    added = [_enter(pen, sheet, one) for one in part.rows]
    _on_slips(sheet, [s for s in added if s], UUID(pen.by), pen.at)
    if part.outcome is not None:
        kept = _OUTCOMES.dump_python(part.outcome, mode="json")
        StaffSheet.objects.filter(id=sheet.id).update(applied_at=pen.at, rows=[], outcome=kept)


def _enter(pen: Pen, sheet: StaffSheet, one: Checked) -> Staff | None:
    """The person if they are new; someone known only gets the roles."""
    row = one.row
    if one.known is not None:
        check_may_bring_in(pen.by, pen.site_id, one.known.id, pen.at)
        for role in one.role_ids:
            give(pen, one.known.id, role, pen.site_id, one.department_id)
        return None
    person = Person(row.name, one.role_ids, row.phone, row.account, row.email, one.department_id)
    staff = new_staff(person)
    set_first_password(staff, sheet.id)
    staff.save(force_insert=True)
    enrol(pen, staff, person, pen.site_id)
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

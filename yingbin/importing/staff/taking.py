"""People of a sheet come in, a chunk in one write of their site, and go out again when the sheet is undone."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from yingbin.importing.models import ImportRow, ImportRun
from yingbin.journal.write import Pen
from yingbin.people.actions.authority import (
    check_may_bring_in,
    check_may_give,
    is_administrator,
)
from yingbin.people.actions.bringing import (
    bring_in,
    give_more,
    put_on_slips,
    take_back,
    take_back_roles,
)
from yingbin.people.actions.staff import Person
from yingbin.people.models import Staff
from yingbin.rules.decision import Refused

from .lines import StaffLine
from .meaning import Meaning, StaffForecast

_SETTLED = ("verdict", "faults", "subject_id", "created", "meant", "cells", "told", "phone")


def take(pen: Pen, run: ImportRun, rows: Sequence[ImportRow]) -> None:
    """Decides on each line anew under the lock; whoever can't come in any more is told on the line."""
    forecast = StaffForecast(run.site_id, UUID(pen.by), pen.at)
    lines = [(row, StaffLine.of(row.told or {})) for row in rows]
    forecast.look_up([told for _, told in lines])
    added = [_taken(pen, run, row, forecast.meaning(row, told)) for row, told in lines]
    put_on_slips(pen, run.id, [staff for staff in added if staff])
    ImportRow.objects.bulk_update(rows, _SETTLED)


def _taken(pen: Pen, run: ImportRun, row: ImportRow, one: Meaning) -> Staff | None:
    """Enters one person; somebody known only gets the roles."""
    try:
        if one.faults:
            return None
        return _entered(pen, run, row, one)
    except Refused as no:
        row.verdict, row.faults = ImportRow.Verdict.REFUSED, [["这一行", "", no.message]]
        return None
    finally:
        if row.verdict != ImportRow.Verdict.REFUSED:
            row.cells, row.told, row.phone = None, None, ""


def _entered(pen: Pen, run: ImportRun, row: ImportRow, one: Meaning) -> Staff | None:
    if one.site is None or one.site.id != pen.site_id:
        raise Refused(None, "项目变了，请把这一行再上传一次。")
    if row.verdict == ImportRow.Verdict.AGAIN:
        return None
    to = one.known.id if one.known else None
    check_may_give(pen.by, pen.site_id, one.roles, pen.at, to=to)
    row.meant = {**(row.meant or {}), "at": pen.at.isoformat()}
    if one.known is not None:
        check_may_bring_in(pen.by, pen.site_id, one.known.id, pen.at)
        give_more(pen, one.known.id, one.given, one.department_id)
        return None
    told = one.told
    person = Person(told.name, one.roles, told.phone, told.account, told.email, one.department_id)
    staff = bring_in(pen, person, run.id)
    row.subject_id, row.created = staff.id, True
    return staff


def withdraw(pen: Pen, run: ImportRun, rows: Sequence[ImportRow]) -> None:
    """Newcomers nobody has met yet leave, roles that were given end; who has signed in since stays."""
    came = {ImportRow.Verdict.NEW, ImportRow.Verdict.KNOWN}
    done = [row for row in rows if row.verdict in came and row.subject_id and row.meant]
    people = Staff.objects.in_bulk([row.subject_id for row in done if row.subject_id])
    may = pen.site_id == run.site_id or is_administrator(pen.by, pen.at)
    for row in done:
        row.kept_why = _back(pen, row, people) if may else "别的项目，要由系统管理员撤销"
    ImportRow.objects.bulk_update([row for row in done if row.kept_why], ["kept_why"])


def _back(pen: Pen, row: ImportRow, people: dict[UUID, Staff]) -> str:
    """Takes one line back; why it stays, where it does."""
    staff = people[row.subject_id] if row.subject_id else None
    meant = row.meant or {}
    if staff is None or "at" not in meant:
        return ""
    given = [str(role) for role in meant["given"]]
    since = datetime.fromisoformat(meant["at"])
    if row.created:
        return take_back(pen, staff, given, since)
    take_back_roles(pen, staff.id, given, since)
    return ""

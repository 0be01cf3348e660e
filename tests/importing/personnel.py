"""Somebody who brings sheets of people in at 湖畔雅居, for tests: sheets in memory, and the steps with the worker's."""

import io
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from django.utils import timezone
from openpyxl import Workbook

from tests import cast
from tests.importing.worker import works_on
from yingbin.importing import actions, queries
from yingbin.importing.declared import Checked
from yingbin.importing.models import ImportRow, ImportRun
from yingbin.importing.staff.importer import STAFF
from yingbin.importing.staff.lines import StaffLine
from yingbin.journal.action import Acting
from yingbin.people.models import Staff
from yingbin.tables.survey import Choices, proposed

HEAD = ["姓名", "手机", "账号", "角色", "项目", "部门"]


def excel(
    *lines: Sequence[Any], head: Sequence[Any] = HEAD, merge: str = "", above: Sequence[Any] = ()
) -> bytes:
    """A workbook with a heading and one person a line."""
    book = Workbook()
    page = book.active
    assert page is not None
    for line in [*above, head, *lines]:
        page.append(list(line))
    if merge:
        page.merge_cells(merge)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def lines_of(data: bytes, name: str = "名单.xlsx") -> list[Checked[StaffLine]]:
    """Every line as it is read with its columns as proposed."""
    today = timezone.localdate()
    choices = proposed(STAFF.survey(data, name, today))
    return STAFF.read(data, name, {}, choices, today).lines


class Personnel:
    """郑岚 at the gallery, or whoever is named; each step a second after the one before."""

    def __init__(self, by: str = "郑岚", site_id: UUID | None = None) -> None:
        self.by, self.site = by, site_id or cast.hupan().id
        self.now: datetime = timezone.now()
        self.keys = count(1)

    def acting(self, by: str = "") -> Acting:
        """This person, or another, a second later."""
        self.now += timedelta(seconds=1)
        who = cast.person(by or self.by).id
        return Acting(self.site, f"p-{by or self.by}-{next(self.keys)}", who, self.now)

    def sent(self, *lines: Sequence[Any], **more: Any) -> ImportRun:
        """A sheet that nobody has said anything of yet."""
        data = excel(*lines, **more)
        survey = actions.looked_over(STAFF, self.acting(), data, "名单.xlsx")
        run_id = actions.upload(
            self.acting(), kind="staff", file_name="名单.xlsx", data=data, survey=survey
        )
        return ImportRun.objects.get(id=run_id)

    def read(self, *lines: Sequence[Any], **more: Any) -> ImportRun:
        """A sheet of which the report is ready."""
        run = self.sent(*lines, **more)
        self.settle(run)
        return self.work(run)

    def settle(self, run: ImportRun, choices: Choices | None = None) -> None:
        """Its columns as proposed, or as chosen."""
        chosen = choices or proposed(queries.survey_of(run))
        actions.settle_columns(self.acting(), run_id=run.id, choices=chosen)

    def take(self, run: ImportRun, *, whole: bool = False) -> ImportRun:
        """Its good lines taken in."""
        actions.apply_import(self.acting(), run_id=run.id, whole=whole, receivers=False)
        return self.work(run)

    def undo(self, run: ImportRun, by: str = "") -> ImportRun:
        """Taken back as a whole."""
        actions.undo_import(self.acting(by), run_id=run.id, why="导错了项目")
        return self.work(run)

    def work(self, run: ImportRun) -> ImportRun:
        """The worker goes on until nothing is left to do."""
        self.now += timedelta(seconds=1)
        works_on(self.now)
        run.refresh_from_db()
        return run


def rows(run: ImportRun) -> list[ImportRow]:
    """The lines of a file in their order."""
    return list(ImportRow.objects.filter(of=run).order_by("n"))


def verdicts(run: ImportRun) -> list[str]:
    """What becomes, or became, of each line."""
    return [row.verdict for row in rows(run)]


def roles_of(name: str) -> set[str]:
    """The roles that somebody of this name holds."""
    held = Staff.objects.get(name=name).assignments.filter(until=None)
    return set(held.values_list("role", flat=True))

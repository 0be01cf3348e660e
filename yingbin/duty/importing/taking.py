"""What becomes of each line of a roster's sheet; taken in as drafts, and taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from yingbin.importing.models import ImportRow, ImportRun
from yingbin.journal.write import Pen
from yingbin.people.queries import names_of
from yingbin.tables.grid import folded

from ..actions import planning
from ..cells import Cell
from ..hours import day_of
from ..marks import Illegible, told_apart
from ..models import RosterCell
from ..queries.roster import marks_of, staff_on_duty, watched
from .lines import RosterLine

REST_IF_BLANK = "rest"


@dataclass(frozen=True)
class Reading:
    """A line in ids: whose it is, and the cells it would change."""

    who: UUID
    cells: tuple[Cell, ...]
    past: int


class RosterForecast:
    """What the lines of a file mean, as things stand; a person twice in a file counts once."""

    def __init__(self, run: ImportRun) -> None:
        self.site_id, self.blank = run.site_id, run.options.get("blank")
        at = run.applied_at or run.mapped_at or run.uploaded_at
        self.today = day_of(at)
        rules = watched(run.site_id)
        self.marks = marks_of(run.site_id, rules)
        self.first_post = rules[0].post_id if rules else None
        staff = staff_on_duty(run.site_id, at)
        self.roles = {w: r for w, r in staff.items() if r in ("lead", "receptionist")}
        named = names_of(set(self.roles))
        told = told_apart({who: named.get(str(who), "") for who in self.roles})
        self.people = {folded(name): who for who, name in told.items()}
        self.cells: dict[tuple[UUID, date], RosterCell] = {}
        self.lines: dict[UUID, int] = {}

    def look_up(self, told: Sequence[RosterLine]) -> None:
        """The cells of the days that come: one query."""
        days = {day for line in told for day in line.days}
        rows = RosterCell.objects.filter(site_id=self.site_id, day__in=days)
        self.cells |= {(c.staff_id, c.day): c for c in rows.select_related("shift")}

    def judge(self, row: ImportRow, told: RosterLine) -> None:
        """New where it changes anything, again where all stands so already, refused for strangers and strange marks."""
        read = self.reading(row, told)
        if read is None:
            row.verdict = ImportRow.Verdict.REFUSED
            return
        row.subject_id = read.who
        row.warnings = [f"过去的 {read.past} 天没有动。"] if read.past else []
        row.verdict = ImportRow.Verdict.NEW if read.cells else ImportRow.Verdict.AGAIN

    def reading(self, row: ImportRow, told: RosterLine) -> Reading | None:
        """The line in ids; None with the faults on the row where it can't be taken."""
        who = self.people.get(folded(told.name))
        row.faults = []
        if who is None:
            row.faults = [
                ["姓名", told.name, "不是这里的接待员或领班，请核对，或先在「人员」里加上。"]
            ]
            return None
        if self.lines.setdefault(who, row.n) != row.n:
            row.faults = [["姓名", told.name, f"这个人在前面第 {self.lines[who]} 行已经有了。"]]
            return None
        return self._cells(row, told, who)

    def _cells(self, row: ImportRow, told: RosterLine, who: UUID) -> Reading | None:
        lead, cells, past = self.roles[who] == "lead", [], 0
        try:
            usual = self._usual(told.post) if not lead else None
        except Illegible as no:
            row.faults = [["岗位", told.post, no.why]]
            return None
        for day, text in told.days.items():
            if not text and self.blank != REST_IF_BLANK:
                continue
            if day < self.today:
                past += 1
                continue
            try:
                meant = self.marks.read(text or "休", usual, lead=lead)
            except Illegible as no:
                row.faults.append([f"{day.day}日", text, no.why])
                continue
            cell = Cell(who, day, meant.shift, meant.post)
            if self._differs(cell):
                cells.append(cell)
        return None if row.faults else Reading(who, tuple(cells), past)

    def _usual(self, post: str) -> UUID | None:
        if not post:
            return self.first_post
        return self.marks.post(post)

    def _differs(self, cell: Cell) -> bool:
        held = self.cells.get((cell.staff, cell.day))
        return held is None or (held.shift_id, held.post_id) != (cell.shift, cell.post)


def take(pen: Pen, run: ImportRun, rows: Sequence[ImportRow]) -> None:
    """Decides on each line anew under the lock, and writes its drafts; what stood there before is kept for taking back."""
    forecast = RosterForecast(run)
    lines = [(row, RosterLine.of(row.told or {})) for row in rows]
    forecast.look_up([told for _, told in lines])
    for row, told in lines:
        forecast.judge(row, told)
        forecast.lines.pop(row.subject_id, None) if row.subject_id else None
        read = forecast.reading(row, told)
        if read is not None and read.cells:
            planning.draft.within(pen, cells=read.cells)
            row.meant = {"cells": [_kept(forecast, cell) for cell in read.cells]}
        row.told = row.cells = None
    fields = ["verdict", "meant", "told", "cells", "faults", "warnings", "subject_id"]
    ImportRow.objects.bulk_update(rows, fields)


def _kept(forecast: RosterForecast, cell: Cell) -> dict[str, str | None]:
    """A cell and what stood in it before, ids only."""
    held = forecast.cells.get((cell.staff, cell.day))
    return {
        "day": cell.day.isoformat(),
        "shift": _id(cell.shift),
        "post": _id(cell.post),
        "was": "nothing" if held is None else _id(held.shift_id),
        "was_post": None if held is None else _id(held.post_id),
    }


def _id(value: UUID | None) -> str | None:
    return None if value is None else str(value)


def withdraw(pen: Pen, run: ImportRun, rows: Sequence[ImportRow]) -> None:
    """Puts back what stood in the cells, but for those that were changed or published since."""
    for row in rows:
        if row.meant and row.subject_id:
            back, kept = _back(run.site_id, row.subject_id, row.meant["cells"])
            planning.draft.within(pen, cells=tuple(back))
            row.kept_why = f"有 {kept} 天后来改过或已经发布，没有动" if kept else ""
    ImportRow.objects.bulk_update(rows, ["kept_why"])


def _back(
    site_id: UUID, who: UUID, told: Sequence[dict[str, str | None]]
) -> tuple[list[Cell], int]:
    days = [date.fromisoformat(str(one["day"])) for one in told]
    rows = RosterCell.objects.filter(site_id=site_id, staff_id=who, day__in=days)
    held = {row.day.isoformat(): row for row in rows}
    cells, kept = [], 0
    for one in told:
        row, day = held.get(str(one["day"])), date.fromisoformat(str(one["day"]))
        if row is None or _changed(row, one):
            kept += 1
        elif one["was"] == "nothing":
            cells.append(Cell(who, day, None, blank=True))
        else:
            cells.append(Cell(who, day, _uuid(one["was"]), _uuid(one["was_post"])))
    return cells, kept


def _changed(row: RosterCell, one: dict[str, str | None]) -> bool:
    """Whether a draft isn't as it was brought in any more, or has been published."""
    now = (_id(row.shift_id), _id(row.post_id))
    published = (_id(row.published_shift_id), _id(row.published_post_id))
    told = (one["shift"], one["post"])
    return now != told or (row.published_at is not None and published == told)


def _uuid(text: str | None) -> UUID | None:
    return UUID(text) if text else None

"""A roster in a spreadsheet, in the shapes people keep it: read, taken in as drafts, taken back, written out (SF-3.2)."""

import io
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from yingbin.duty.actions import planning
from yingbin.duty.cells import Cell
from yingbin.duty.importing.importer import ROSTER
from yingbin.duty.importing.workbook import SheetLine, workbook
from yingbin.duty.models import RosterCell
from yingbin.duty.queries.grid import grid
from yingbin.importing import actions
from yingbin.importing.models import ImportRow, ImportRun
from yingbin.importing.ticks import tick
from yingbin.journal.action import Acting
from yingbin.rules.decision import Refused
from yingbin.tables import Unreadable
from yingbin.tables.survey import proposed

from .flat import Flat

pytestmark = pytest.mark.clause("SF-3.2")
TODAY = date(2026, 11, 23)
DECEMBER = [date(2026, 12, 1) + timedelta(days=n) for n in range(31)]


def sheet_of(*lines: list[object], merged: str = "", name: str = "排班") -> bytes:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = name
    for line in lines:
        sheet.append(line)
    if merged:
        sheet.merge_cells(merged)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(data: bytes, month: str = "") -> dict[str, dict[str, str]]:
    """What a file says, as it is proposed: by person, the marks by day."""
    choices = proposed(ROSTER.survey(data, "班.xlsx", TODAY))
    found = ROSTER.read(data, "班.xlsx", {"month": month}, choices, TODAY)
    assert [one.faults for one in found.lines if one.faults] == []
    told = [one.told for one in found.lines if one.told]
    return {t.name: {f"{d:%m-%d}": m for d, m in t.days.items() if m} for t in told}


YE = {"叶": {"12-01": "早", "12-02": "休", "12-03": "晚"}}
MARKS = ["早", "休", "晚"]


@pytest.mark.parametrize(
    "data",
    [
        sheet_of(["姓名", "1", "2", "3"], ["叶", *MARKS]),
        sheet_of(["2026年12月排班表"], ["姓名", 1, 2, 3], ["叶", *MARKS], merged="A1:D1"),
        sheet_of(["姓名", *(datetime(2026, 12, d) for d in (1, 2, 3))], ["叶", *MARKS]),
        sheet_of(["姓名", "12月1日", "12月2日", "12月3日"], ["叶", *MARKS]),
        sheet_of(["姓名", "2026/12/1", "2026/12/2", "2026/12/3"], ["叶", *MARKS]),
        sheet_of(["姓名", "1日", "2日", "3日"], ["星期", "二", "三", "四"], ["叶", *MARKS]),
        sheet_of(["序号", "姓名", "1 周二", "2 周三", "3 周四"], [1, "叶", *MARKS]),
        sheet_of(["", 1, 2, 3], ["姓名", "二", "三", "四"], ["叶", *MARKS], [], ["早 08:30–14:00"]),
        sheet_of(["日期", 1, 2, 3], ["叶", *MARKS], ["合计", 1, 1, 1]),
        sheet_of(["姓名", 1, 2, 3], ["叶", *MARKS], ["陈", None, None, None]),
    ],
    ids=[
        "texts", "a merged title", "real dates", "month and day", "full dates", "weekdays below",
        "a running number first", "the names' heading below", "no heading for names", "a blank line",
    ],
)  # fmt: skip
def test_every_shape_that_people_use_is_read(data: bytes) -> None:
    assert read(data, "2026-12") == YE


def test_leave_merged_over_several_days_stands_on_each_of_them() -> None:
    data = sheet_of(["姓名", 1, 2, 3, 4], ["叶", "年假", None, None, "早"], merged="B2:D2")
    assert read(data, "2026-12") == {
        "叶": {"12-01": "年假", "12-02": "年假", "12-03": "年假", "12-04": "早"}
    }


def test_days_that_go_on_into_the_next_month_are_its_days() -> None:
    data = sheet_of(["姓名", 30, 31, 1, 2], ["叶", "早", "早", "晚", "休"])
    assert list(read(data, "2026-12")["叶"]) == ["12-30", "12-31", "01-01", "01-02"]


def test_bare_numbers_in_a_month_that_nobody_said_are_refused_with_what_to_do() -> None:
    with pytest.raises(Refused, match="看不出是哪个月"):
        read(sheet_of(["姓名", 1, 2, 3], ["叶", *MARKS]))


def test_a_day_that_is_none_and_a_formula_that_failed_are_told() -> None:
    data = sheet_of(["姓名", 29, 30, 31], ["叶", "早", "#REF!", "晚"])
    choices = proposed(ROSTER.survey(data, "班.xlsx", TODAY))
    (line,) = ROSTER.read(data, "班.xlsx", {"month": "2026-11"}, choices, TODAY).lines
    assert line.faults == [
        ("30日", "#REF!", "是算不出来的公式，请改成文字。"),
        ("日期", "晚", "这一列上面写的不是日历上的一天，请核对月份。"),
    ]


def test_a_file_without_days_is_no_roster() -> None:
    with pytest.raises(Unreadable, match="没有找到写着日期的一行"):
        read(sheet_of(["姓名", "电话"], ["叶", "1"]))


WORDS = st.sampled_from(["早", "晚", "休", "早/水吧", "", "=早", "2"])
NAMES = st.lists(st.sampled_from(["叶", "陈", "陈（2）", "苏", "Kim"]), unique=True, max_size=4)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_what_is_written_out_reads_back_the_same(data: st.DataObject) -> None:
    month = data.draw(st.integers(min_value=28, max_value=31))
    days = DECEMBER[:month]
    lines = [
        SheetLine(name, "前台", data.draw(st.lists(WORDS, min_size=month, max_size=month)))
        for name in data.draw(NAMES)
    ]
    body = workbook("澄湖样板间2026年12月排班表", days, lines, ["早 08:30–14:00", "休 不上班"])
    marks = {
        line.name.replace("（2）", "(2)"): {
            f"{d:%m-%d}": m for d, m in zip(days, line.marks, strict=True) if m
        }
        for line in lines
    }
    if any(marks.values()):
        assert read(body) == {name: told for name, told in marks.items() if told}


class Desk:
    """许 brings files into the flat's roster."""

    def __init__(self, flat: Flat) -> None:
        self.flat = flat

    def acting(self) -> Acting:
        self.flat.now += timedelta(seconds=1)
        key = f"import{next(self.flat.keys)}"
        return Acting(self.flat.site, key, self.flat.people["许"], self.flat.now)

    def work(self, run: ImportRun) -> ImportRun:
        for _ in range(6):
            tick(self.flat.now)
        return ImportRun.objects.get(id=run.id)

    def read(self, data: bytes, **told: str) -> ImportRun:
        run = actions.take_as_proposed(
            self.acting(), kind="roster", file_name="班.xlsx", data=data, told=told
        )
        return self.work(ImportRun.objects.get(id=run))

    def take(self, run: ImportRun) -> ImportRun:
        actions.apply_import(self.acting(), run_id=run.id, whole=False, receivers=False)
        return self.work(run)

    def undo(self, run: ImportRun) -> ImportRun:
        actions.undo_import(self.acting(), run_id=run.id, why="导错了月份")
        return self.work(run)


@pytest.fixture
def desk(flat: Flat) -> Desk:
    """It is the 23rd; 叶 has 早 today, and 休 drafted for the 1st."""
    flat.roster(叶="早", 许="全")
    flat.do(planning.draft, "许", cells=(Cell(flat.people["叶"], DECEMBER[0], None),))
    return Desk(flat)


def drafted(flat: Flat) -> dict[str, str]:
    shown = grid(flat.site, DECEMBER[0], flat.now)
    return {
        row.name: "".join(c.text for c in row.cells) for row in shown.rows if row.cells[0].known
    }


def verdicts(run: ImportRun) -> list[str]:
    return list(ImportRow.objects.filter(of=run).order_by("n").values_list("verdict", flat=True))


FILE = sheet_of(
    ["2026年12月"], ["姓名", 1, 2, 3], ["叶", "早", "", "晚"], ["陈", *MARKS], ["王", *MARKS]
)


def test_a_file_is_taken_in_as_drafts_and_taken_back_as_a_whole(desk: Desk) -> None:
    run = desk.read(FILE)
    assert verdicts(run) == ["new", "new", "refused"]
    assert drafted(desk.flat) == {"叶": "休"}  # nothing before it is confirmed
    run = desk.take(run)
    assert drafted(desk.flat) == {"叶": "早晚", "陈": "早休晚"}
    assert not RosterCell.objects.filter(day__gte=DECEMBER[0], published_at__isnull=False).exists()
    assert verdicts(desk.read(FILE)) == ["again", "again", "refused"]
    desk.undo(run)
    assert drafted(desk.flat) == {"叶": "休"}


def test_blank_cells_change_nothing_or_are_days_off_as_whoever_brings_it_says(desk: Desk) -> None:
    desk.take(desk.read(FILE, blank="rest"))
    assert drafted(desk.flat)["叶"] == "早休晚"


def test_what_was_changed_or_published_since_stays_when_the_file_is_taken_back(desk: Desk) -> None:
    flat, run = desk.flat, desk.take(desk.read(FILE))
    flat.do(planning.draft, "许", cells=(Cell(flat.people["陈"], DECEMBER[1], None, blank=True),))
    flat.do(planning.publish, "许", first=DECEMBER[0], last=DECEMBER[0])
    desk.undo(run)
    assert drafted(flat) == {"叶": "早", "陈": "早"}
    kept = ImportRow.objects.filter(of=run).order_by("n").values_list("kept_why", flat=True)
    assert list(kept)[:2] == [
        "有 1 天后来改过或已经发布，没有动",
        "有 2 天后来改过或已经发布，没有动",
    ]


def test_a_mark_nobody_knows_is_told_with_its_day_and_what_can_be_written(desk: Desk) -> None:
    run = desk.read(sheet_of(["2026年12月"], ["姓名", 1, 2, 3], ["陈", "早", "班", "晚"]))
    (row,) = ImportRow.objects.filter(of=run)
    assert row.faults == [["2日", "班", "“班”不是这里的班次，可以写 全、早、晚、休。"]]


def test_days_that_are_past_are_left_alone(desk: Desk) -> None:
    run = desk.read(
        sheet_of(["2026年11月"], ["姓名", 20, 21, 22, 24], ["陈", "早", "早", "早", "晚"])
    )
    (row,) = ImportRow.objects.filter(of=run)
    assert row.warnings == ["过去的 3 天没有动。"]
    desk.take(run)
    days = RosterCell.objects.filter(staff_id=desk.flat.people["陈"]).values_list("day", flat=True)
    assert list(days) == [date(2026, 11, 24)]


def test_somebody_who_stands_in_a_file_twice_is_taken_once(desk: Desk) -> None:
    run = desk.read(sheet_of(["2026年12月"], ["姓名", 1, 2, 3], ["陈", *MARKS], ["陈", *MARKS]))
    assert verdicts(run) == ["new", "refused"]

"""The page of columns as it is asked and answered, and the sheet of lines that weren't taken (TQ-3)."""

import io
from uuid import UUID, uuid4

import pytest
from django.http import QueryDict
from openpyxl import load_workbook

from yingbin.gallery.importer import REGISTER
from yingbin.importing.forms import ColumnsForm, people_of
from yingbin.importing.models import ImportRow
from yingbin.importing.report import reason, report_sheet
from yingbin.tables.survey import ColumnSeen, SheetSeen, Survey

pytestmark = pytest.mark.clause("TQ-3")
SEEN = Survey(
    (
        SheetSeen(
            0,
            "三月",
            True,
            "",
            2,
            (ColumnSeen(0, "日期", ("2025-03-08",), "day"), ColumnSeen(4, "等级", ("A",), "")),
        ),
        SheetSeen(1, "说明", False, "没有找到标题行。", 0),
    ),
    20,
)


def form(sent: str | None) -> ColumnsForm:
    """The form as it was sent; None: as it is first shown."""
    data = None if sent is None else QueryDict(f"key=k1&{sent}")
    return ColumnsForm(data, survey=SEEN, fields=tuple(REGISTER.fields))


# Columns


def test_the_page_first_shows_everything_as_proposed() -> None:
    three, note = form(None).sheets
    assert (three.taken, note.taken) == (True, False)
    chosen = [[o.value for o in c.options if o.chosen] for c in three.columns]
    assert chosen == [["day"], [""]]


def test_each_column_can_be_any_field_the_note_or_nothing() -> None:
    (first, second), _ = (sheet.columns for sheet in form(None).sheets)
    labels = [option.label for option in first.options]
    assert labels[0] == "来访日期"
    assert labels[-2:] == ["写进备注", "不收这一列"]
    assert (first.letter, second.letter) == ("A", "E")


@pytest.mark.parametrize(
    ("sent", "taken", "columns"),
    [
        ("sheet-0=1", True, {0: "day", 4: ""}), ("sheet-0=1&as-0-0=&as-0-4=day", True, {0: "", 4: "day"}),
        ("sheet-0=1&as-0-4=-", True, {0: "day", 4: "-"}), ("as-0-0=day", False, {0: "day", 4: ""}),
    ],
)  # fmt: skip
def test_what_is_sent_is_what_is_chosen(sent: str, taken: bool, columns: dict[int, str]) -> None:
    answered = form(sent)
    assert answered.is_valid(), answered.errors
    choice = answered.choices.sheets[0]
    assert (choice.taken, choice.line, dict(choice.columns)) == (taken, 2, columns)


def test_a_sheet_without_columns_cannot_be_taken_by_sending_its_number() -> None:
    answered = form("sheet-1=1")
    assert answered.is_valid()
    assert not answered.choices.sheets[1].taken


@pytest.mark.parametrize(("sent", "order"), [("order=dmy", "dmy"), ("order=mdy", "mdy"), ("", "")])
def test_which_figure_is_the_month_is_said_once(sent: str, order: str) -> None:
    answered = form(f"sheet-0=1&{sent}")
    assert answered.is_valid()
    assert answered.choices.order == order


def test_any_other_order_is_no_answer() -> None:
    assert "order" in form("sheet-0=1&order=ymd").errors


def test_names_mean_the_people_that_were_chosen_and_nonsense_means_nobody() -> None:
    zhou = uuid4()
    sent = QueryDict(f"who-1={zhou}&who-2=&who-3=周航&who-9={zhou}")
    found = people_of(sent, {"1": None, "2": None, "3": None, "4": None})
    assert found == {"1": zhou, "2": None, "3": None}
    assert all(value is None or isinstance(value, UUID) for value in found.values())


# Lines that weren't taken


def refused(*faults: tuple[str, str, str], **more: object) -> ImportRow:
    return ImportRow(
        sheet="三月",
        line=7,
        verdict=ImportRow.Verdict.REFUSED,
        faults=[list(f) for f in faults],
        cells={"name": "张伟", "day": "2025-02-30", **more},
        warnings=[],
    )


def skipped(why: str) -> ImportRow:
    return ImportRow(
        sheet="三月",
        line=8,
        verdict=ImportRow.Verdict.SKIPPED,
        faults=[],
        warnings=[why],
        cells=None,
    )


def sheet(*rows: ImportRow) -> list[list[object]]:
    (page,) = load_workbook(io.BytesIO(report_sheet(REGISTER, rows))).worksheets
    return [[cell.value for cell in line] for line in page.iter_rows()]


def test_a_line_says_every_reason_with_its_column() -> None:
    row = refused(("日期", "2025-02-30", "没有这一天。"), ("姓名", "", "姓名和电话都没有。"))
    assert reason(REGISTER, row) == "日期：没有这一天。 姓名：姓名和电话都没有。"
    assert reason(REGISTER, skipped("合计行，没有收。")) == "合计行，没有收。"


def test_a_line_that_is_there_already_says_which_it_repeats() -> None:
    row = ImportRow(verdict=ImportRow.Verdict.AGAIN, faults=[], warnings=[], same_as=3)
    assert reason(REGISTER, row) == "与第 3 行是同一位客户、同一天。"


def test_the_sheet_holds_each_line_with_where_it_stood_and_what_it_said() -> None:
    head, one, other = sheet(refused(("日期", "2025-02-30", "没有这一天。")), skipped("合计行。"))
    assert head[:4] == ["工作表", "行", "结果", "为什么"]
    assert one[:2] == ["三月", 7]
    assert {"张伟", "2025-02-30", "日期：没有这一天。"} <= set(one)
    assert other[3] == "合计行。"


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x")', "+1+1", "@SUM(A1)", "-2"])
def test_what_looks_like_a_formula_stays_text(text: str) -> None:
    data = report_sheet(REGISTER, [refused(("备注", text, "不对。"), name=text)])
    (page,) = load_workbook(io.BytesIO(data)).worksheets
    (cell,) = (c for c in page[2] if c.value == text)
    assert cell.data_type == "s"

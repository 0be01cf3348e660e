"""The day of an old line: as its cell says it, else as everything around it says it (TQ-3)."""

import pytest

from tests.importing.old_registers import HEAD, days, short, text_table, workbook

pytestmark = pytest.mark.clause("TQ-3")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        # 2005 is older than any register brought in, so 23 is the year and nothing is unclear.
        (["23/08/05"], ["2023-08-05"]),
        (["05/08/23"], ["2023-05-08*"]),
        # From line to line the day changes and the year stays.
        (["23/11/22", "23/11/25"], ["2023-11-22", "2023-11-25"]),
        (["22/11/23", "25/11/23"], ["2023-11-22", "2023-11-25"]),
        (["25/12/11", "25/12/12", "25/12/13"], ["2025-12-11", "2025-12-12", "2025-12-13"]),
        # One value alone can be read at either end: the later year, and that is told.
        (["23/11/22"], ["2023-11-22*"]),
        (["12/8/24"], ["2024-12-08*"]),
        # Read at either end it is the same day.
        (["24/10/24"], ["2024-10-24"]),
    ],
)
def test_two_figures_are_the_year_where_only_they_can_be(
    written: list[str], read: list[str]
) -> None:
    assert days(*written) == read


def test_the_title_says_at_which_end_the_year_stands() -> None:
    assert days("23/11/22", above="2022年11月来访登记") == ["2022-11-23"]
    assert days("23/11/22", above="2023年11月来访登记") == ["2023-11-22"]
    # Also against the other values of its column.
    mixed = days("9/2/26", "12/2/25", "26/2/14", above="2026年来访登记")
    assert mixed[2] == "2026-02-14"


def test_years_of_the_republic_show_nothing_for_others() -> None:
    assert days("民国113.12.22", "2024/25/12") == ["2024-12-22", "2024-12-25"]


@pytest.mark.parametrize(
    "written",
    ["2025年3月8日、9日", "2025-03-08、2025-03-09", "2025.3.8-3.9", "2025-03-08~03-09", "2025-3-8-9", "2025/3/8至3/9", "2025年3月8日和3月9日", "2025年3月8日，9日"],
)  # fmt: skip
def test_of_several_days_the_first_counts_and_that_is_told(written: str) -> None:
    (row,) = text_table((written, "张伟", "13812340001")).rows
    assert row.stored
    assert (row.stored.day, row.stored.time, row.stored.note) == ("2025-03-08", None, None)
    assert row.told == [f"「{written}」是几天，按第一天收。"]


def test_two_short_days_are_no_day_with_an_hour() -> None:
    (row,) = text_table(("3.8、3.9", "张伟", "13812340001"), above="2025年来访登记").rows
    assert row.stored
    assert (row.stored.day, row.stored.time) == ("2025-03-08", None)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("民国114年3月8日", "2025-03-08"), ("民國114/3/8", "2025-03-08"), ("民国一百一十四年三月八日", "2025-03-08"),
        ("公元2025年3月8日", "2025-03-08"), ("民国一百零九年十月十日", "2020-10-10"), ("民国九十八年三月八日", "2009-03-08"), ("民国114.3.8", "2025-03-08"),
    ],
)  # fmt: skip
def test_years_of_the_republic_in_figures_and_words(written: str, read: str) -> None:
    assert days(written) == [read]


# What is missing


def sheets_beside(march: list[str], april: list[str]) -> list[str]:
    """The second of two sheets whose names say nothing, in short."""
    lines = [
        [[text, f"甲{n}", f"1381234{k}{n:03d}"] for n, text in enumerate(written)]
        for k, written in enumerate((march, april))
    ]
    book = workbook({"甲表": [list(HEAD), *lines[0]], "乙表": [list(HEAD), *lines[1]]})
    return [short(row) for row in book.rows if row.sheet == "乙表"]


def test_year_and_month_come_from_the_nearest_day_of_the_sheet_beside() -> None:
    assert sheets_beside(["2024-02-27", "2024-03-30"], ["2日"]) == ["2024-03-02*"]
    assert sheets_beside(["2024-12-30", "2025-01-02"], ["3月8日"]) == ["2025-03-08*"]


def test_two_figure_years_of_the_sheet_beside_are_years_too() -> None:
    assert sheets_beside(["3/20/24", "3/30/24"], ["4月2日"]) == ["2024-04-02*"]
    assert sheets_beside(["24.3.20", "24.3.30"], ["4月2日"]) == ["2024-04-02*"]


def test_of_the_sheet_behind_its_first_day_is_the_nearest() -> None:
    later = [["2024-05-02", "乙", "13812340002"], ["2025-01-02", "丙", "13812340003"]]
    book = workbook(
        {"甲表": [list(HEAD), ["30日", "甲", "13812340001"]], "乙表": [list(HEAD), *later]}
    )
    assert short(book.rows[0]) == "2024-05-30*"


def test_struck_lines_of_the_sheet_beside_say_nothing() -> None:
    total = ["合计", "2024-01-01", "20组"]
    assert sheets_beside(["2025-03-30"], ["4月2日"]) == ["2025-04-02*"]
    beside = [list(HEAD), ["2025-03-30", "甲", "13812340001"], total]
    book = workbook({"甲表": beside, "乙表": [list(HEAD), ["4月2日", "乙", "13812340002"]]})
    assert short(book.rows[-1]) == "2025-04-02*"

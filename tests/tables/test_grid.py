"""What a person sees in a cell, and what only programs put there."""

from datetime import date, datetime, time

import pytest

from yingbin.tables import Cell, Line
from yingbin.tables.grid import Value, folded, letter, plain, shown


@pytest.mark.parametrize(
    ("stored", "seen"),
    [
        # Guards against the office program's own reading.
        ('="13812340001"', "13812340001"), ('= "0571"', "0571"), ('="他说""好"""', '他说"好"'), ("'13812340001", "13812340001"),
        # Escapes and marks that nobody sees.
        ("申某_x000D_", "申某"), ("三房_x000A_两卫", "三房 两卫"), ("\u202a13812340001\u202c", "13812340001"), ("\ufeff姓名", "姓名"),
        ("张\u200b伟", "张伟"), ("\x07铃", "铃"),
        # Blanks: doubled, wide, at the ends, breaks.
        ("  张  伟 ", "张 伟"), ("张\u3000伟", "张 伟"), ("要三房\r\n预算三百万", "要三房 预算三百万"), ("\u00a0李梅\u00a0", "李梅"),
        # What people wrote stays.
        ("it's", "it's"), ("=", "="), ("=看房", "=看房"), ("x0001", "x0001"), ("1_000", "1_000"),
    ],
)  # fmt: skip
def test_a_text_without_what_only_programs_see(stored: str, seen: str) -> None:
    assert plain(stored) == seen


@pytest.mark.parametrize(
    ("written", "narrow"),
    [("１３８", "138"), ("（微信）", "(微信)"), ("14：30", "14:30"), ("２０２５／３／８", "2025/3/8"), ("ＴＥＬ", "TEL"), ("㎡", "m2"), ("① 期", "1 期")],
)  # fmt: skip
def test_wide_letters_figures_and_marks_are_read_as_the_narrow_ones(
    written: str, narrow: str
) -> None:
    assert folded(written) == narrow


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (None, "", ""), (12, "", "12"), (12.0, "", "12"), (13812340001.0, "General", "13812340001"), (1.3812340001e10, "0", "13812340001"),
        (11.3, "0.00", "11.30"), (11.3, "#,##0.00", "11.30"), (11.3, "0.00_ ", "11.30"), (11.3, "General", "11.3"), (0.1 + 0.2, "", "0.30000000000000004"),
        (1e-7, "", "0.0000001"), (-2.5, "", "-2.5"), (2.0, "0.0", "2.0"), (3.14159, "0.00;[红色]-0.00", "3.14"),
        (datetime(2025, 3, 8), "", "2025-03-08"), (datetime(2025, 3, 8, 14, 30), "", "2025-03-08 14:30"), (date(2025, 3, 8), "", "2025-03-08"),
        (time(14, 30), "", "14:30"), ("  甲 ", "", "甲"),
    ],
)  # fmt: skip
def test_a_value_is_shown_as_its_cell_shows_it(value: Value, form: str, text: str) -> None:
    assert shown(value, form) == text


@pytest.mark.parametrize(
    ("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")]
)  # fmt: skip
def test_columns_have_the_letters_of_the_office_program(column: int, name: str) -> None:
    assert letter(column) == name


def test_a_line_that_only_shows_what_began_elsewhere_is_empty() -> None:
    assert Line(3, [Cell("春", "春", down=True), Cell("春", "春", across=True), Cell()]).empty
    assert not Line(3, [Cell("春", "春", down=True), Cell("甲", "甲")]).empty


def test_a_formula_without_a_result_is_not_nothing() -> None:
    assert not Cell(formula=True).empty
    assert not Line(3, [Cell(formula=True)]).empty


def test_beyond_the_last_cell_of_a_line_there_is_nothing() -> None:
    assert Line(1, [Cell("甲", "甲")]).cell(7).empty


@pytest.mark.parametrize(
    "text", ["#REF!", "#N/A", "#n/a", "#VALUE!", "#NAME?", "#DIV/0!", "#SPILL!"]
)
def test_a_failed_calculation_is_told_from_words(text: str) -> None:
    assert Cell(text, text).error
    assert not Cell(f"{text}?", f"{text}?").error

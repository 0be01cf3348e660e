"""A file looked over before it is read: what each column seems to hold, and what a person chose before."""

import pytest

from yingbin.tables import Cell, Line
from yingbin.tables.survey import (
    ColumnSeen,
    Field,
    SheetSeen,
    Survey,
    head_line,
    hidden,
    missing,
    proposed,
    remembered,
    samples,
    twice,
)

FIELDS = (
    Field("day", "来访日期", needed="day"),
    Field("names", "客户姓名", many=True, needed="who"),
    Field("phones", "电话", many=True, needed="who"),
    Field("receiver", "接待人"),
    Field("note", "备注", many=True),
)


def line(*texts: str, number: int = 1) -> Line:
    return Line(number, [Cell(text or None, text) for text in texts])


def column(at: int, heading: str, as_: str, table: str = "") -> ColumnSeen:
    return ColumnSeen(at, heading, (), as_, table=table)


def survey(*columns: ColumnSeen, taken: bool = True, heading: int = 1) -> Survey:
    return Survey(
        (
            SheetSeen(
                0, "三月", taken, "" if taken else "没有找到写来访日期的列。", heading, columns
            ),
        ),
        12,
    )


def held(found: Survey) -> list[tuple[str, str]]:
    """Each column with what it is taken for and why."""
    return [(c.as_, c.why) for c in found.sheets[0].columns]


# Samples


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("13812340001", "138****0001"), ("138 1234 0001", "138 **** 0001"), ("138-1234-0001", "138-****-0001"), ("+8613812340001", "+861****340001"),
        ("330102198001011234", "330****34"), ("057187654321", "057****54321"), ("2025-03-08", "2025-03-08"), ("三房两卫120平", "三房两卫120平"),
        ("张伟 13812340001 李梅 13912340002", "张伟 138****0001 李梅 139****0002"),
    ],
)  # fmt: skip
def test_whatever_looks_like_a_number_of_a_person_has_its_middle_hidden(
    written: str, shown: str
) -> None:
    assert hidden(written) == shown


def test_three_different_values_are_shown_and_long_ones_shortened() -> None:
    texts = [
        "",
        "路过",
        "路过",
        "朋友介绍",
        "看三房，南向，要两个车位，预算三百万左右，周末再来",
        "抖音",
    ]
    found = samples([line(text) for text in texts], 0)
    assert found[:2] == ("路过", "朋友介绍")
    assert len(found) == 3
    assert (len(found[2]), found[2][-1]) == (24, "…")


def test_a_value_that_only_reaches_into_the_column_is_no_sample() -> None:
    reaching = Line(1, [Cell("春", "春", down=True)])
    assert samples([reaching, line("夏")], 0) == ("夏",)


# Which line may be a heading


def test_the_first_line_of_several_short_words_may_be_a_heading() -> None:
    rows = [
        line("湖畔雅居来访登记表"),
        line("2025年", "第 3 页"),
        line("请各位顾问每日下班之前如实填写本表", "否则不计客户"),
        line("贵宾", "怎么找", "到店", number=4),
        line("张伟", "李梅", number=5),
    ]
    found = head_line(rows)
    assert found is not None
    assert found.number == 4


def test_without_such_a_line_there_is_none() -> None:
    assert head_line([line("说明"), line("1", "2")]) is None


# What was chosen before


def test_what_was_chosen_for_a_heading_is_proposed_again_and_says_why() -> None:
    seen = survey(column(0, "到店", ""), column(1, "贵宾", "names"), column(2, "怎么找", ""))
    known = {"到店": "day", "怎么找": "phones"}
    assert held(remembered(seen, known, FIELDS)) == [
        ("day", "memory"),
        ("names", ""),
        ("phones", "memory"),
    ]


def test_a_field_for_one_column_leaves_the_one_it_was_proposed_for() -> None:
    seen = survey(column(0, "日期", "day"), column(1, "到店日", ""), column(2, "姓名", "names"))
    assert held(remembered(seen, {"到店日": "day"}, FIELDS)) == [
        ("", ""),
        ("day", "memory"),
        ("names", ""),
    ]


def test_a_field_for_many_columns_stays_where_it_is_too() -> None:
    seen = survey(column(0, "日期", "day"), column(1, "说明", "note"), column(2, "等级", ""))
    assert held(remembered(seen, {"等级": "note"}, FIELDS))[1:] == [
        ("note", ""),
        ("note", "memory"),
    ]


def test_of_tables_side_by_side_each_keeps_its_own_days() -> None:
    left, right = column(0, "日期", "day", "A"), column(4, "日期", "day", "E")
    own = column(5, "到店日", "", "E")
    found = remembered(survey(left, right, own), {"到店日": "day"}, FIELDS)
    assert [as_ for as_, _ in held(found)] == ["day", "", "day"]


def test_what_is_proposed_anyway_is_no_memory() -> None:
    seen = survey(column(0, "日期", "day"))
    assert held(remembered(seen, {"日期": "day"}, FIELDS)) == [("day", "")]
    assert remembered(seen, {}, FIELDS) is seen


def test_a_sheet_that_only_its_headings_kept_out_is_taken_once_they_are_known() -> None:
    unknown = survey(column(0, "到店", ""), column(1, "姓名", "names"), taken=False)
    found = remembered(unknown, {"到店": "day"}, FIELDS).sheets[0]
    assert (found.taken, found.why) == (True, "")
    still = remembered(unknown, {"别的": "day"}, FIELDS).sheets[0]
    assert not still.taken


# What must be chosen


@pytest.mark.parametrize(
    ("columns", "lacks"),
    [
        (["day", "names"], []), (["day", "phones"], []), (["names"], ["来访日期"]), (["day", "receiver"], ["客户姓名或电话"]),
        ([], ["来访日期", "客户姓名或电话"]),
    ],
)  # fmt: skip
def test_what_no_column_holds_and_every_table_needs_is_named(
    columns: list[str], lacks: list[str]
) -> None:
    assert missing([column(n, as_, as_) for n, as_ in enumerate(columns)], FIELDS) == lacks


def test_what_two_columns_claim_and_only_one_may_is_named() -> None:
    assert twice(["day", "day", "names", "names"], FIELDS) == ["来访日期"]


def test_taking_everything_as_proposed_chooses_nothing_else() -> None:
    seen = survey(column(0, "日期", "day"), column(3, "等级", ""))
    (choice,) = proposed(seen).sheets.values()
    assert (choice.taken, choice.line, dict(choice.columns)) == (True, 1, {0: "day", 3: ""})

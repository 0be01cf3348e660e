"""Names, numbers and headcounts of old lines: everything is kept somewhere, and what isn't plain is told (TQ-3)."""

import pytest

from tests.importing.old_registers import stored

pytestmark = pytest.mark.clause("TQ-3")


# Names


@pytest.mark.parametrize(
    ("written", "names", "note"),
    [
        ("张三等3人", ["张三"], "等3人"), ("张三2人", ["张三"], "2人"), ("张三一家三口", ["张三"], "一家三口"),
        ("张女士带朋友", ["张 女士"], "带朋友"), ("王小姐与朋友", ["王 小姐"], "与朋友"), ("张三及家人", ["张三"], "家人"),
        ("张三、太太", ["张三"], "太太"), ("张三和太太", ["张三"], "和太太"), ("张三和其妻", ["张三"], "和其妻"),
        ("夫：张三 妻：李四", ["张三", "李四"], "夫；妻"), ("张三先生李四女士", ["张三 先生", "李四 女士"], None),
        ("张先生李女士", ["张 先生", "李 女士"], None), ("张三。李四", ["张三", "李四"], None), ("马雨桐先生罗与之女士", ["马雨桐 先生", "罗与之 女士"], None), ("张先生和李女士", ["张 先生", "李 女士"], None),
        ("张三和和慧敏", ["张三", "和慧敏"], None), ("何与之和于和平", ["何与之", "于和平"], None), ("和先生", ["和 先生"], None),
        ("张三（本人）李四（妻子）王五（儿子）", ["张三", "李四", "王五"], "本人；妻子；儿子"),
        ("王等", ["王等"], None), ("于人", ["于人"], None), ("陈小姐姐姐", ["陈小姐姐姐"], None),
        ("<script>alert(1)</script>", ["<script>alert(1)</script>"], None),
    ],
)  # fmt: skip
def test_every_name_of_a_cell_and_what_belongs_into_the_note(
    written: str, names: list[str], note: str | None
) -> None:
    entry, told = stored("姓名", written)
    read = [f"{n} {t}" if t else n for n, t in zip(entry.names, entry.titles, strict=True)]
    assert (read, entry.note, told) == (names, note, [])


@pytest.mark.parametrize(
    "written",
    [
        "张三转介绍",
        "张三的朋友",
        "朋友",
        "先生",
        "一家三口",
        "女儿",
        "李先生的太太",
        "*女士",
        "**先生",
    ],
)
def test_a_cell_of_names_without_any_is_told_and_kept_in_the_note(written: str) -> None:
    entry, told = stored("姓名", written)
    assert (entry.names, entry.note) == ([], written)
    assert told == [f"姓名栏里的「{written}」不是姓名，写进备注。"]


# Telephones


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("13812340001(0571-87654321)", ["+8613812340001", "+8657187654321"]), ("13812340001（13912340002）", ["+8613812340001", "+8613912340002"]),
        ("13812340001+13912340002", ["+8613812340001", "+8613912340002"]), ("13812340001&13912340002", ["+8613812340001", "+8613912340002"]),
        ("+8613812340001+8613912340002", ["+8613812340001", "+8613912340002"]), ("13,812,340,001", ["+8613812340001"]), ("010(62345678)", ["+861062345678"]), ("138(1234)0001", ["+8613812340001"]),
    ],
)  # fmt: skip
def test_numbers_in_brackets_and_behind_signs_are_only_spelling(
    written: str, numbers: list[str]
) -> None:
    entry, told = stored("电话", written)
    assert (entry.phones, entry.note, told) == (numbers, None, [])


@pytest.mark.parametrize(
    ("written", "note"),
    [
        ("13812340001*", "*"), ("13812340001 转 13912340002", "转"), ("wx:13812340001", "wx"), ("13812340001/QQ123456", "QQ123456"),
        ("13812340001转8", "转8"), ("13812340001#", "#"), ("13812340001(138开头)", "电话：138；开头"),
    ],
)  # fmt: skip
def test_what_stands_beside_a_number_goes_to_the_note_and_is_told(written: str, note: str) -> None:
    entry, told = stored("电话", written)
    assert entry.phones[0] == "+8613812340001"
    assert entry.note == note
    assert told


@pytest.mark.parametrize("written", ["+13812340001", "113812340001", "013812340001"])
def test_a_number_with_one_sure_reading_is_mended_and_told(written: str) -> None:
    entry, told = stored("电话", written)
    assert (entry.phones, len(told)) == (["+8613812340001"], 1)


@pytest.mark.parametrize(
    "written", ["138123400011", "1381234000", "138****0001", "1.38E+10", "87654321", "wx:abc123456"]
)
def test_a_number_that_cannot_be_mended_is_told_and_kept_whole(written: str) -> None:
    entry, told = stored("电话", written)
    assert (entry.phones, entry.note, len(told)) == ([], f"电话：{written}", 1)


@pytest.mark.parametrize(
    ("written", "numbers"),
    [("330102198001011234", []), ("33010219900307231X", []), ("13812340001 330102198001011234", ["+8613812340001"])],
)  # fmt: skip
def test_an_identity_number_among_the_telephones_is_left_out_and_told(
    written: str, numbers: list[str]
) -> None:
    entry, told = stored("电话", written)
    assert (entry.phones, entry.note) == (numbers, None)
    assert told == ["电话栏里有身份证号，没有收。"]


# Who received


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("林悦", False), ("林小姐", False), ("和慧敏", False), ("林悦（休假）", False), ("小赵（离职）", True), ("已离职小赵", True), ("林悦/周航", True),
        ("林悦 周航", True), ("林悦和周航", True), ("经理", True), ("-", True), ("？", True), ("123", True),
    ],
)  # fmt: skip
def test_a_receiver_is_kept_as_written_and_told_where_it_is_no_one_colleague(
    written: str, told: bool
) -> None:
    entry, words = stored("接待人", written)
    assert (entry.receiver, bool(words)) == (written, told)


# How many, and whether for the first time


@pytest.mark.parametrize(
    ("written", "many"),
    [
        ("老人1小孩1大人2", 4), ("2男1女", 3), ("男1女2", 3), ("夫妻+1孩", 3), ("夫妻和1个孩子", 3), ("一家三口+老人2", 5),
        ("本人", 1), ("叁人", 3), ("3组6人", 6), ("母子3人", 3), ("一行五人", 5), ("2+1", 3),
    ],
)  # fmt: skip
def test_people_are_counted_without_a_word(written: str, many: int) -> None:
    entry, told = stored("人数", written)
    assert (entry.people, entry.note, told) == (many, None, [])


@pytest.mark.parametrize(
    ("written", "many"),
    [
        ("3、4人", 4),
        ("两三个", 3),
        ("五六个", 6),
        ("不超过3人", 3),
        ("最多3人", 3),
        ("3人以内", 3),
        ("约2-3人", 3),
    ],
)
def test_the_upper_end_counts_and_is_told(written: str, many: int) -> None:
    entry, told = stored("人数", written)
    assert (entry.people, len(told)) == (many, 1)


@pytest.mark.parametrize(
    "written",
    [
        "10余人",
        "一百人",
        "1-2组",
        "三代同堂",
        "夫妻及孩子",
        "一家三口和老人",
        "至少2人",
        "十几人",
        "2人/3人",
    ],
)
def test_vague_words_are_told_and_kept_in_the_note(written: str) -> None:
    entry, told = stored("人数", written)
    assert (entry.people, entry.note, len(told)) == (None, f"人数：{written}", 1)


@pytest.mark.parametrize(
    ("written", "first", "told"),
    [
        ("□首访☑复访", False, True), ("☑首访□复访", True, True), ("首访□复访√", False, True), ("首访√ 复访", True, True), ("□首访□复访", None, True),
        ("首访/复访", None, True), ("首复访", None, True), ("非首次", False, False), ("不是首次", False, False), ("头一次", True, False),
        ("没来过", True, False), ("来过两次", False, False), ("老带新复访", False, False), ("老带新客户首访", True, False), ("旧客户", False, False),
        ("复访（老带新）", False, False), ("首次（老带新）", True, False),
    ],
)  # fmt: skip
def test_first_or_repeated_as_the_words_mean_it(
    written: str, first: bool | None, told: bool
) -> None:
    entry, words = stored("首次/再访", written)
    assert (entry.first, bool(words)) == (first, told)


@pytest.mark.parametrize(
    ("heading", "first"),
    [("是否首访", True), ("首访", True), ("复访", False), ("首访/复访", None), ("来访次数", None), ("到访次数", None)],
)  # fmt: skip
def test_a_tick_says_only_what_its_heading_asks(heading: str, first: bool | None) -> None:
    entry, told = stored(heading, "√")
    assert (entry.first, len(told)) == (first, 1)

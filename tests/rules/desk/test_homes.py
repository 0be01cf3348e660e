"""However a home is spelt, it is the same home, kept in one form."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yingbin.rules.desk.homes import Address, addresses, written

HOME = Address("", "3", "2", "1801")
SPELLINGS = {
    HOME: (
        "3-2-1801", "3栋2单元1801室", "3栋2单元1801", "3号楼2单元1801", "三栋二单元1801", "三号楼二单元一八零一室",
        "３－２－１８０１", "3#2-1801", "3＃楼2单元1801", "3#2#1801", "3幢2-1801", "3 2 1801", "3/2/1801", "3—2—1801",
        "03-02-1801", "3棟2單元1801", "3 栋 2 单元 1801 室", "3楼2门1801", "3栋2单元18层01", "3栋2单元18楼1室",
        "3号2单元1801号", "3座2单元1801房", "3-2-1801室", "第3栋2单元1801",
    ),
    Address("", "B", "", "1801"): ("B座1801", "b座1801室", "B-1801", "Ｂ栋1801", "B1801", "B 1801"),
    Address("", "12", "", "1801"): ("12号1801室", "十二栋1801", "12-1801", "12#1801", "12幢 1801"),
    Address("", "21", "", "801"): ("二十一栋801", "21-0801", "21号楼0801"),
    Address("", "翠竹阁", "", "1801"): ("翠竹阁1801", "翠竹阁-1801", "翠竹阁 1801室"),
    Address("", "翠竹阁", "2", "1801"): ("翠竹阁2单元1801", "翠竹阁-2-1801"),
    Address("海棠苑", "3", "2", "1801"): ("海棠苑3栋2单元1801", "海棠苑 3-2-1801", "海棠苑三栋二单元1801室"),
    Address("2期", "3", "2", "1801"): ("2期 3-2-1801", "二期3栋2单元1801", "第二期3#2-1801", "2-3-2-1801"),
    Address("A区", "3", "2", "1801"): ("A区3栋2单元1801", "a区 3-2-1801"),
    Address("", "3", "", "铺12"): ("3栋商铺12", "3-铺12", "3号楼 商铺12"),
    Address("", "3", "东", "1801"): ("3栋东单元1801", "3-东单元-1801"),
    Address("", "3A", "2", "1801A"): ("3A栋2单元1801A", "3a-2-1801a"),
    Address("", "", "", "1801"): ("1801", "1801室", "1801.0", "一八零一"),
    Address("", "3", "", ""): ("3栋", "三号楼", "3#"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("spelling", "home"), [(said, home) for home, many in SPELLINGS.items() for said in many]
)
def test_a_usual_spelling_is_first_of_all_the_home_that_people_mean(
    spelling: str, home: Address
) -> None:
    assert addresses(spelling)[0] == home


@pytest.mark.parametrize(
    ("spelling", "among"),
    [
        ("321801", Address("", "3", "2", "1801")),
        ("31801", Address("", "3", "", "1801")),
        ("3-18-01", Address("", "3", "", "1801")),
        ("3-18-01", Address("", "3", "18", "1")),
        ("B1801", Address("", "", "", "B1801")),
        ("湖畔雅居3-2-1801", HOME),
        ("翠竹阁3-1801", Address("翠竹阁", "3", "", "1801")),
        ("翠竹阁3-1801", Address("", "翠竹阁", "3", "1801")),
        ("3-1801", Address("", "", "3", "1801")),
    ],
)
def test_a_spelling_that_may_mean_several_homes_gives_all_of_them(
    spelling: str, among: Address
) -> None:
    assert among in addresses(spelling)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "  ",
        "-",
        "13800138000",
        "2003-02-18",
        "电梯又坏了！",
        "0755-88886666",
        "3" * 200,
        "zhangxiaoming",
        "1 2 3 4 5 6 7 8",
    ],
)
def test_what_is_no_home_is_none(words: str) -> None:
    assert not addresses(words)


FIGURES = st.integers(1, 99).map(str)
ROOMS = st.builds(
    lambda floor, door, letter: f"{floor}{door:02d}{letter}",
    st.integers(1, 60), st.integers(1, 24), st.sampled_from(("", "", "A")),
)  # fmt: skip
BUILDINGS = FIGURES | st.sampled_from(("A", "B", "C3", "3A"))
HOMES = st.builds(
    Address, st.sampled_from(("", "1期", "海棠苑", "B区", "海棠苑2期")), BUILDINGS,
    st.sampled_from(("", "1", "2", "3", "12")), ROOMS,
) | st.builds(Address, st.just(""), st.sampled_from(("翠竹阁", "听雨轩")), st.sampled_from(("", "1", "2")), ROOMS)  # fmt: skip


@settings(max_examples=200)
@given(home=HOMES)
def test_what_is_written_is_read_as_the_same_home(home: Address) -> None:
    assert addresses(written(home))[0] == home


def in_characters(number: str) -> str:
    """12 is 十二."""
    figures = "零一二三四五六七八九"
    tens, ones = divmod(int(number), 10)
    ten = ("" if tens == 1 else figures[tens]) + "十" if tens else ""
    return ten + (figures[ones] if ones or not tens else "")


def wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


@settings(max_examples=200)
@given(building=FIGURES, entrance=st.integers(1, 9).map(str), room=ROOMS, data=st.data())
def test_every_spelling_of_a_home_gives_that_home(
    building: str, entrance: str, room: str, data: st.DataObject
) -> None:
    home = Address("", building, entrance, room)
    mark = data.draw(st.sampled_from(("栋", "幢", "号楼", "#", "#楼", "座", "棟")))
    gate = data.draw(st.sampled_from(("单元", "單元", "门")))
    end = data.draw(st.sampled_from(("", "室", "房", "号")))
    gap = data.draw(st.sampled_from(("", " ", "-")))
    ways = (
        f"{building}{mark}{gap}{entrance}{gate}{gap}{room}{end}",
        f"{in_characters(building)}{mark}{in_characters(entrance)}{gate}{room}{end}",
        f"0{building}-0{entrance}-{room}{end}",
        wide(f"{building}-{entrance}-{room}"),
    )
    for spelling in (*ways, *map(str.lower, ways)):
        assert addresses(spelling)[0] == home, spelling
    assert written(addresses(ways[0])[0]) == written(addresses(ways[2])[0])


@given(text=st.text(max_size=30) | st.text("0123456789ABf栋单元室期-# ·第一二十", max_size=20))
def test_whatever_is_typed_is_read_in_one_way_or_none_and_again_alike(text: str) -> None:
    for found in addresses(text):
        assert found.room or found.building
        assert 0 < len(written(found)) <= 60

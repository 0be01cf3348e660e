"""检查模板 as rules: what an answer is worth, which lists may be used, how one is changed."""

import json
import re
from dataclasses import replace
from decimal import Decimal

import pytest

from yingbin.duty.shipped import CLOSING, OPENING, SHIPPED
from yingbin.rules.checklists import edits
from yingbin.rules.checklists.terms import (
    CHECKS,
    KINDS,
    Item,
    Section,
    Template,
    Value,
    asked,
    asked_in_round,
    extra_ids,
    plain,
    read,
    standard_of,
)
from yingbin.rules.checklists.valid import require
from yingbin.rules.checklists.verdict import as_text, judged, lacks, read_number
from yingbin.rules.decision import Refused

COLD = Item("a", "冷柜", "number", low="-18", high="-12.5", unit="℃")
AT_LEAST = Item("b", "水压", "number", low="2")
AT_MOST = Item("c", "湿度", "number", high="60", unit="%")
LAMP = Item("d", "灯", "choice", choices=("亮", "暗", "闪"), good=("亮", "暗"))
CUPS = Item("e", "茶杯", "count", expected=40, unit="只")
VASES = Item("f", "花瓶", "count", unit="只", same_as="e", expected=3)


@pytest.mark.clause("SF-4.1", "SC-4.1")
@pytest.mark.parametrize(
    ("item", "value", "morning", "why"),
    [
        (COLD, Value(Decimal("-18")), None, ""),
        (COLD, Value(Decimal("-12.5")), None, ""),
        (COLD, Value(Decimal("-12.4")), None, "-12.4℃，应为-18–-12.5℃"),
        (AT_LEAST, Value(Decimal("1.999")), None, "1.999，应为不低于 2"),
        (AT_LEAST, Value(Decimal(900)), None, ""),
        (AT_MOST, Value(Decimal("60.1")), None, "60.1%，应为不高于 60%"),
        (LAMP, Value(choice="暗"), None, ""),
        (LAMP, Value(choice="闪"), None, "闪，应为亮、暗"),
        (CUPS, Value(count=40), None, ""),
        (CUPS, Value(count=39), None, "点到 39只，应有 40只"),
        (CUPS, Value(count=0), None, "点到 0只，应有 40只"),
        (VASES, Value(count=5), 5, ""),
        (VASES, Value(count=3), 5, "点到 3只，早上是 5只"),
        (VASES, Value(count=3), None, ""),
        (Item("g", "看一眼"), Value(), None, ""),
        (Item("h", "全景", "photo"), Value(photos=2), None, ""),
    ],
)
def test_what_is_filled_in_is_judged_by_its_limits(
    item: Item, value: Value, morning: int | None, why: str
) -> None:
    verdict = judged(item, value, morning)
    assert (verdict.result, verdict.why) == ("failed" if why else "ok", why)


@pytest.mark.parametrize("kind", [k for k in KINDS if k != "tick"])
def test_what_has_to_be_filled_in_is_not_in_order_by_a_look(kind: str) -> None:
    full = Value(Decimal(1), 1, "亮", 1, signed=True)
    assert lacks(Item("a", "一", kind), Value()).startswith("还没有")
    assert lacks(Item("a", "一", kind), full) == ""
    assert lacks(Item("a", "一"), Value()) == ""


@pytest.mark.parametrize(
    ("typed", "number"),
    [("22", "22"), (" 22.5 ", "22.5"), ("-3", "-3"), ("２２．５", None), ("22．5", "22.5"),
     ("1e3", None), ("", None), ("22.", "22"), ("1.2345", None), ("9" * 20, None), ("nan", None)],
)  # fmt: skip
def test_a_number_is_read_as_people_type_it_or_not_at_all(typed: str, number: str | None) -> None:
    if number is None:
        with pytest.raises(ValueError, match=re.escape(typed) or "^$"):
            read_number(typed)
    else:
        assert read_number(typed) == Decimal(number)


def test_a_number_is_written_without_zeros_at_its_end() -> None:
    assert [as_text(Decimal(t)) for t in ("22.500", "20.000", "100", "0.010")] == [
        "22.5", "20", "100", "0.01",
    ]  # fmt: skip


def a_list(*items: Item, at: str = "") -> Template:
    """The opening check as shipped with a room more."""
    return Template((*OPENING.sections, Section("s", "客厅", items, at)))


@pytest.mark.clause("SF-4.1", "SF-4.7", "SC-4.1", "SC-4.7")
@pytest.mark.parametrize("check", CHECKS)
def test_the_lists_as_shipped_may_be_used_and_none_without_a_standard_item(check: str) -> None:
    shipped = SHIPPED[check]
    require(shipped, check, OPENING)
    assert read(plain(shipped)) == shipped
    for standard in standard_of(check):
        with pytest.raises(Refused, match="不能去掉"):
            require(edits.without_item(shipped, standard), check, OPENING)


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (Item("x", " "), "要写看什么"),
        (replace(COLD, low="冷"), "要填数字"),
        (replace(COLD, low="3", high="2"), "下限比上限大"),
        (Item("x", "灯", "choice", choices=("亮",), good=("亮",)), "两个以上不同的选项"),
        (Item("x", "灯", "choice", choices=("亮", "亮"), good=("亮",)), "两个以上不同的选项"),
        (Item("x", "灯", "choice", choices=("亮", "暗"), good=("闪",)), "哪个算正常"),
        (Item("x", "花", rounds=(2,)), "只有巡查才分第几次"),
        (replace(CUPS, same_as="e"), "没有这样一项点数"),
        (Item("x", "画", "paint"), "要选一种填法"),
        (Item("water", "水"), ""),
    ],
)
def test_a_list_that_makes_no_sense_is_refused_in_words(item: Item, words: str) -> None:
    if words:
        with pytest.raises(Refused, match=words):
            require(a_list(item), "opening", OPENING)
    else:
        require(a_list(item), "opening", OPENING)


def test_two_rooms_or_two_items_of_one_name_are_refused() -> None:
    with pytest.raises(Refused, match="两个检查项都叫“客厅·灯”"):
        require(a_list(Item("x", "灯"), Item("y", "灯")), "opening", OPENING)
    twice = Template((*a_list().sections, Section("t", "客厅")))
    with pytest.raises(Refused, match="两个区域都叫"):
        require(twice, "opening", OPENING)


@pytest.mark.clause("SF-4.7")
def test_a_standard_item_is_asked_everywhere_and_always() -> None:
    room = Section("s", "总闸", (Item("gas", "燃气"),), "show_flat")
    bare = edits.without_item(CLOSING, "gas")
    with pytest.raises(Refused, match="每个岗位都看"):
        require(Template((*bare.sections, room)), "closing", OPENING)
    weekly = replace(room, at="", items=(Item("gas", "燃气", weekdays=(0,)),))
    with pytest.raises(Refused, match="每次都要看"):
        require(Template((*bare.sections, weekly)), "closing", OPENING)


@pytest.mark.parametrize(
    ("at", "post", "weekday", "there"),
    [
        ("", ("show_flat", "p"), 0, True),
        ("show_flat", ("show_flat", "p"), 0, True),
        ("sales_centre", ("show_flat", "p"), 0, False),
        ("p", ("show_flat", "p"), 0, True),
        ("q", ("show_flat", "p"), 0, False),
        ("", ("show_flat", "p"), 1, False),
    ],
)
def test_an_item_is_asked_at_its_post_on_its_days(
    at: str, post: tuple[str, str], weekday: int, there: bool
) -> None:
    template = a_list(Item("x", "水晶灯", weekdays=(0, 4)), at=at)
    sections = asked(template, "opening", post, weekday)
    assert ("x" in extra_ids(sections, "opening")) is there
    assert ("guards" in [i.id for s in sections for i in s.items]) is (post[0] == "sales_centre")


@pytest.mark.parametrize(
    ("rounds", "number", "there"),
    [((), 3, True), ((3,), 3, True), ((2,), 3, False), ((2,), None, True)],
)
def test_an_item_is_asked_in_its_rounds(
    rounds: tuple[int, ...], number: int | None, there: bool
) -> None:
    assert asked_in_round(Item("x", "花", rounds=rounds), number) is there


def test_an_item_keeps_its_id_when_it_is_changed_and_moves_with_it() -> None:
    first, other = OPENING.sections[0], OPENING.sections[1]
    renamed = edits.with_item(OPENING, first.id, replace(first.items[0], title="地面、台面"))
    assert renamed.sections[0].items[0].title == "地面、台面"
    moved = edits.with_item(renamed, other.id, renamed.sections[0].items[0])
    assert [i.id for i in moved.sections[1].items][-1] == "environment"
    assert "environment" not in [i.id for i in moved.sections[0].items]
    up = edits.moved(moved, "environment", -1)
    assert up.sections[1].items[0].id == "environment"
    assert edits.moved(up, "environment", -1) == up
    assert edits.moved(up, other.id, -1).sections[0].id == other.id
    assert edits.without_section(up, other.id).section(other.id) is None


@pytest.mark.parametrize(
    "item",
    [
        COLD,
        LAMP,
        VASES,
        Item("x", "花", rounds=(2, 5), line="slip", picture="p"),
        Item("y", "画", "photo", "看边框", weekdays=(0,), photo_if_failed=True, may_be_na=False),
    ],
)
def test_a_stored_list_is_read_as_it_was(item: Item) -> None:
    template = Template((Section("s", "客厅", (item,), "show_flat"),))
    assert read(json.loads(json.dumps(plain(template)))) == template


def test_what_a_later_release_stored_is_left_alone() -> None:
    row = {"id": "x", "title": "花", "scent": "rose"}
    found = read({"sections": [{"id": "s", "title": "客厅", "at": "", "items": [row]}]})
    assert found.item("x") == Item("x", "花")

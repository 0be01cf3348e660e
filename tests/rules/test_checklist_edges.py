"""Check lists at their edges: limits as people type them, words of an item, random changes of a list (SF-4.1, SF-4.7)."""

import random
from decimal import Decimal

import pytest

from yingbin.duty.shipped import CLOSING, OPENING, ROUND, SHIPPED
from yingbin.rules.checklists import edits
from yingbin.rules.checklists.terms import (
    CHECKS,
    Item,
    Section,
    Template,
    Value,
    asked,
    extra_ids,
    plain,
    read,
    standard_of,
)
from yingbin.rules.checklists.valid import MOST_ITEMS, MOST_SECTIONS, fault_of, require
from yingbin.rules.checklists.verdict import judged, lacks, read_number
from yingbin.rules.decision import Refused


@pytest.mark.clause("SF-4.1")
@pytest.mark.parametrize(
    ("low", "high", "typed", "result"),
    [
        ("18．5", "26", "18.5", "ok"),  # a full point, as a Chinese keyboard has it
        ("18．5", "26", "18.4", "failed"),
        ("－5", "0", "-5", "ok"),  # a freezer, with a full minus
        ("－5", "0", "－5.001", "failed"),
        ("", "26", "-40", "ok"),
        ("", "26", "26.001", "failed"),
        ("0", "", "0", "ok"),
        ("0", "", "-0.001", "failed"),
        ("22", "22", "22.000", "ok"),
        ("22", "22", "21.999", "failed"),
        ("", "", "999999999", "ok"),
    ],
)
def test_limits_hold_as_they_were_typed(low: str, high: str, typed: str, result: str) -> None:
    item = Item("t", "温度", "number", low=low, high=high)
    assert fault_of(item, "opening") == ""
    assert judged(item, Value(read_number(typed))).result == result


@pytest.mark.parametrize(
    "typed",
    ["", " ", ".", "-", "--5", "5-", "1.2.3", "1,5", "1e3", "２２", "十二", "22℃", "1.2345", "∞", "NaN",
     "1234567890", "+5"],
)  # fmt: skip
def test_what_is_no_number_is_not_taken_for_one(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_number(typed)


@pytest.mark.clause("SF-4.7")
@pytest.mark.parametrize(
    ("morning", "expected", "evening", "told", "why"),
    [
        (12, None, None, 12, ""),
        (12, None, None, 11, "点到 11件，早上是 12件"),
        (0, None, None, 1, "点到 1件，早上是 0件"),
        (None, 12, None, 12, ""),
        (None, 12, None, 13, "点到 13件，应有 12件"),
        (None, 0, None, 1, "点到 1件，应有 0件"),
        (11, 12, None, 11, ""),  # the morning's count wins over what should be there
        (11, 12, None, 12, "点到 12件，早上是 11件"),
        (None, None, None, 7, ""),
        (None, None, 7, 7, ""),
        (None, None, 8, 7, "点到 7件，上次关门时是 8件"),
        (None, None, 0, 1, "点到 1件，上次关门时是 0件"),
        (None, 12, 8, 12, ""),  # what the list says wins over last evening
    ],
)
def test_a_count_is_held_against_the_morning_what_there_should_be_or_last_evening(
    morning: int | None, expected: int | None, evening: int | None, told: int, why: str
) -> None:
    item = Item("v", "件数", "count", unit="件", expected=expected)
    verdict = judged(item, Value(count=told), morning, evening)
    assert (verdict.result, verdict.why) == ("failed" if why else "ok", why)


@pytest.mark.parametrize(
    ("kind", "value", "missing"),
    [
        ("tick", Value(), ""),
        ("number", Value(number=Decimal(0)), ""),
        ("number", Value(count=3), "还没有填数字"),
        ("count", Value(count=0), ""),
        ("count", Value(number=Decimal(3)), "还没有点数"),
        ("choice", Value(choice="亮"), ""),
        ("choice", Value(signed=True), "还没有选"),
        ("photo", Value(photos=1), ""),
        ("photo", Value(signed=True), "还没有拍照"),
        ("signature", Value(signed=True), ""),
        ("signature", Value(photos=2), "还没有签名"),
    ],
)
def test_an_item_wants_its_own_kind_of_answer_and_nought_is_one(
    kind: str, value: Value, missing: str
) -> None:
    assert lacks(Item("x", "灯", kind), value) == missing


@pytest.mark.clause("SF-4.1")
@pytest.mark.parametrize(
    ("item", "words"),
    [
        (Item("x", "灯"), "看一眼"),
        (Item("x", "灯", may_be_na=False), "看一眼 · 不能写不适用"),
        (Item("x", "灯", photo_if_failed=True), "看一眼 · 不正常要拍照"),
        (Item("x", "灯", weekdays=(0, 6)), "看一眼 · 只在周一、周日"),
        (Item("x", "灯", rounds=(1, 5)), "看一眼 · 只在第 1、5 次"),
        (Item("x", "温度", "number", low="18", unit="℃"), "填数字，应为 不低于 18℃"),
        (Item("x", "温度", "number", high="26", unit="℃"), "填数字，应为 不高于 26℃"),
        (Item("x", "温度", "number"), "填数字"),
        (Item("x", "件数", "count", expected=0, unit="件"), "点数，应为 0件"),
        (Item("x", "件数", "count", same_as="v"), "点数 · 和早上比"),
        (Item("x", "灯", "choice", choices=("亮", "暗"), good=("亮",)), "选一个，应为 亮"),
        (Item("x", "灯", "choice", choices=("亮", "暗"), good=("暗", "亮")), "选一个"),
    ],
)
def test_a_lead_reads_in_a_line_how_an_item_is_filled_in(item: Item, words: str) -> None:
    assert item.words == words


@pytest.mark.clause("SF-4.1")
@pytest.mark.parametrize(
    ("rooms", "items", "fits"),
    [
        (MOST_SECTIONS, 1, True),
        (MOST_SECTIONS + 1, 1, False),
        (1, MOST_ITEMS, True),
        (1, MOST_ITEMS + 1, False),
    ],
)
def test_a_list_as_long_as_anybody_walks_is_taken_and_no_longer_one(
    rooms: int, items: int, fits: bool
) -> None:
    kept = tuple(Item(i, i) for i in standard_of("round"))
    more = tuple(Item(str(n), f"第{n}项") for n in range(items - len(kept)))
    first = Section("s0", "区域0", (*kept, *more))
    others = tuple(Section(f"s{n}", f"区域{n}") for n in range(1, rooms))
    if fits:
        require(Template((first, *others)), "round", OPENING)
        return
    with pytest.raises(Refused, match="最多 30 个区域、120 项，请分开或去掉几项") as no:
        require(Template((first, *others)), "round", OPENING)
    assert no.value.clause == "SF-4.1"


@pytest.mark.clause("SF-4.7")
@pytest.mark.parametrize(
    ("check", "item", "at", "words"),
    [
        ("closing", Item("gas", "燃气"), "show_flat", "要放在每个岗位都看的区域里"),
        ("closing", Item("gas", "燃气", weekdays=(0,)), "", "每次都要看"),
        ("round", Item("patrol", "巡查", rounds=(1,)), "", "每次都要看"),
        ("opening", Item("guards", "仪容"), "show_flat", "要放在每个岗位都看的区域里"),
        ("opening", Item("guards", "仪容"), "sales_centre", ""),
        ("closing", Item("c", "件数", "count", same_as="environment"), "", "没有这样一项点数"),
        ("closing", Item("c", "件数", "count", same_as="gone"), "", "没有这样一项点数"),
        ("round", Item("c", "件数", "count", same_as="gone"), "", "没有这样一项点数"),
    ],
)
def test_what_the_procedure_asks_is_asked_everywhere_and_every_time(
    check: str, item: Item, at: str, words: str
) -> None:
    bare = edits.without_item(SHIPPED[check], item.id)
    template = Template((*bare.sections, Section("s", "总闸间", (item,), at)))
    if not words:
        require(template, check, OPENING)
        return
    with pytest.raises(Refused, match=words) as no:
        require(template, check, OPENING)
    assert f"「总闸间·{item.title}」" in no.value.message


@pytest.mark.clause("SC-4.1", "SC-4.7")
@pytest.mark.parametrize("check", CHECKS)
def test_a_flat_and_a_sales_centre_are_asked_their_own_rooms(check: str) -> None:
    flat = asked(SHIPPED[check], check, ("show_flat", "a"), 0)
    hall = asked(SHIPPED[check], check, ("sales_centre", "b"), 0)
    assert all(s.at in ("", "show_flat") and s.items for s in flat)
    assert all(s.at in ("", "sales_centre") and s.items for s in hall)
    ids = {i.id for s in flat for i in s.items}
    assert "guards" not in ids
    assert set(standard_of(check)) - {"guards"} <= ids
    assert not set(extra_ids(flat, check)) & set(standard_of(check))


def test_an_item_twice_in_a_list_is_refused() -> None:
    twice = Template((*ROUND.sections, Section("s", "大堂", ROUND.sections[0].items[1:2])))
    with pytest.raises(Refused, match="同一项在表里有两次"):
        require(twice, "round", OPENING)


# A lead at work: two hundred random changes of each list, held against lists of names that anybody can follow.


def flat_of(template: Template) -> dict[str, list[str]]:
    return {s.id: [i.id for i in s.items] for s in template.sections}


@pytest.mark.clause("SF-4.1", "SF-4.7")
@pytest.mark.parametrize("seed", range(4))
def test_no_row_of_random_changes_loses_doubles_or_mixes_up_an_item(seed: int) -> None:
    luck, template = random.Random(seed), (OPENING, ROUND, CLOSING)[seed % 3]
    model = flat_of(template)
    for n in range(200):
        template = _change(luck, template, model, n)
        assert flat_of(template) == model
        assert list(flat_of(template)) == list(model)
    assert read(plain(template)) == template


def _change(
    luck: random.Random, template: Template, model: dict[str, list[str]], n: int
) -> Template:
    rooms, every = list(model), [i for row in model.values() for i in row]
    deed = luck.choice(["room", "item", "carry", "drop", "move", "shift"])
    if deed == "room" or not every or len(rooms) < 2:
        model[f"r{n}"] = []
        return edits.with_section(template, f"r{n}", f"区域{n}", "")
    room = luck.choice(rooms)
    if deed == "item":
        model[room].append(f"i{n}")
        return edits.with_item(template, room, Item(f"i{n}", f"第{n}项"))
    one = luck.choice(every)
    row = next(row for row in model.values() if one in row)
    if deed == "carry":
        if row is not model[room]:
            row.remove(one)
            model[room].append(one)
        return edits.with_item(template, room, Item(one, "改名"))
    if deed == "drop":
        row.remove(one)
        return edits.without_item(template, one)
    step = luck.choice([-1, 1])
    if deed == "move":
        _shift(row, one, step)
        return edits.moved(template, one, step)
    order = list(model)
    _shift(order, room, step)
    kept = {r: model[r] for r in order}
    model.clear()
    model.update(kept)
    return edits.moved(template, room, step)


def _shift(row: list[str], one: str, step: int) -> None:
    """One place on, and not over either end."""
    here = row.index(one)
    there = min(max(here + step, 0), len(row) - 1)
    row.insert(there, row.pop(here))

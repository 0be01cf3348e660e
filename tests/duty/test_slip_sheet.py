"""《信息传递单》 of a day: which lines stand on it, in whose hands, with what became of them (SF-4.1, SF-4.3.6)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yingbin.duty.hours import day_of
from yingbin.duty.queries.slip_sheet import SlipLine, slip_lines
from yingbin.matters import actions as matters
from yingbin.matters.models import Matter

from .flat import Flat
from .line_desk import a_line


def act(flat: Flat, who: str, made: Matter, verb: str, **more: object) -> None:
    flat.do(matters.act, who, matter_id=made.id, verb=verb, **more)


def sheet(flat: Flat, *, days_on: int = 0) -> list[SlipLine]:
    """The slips on the sheet of today, or of a day so many days later; without its checks."""
    day = day_of(flat.now) + timedelta(days=days_on)
    return [line for line in slip_lines(flat.site, day, flat.now) if line.content.startswith("第")]


@pytest.mark.clause("SF-4.3.6", "SC-4.3.8")
def test_a_line_nobody_took_is_its_writers_and_says_until_when(desk: Flat) -> None:
    desk.now = desk.at("09:29:59")
    made = a_line(desk, "slip", "客户问车位", to="self")
    (row,) = sheet(desk)
    assert row.content == f"第{made.number}号 信息传递单：客户问车位"
    assert (row.sender, row.to, row.place, row.urgency) == ("叶", "叶", "样板间A", "一般")
    assert row.demand == "11-23 17:30 前办结"  # eight hours of the place
    assert (row.result, row.handler, row.finished_at, row.verifier) == ("待处理", "", None, "")


@pytest.mark.parametrize(
    ("steps", "result", "handler", "verifier"),
    [
        ((), "等人接手", "", ""),
        ((("陈", "accept"),), "处理中", "", ""),
        ((("陈", "accept"), ("陈", "reply")), "处理中：缺一个电容", "", ""),
        ((("陈", "accept"), ("陈", "finish")), "等验收：缺一个电容", "陈", ""),
        ((("陈", "accept"), ("陈", "finish"), ("叶", "fail")), "要重修：缺一个电容", "陈", ""),
        ((("陈", "accept"), ("陈", "finish"), ("叶", "done")), "已办结：缺一个电容", "陈", "叶"),
        ((("叶", "finish"), ("许", "done")), "已办结：缺一个电容", "叶", "许"),
    ],
)
def test_a_repair_says_how_it_stands_who_mended_it_and_who_verified(
    desk: Flat, steps: tuple[tuple[str, str], ...], result: str, handler: str, verifier: str
) -> None:
    made = a_line(desk, to=str(desk.people["陈"]))
    for who, verb in steps:
        act(desk, who, made, verb, note="缺一个电容")
    (row,) = sheet(desk)
    assert (row.result, row.handler, row.verifier) == (result, handler, verifier)
    assert (row.finished_at is not None) == bool(handler)


def test_a_slip_that_its_owner_settled_alone_was_verified_by_nobody(desk: Flat) -> None:
    made = a_line(desk, "slip", to="self")
    act(desk, "叶", made, "done", note="已回电")
    (row,) = sheet(desk)
    assert (row.handler, row.verifier, row.result) == ("叶", "", "已办结：已回电")
    assert row.finished_at == desk.now


@pytest.mark.clause("SF-4.1")
@pytest.mark.parametrize(
    ("written", "open_for", "sheets"),
    [
        ("10:00", None, {0, 1, 2}),  # open: on every sheet since
        ("10:00", timedelta(hours=7), {0}),
        ("23:59:59", timedelta(minutes=30), {0}),  # after midnight is still that evening
        ("23:59:59", timedelta(hours=5), {0, 1}),  # the day has turned
    ],
)
def test_a_line_stands_on_the_sheet_of_each_day_on_which_it_was_open(
    desk: Flat, written: str, open_for: timedelta | None, sheets: set[int]
) -> None:
    desk.now = begun = desk.at(written)
    made = a_line(desk, "slip", to="self")
    if open_for:
        desk.now += open_for
        act(desk, "叶", made, "done")
    desk.now = begun
    assert {n for n in (-1, 0, 1, 2) if sheet(desk, days_on=n)} == sheets


def test_a_sheet_holds_its_own_places_lines_by_number_and_no_questions(desk: Flat) -> None:
    first, second = (
        a_line(desk, "repair", "先写的"),
        a_line(desk, "damage", "后写的", cause="child"),
    )
    desk.do(matters.open_new, "叶", kind="follow_up", title="回访李女士")
    other = Flat()
    other.roster(叶="全", 许="全")
    other.sign_on("叶", at="08:20")
    a_line(other, title="别处的")
    rows = sheet(desk)
    assert [row.id for row in rows] == [first.id, second.id]
    assert [row.number for row in rows] == sorted(row.number for row in rows)
    assert rows[1].content == f"第{second.number}号 损坏：后写的"


@pytest.mark.clause("SF-4.1")
def test_the_opening_check_heads_the_sheet_in_the_words_of_its_results(desk: Flat) -> None:
    before = slip_lines(desk.site, day_of(desk.now), desk.now)[0]
    assert (before.to, before.result, before.handler) == ("接待领班", "还没有签", "")
    assert "没有查：" in before.content
    desk.well("叶", "opening")
    after = slip_lines(desk.site, day_of(desk.now), desk.now)[0]
    assert "正常：" in after.content
    assert after.number == 1


def test_a_day_nobody_has_begun_has_an_empty_sheet(flat: Flat) -> None:
    assert slip_lines(flat.site, day_of(flat.now), flat.now) == []


def test_a_sheet_asks_as_often_for_ten_lines_as_for_one(desk: Flat) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            sheet(desk)
        return len(seen)

    a_line(desk)
    once = asked()
    for n in range(9):
        a_line(desk, "slip", f"第{n}件")
    assert asked() == once

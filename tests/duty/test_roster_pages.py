"""The month's roster as a lead fills it: typed, by pattern, copied, pasted; with holidays and what it breaks (SF-3.2)."""

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.gallery.test_reception import BACKEND
from yingbin.duty.actions import planning
from yingbin.duty.cells import Cell
from yingbin.duty.models import RosterCell
from yingbin.duty.queries.grid import Grid, grid
from yingbin.people.models import Staff

from .flat import Flat

pytestmark = pytest.mark.clause("SF-3.2")
MONTH = date(2026, 11, 1)


@pytest.fixture
def planned(flat: Flat, monkeypatch: pytest.MonkeyPatch) -> Flat:
    """It is Monday the 23rd; the shifts are 早, 晚 and 全."""
    flat.roster(叶="早", 许="全")
    monkeypatch.setattr(timezone, "now", lambda: flat.now)
    return flat


@pytest.fixture
def lead(planned: Flat) -> Client:
    """许, signed in."""
    client = Client()
    client.force_login(Staff.objects.get(id=planned.people["许"]), backend=BACKEND)
    return client


def address(flat: Flat, path: str) -> str:
    return f"/s/{flat.place.code}/duty/roster/{path}"


def name(flat: Flat, who: str, day: int) -> str:
    return f"c.{flat.people[who]}.2026-11-{day:02}"


def written(flat: Flat, who: str, month: date = MONTH) -> dict[int, str]:
    shown = grid(flat.site, month, flat.now)
    row = next(r for r in shown.rows if r.staff == flat.people[who])
    return {c.day.day: c.text for c in row.cells if c.known}


def test_what_is_typed_into_the_grid_is_a_draft(planned: Flat, lead: Client) -> None:
    told = {
        "key": "a",
        "month": "2026-11",
        name(planned, "陈", 24): "晚",
        name(planned, "陈", 25): "休息",
    }
    assert lead.post(address(planned, "draft/"), told).status_code == 302
    assert written(planned, "陈") == {24: "晚", 25: "休"}
    assert not RosterCell.objects.filter(staff_id=planned.people["陈"], published_at__isnull=False)


def test_a_mark_nobody_knows_is_shown_where_it_stands_and_nothing_is_lost(
    planned: Flat, lead: Client
) -> None:
    told = {
        "key": "a",
        "month": "2026-11",
        name(planned, "陈", 24): "晚",
        name(planned, "陈", 25): "班",
    }
    answer = lead.post(address(planned, "draft/"), told)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "“班”不是这里的班次，可以写 全、早、晚、休。" in text
    assert 'value="班"' in text
    assert 'value="晚"' in text
    assert written(planned, "陈") == {}


def test_a_page_left_open_does_not_undo_what_somebody_else_wrote_meanwhile(
    planned: Flat, lead: Client
) -> None:
    cells = (Cell(planned.people["陈"], date(2026, 11, 24), None),)
    planned.do(planning.draft, "程", cells=cells)
    told = {
        "key": "a", "month": "2026-11", "was": json.dumps({}),
        name(planned, "陈", 24): "", name(planned, "陈", 25): "早",
    }  # fmt: skip
    lead.post(address(planned, "draft/"), told)
    assert written(planned, "陈") == {24: "休", 25: "早"}


def test_a_cell_that_is_emptied_is_no_draft_any_more(planned: Flat, lead: Client) -> None:
    ye, chen = name(planned, "叶", 23), name(planned, "陈", 24)
    lead.post(address(planned, "draft/"), {"key": "a", "month": "2026-11", chen: "早", ye: "晚"})
    was = json.dumps({chen: "早", ye: "晚"})
    lead.post(
        address(planned, "draft/"), {"key": "b", "month": "2026-11", "was": was, chen: "", ye: ""}
    )
    assert written(planned, "陈") == {}
    assert written(planned, "叶") == {23: "早"}  # as it was published


def test_what_is_past_cannot_be_typed_over(planned: Flat, lead: Client) -> None:
    lead.post(
        address(planned, "draft/"), {"key": "a", "month": "2026-11", name(planned, "陈", 20): "早"}
    )
    assert written(planned, "陈") == {}


def test_a_pattern_is_laid_over_the_days_each_person_a_place_later(
    planned: Flat, lead: Client
) -> None:
    told = {
        "key": "a", "month": "2026-11", "pattern": "早晚休", "later": "1",
        "who": [str(planned.people["陈"]), str(planned.people["苏"])],
        "first": "2026-11-24", "last": "2026-11-27",
    }  # fmt: skip
    assert lead.post(address(planned, "pattern/"), told).status_code == 302
    assert written(planned, "陈") == {24: "早", 25: "晚", 26: "休", 27: "早"}
    assert written(planned, "苏") == {24: "晚", 25: "休", 26: "早", 27: "晚"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"pattern": "早夜"}, "“夜”读不懂"),
        ({"who": []}, "请至少勾选一个人"),
        ({"first": "2026-11-20"}, "过去的日子不能再排"),
        ({"last": "2026-11-23"}, "结束不能早于开始"),
    ],
)
def test_a_pattern_that_makes_no_sense_is_refused_in_words(
    planned: Flat, lead: Client, change: dict[str, object], words: str
) -> None:
    told = {
        "key": "a", "month": "2026-11", "pattern": "早休", "who": [str(planned.people["陈"])],
        "first": "2026-11-24", "last": "2026-11-27", **change,
    }  # fmt: skip
    answer = lead.post(address(planned, "pattern/"), told)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_block_of_a_spreadsheet_is_pasted_without_script(planned: Flat, lead: Client) -> None:
    told = {
        "key": "a",
        "month": "2026-11",
        "first": "2026-11-24",
        "block": "陈\t早\t\t休\n许\t全\n",
    }
    assert lead.post(address(planned, "paste/"), told).status_code == 302
    assert written(planned, "陈") == {24: "早", 26: "休"}
    assert written(planned, "许") == {23: "全", 24: "全"}


@pytest.mark.parametrize(
    ("block", "words"),
    [("王\t早", "没有叫“王”的接待员或领班"), ("陈\t班", "陈 11月24日：“班”不是")],
)
def test_a_block_with_a_stranger_or_a_strange_mark_is_refused_whole(
    planned: Flat, lead: Client, block: str, words: str
) -> None:
    told = {"key": "a", "month": "2026-11", "first": "2026-11-24", "block": f"苏\t早\n{block}"}
    answer = lead.post(address(planned, "paste/"), told)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert written(planned, "苏") == {}


def test_the_week_before_is_copied_over_the_end_of_a_month(planned: Flat, lead: Client) -> None:
    cells = tuple(
        Cell(planned.people["陈"], date(2026, 11, 24) + timedelta(days=n), None) for n in range(6)
    )
    planned.do(planning.draft, "许", cells=cells)
    lead.post(address(planned, "copy/"), {"key": "a", "to": "2026-12-02"})
    assert list(written(planned, "陈", date(2026, 12, 1))) == [1, 2, 3, 4, 5, 6]


def month(flat: Flat, first: date) -> Grid:
    return grid(flat.site, first, flat.now)


def test_holidays_and_the_weekends_that_make_up_for_them_stand_above_their_days(flat: Flat) -> None:
    days = {d.day: d for d in month(flat, date(2026, 10, 1)).days}
    assert days[date(2026, 10, 1)].holiday == "国庆节"
    assert not days[date(2026, 10, 1)].works
    assert days[date(2026, 10, 10)].works
    assert month(flat, date(2026, 10, 1)).note == ""


def test_a_year_whose_holidays_nobody_has_announced_says_so(flat: Flat) -> None:
    assert month(flat, date(2031, 10, 1)).note == "2031年放假安排尚未公布，暂按平常的星期推算。"


def test_a_receptionist_reads_the_roster_and_changes_nothing(planned: Flat) -> None:
    client = Client()
    client.force_login(Staff.objects.get(id=planned.people["叶"]), backend=BACKEND)
    text = client.get(address(planned, "?month=2026-11")).content.decode()
    assert 'name="c.' not in text
    paths: list[Callable[[], int]] = [
        lambda p=p: client.post(address(planned, p), {"key": p}).status_code  # type: ignore[misc]
        for p in ("draft/", "copy/", "pattern/", "paste/", "publish/")
    ]
    assert {post() for post in paths} == {403}

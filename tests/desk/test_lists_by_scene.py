"""One matter at every stage of every kind, as each list of the desk shows it: one house, read by its queries."""

from datetime import timedelta
from typing import Any

import pytest

from yingbin.desk.models import DeskMatter
from yingbin.desk.queries.lists import WHICH, lines, of_office
from yingbin.desk.queries.mine import mine
from yingbin.desk.queries.sheet import Filter, ids_of, rows_of, these
from yingbin.desk.queries.supervision import WHICH as HEADINGS
from yingbin.desk.queries.supervision import counts, load, of_somebody, watched
from yingbin.desk.queries.supervision import rows_of as under

from .house import SCENES, House


def titles(rows: Any) -> list[str]:
    """The scenes of these matters."""
    return [row.matter.title for row in rows]


# What a line says

NEW = "新登记"
LINES = [
    ("咨询", "咨询", "", NEW, "", "", ""),
    ("答了的咨询", "咨询", "", "待答复", "", "", ""),
    ("当场答的咨询", "咨询", "", "已办结", "", "", ""),
    ("停着的求助", "求助", "", NEW, "", "", "等配件"),
    ("紧急的求助", "求助", "紧急", NEW, "", "", ""),
    ("到主管的求助", "求助", "", "等人接手", "", "林", ""),
    ("转着的求助", "求助", "", "等人接手", "", "工程部", ""),
    ("接了的求助", "求助", "", NEW, "钱", "", ""),
    ("到场的求助", "求助", "", "已到场", "钱", "", ""),
    ("取消的求助", "求助", "", "已取消", "", "", ""),
    ("同意的有偿", "有偿服务", "", "已到场", "钱", "", ""),
    ("开工的有偿", "有偿服务", "", "施工中", "钱", "", ""),
    ("完工的有偿", "有偿服务", "", "待答复", "钱", "", ""),
    ("上报的建议", "建议", "", "已上报", "林", "", ""),
    ("再上报的建议", "建议", "", "已上报", "顾", "", ""),
    ("受理的投诉", "投诉", "", "已受理", "", "", ""),
    ("定级的投诉", "投诉", "重大", "已定级", "", "", ""),
    ("告知的投诉", "投诉", "重大", "已告知", "", "", ""),
    ("办结的投诉", "投诉", "重大", "已办结", "", "", ""),
]


@pytest.mark.clause("SD-4.4")
@pytest.mark.parametrize(
    ("scene", "kind", "grade", "status", "holder", "offer", "paused"), LINES, ids=[one[0] for one in LINES]
)  # fmt: skip
def test_a_line_says_in_a_clerks_words_how_a_matter_stands_and_who_has_it(
    house: House, scene: str, kind: str, grade: str, status: str, holder: str, offer: str, paused: str
) -> None:  # fmt: skip
    (line,) = lines(house.site, [house.desk(house.at[scene])], house.now)
    assert (line.kind, line.grade, line.status, line.owner) == (kind, grade, status, "苏")
    assert (line.holder, line.offer, line.paused, line.subject) == (
        holder,
        offer,
        paused,
        "漏水、渗水",
    )


def test_what_is_paused_or_ended_is_never_late_and_everything_else_in_time(house: House) -> None:
    rows = list(DeskMatter.objects.select_related("matter").filter(site_id=house.site))
    assert not [line for line in lines(house.site, rows, house.now) if line.late]
    late = {
        line.row.matter.title
        for line in lines(house.site, rows, house.now + timedelta(days=30))
        if line.late
    }
    ended = {title for title in SCENES if title.startswith(("办结", "当场", "取消"))}
    assert late == set(SCENES) - ended - {"停着的求助"}


# Lists of the office


@pytest.mark.parametrize(
    ("which", "there", "not_there"),
    [
        (
            "open",
            {"求助", "完工的有偿", "告知的投诉"},
            {"取消的求助", "办结的投诉", "当场答的咨询"},
        ),
        ("ended", {"取消的求助", "办结的投诉", "当场答的咨询"}, {"告知的投诉", "答了的咨询"}),
        ("offered", {"转着的求助", "到主管的求助"}, {"接了的求助", "退过两次的求助"}),
        ("late", set(), {"求助"}),
        ("all", set(SCENES), set()),
    ],
)
def test_a_tab_of_the_office_has_what_it_says_the_newest_first(
    house: House, which: str, there: set[str], not_there: set[str]
) -> None:
    rows = list(of_office(house.badge("苏"), which, house.now))
    assert there <= set(titles(rows))
    assert not not_there & set(titles(rows))
    assert [row.seq for row in rows] == sorted((row.seq for row in rows), reverse=True)
    assert which in WHICH


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (Filter("all", kind="enquiry"), {"咨询", "答了的咨询", "当场答的咨询"}),
        (Filter("open", kind="enquiry"), {"咨询", "答了的咨询"}),
        (Filter("all", source="visit"), set()),
        (Filter("all", words="2026-0001"), {"咨询"}),
        (Filter("all", words="2"), {"答了的咨询"}),
        (Filter("all", words="2025-0001"), set()),
    ],
    ids=["kind", "open of a kind", "by letter", "number", "bare number", "another year"],
)
def test_the_register_is_narrowed_to_what_is_asked(
    house: House, asked: Filter, found: set[str]
) -> None:
    assert set(titles(rows_of(house.badge("苏"), asked, house.now))) == found


def test_the_register_of_somebody_has_what_they_wrote_down_owe_or_hold(house: House) -> None:
    of = {
        who: set(titles(rows_of(house.badge("苏"), Filter("all", who=house.id(who)), house.now)))
        for who in "石林钱"
    }
    assert of["石"] == {"夜里的求助"}
    assert of["林"] == {"上报的建议"}, "what is only offered is not theirs yet"
    assert of["钱"] >= {"接了的求助", "办结的求助", "开工的有偿"}
    assert "转着的求助" not in of["钱"]


def test_days_of_the_register_are_counted_from_midnight_to_midnight(house: House) -> None:
    badge, day = house.badge("苏"), house.now.date()
    for since, until, there in (
        (day, day, True), (day + timedelta(days=1), None, False), (None, day - timedelta(days=1), False), (None, None, True),
    ):  # fmt: skip
        found = rows_of(badge, Filter("all", since=since, until=until), house.now)
        assert found.exists() is there, (since, until)


def test_a_page_keeps_the_order_that_was_asked_for(house: House) -> None:
    rows = rows_of(house.badge("苏"), Filter("all"), house.now)
    ids = ids_of(rows, 5)
    assert len(ids) == 5
    assert [row.id for row in these(reversed(ids))] == [*reversed(ids)]


# Mine

WAITS = [
    ("咨询", "等您答复"), ("有偿", "请派给部门"), ("建议", "等您分析"), ("分析了的建议", "答复或者上报"), ("投诉", "等您受理"),
    ("受理的投诉", "等您定级"), ("定级的投诉", "等您调查"), ("查过的投诉", "等您提方案"), ("转着的求助", ""), ("到场的求助", ""),
]  # fmt: skip


@pytest.mark.parametrize(("scene", "waits"), WAITS, ids=[scene for scene, _ in WAITS])
def test_whoever_owes_the_answer_hears_what_is_theirs_to_do_and_nothing_while_others_work(
    house: House, scene: str, waits: str
) -> None:
    tasks = {
        one.line.row.matter.title: one.waits for one in mine(house.badge("苏"), house.now).tasks
    }
    assert tasks[scene] == waits


HEAPS = [
    ("赵", "offered", {"转着的求助"}),
    ("赵", "done", {"办好的求助", "完工的有偿"}),
    ("赵", "team", {"接了的求助", "到场的求助", "到场的有偿", "报价的有偿", "同意的有偿", "开工的有偿"}),
    ("钱", "tasks", {"接了的求助", "到场的求助", "到场的有偿", "报价的有偿", "同意的有偿", "开工的有偿"}),
    ("钱", "team", set()),
    ("孙", "offered", {"转着的求助"}),
    ("孙", "tasks", set()),
    ("周", "offered", set()),
    ("林", "offered", {"到主管的求助"}),
    ("林", "tasks", {"上报的建议"}),
    ("顾", "tasks", {"再上报的建议"}),
    ("苏", "guards", {"夜里的求助"}),
    ("叶", "guards", {"夜里的求助"}),
    ("石", "guards", set()),
    ("石", "tasks", {"夜里的求助"}),
    ("林", "lost", set()),
]  # fmt: skip


@pytest.mark.clause("SD-4.4")
@pytest.mark.parametrize(
    ("who", "heap", "scenes"), HEAPS, ids=[f"{who} {heap}" for who, heap, _ in HEAPS]
)
def test_each_heap_of_somebodys_page_has_just_what_belongs_there(
    house: House, who: str, heap: str, scenes: set[str]
) -> None:
    found = getattr(mine(house.badge(who), house.now), heap)
    assert {one.line.row.matter.title for one in found} == scenes


@pytest.mark.parametrize(
    ("scene", "waits", "button"),
    [
        ("接了的求助", "等您办", "到场了"),
        ("到场的求助", "等您办", "办完了"),
        ("到场的有偿", "等您报价", ""),
        ("报价的有偿", "等住户同意报价", ""),
        ("同意的有偿", "", "开工"),
        ("开工的有偿", "办完请住户签字", "办完了"),
    ],
)
def test_a_worker_is_told_the_next_step_of_each_task(
    house: House, scene: str, waits: str, button: str
) -> None:
    tasks = {t.line.row.matter.title: t for t in mine(house.badge("钱"), house.now).tasks}
    assert (tasks[scene].waits, tasks[scene].button) == (waits, button)


# The supervisor's page


@pytest.mark.clause("SD-3.3")
@pytest.mark.parametrize(
    ("which", "scenes"),
    [
        ("late", []),
        ("bounced", ["退过两次的求助", "到主管的求助", "再上报的建议"]),
        ("supervisor", ["到主管的求助", "上报的建议"]),
        ("manager", ["告知的投诉", "再上报的建议"]),
    ],
)
def test_a_heading_has_what_somebody_must_look_after_what_falls_due_first_first(
    house: House, which: str, scenes: list[str]
) -> None:
    assert titles(under(house.site, which, house.now)) == scenes
    assert set(HEADINGS) == {"late", "bounced", "supervisor", "manager"}


@pytest.mark.clause("SD-3.3")
def test_the_figures_above_are_the_lengths_of_the_lists(house: House) -> None:
    for hours in (0, 30, 24 * 14):
        at = house.now + timedelta(hours=hours)
        told = counts(house.badge("林"), at)
        for which in HEADINGS:
            assert getattr(told, which) == len(under(house.site, which, at)), (which, hours)
    # Which closed matter is drawn for a call goes by its id.
    drawn = DeskMatter.objects.filter(site_id=house.site, callback="due").count()
    assert (told.callbacks, told.asked) == (drawn, 0)
    assert drawn >= 1
    assert told.late > 20, "two weeks on, all but what is paused is late"


def test_the_hand_offs_of_a_matter_stand_the_latest_first_with_names_and_reasons(
    house: House,
) -> None:
    found = {
        one.line.row.matter.title: one.hands
        for one in watched(house.site, under(house.site, "bounced", house.now), house.now)
    }
    twice = found["退过两次的求助"]
    assert [hand.back for hand in twice] == [True, False, True, False]
    assert {hand.reason for hand in twice if hand.back} == {"不归我们"}
    assert twice[-1].sentence == "苏把这件事转给工程部，等工程部接手。"
    assert found["到主管的求助"][0].sentence == "已经转手2次，不再转给工程部，交给主管林。"
    assert [hand.sentence for hand in found["再上报的建议"]] == [
        "已上报给顾，由顾经办。",
        "已上报给林，由林经办。",
    ]


@pytest.mark.clause("SD-3.3")
def test_the_load_of_a_department_is_that_of_its_people_and_what_it_is_offered(
    house: House,
) -> None:
    groups = {one.name: one for one in load(house.site, house.now)}
    assert list(groups) == ["客服前台", "工程部", "绿化部"]
    works = groups["工程部"]
    assert (works.held, works.offered, works.late) == (6, 1, 0)
    assert {one.name: one.held for one in works.people} == {"孙": 0, "赵": 0, "钱": 6}
    front = {one.name: (one.owed, one.held) for one in groups["客服前台"].people}
    assert front["石"] == (1, 1)
    assert (front["林"], front["顾"]) == ((0, 1), (0, 1))
    later = {one.name: one for one in load(house.site, house.now + timedelta(days=14))}
    assert later["工程部"].late == 7, "six in hand, one that is offered"
    assert later["客服前台"].today == 0, "what is late is not due today"


def test_a_row_of_the_load_leads_to_just_these_matters(house: House) -> None:
    for group in load(house.site, house.now):
        if group.key:
            rows = set(titles(of_somebody(house.site, group.key, house.now)))
            assert len(rows & {"转着的求助"}) == group.offered
        for one in group.people:
            rows = set(titles(of_somebody(house.site, one.key, house.now)))
            assert len(rows) >= max(one.owed, one.held), one.name
            assert bool(rows) == bool(one.owed or one.held or one.name == "钱"), one.name

"""What waits for whom about visits, lists and how one is found, the board, the form on A4: one house, read by its queries."""

from datetime import timedelta
from typing import Any

import pytest

from yingbin.notices.models import Notice
from yingbin.tours.folding import held_souvenirs, house_of, looked_at, widest
from yingbin.tours.models import TourVisit
from yingbin.tours.office import standing_now
from yingbin.tours.queries.countdown import board
from yingbin.tours.queries.find import areas_of, one_seen, seen_by
from yingbin.tours.queries.lists import WHICH, narrowed
from yingbin.tours.queries.mine import mine
from yingbin.tours.queries.one import page_of
from yingbin.tours.queries.paper import paper_of

from .headquarters import Headquarters
from .test_inbox import counted, titles, told

SCENES: dict[str, Any] = {}


def lived(house: Headquarters) -> None:
    """One visit at each stage, each of another guest."""
    SCENES.clear()
    SCENES["等答复"] = house.apply(visitor="长丰机械", by="秦")
    SCENES["等批示"] = house.apply("institution", areas=(), visitor="市工信局", day=9)
    SCENES["谢绝"] = house.apply("general", headcount=3, visitor="三人行")
    SCENES["要特批"] = house.apply(day=2, hour=14, visitor="急来公司")
    SCENES["批准"] = house.approved(day=10, visitor="远东电气")
    SCENES["发了方案"] = house.planned(day=11, visitor="海川重工")
    SCENES["大客户"] = house.approved("key_account", day=12, visitor="大江集团")
    SCENES["取消"] = house.apply(day=13, visitor="不来公司")
    house.act("江", "withdraw", SCENES["取消"])


def names(rows: Any) -> set[str]:
    """The scenes of these visits."""
    ids = {one: name for name, one in SCENES.items()}
    return {ids[row.id] for row in rows}


def waits(house: Headquarters, who: str) -> list[tuple[str, str]]:
    """What waits for somebody, in its order: of whose visit, what."""
    return [(one.row.visitor, one.title) for one in mine(house.badge(who), house.now).todo]


# Mine

COMPANYS = [("市工信局", "公司批示"), ("急来公司", "特批：申请晚了")]
WORKSHOPS = [
    ("长丰机械", "答复能不能看车间"),
    ("急来公司", "答复能不能看车间"),
    ("海川重工", "发车间的参观证"),
]


@pytest.mark.clause("CV-3.2.1", "CV-2", "CV-4.1")
@pytest.mark.parametrize(
    ("who", "todo"),
    [("严", COMPANYS), ("罗", COMPANYS), ("韩", WORKSHOPS), ("贺", WORKSHOPS), ("白", []), ("秦", []), ("孟", [])],
)  # fmt: skip
def test_somebody_finds_what_waits_for_them_and_nothing_of_others(
    kept: Headquarters, who: str, todo: list[tuple[str, str]]
) -> None:
    assert waits(kept, who) == todo


def test_reception_finds_answers_first_and_then_each_visits_tasks_as_they_fall_due(
    kept: Headquarters,
) -> None:
    told = waits(kept, "江")
    assert told[:2] == [("长丰机械", "答复能不能看厂区"), ("急来公司", "答复能不能看厂区")]
    assert waits(kept, "叶") == told, "both of the department"
    assert ("远东电气", "发接待方案") in told
    assert ("海川重工", "发接待方案") not in told, "it was sent"
    assert ("海川重工", "发厂区的参观证") in told
    assert ("远东电气", "发厂区的参观证") not in told, "not before the plan"
    assert not [one for one in told if one[0] in ("三人行", "不来公司")], "nothing of a no"
    dues = [one.due or one.row.starts_at for one in mine(kept.badge("江"), kept.now).todo]
    assert dues == sorted(dues)


def test_whoever_applied_for_a_guest_finds_their_visit_beside_what_waits(
    kept: Headquarters,
) -> None:
    told = mine(kept.badge("秦"), kept.now)
    assert ([row.visitor for row in told.own], told.todo, told.any) == (["长丰机械"], (), True)
    assert not mine(kept.badge("孟"), kept.now).any


@pytest.mark.clause("CV-3.2.1", "CV-2", "CV-4.1")
@pytest.mark.parametrize("who", list("江叶白严罗韩贺秦孟何"))
def test_the_box_lists_and_counts_what_mine_lists_but_tasks_that_have_time(
    kept: Headquarters, who: str
) -> None:
    for days in (0, 7, 9):
        kept.now += timedelta(days=days)
        soon = [
            f"{one.title}：{one.row.visitor} {one.row.headcount} 人"
            for one in mine(kept.badge(who), kept.now).todo
            if "答复" in one.title or "发" in one.title or "批" in one.title
            or (one.due and one.due - timedelta(days=2) <= kept.now)
        ]  # fmt: skip
        assert sorted(titles(kept, who)) == sorted(soon)
        assert counted(kept, who) == len(soon)


def test_whoever_speaks_for_the_company_says_so_once_and_is_told_beside_nothing(
    kept: Headquarters,
) -> None:
    assert titles(kept, "严") == ["特批：申请晚了：急来公司 12 人", "公司批示：市工信局 12 人"]
    assert told(kept, "严") == []
    assert {"area", "plan"}.isdisjoint(told(kept, "韩"))
    assert Notice.objects.filter(kind="tours.area", listed=True).exists(), "their phone still rings"


@pytest.mark.parametrize(
    ("who", "title", "event", "told"),
    [
        ("韩", "答复能不能看车间", "area", (("area", "workshop"), ("answer", "open"))),
        ("江", "用餐", "", ()),
        ("江", "发接待方案", "send_plan", ()),
        ("江", "讲解员", "", ()),
        ("江", "茶点安排", "", ()),
        ("严", "公司批示", "", ()),
    ],
)
def test_one_tap_is_offered_where_there_is_nothing_to_choose(
    kept: Headquarters, who: str, title: str, event: str, told: tuple[tuple[str, str], ...]
) -> None:
    found = [one for one in mine(kept.badge(who), kept.now).todo if one.title == title]
    assert {(one.event, one.told) for one in found} == {(event, told)}
    assert all(bool(one.button) for one in found if event)


@pytest.mark.clause("CV-3.2.1")
def test_an_answer_is_late_from_the_hour_on_at_which_it_was_due(kept: Headquarters) -> None:
    badge = kept.badge("韩")
    (one,) = (t for t in mine(badge, kept.now).todo if t.row.visitor == "长丰机械")
    assert one.due is not None
    for minutes, late in ((-1, False), (0, True), (90, True)):
        at = one.due + timedelta(minutes=minutes)
        (then,) = (t for t in mine(badge, at).todo if t.row.visitor == "长丰机械")
        assert then.is_late is late, minutes


def test_an_approver_is_not_asked_for_what_they_applied_for_themselves(kept: Headquarters) -> None:
    kept.apply("institution", by="严", areas=(), visitor="严的客人", day=14)
    assert ("严的客人", "公司批示") in waits(kept, "罗")
    assert ("严的客人", "公司批示") not in waits(kept, "严")


# The board


def test_the_board_says_of_each_visit_what_is_missing_the_next_first(kept: Headquarters) -> None:
    told = {line.row.visitor: line.missing for line in board(kept.site, kept.now)}
    assert list(told) == [
        "急来公司",
        "长丰机械",
        "三人行",
        "市工信局",
        "远东电气",
        "海川重工",
        "大江集团",
    ]
    assert told["急来公司"] == ("申请晚了", "厂区的答复", "车间的答复", "公司批示")
    assert told["市工信局"] == ("公司批示", "未成年人的名单还没交"), "its answers are a school's"
    assert told["远东电气"] == ("发方案", "讲解员", "茶点", "纪念品", "参观证")
    assert told["海川重工"] == ("讲解员", "茶点", "纪念品", "参观证")
    assert "不来公司" not in told


@pytest.mark.clause("CV-3.3.2")
def test_what_falls_due_moves_from_missing_to_late_and_a_guide_is_named(kept: Headquarters) -> None:
    one = SCENES["发了方案"]
    kept.act("江", "task", one, task="guide", who="叶")
    (line,) = (b for b in board(kept.site, kept.now) if b.row.id == one)
    assert (line.guide, line.late, line.ready) == ("叶", (), False)
    assert "讲解员" not in line.missing
    (then,) = (b for b in board(kept.site, kept.row(one).starts_at) if b.row.id == one)
    assert set(then.late) >= {"茶点", "纪念品"}
    assert not set(then.late) & set(then.missing)


# Lists

TABS = [
    ("coming", ["急来公司", "长丰机械", "三人行", "市工信局", "远东电气", "海川重工", "大江集团"]),
    ("today", []),
    ("waiting", ["急来公司", "长丰机械", "市工信局"]),
    ("approved", ["远东电气", "海川重工", "大江集团"]),
    ("ended", ["不来公司"]),
    ("all", ["不来公司", "大江集团", "海川重工", "远东电气", "市工信局", "长丰机械", "三人行", "急来公司"]),
]  # fmt: skip


def listed(house: Headquarters, which: str, words: str = "") -> list[str]:
    """The visitors of a tab."""
    rows = TourVisit.objects.filter(site_id=house.site)
    return [row.visitor for row in narrowed(rows, which, words, house.now)]


@pytest.mark.parametrize(("which", "visitors"), TABS, ids=[which for which, _ in TABS])
def test_a_tab_has_its_visits_those_ahead_the_next_first(
    kept: Headquarters, which: str, visitors: list[str]
) -> None:
    assert listed(kept, which) == visitors
    assert {tab for tab, _ in TABS} == set(WHICH)


def test_today_is_the_day_by_our_clock_from_midnight_to_midnight(kept: Headquarters) -> None:
    start = kept.row(SCENES["要特批"]).starts_at
    for at, there in (
        (start.replace(hour=0, minute=0), True),
        (start.replace(hour=0, minute=0) - timedelta(hours=9), False),
        (start + timedelta(hours=3), True),
        (start + timedelta(days=1), False),
    ):
        kept.now = at
        assert (listed(kept, "today") == ["急来公司"]) is there, at


@pytest.mark.parametrize(
    ("words", "visitors"),
    [
        ("电气", ["远东电气"]),
        ("公司", ["不来公司", "急来公司"]),
        ("2026-0005", ["远东电气"]),
        ("0005", ["远东电气"]),
        ("5", ["远东电气"]),
        ("99", []),
        ("123456789012", []),
        ("５", []),
        ("没有这家", []),
        ("%", []),
        ("_", []),
    ],
)
def test_a_visit_is_found_by_its_number_or_a_part_of_the_visitors_name(
    kept: Headquarters, words: str, visitors: list[str]
) -> None:
    assert listed(kept, "all", words) == visitors


# Who opens which

ALL = {"等答复", "等批示", "谢绝", "要特批", "批准", "发了方案", "大客户", "取消"}


@pytest.mark.clause("CV-4.2")
@pytest.mark.parametrize(
    ("who", "sees"),
    [("江", ALL), ("白", ALL), ("严", ALL), ("韩", ALL - {"等批示"}), ("贺", ALL - {"等批示"}), ("秦", {"等答复"}), ("孟", set())],
)  # fmt: skip
def test_a_visit_is_opened_by_those_who_receive_who_answer_and_who_applied(
    kept: Headquarters, who: str, sees: set[str]
) -> None:
    assert names(seen_by(kept.badge(who), kept.now)) == sees
    for scene, one in SCENES.items():
        assert (one_seen(kept.badge(who), one, kept.now) is not None) == (scene in sees), scene


@pytest.mark.parametrize(
    ("who", "areas"),
    [
        ("江", ("plant",)),
        ("贺", ("workshop", "finished_goods")),
        ("秦", ("rnd",)),
        ("白", ()),
        ("孟", ()),
    ],
)
def test_a_department_answers_for_its_areas(
    kept: Headquarters, who: str, areas: tuple[str, ...]
) -> None:
    assert areas_of(standing_now(kept.site, kept.now), kept.id(who)) == areas
    assert areas_of(None, kept.id(who)) == (), "before the house had any"


# A visit's page and its form on A4

GROUNDS = [
    ("等答复", []),
    ("谢绝", [("人数少于团体的最低人数", "CV-3.1")]),
    ("要特批", [("申请晚了", "CV-3.2.1")]),
    ("取消", []),
]


@pytest.mark.clause("CV-3.1", "CV-3.2.1")
@pytest.mark.parametrize(("scene", "grounds"), GROUNDS, ids=[scene for scene, _ in GROUNDS])
def test_what_stands_against_a_visit_is_lifted_by_an_approver_alone(
    kept: Headquarters, scene: str, grounds: list[tuple[str, str]]
) -> None:
    row = kept.row(SCENES[scene])
    for who, may in (("严", True), ("江", False), ("韩", False)):
        told = page_of(kept.badge(who), row, kept.now).grounds
        assert [(one.title, one.clause) for one in told] == grounds
        assert {one.may for one in told} <= {may}


@pytest.mark.parametrize(
    ("scene", "why", "log"),
    [
        ("等答复", "经常往来，来看产品", [("秦", "申请")]),
        ("等批示", "来访的是学校", [("来访人", "申请")]),
        ("谢绝", "和公司还没有往来", [("来访人", "申请")]),
        ("取消", "经常往来，来看产品", [("江", "取消"), ("来访人", "申请")]),
        (
            "大客户", "合作伙伴，来战略合作",
            [("严", "公司批示：同意"), ("韩", "答复区域：车间开放"), ("江", "答复区域：厂区开放"), ("来访人", "申请")],
        ),
    ],
)  # fmt: skip
def test_the_page_says_why_it_is_of_its_class_and_what_happened_the_latest_first(
    kept: Headquarters, scene: str, why: str, log: list[tuple[str, str]]
) -> None:
    told = page_of(kept.badge("白"), kept.row(SCENES[scene]), kept.now)
    assert (told.why, [(line.who, line.title) for line in told.lines]) == (why, log)


def test_whoever_changed_the_class_is_named_with_their_reason(kept: Headquarters) -> None:
    one = SCENES["等答复"]
    kept.act("江", "reclass", one, to="key_account", reason="集团的大客户")
    assert page_of(kept.badge("白"), kept.row(one), kept.now).why == "江改的：集团的大客户"


def test_nobody_asks_in_their_own_name_for_leave_to_photograph(kept: Headquarters) -> None:
    told = page_of(kept.badge("严"), kept.row(SCENES["批准"]), kept.now)
    assert [name for _, name in told.escorts] == ["江", "叶", "严", "罗"]
    assert [name for _, name in told.asked_for] == ["江", "叶", "罗"]


@pytest.mark.clause("CV-4.1")
def test_the_form_on_a4_counts_the_passes_of_each_area_and_names_who_said_yes(
    kept: Headquarters,
) -> None:
    one = SCENES["发了方案"]
    kept.issue(one, persons=5)
    kept.issue(one, by="江", areas=("plant",), persons=4)
    kept.issue(one, persons=2)
    kept.act("江", "task", one, task="guide", who="叶")
    told = paper_of(kept.badge("江"), kept.row(one), kept.now)
    areas = {line.title: (line.passes, line.persons) for line in told.areas if line.wanted}
    assert areas == {"厂区": (1, 4), "车间": (2, 7)}
    assert len(told.areas) == 9
    ((said, by, _, _),) = (vars(word).values() for word in told.company)
    assert (said, by, told.guide, told.senior) == ("同意", "严", "叶", "")
    assert told.passes == 3
    answers = {line.title: line.answer.by for line in told.areas if line.answer}
    assert answers == {"厂区": "江", "车间": "韩"}


def test_a_form_without_the_companys_word_names_nobody_and_says_why_an_area_is_shut(
    kept: Headquarters,
) -> None:
    told = paper_of(kept.badge("江"), kept.row(SCENES["谢绝"]), kept.now)
    assert told.company == ()
    shut = {line.title: line.why for line in told.areas if line.why}
    assert shut == {"车间": "关键生产区，一般客户不参观"}
    one = SCENES["等答复"]
    kept.act("贺", "area", one, area="workshop", answer="refused", reason="设备检修")
    told = paper_of(kept.badge("江"), kept.row(one), kept.now)
    assert {line.title: (line.state, line.why) for line in told.areas if line.why} == {
        "车间": ("不能看", "设备检修")
    }


@pytest.mark.clause("CV-3.2.1", "CV-3.1")
def test_the_form_says_what_the_company_wrote_and_what_time_made_of_an_unanswered_area(
    kept: Headquarters,
) -> None:
    one = kept.apply("general", headcount=3, day=12, areas=("plant", "rnd"))
    kept.act("严", "exception", one, ground="small_group", asked_by="江", reason="校友")
    kept.act("江", "area", one, area="plant", answer="open")
    kept.act("罗", "company", one, answer="refused", reason="那天停产")
    told = paper_of(kept.badge("江"), kept.row(one), kept.now)
    assert [(word.said, word.by, word.reason) for word in told.company] == [
        ("特批（人数少于团体的最低人数）", "严", "校友"),
        ("不同意", "罗", "那天停产"),
    ]
    assert {line.title: line.why for line in told.areas if line.why} == {"研发": "不对一般客户开放"}
    two = kept.apply("important", day=6, areas=("plant", "workshop"))
    kept.act("江", "area", two, area="plant", answer="open")
    kept.clock(days=6, hours=2)
    told = paper_of(kept.badge("江"), kept.row(two), kept.now)
    assert {line.title: line.why for line in told.areas if line.why} == {
        "车间": "到来访时没有答复，按不开放处理"
    }


# What a decision looks at


def test_a_decision_looks_at_what_goes_on_and_at_what_has_just_ended_beside_it(
    kept: Headquarters,
) -> None:
    stands = standing_now(kept.site, kept.now)
    assert names(looked_at(kept.site, kept.now, stands.packs)) == ALL - {"取消"}
    assert widest(stands.packs) == timedelta(hours=1)
    assert held_souvenirs(kept.site) == sum(row.souvenirs for row in TourVisit.objects.all()) > 0
    house = house_of(kept.site, stands, looked_at(kept.site, kept.now, stands.packs))
    assert house.stock == 40 - held_souvenirs(kept.site)
    assert {name for name, visit in house.visits.items() if visit.ended} == set()

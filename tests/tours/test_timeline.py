"""The way through the house and the day's time line: what may be planned, what clashes, whether competitors keep apart."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.customers.office import as_
from yingbin.rules.decision import Refused
from yingbin.tours.actions.companions import answer_companion, ask_companion
from yingbin.tours.actions.routes import set_route
from yingbin.tours.hosting import Route, Stop, hosting
from yingbin.tours.office import standing_now
from yingbin.tours.queries.day import DayPlan, clashes_of, day_plan
from yingbin.tours.queries.routes import moved

from .headquarters import Headquarters
from .test_pages import page


def walk(house: Headquarters, one: UUID, *stops: Stop, by: str = "江") -> None:
    """A way from now on."""
    kept = hosting(house.row(one)).route
    told = {"visit_id": one, "version": kept.version if kept else 0, "stops": stops}
    house.do(set_route, by, **told)


def route(house: Headquarters, one: UUID) -> Route:
    kept = hosting(house.row(one)).route
    assert kept is not None
    return kept


def send(house: Headquarters, by: str, one: UUID, move: str, **told: Any) -> Any:
    """A button of the way."""
    address = f"/s/zongbu/tours/{one}/route/{move}/"
    kept = hosting(house.row(one)).route
    whole = {"key": f"k{next(house.keys)}", "version": kept.version if kept else 0, **told}
    return as_(house, by).post(address, whole)


@pytest.mark.clause("CV-3.2.1")
def test_the_way_lies_in_the_approved_time_and_moves_with_the_visit(house: Headquarters) -> None:
    one = house.approved()
    walk(house, one, Stop("plant", 30), Stop("workshop", 60, str(house.id("贺"))))
    times = [w.start for _, w in route(house, one).timed(house.row(one).starts_at)]
    assert times == [house.at(8, 10), house.at(8, 10, 30)]
    house.act("江", "edit", one, from_=house.at(8, 10, 20), to=house.at(8, 12, 20))
    (_, first), *_ = route(house, one).timed(house.row(one).starts_at)
    assert first.start == house.at(8, 10, 20)
    assert house.faults() == []


@pytest.mark.clause("CV-3.2.1")
@pytest.mark.parametrize(
    ("by", "stops", "says"),
    [
        ("江", (Stop("rnd", 30),), "研发没有对这批客人开放"),
        ("江", (Stop("plant", 70), Stop("workshop", 60)), "多出 10 分钟"),
        ("江", (Stop("plant", 30), Stop("plant", 30)), "一个区域只排一次"),
        ("江", (Stop("plant", 4),), "5 到 480 分钟"),
        ("江", (Stop("nowhere", 30),), "这个区域没有对这批客人开放"),
        ("江", (Stop("plant", 30, "韩"),), "要是接待部或这个区域所属部门的同事"),
        ("韩", (Stop("plant", 30),), "由接待部排"),
    ],
)
def test_a_way_that_may_not_be_gone_is_refused_and_says_why(
    house: Headquarters, by: str, stops: tuple[Stop, ...], says: str
) -> None:
    one = house.approved()
    named = tuple(Stop(s.area, s.minutes, house.named(s.who)) for s in stops)
    with pytest.raises(Refused, match=says):
        house.do(set_route, by, visit_id=one, version=0, stops=named)
    assert hosting(house.row(one)).route is None


@pytest.mark.clause("CV-3.2.1")
def test_nobody_plans_a_way_before_approval_or_over_somebody_elses_change(
    house: Headquarters,
) -> None:
    one = house.apply()
    told = {"visit_id": one, "version": 0, "stops": (Stop("plant", 30),)}
    with pytest.raises(Refused, match="还没有批准"):
        house.do(set_route, "江", **told)
    house.approve(one)
    house.do(set_route, "江", **told)
    with pytest.raises(Refused, match="刚才被人改过"):
        house.do(set_route, "叶", **{**told, "stops": (Stop("workshop", 30),)})


ABC = (Stop("plant", 10), Stop("workshop", 20), Stop("rnd", 30))


@pytest.mark.parametrize(
    ("move", "n", "after"),
    [
        ("up", 1, "workshop plant rnd"), ("up", 0, "plant workshop rnd"), ("down", 0, "workshop plant rnd"),
        ("down", 2, "plant workshop rnd"), ("remove", 1, "plant rnd"), ("remove", 9, "plant workshop rnd"),
        ("up", -1, "plant workshop rnd"),
    ],
)  # fmt: skip
def test_parts_move_up_and_down_by_one(move: str, n: int, after: str) -> None:
    assert [stop.area for stop in moved(ABC, move, n)] == after.split()


@pytest.mark.clause("CV-3.2.1")
def test_buttons_without_a_script_fill_move_change_and_take_out(house: Headquarters) -> None:
    one = house.approved()
    for move, told in (
        ("fill", {}), ("down", {"n": 1}), ("change", {"n": 2, "minutes": 25, "who": str(house.id("叶"))}),
        ("remove", {"n": 0}), ("add", {"area": "room", "minutes": 15}),
    ):  # fmt: skip
        assert send(house, "江", one, move, **told).status_code == 302, move
    stops = [(s.area, s.minutes) for s in route(house, one).stops]
    assert stops == [("workshop", 50), ("plant", 25), ("room", 15)]
    html = page(house, "江", "hosting", one)
    for said in (
        "10:00—10:50</b> 车间",
        "10:50—11:15</b> 厂区",
        "叶讲解",
        "还空 30 分钟",
        "第 5 版",
    ):
        assert said in html, said
    assert "/route/" not in page(house, "韩", "hosting", one)
    refused = send(house, "江", one, "change", n=0, minutes=200)
    assert (refused.status_code, "请缩短一段" in refused.content.decode()) == (422, True)
    assert '<details id="stop-0" open>' in refused.content.decode()
    assert 'value="200"' in refused.content.decode()
    assert send(house, "江", one, "add", area="room").status_code == 422, "how long?"
    assert send(house, "江", one, "sideways").status_code == 404


@pytest.mark.clause("CV-3.2.1")
def test_a_way_through_an_area_that_was_closed_since_says_so(house: Headquarters) -> None:
    one = house.approved()
    walk(house, one, Stop("plant", 30))
    assert "车间可以参观，还没有排进路线" in page(house, "江", "hosting", one)
    house.act("江", "area", one, area="plant", answer="refused", reason="检修")
    assert "厂区不再对这批客人开放" in page(house, "江", "hosting", one)


def plan(house: Headquarters, days: int = 8) -> DayPlan:
    return day_plan(house.site, house.at(days, 12).date(), house.now)


@pytest.mark.clause("CV-3.4.1")
def test_a_day_shows_rooms_people_and_areas_each_with_its_times(house: Headquarters) -> None:
    one = house.approved()
    house.act("江", "task", one, task="guide", who="江")
    walk(house, one, Stop("plant", 30), Stop("workshop", 60, str(house.id("贺"))))
    found = {
        g.title: {lane.name: [b.words for b in lane.bars] for lane in g.lanes}
        for g in plan(house).groups
    }
    assert found == {
        "房间": {"一号会客室": ["10:00—12:00 长丰机械"]},
        "讲解与陪同": {"江": ["10:00—12:00 长丰机械讲解"], "贺": ["10:30—11:30 长丰机械讲解"]},
        "区域": {"厂区": ["10:00—10:30 长丰机械"], "车间": ["10:30—11:30 长丰机械"]},
    }
    assert plan(house).clashing == ()
    assert plan(house, 9).groups == ()


@pytest.mark.clause("CV-3.4.1")
def test_somebody_who_explains_in_two_places_at_once_is_named(house: Headquarters) -> None:
    one = house.approved(headcount=6)
    two = house.approved(headcount=6, hour=11, visitor="远东电气")
    he = str(house.id("贺"))
    walk(house, one, Stop("plant", 30), Stop("workshop", 60, he))
    walk(house, two, Stop("workshop", 30, he))
    assert plan(house).clashing == ("贺 11:00—11:30 同时在两批客人那里：长丰机械、远东电气。",)
    standing = standing_now(house.site, house.now)
    assert clashes_of(house.row(two), standing) == plan(house).clashing
    walk(house, two, Stop("plant", 30), Stop("workshop", 30, he))
    assert plan(house).clashing == ()


@pytest.mark.clause("CV-3.2.1")
def test_an_area_that_holds_thirty_is_counted_part_by_part(house: Headquarters) -> None:
    house.packs({"version": "1", "since": "2020-01-01", "values": {"capacity": "warn"}})
    one = house.approved(headcount=12)
    two = house.approved(headcount=20, visitor="远东电气")
    assert "有 32 人，最多 30 人" in str(plan(house).clashing)
    walk(house, one, Stop("plant", 60), Stop("workshop", 60))
    walk(house, two, Stop("workshop", 60), Stop("plant", 60))
    assert plan(house).clashing == ()


@pytest.mark.clause("CV-3.2.1")
def test_competitors_of_a_day_are_named_with_what_keeps_them_apart(house: Headquarters) -> None:
    house.approved(headcount=6, rivals="家电", areas=("plant",))
    later = {"headcount": 6, "rivals": "家电", "visitor": "海川电器"}
    house.approved(**later, hour=14, areas=("plant",))
    house.approved(**{**later, "visitor": "远东电气"}, hour=10, areas=("workshop",))
    house.approved(headcount=6, rivals="电池", visitor="启明资本", hour=10)
    said = [(one.words, one.meets) for one in plan(house).apart]
    assert said == [
        ("长丰机械和远东电气是同行（家电），不去同一个区域。", False),
        ("长丰机械和海川电器是同行（家电），同一个区域最少隔开 120 分钟。", False),
        ("远东电气和海川电器是同行（家电），不去同一个区域。", False),
    ]


@pytest.mark.clause("CV-3.2.1")
def test_a_competitor_who_still_waits_for_approval_is_named_too(house: Headquarters) -> None:
    house.approved(headcount=6, rivals="家电", areas=("plant",))
    house.apply(headcount=6, rivals="家电", areas=("plant",), visitor="海川电器")
    (one,) = plan(house).apart
    assert (one.meets, "海川电器还没批准" in one.words) == (False, True)
    assert [row.visitor for row in plan(house).waiting] == ["海川电器"]


@pytest.mark.clause("CV-3.3.3")
def test_a_leader_who_was_asked_stands_on_the_line_until_they_decline(house: Headquarters) -> None:
    one = house.word()
    house.approve(one)
    made = house.do(ask_companion, "江", visit_id=one, who=house.id("严"))

    def words() -> list[str]:
        people = [g for g in plan(house).groups if g.title == "讲解与陪同"]
        return [bar.words for g in people for lane in g.lanes for bar in lane.bars]

    assert words() == ["10:00—12:00 长丰机械陪同（等答复）"]
    told = {"visit_id": one, "ask": made.index}
    house.do(answer_companion, "严", **told, answer="confirmed")
    assert words() == ["10:00—12:00 长丰机械陪同"]
    house.do(answer_companion, "严", **told, answer="declined", reason="临时出差")
    assert words() == []


@pytest.mark.clause("CV-3.4.1")
def test_the_days_page_says_what_waits_and_opens_any_day(house: Headquarters) -> None:
    house.approved()
    house.apply(visitor="远东电气")
    html = page(house, "白", "day", day=f"{house.at(8, 12):%Y-%m-%d}")
    assert "长丰机械" in html
    assert "还没批准的" in html
    for day in ("", "2026-02-31", "x", "9999-01-01"):
        assert "这一天没有来访" in page(house, "江", "day", day=day)
    assert as_(house, "韩").get("/s/zongbu/tours/day/").status_code == 403


def test_a_full_day_costs_no_more_questions_than_an_empty_one(
    house: Headquarters, django_assert_max_num_queries: Any
) -> None:
    for hour in (8, 12, 16):
        walk(house, house.approved(headcount=6, hour=hour), Stop("plant", 30))
    browser = as_(house, "江")
    address = f"/s/zongbu/tours/day/?day={(house.now + timedelta(days=8)):%Y-%m-%d}"
    browser.get(address)
    with django_assert_max_num_queries(20):
        assert browser.get(address).content.decode().count("长丰机械") > 6

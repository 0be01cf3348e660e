"""维修情况 counted a second time in plain words, 单子 found by what a lead asks for, and what stands beside a line (SF-4.4)."""

import random
from dataclasses import dataclass, field
from datetime import timedelta
from statistics import median

import pytest

from yingbin.duty.actions import assets, lines
from yingbin.duty.models import Asset
from yingbin.duty.queries.assets import assets as assets_of
from yingbin.duty.queries.lines import WHICH, LineFilter, asides, lines_at, owners_of
from yingbin.duty.queries.performance import Record, performance
from yingbin.matters import actions as matters
from yingbin.matters.models import Matter
from yingbin.people.models import Staff
from yingbin.people.queries import badge as badge_at

from .doors import here, shown
from .flat import Flat
from .line_desk import Enter, a_line, an_asset

HOUR = timedelta(hours=1)


def the_day(flat: Flat, first: str = "00:00", hours: int = 24) -> tuple[Record, ...]:
    """The records of people, of the repairs written in these hours of today."""
    begins = flat.at(first)
    seen = performance(flat.site, begins, begins + hours * HOUR, flat.at("23:00"))
    return seen.parties


@dataclass
class Told:
    """What one supplier did, as somebody would tell it who stood beside."""

    many: int = 0
    still: int = 0
    kept: int = 0
    promised: int = 0
    first: int = 0
    verified: int = 0
    hours: list[float] = field(default_factory=list)


@pytest.mark.clause("SF-4.4", "SC-4.4")
@pytest.mark.parametrize("seed", range(5))
def test_repairs_lived_at_random_are_counted_as_somebody_beside_them_counts(
    desk: Flat, seed: int
) -> None:
    luck, told = random.Random(seed), {"恒温机电": Told(), "万家锁业": Told()}
    for n in range(6):
        name, begun = luck.choice(list(told)), desk.at("10:00")
        desk.now, mine = begun, told[name]
        made = a_line(desk, title=f"第{n}件", supplier=name)
        mine.many += 1
        promise, takes, fails = luck.choice((None, 2, 4)), luck.choice((None, 1, 3)), luck.random() < 0.4  # fmt: skip
        if promise:
            desk.do(matters.act, "叶", matter_id=made.id, verb="promise", due_at=begun + promise * HOUR)  # fmt: skip
            mine.promised += 1
        if takes is None:
            mine.still += 1
            continue
        desk.now = begun + takes * HOUR
        desk.do(matters.act, "叶", matter_id=made.id, verb="finish")
        mine.hours.append(takes)
        mine.kept += bool(promise and takes < promise)
        if fails:
            desk.do(matters.act, "叶", matter_id=made.id, verb="fail", note="还漏")
            desk.do(matters.act, "叶", matter_id=made.id, verb="finish")
        desk.do(matters.done, "叶", matter_id=made.id)
        mine.verified += 1
        mine.first += not fails
    begins = desk.at("00:00")
    seen = performance(desk.site, begins, begins + 24 * HOUR, desk.at("23:00"))
    got = {r.name: r for r in seen.suppliers}
    assert set(got) == {name for name, one in told.items() if one.many}
    for name, record in got.items():
        mine = told[name]
        assert (record.many, record.open) == (mine.many, mine.still)
        assert (record.promised, record.kept) == (mine.promised, mine.kept)
        assert (record.verified, record.at_first) == (mine.verified, mine.first)
        assert (record.hours is None) == (not mine.hours)
        assert abs((record.hours or 0) - (median(mine.hours) if mine.hours else 0)) < 0.01
    assert sum(r.many for r in seen.parties) == 6


@pytest.mark.parametrize(
    ("first", "hours", "many"),
    [("10:00", 1, 1), ("09:00", 1, 0), ("10:00", 0, 0), ("10:01", 5, 0), ("00:00", 24, 1)],
)
def test_a_repair_counts_from_the_first_second_of_a_period_and_no_more_at_its_last(
    desk: Flat, first: str, hours: int, many: int
) -> None:
    desk.now = desk.at("10:00") - timedelta(seconds=1)
    a_line(desk)
    assert sum(r.many for r in the_day(desk, first, hours)) == many


def test_two_people_of_one_name_have_a_record_each(desk: Flat) -> None:
    Staff.objects.filter(id=desk.people["许"]).update(name="叶")
    a_line(desk)
    desk.do(lines.open_line, "许", kind="repair", post=desk.post, title="灯不亮")
    assert [(r.name, r.many) for r in the_day(desk)] == [("叶", 1), ("叶", 1)]


def test_a_promise_put_off_is_measured_by_the_first_one(desk: Flat) -> None:
    made, begun = a_line(desk), desk.now
    for hours in (1, 5):
        desk.do(matters.act, "叶", matter_id=made.id, verb="promise", due_at=begun + hours * HOUR)
    desk.now = begun + 2 * HOUR
    desk.do(matters.act, "叶", matter_id=made.id, verb="finish")
    (record,) = the_day(desk)
    assert (record.promised, record.kept, record.verified) == (1, 0, 0)


def test_slips_damages_and_another_places_repairs_are_in_nobodys_record(desk: Flat) -> None:
    a_line(desk, "slip", "客户问车位")
    a_line(desk, "damage", "花瓶碎了", cause="child")
    other = Flat()
    other.roster(叶="全", 许="全")
    other.sign_on("叶", at="08:20")
    a_line(other)
    assert the_day(desk) == ()
    assert [r.many for r in the_day(other)] == [1]


def test_a_repair_is_in_the_record_of_whoever_took_it_in_hand(desk: Flat) -> None:
    made = a_line(desk, to=str(desk.people["陈"]))
    assert [r.name for r in the_day(desk)] == ["叶"]  # offered is not taken
    desk.do(matters.act, "陈", matter_id=made.id, verb="accept")
    assert [r.name for r in the_day(desk)] == ["陈"]


@pytest.mark.clause("SF-4.3.6", "SC-4.3.8")
def test_each_list_of_lines_holds_those_that_stand_there_what_is_due_first(desk: Flat) -> None:
    offered = a_line(desk, "slip", "等人接手的", to=str(desk.people["陈"]))
    mended = a_line(desk, "repair", "等验收的", to="self")
    desk.do(matters.act, "叶", matter_id=mended.id, verb="finish")
    first, second = a_line(desk, "slip", "先办完的"), a_line(desk, "slip", "后办完的")
    for one in (first, second):
        desk.do(matters.done, "叶", matter_id=one.id)

    def titles(which: str, **more: object) -> list[str]:
        wanted = LineFilter(which=which, **more)  # type: ignore[arg-type]  # the fields of the filter
        return [m.title for m in lines_at(desk.site, wanted, desk.now)]

    assert titles("waiting") == ["等人接手的"]
    assert titles("finished") == ["等验收的"]
    assert titles("ended") == ["后办完的", "先办完的"]
    assert titles("open") == ["等验收的", "等人接手的"]  # four hours to verify, eight to settle
    assert titles("late") == []
    desk.now = offered.opened_at + timedelta(days=9)
    assert titles("late") == ["等验收的", "等人接手的"]
    for which in WHICH:
        assert titles(which, owner=desk.people["陈"]) == []  # whoever has it in hand owns nothing
        assert titles(which, kind="damage") == []


def test_a_lead_chooses_among_those_who_own_something_open(desk: Flat) -> None:
    assert owners_of(desk.site) == []
    made = a_line(desk, "slip")
    desk.do(lines.open_line, "许", kind="slip", post=desk.post, title="车位")
    assert set(owners_of(desk.site)) == {desk.people["叶"], desk.people["许"]}
    desk.do(matters.done, "叶", matter_id=made.id)
    assert owners_of(desk.site) == [desk.people["许"]]
    assert owners_of(Flat().site) == []


def test_a_list_of_assets_counts_what_is_open_with_each(desk: Flat) -> None:
    one, other = an_asset(desk), an_asset(desk, "投影仪")
    made = [a_line(desk, "slip", f"第{n}件", asset=one.id) for n in range(3)]
    desk.do(matters.done, "叶", matter_id=made[0].id)
    assert [(a.name, a.open_lines) for a in assets_of(desk.site)] == [
        ("中央空调", 2),
        ("投影仪", 0),
    ]  # type: ignore[attr-defined]  # annotated
    desk.do(assets.give_up_asset, "许", asset=one.id)
    assert list(assets_of(desk.site)) == [Asset.objects.get(id=other.id)]


@pytest.mark.clause("SF-4.3.4", "SC-4.3.3")
@pytest.mark.parametrize(
    ("kind", "told", "titles"),
    [
        ("slip", {}, []),
        ("repair", {"supplier": "万家锁业"}, ["供应商"]),
        ("repair", {"asset": True}, ["设备", "供应商"]),
        ("damage", {"cause": "child"}, ["谁造成的", "报告单"]),
        ("damage", {"cause": "child", "value": 0}, ["估价", "谁造成的", "报告单"]),
        ("damage", {"cause": "child", "present": "李女士"}, ["谁造成的", "在场的人", "报告单"]),
    ],
)
def test_beside_a_line_stands_what_was_told_and_nothing_empty(
    desk: Flat, kind: str, told: dict[str, object], titles: list[str]
) -> None:
    if "asset" in told:
        told = told | {"asset": an_asset(desk).id}
    made = a_line(desk, kind, **told)
    badge = badge_at(Staff.objects.get(id=desk.people["叶"]), desk.site, desk.now)
    assert [aside.title for aside in asides(badge, made)] == titles


def test_somebody_who_took_over_part_of_a_repair_opens_it_from_the_assets_page(
    desk: Flat, enter: Enter
) -> None:
    asset = an_asset(desk)
    made = a_line(desk, title="不出冷风", asset=asset.id)
    link = f'/matters/{made.id}/"'
    page = here(desk, f"assets/{asset.id}/")
    assert {who: link in shown(enter(who), page) for who in "叶许苏秦"} == {
        "叶": True, "许": True, "苏": False, "秦": False,
    }  # fmt: skip
    assert "不出冷风" in shown(enter("秦"), page)  # what was with it everybody on duty may know


def test_a_page_of_lines_holds_forty_and_the_next_one_keeps_the_filter(
    desk: Flat, enter: Enter
) -> None:
    like = a_line(desk, "slip", "第一张")
    fields = {f.attname: getattr(like, f.attname) for f in Matter._meta.concrete_fields}
    del fields["id"], fields["number"]
    Matter.objects.bulk_create(
        [Matter(**(fields | {"number": n, "title": f"另一张{n}"})) for n in range(101, 141)]
    )
    text = shown(enter("许"), here(desk, f"lines/?kind=slip&owner={desk.people['叶']}"))
    assert text.count("另一张") == 39
    assert f"kind=slip&amp;post=&amp;owner={desk.people['叶']}&amp;page=2" in text
    last = shown(enter("许"), here(desk, f"lines/?kind=slip&owner={desk.people['叶']}&page=2"))
    assert "另一张140" in last
    assert "第一张" not in last

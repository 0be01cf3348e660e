"""What 单子, 设备 and 扫码报修 refuse, in which words, and that nothing is left behind (SF-4.3.4, SF-4.3.6, SF-4.4)."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from yingbin.duty.actions import assets, faults, lines, planning
from yingbin.duty.actions.lines import DEAREST, Details, LineOpened
from yingbin.duty.export import disagreements
from yingbin.duty.models import Asset, DutyEvent, FaultReport, LineDetail, PostRule
from yingbin.duty.queries.assets import in_warranty
from yingbin.journal.models import Entry
from yingbin.journal.write import KeyReused
from yingbin.matters.models import Matter
from yingbin.notices.models import Notice
from yingbin.people.calendar import ZONE
from yingbin.rules.decision import Refused

from .flat import Flat


@pytest.fixture
def day(flat: Flat) -> Flat:
    """叶 and 许 are on duty from twenty past eight."""
    flat.come()
    return flat


def an_asset(flat: Flat, name: str = "中央空调", **more: object) -> Asset:
    told = {"post": flat.post, "supplier": "恒温机电"} | more
    return Asset.objects.get(id=flat.do(assets.keep_asset, "许", name=name, **told))


def write(flat: Flat, kind: str = "repair", who: str = "叶", key: str = "", at: str = "", **more: object) -> LineOpened:  # fmt: skip
    told = {"title": "空调漏水", "post": flat.post} | more
    return flat.do(lines.open_line, who, kind=kind, key=key, at=at, **told)


def a_fault(flat: Flat, asset: Asset, words: str = "不出冷风", **more: str) -> FaultReport:
    told = flat.do(faults.tell_fault, "苏", mark=asset.mark, words=words, **more)
    return FaultReport.objects.get(id=told)


def written(flat: Flat) -> tuple[int, ...]:
    """How much stands there: whatever was refused adds to none of it."""
    counted = (Matter, LineDetail, DutyEvent, Asset, FaultReport, Notice, Entry)
    return tuple(rows.objects.count() for rows in counted)


CHILD = {"cause": "child"}


@pytest.mark.clause("SF-4.3.4", "SC-4.3.3")
@pytest.mark.parametrize(
    ("kind", "more", "told", "why"),
    [
        ("slip", {"title": " "}, {}, "请用一句话写下是什么事"),
        ("repair", {"title": "　"}, {}, "请用一句话写下是什么事"),
        ("slip", {"post": UUID(int=7)}, {}, "这个岗位，请核对岗位名称"),
        ("damage", {}, {}, "请选是谁造成的；不知道就选“不清楚”"),
        ("damage", {}, {"cause": "cat"}, "请选是谁造成的"),
        ("damage", {}, CHILD | {"value": -1}, "估价填 0 到 1 亿之间的整数"),
        ("damage", {}, CHILD | {"value": DEAREST + 1}, "估价填 0 到 1 亿之间的整数"),
        ("repair", {}, {"asset": UUID(int=7)}, "没有这台设备，或者已经停用。请不选设备"),
        ("slip", {}, {"to": "role:cashier"}, "这个部门或岗位现在没有人，请另选"),
        ("slip", {}, {"to": str(UUID(int=7))}, "请从名单里选一位在这里上班的同事"),
        ("repair", {}, {"photos": (UUID(int=7),)}, "有照片已经不在了，请去掉它，重新拍一张"),
    ],
)
def test_a_line_that_is_refused_says_why_and_leaves_nothing_behind(
    day: Flat, kind: str, more: dict[str, object], told: dict[str, object], why: str
) -> None:
    before = written(day)
    with pytest.raises(Refused, match=why) as no:
        write(day, kind, **more, details=Details(**told))  # type: ignore[arg-type]  # a row of the table
    assert no.value.message.endswith("。")
    assert written(day) == before


@pytest.mark.parametrize("value", [0, 1, DEAREST])
def test_a_damage_may_be_worth_nothing_or_a_house(day: Flat, value: int) -> None:
    write(day, "damage", details=Details(cause="unknown", value=value))
    assert LineDetail.objects.get().value == value


@pytest.mark.clause("SF-4.3.4")
@pytest.mark.parametrize(("late", "taken"), [(-1, True), (0, True), (1, False)])
def test_a_damage_may_have_happened_up_to_this_very_second(
    day: Flat, late: int, taken: bool
) -> None:
    when = day.at("09:30") + timedelta(seconds=late)
    told = Details(cause="child", happened_at=when)
    if taken:
        write(day, "damage", at="09:30", details=told)
        assert LineDetail.objects.get().happened_at == when
    else:
        with pytest.raises(Refused, match="发生时间不能晚于现在"):
            write(day, "damage", at="09:30", details=told)


@pytest.mark.clause("SF-4.3.7")
@pytest.mark.parametrize(
    ("clock", "days_on", "day"),
    [
        ("04:00", 0, 23),  # the day begins before anybody is there
        ("08:59:59", 0, 23),
        ("09:00", 0, 23),
        ("18:00", 0, 23),  # on the stroke of closing
        ("23:59:59", 0, 23),
        ("00:00", 1, 23),  # a late evening belongs to the day it began on
        ("03:59:59", 1, 23),
        ("04:00", 1, 24),
    ],
)
def test_a_line_is_written_at_any_hour_and_stands_in_the_day_that_turns_at_four(
    flat: Flat, clock: str, days_on: int, day: int
) -> None:
    flat.now += timedelta(days=days_on)
    opened = write(flat, "slip", at=clock)
    event = DutyEvent.objects.get(event="line_open")
    assert (event.facts["line"], event.log.day.day) == (str(opened.matter), day)
    assert list(disagreements(event.log)) == []


def test_two_people_write_in_the_same_second_and_each_owns_their_own(day: Flat) -> None:
    first = write(day, "slip", at="10:00", title="客户问车位")
    second = write(day, "slip", "许", at="10:00", title="客户问学位")
    owners = dict(Matter.objects.values_list("id", "owner_id"))
    assert owners == {first.matter: day.people["叶"], second.matter: day.people["许"]}
    assert second.number == first.number + 1
    assert list(disagreements(day.log)) == []


@pytest.mark.parametrize("kind", ["slip", "repair", "damage"])
def test_a_line_sent_twice_under_one_key_is_written_once(day: Flat, kind: str) -> None:
    told = Details(cause="child" if kind == "damage" else "")
    first = write(day, kind, key="once", details=told)
    before = written(day)
    assert write(day, kind, key="once", details=told) == first
    assert written(day) == before


def test_a_key_that_was_used_does_nothing_else(day: Flat) -> None:
    write(day, "slip", key="once")
    with pytest.raises(KeyReused):
        write(day, "slip", key="once", title="另一件事")
    assert Matter.objects.count() == 1


@pytest.mark.clause("SF-4.3.6")
def test_a_line_stays_with_its_writer_where_they_stand_behind_its_route_themselves(
    day: Flat,
) -> None:
    opened = write(day, "slip", "许")  # slips go to the lead, and 许 is the lead
    assert opened.to == ""
    assert Matter.objects.get().offered_group == ""
    assert write(day, "slip", "叶", title="客户问车位").to == "role:lead"


@pytest.mark.parametrize(
    ("kind", "told", "of_asset", "kept"),
    [
        ("slip", Details(), False, None),  # what says nothing more has no row more
        ("repair", Details(supplier="　 "), False, None),
        ("repair", Details(supplier=" 万家锁业 "), False, "万家锁业"),
        ("repair", Details(), True, "恒温机电"),  # the asset's own
        ("repair", Details(supplier="万家锁业"), True, "万家锁业"),  # somebody else mends it this time
        ("damage", Details(cause="staff"), False, ""),
    ],
)  # fmt: skip
def test_whose_repair_it_is_comes_from_what_was_written_then_from_the_asset(
    day: Flat, kind: str, told: Details, of_asset: bool, kept: str | None
) -> None:
    asset = an_asset(day) if of_asset else None
    full = Details(asset=asset.id if asset else None, supplier=told.supplier, cause=told.cause)
    write(day, kind, details=full)
    assert list(LineDetail.objects.values_list("supplier", flat=True)) == (
        [] if kept is None else [kept]
    )


@pytest.mark.clause("SF-4.3.4")
def test_whoever_writes_down_a_damage_isnt_told_of_it_themselves(day: Flat) -> None:
    write(day, "damage", "许", details=Details(cause="child"))
    assert not Notice.objects.filter(kind="duty.damage", to_id=day.people["许"]).exists()
    write(day, "damage", "叶", details=Details(cause="child", value=0))
    told = Notice.objects.get(kind="duty.damage", to_id=day.people["许"])
    assert told.body.startswith("估价 0 元。")  # nothing is a price too


@pytest.mark.clause("SF-4.4", "SC-4.4")
@pytest.mark.parametrize(
    ("told", "about", "why"),
    [
        ({"name": " "}, "name", "请写设备名称"),
        ({"name": "空调", "post": UUID(int=7)}, "post", "没有这个岗位，请从列表里选"),
        ({"name": "空调", "asset": UUID(int=7)}, "", "没有这台设备，或者已经停用"),
        ({"name": "空调", "photos": (UUID(int=7),)}, "", "有照片已经不在了"),
    ],
)
def test_an_asset_that_is_refused_says_why_and_takes_no_number(
    day: Flat, told: dict[str, object], about: str, why: str
) -> None:
    before = written(day)
    with pytest.raises(Refused, match=why) as no:
        day.do(assets.keep_asset, "许", **told)
    assert no.value.about == about
    assert written(day) == before
    assert an_asset(day).number == 1


def test_an_assets_number_and_label_are_its_own_for_ever(day: Flat) -> None:
    first, second = an_asset(day), an_asset(day, "投影仪")
    day.do(assets.give_up_asset, "许", asset=second.id)
    third = an_asset(day, "激光投影")
    assert [a.number for a in (first, second, third)] == [1, 2, 3]  # a number isn't given twice
    assert len({a.mark for a in (first, second, third)}) == 3
    changed = an_asset(day, "新空调", asset=first.id)
    assert (changed.number, changed.mark) == (first.number, first.mark)


def test_what_was_given_up_is_neither_changed_nor_given_up_again(day: Flat) -> None:
    asset = an_asset(day)
    day.do(assets.give_up_asset, "许", asset=asset.id)
    for again in ({"action": assets.give_up_asset}, {"action": assets.keep_asset, "name": "空调"}):
        action = again.pop("action")
        with pytest.raises(Refused, match="没有这台设备，或者已经停用。请刷新页面。"):
            day.do(action, "许", asset=asset.id, **again)  # type: ignore[arg-type]  # a row of the table
    with pytest.raises(Refused, match="这张标签已经停用，请直接告诉身边的接待员。"):
        a_fault(day, asset)


def test_an_asset_given_up_twice_under_one_key_is_given_up_once(day: Flat) -> None:
    asset = an_asset(day)
    day.do(assets.give_up_asset, "许", asset=asset.id, key="end")
    day.do(assets.give_up_asset, "许", asset=asset.id, key="end")
    assert Entry.objects.filter(kind="duty.asset").count() == 2  # kept, then given up


@pytest.mark.clause("SF-4.4")
def test_whoever_manages_another_site_touches_nothing_of_this_one(day: Flat) -> None:
    asset = an_asset(day)
    row, other = a_fault(day, asset), Flat()
    other.roster(叶="全", 许="全")
    other.sign_on("叶", at="08:20")
    before = written(day)
    for action, told in (
        (assets.keep_asset, {"name": "我们的空调", "asset": asset.id}),
        (assets.keep_asset, {"name": "我们的空调", "post": day.post}),
        (assets.give_up_asset, {"asset": asset.id}),
        (faults.tell_fault, {"mark": asset.mark, "words": "坏了"}),
        (faults.confirm_fault, {"fault": row.id, "post": other.post}),
        (faults.dismiss_fault, {"fault": row.id, "reason": "是好的"}),
        (lines.open_line, {"kind": "slip", "post": day.post, "title": "漏水"}),
        (lines.open_line, {"kind": "repair", "post": other.post, "title": "漏水", "details": Details(asset=asset.id)}),
    ):  # fmt: skip
        with pytest.raises(Refused):
            other.do(action, "许", **told)  # type: ignore[operator]  # actions of different shapes
    assert written(day) == before


@pytest.mark.clause("SF-4.4")
@pytest.mark.parametrize("words", ["", "  ", "\n\t"])
def test_a_fault_without_words_is_refused_at_its_field(day: Flat, words: str) -> None:
    with pytest.raises(Refused, match="请用一句话写下哪里坏了。") as no:
        a_fault(day, an_asset(day), words)
    assert no.value.about == "words"
    assert not FaultReport.objects.exists()


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_fault_isnt_dismissed_without_a_word(day: Flat, reason: str) -> None:
    row = a_fault(day, an_asset(day))
    with pytest.raises(Refused, match="请写一句为什么不成立") as no:
        day.do(faults.dismiss_fault, "叶", fault=row.id, reason=reason)
    assert no.value.about == "reason"
    row.refresh_from_db()
    assert row.state == "waiting"


@pytest.mark.parametrize("first", ["confirm", "dismiss"])
@pytest.mark.parametrize("then", ["confirm", "dismiss"])
def test_a_fault_is_decided_about_once(day: Flat, first: str, then: str) -> None:
    row = a_fault(day, an_asset(day))

    def decide(how: str, who: str) -> None:
        if how == "confirm":
            day.do(faults.confirm_fault, who, fault=row.id, post=day.post)
        else:
            day.do(faults.dismiss_fault, who, fault=row.id, reason="试过，是好的")

    decide(first, "叶")
    before = written(day)
    with pytest.raises(Refused, match="这一条已经有人处理了，请刷新页面。"):
        decide(then, "许")
    assert written(day) == before
    row.refresh_from_db()
    assert row.decided_by == day.people["叶"]


def test_a_fault_sent_twice_under_one_key_is_told_once(day: Flat) -> None:
    asset = an_asset(day)
    assert a_fault(day, asset, key="scan") == a_fault(day, asset, key="scan")
    assert Notice.objects.filter(kind="duty.fault", to_id=day.people["叶"]).count() == 1


@pytest.mark.parametrize("minutes", [(59, False), (60, True)])
def test_a_crowded_hour_is_over_after_sixty_minutes_to_the_second(
    day: Flat, minutes: tuple[int, bool]
) -> None:
    passed, free = minutes
    begun = day.at("10:00")
    for n in range(faults.AN_HOUR):
        day.now = begun - timedelta(seconds=1)
        a_fault(day, an_asset(day, f"灯{n}"), at="10:00")
    asset = an_asset(day, "门铃")
    at = begun + timedelta(minutes=passed)
    if free:
        faults.check_room(asset, at)
    else:
        with pytest.raises(Refused, match="现在报故障的人很多，请直接告诉身边的接待员"):
            faults.check_room(asset, at)
    faults.check_room(an_asset(other := Flat(), post=other.post), begun)  # another place has room


def test_once_a_fault_was_looked_at_the_next_one_of_its_asset_is_taken(day: Flat) -> None:
    asset = an_asset(day)
    rows = [a_fault(day, asset, f"坏了{n}") for n in range(faults.WAITING_OF_ONE)]
    with pytest.raises(Refused, match="已经有人报过，值班人员正在看"):
        a_fault(day, asset, "还坏着")
    day.do(faults.dismiss_fault, "叶", fault=rows[0].id, reason="已在修")
    assert a_fault(day, asset, "还坏着").state == "waiting"


@pytest.mark.clause("SF-4.4")
def test_a_fault_at_night_reaches_the_lead_since_nobody_is_on_duty(flat: Flat) -> None:
    asset = an_asset(flat)
    a_fault(flat, asset, at="23:59:59")
    told = Notice.objects.filter(kind="duty.fault").values_list("to_id", flat=True)
    assert list(told) == [flat.people["许"]]


@pytest.mark.parametrize(
    ("now", "holds"),
    [
        (datetime(2027, 5, 1, 0, 0, tzinfo=ZONE), True),
        (datetime(2027, 5, 1, 23, 59, 59, tzinfo=ZONE), True),  # the last second of its last day
        (datetime(2027, 5, 2, 0, 0, tzinfo=ZONE), False),
        (datetime(2027, 5, 2, 7, 59, tzinfo=ZONE), False),  # still the first of May in Greenwich
    ],
)
def test_a_warranty_ends_with_its_last_day_as_the_wall_clock_of_the_place_has_it(
    now: datetime, holds: bool
) -> None:
    asset = Asset(warranty_until=date(2027, 5, 1))
    assert in_warranty(asset, now.astimezone(UTC)) is holds
    assert not in_warranty(Asset(), now)


def test_an_asset_can_stand_at_a_post_that_is_given_up_later(day: Flat) -> None:
    asset = an_asset(day)
    day.do(planning.give_up_post, "许", rule=PostRule.objects.get(post_id=day.post).id)
    assert an_asset(day, "中央空调", asset=asset.id).post_id == day.post
    with pytest.raises(Refused, match="没有这台设备"):
        day.do(assets.give_up_asset, "许", asset=uuid4())

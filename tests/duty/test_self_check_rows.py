"""《工作自查记录表》 row by row: empty days, two faults of one room, each way to put something right, who signed (SC-4.1)."""

import pytest

from yingbin.duty.actions import checks
from yingbin.duty.queries.self_checks import SelfCheckLine, row_of, self_checks
from yingbin.matters.actions import done

from .flat import Flat
from .test_pages import Enter, enter, here, shown, today  # noqa: F401


@pytest.fixture
def morning(flat: Flat) -> Flat:
    """叶 and 许 are there; it is twenty past eight."""
    flat.come()
    return flat


def rows(flat: Flat) -> list[SelfCheckLine]:
    return self_checks(flat.site, flat.log.day, flat.now.date())


def wrong(flat: Flat, item: str, title: str, *, by: str = "叶") -> checks.LineOpened:
    task = f"{flat.post}/opening"
    return flat.do(checks.failed, by, task=task, item=item, kind="slip", title=title)


def test_a_place_whose_day_has_not_begun_has_no_rows(flat: Flat) -> None:
    assert self_checks(flat.site, flat.now.date(), flat.now.date()) == []


def test_a_day_on_which_nothing_was_answered_yet_has_no_rows(morning: Flat) -> None:
    assert rows(morning) == []


@pytest.mark.clause("SC-4.1")
def test_a_room_half_well_is_a_row_and_each_of_its_faults_another(morning: Flat) -> None:
    wrong(morning, "goods", "靠垫歪了")
    wrong(morning, "facilities", "射灯不亮")
    morning.well("叶", "opening")
    found = [(r.room, r.what, r.result, r.found) for r in rows(morning) if r.room == "整体"]
    assert found == [
        ("整体", "环境卫生", "正常", ""),
        ("整体", "物品摆放", "不正常", "靠垫歪了"),
        ("整体", "设施设备", "不正常", "射灯不亮"),
    ]


@pytest.mark.clause("SC-4.1")
def test_two_slips_of_one_item_are_one_fault_with_the_newest(morning: Flat) -> None:
    wrong(morning, "goods", "靠垫歪了")
    last = wrong(morning, "goods", "靠垫少一个")
    (fault,) = [r for r in rows(morning) if r.found]
    assert (fault.found, fault.paper) == ("靠垫少一个", f"第{last.number}号")


@pytest.mark.clause("SC-4.1")
@pytest.mark.parametrize(
    ("how", "corrected"),
    [("nobody", ""), ("settled", "叶"), ("looked again", "许"), ("not applicable", "")],
)
def test_a_fault_was_put_right_by_whoever_did_it_and_by_nobody_else(
    morning: Flat, how: str, corrected: str
) -> None:
    opened, told = wrong(morning, "goods", "歪了"), {"task": f"{morning.post}/opening"}
    if how == "settled":
        morning.do(done, "叶", matter_id=opened.matter)
    if how == "looked again":
        morning.do(checks.answer, "许", **told, item="goods", result="ok")
    if how == "not applicable":
        morning.do(checks.answer, "许", **told, item="goods", result="na", reason="撤场")
    (fault,) = [r for r in rows(morning) if r.found]
    assert (fault.corrected, fault.waits) == (corrected, not corrected)
    assert (fault.corrected_at is None) == (not corrected)


@pytest.mark.clause("SC-4.1")
def test_what_is_done_again_and_is_still_wrong_waits_on(morning: Flat) -> None:
    morning.well("叶", "opening")
    told = {"task": f"{morning.post}/opening", "item": "goods"}
    morning.do(checks.sign_check, "叶", task=told["task"])
    morning.do(checks.send_back, "许", **told, word="靠垫歪了")
    opened = morning.do(checks.failed, "叶", **told, kind="slip", title="靠垫破了")
    (fault,) = [r for r in rows(morning) if r.found]
    assert (fault.found, fault.paper) == ("靠垫破了；领班退回：靠垫歪了", f"第{opened.number}号")
    assert fault.waits
    morning.do(done, "叶", matter_id=opened.matter)
    (fault,) = [r for r in rows(morning) if r.found]
    assert (fault.corrected, fault.waits) == ("叶", False)


@pytest.mark.clause("SF-4.7", "SC-4.7")
def test_a_closing_check_names_both_who_signed_in_their_order(morning: Flat) -> None:
    closing = f"{morning.post}/closing"
    morning.sign_on("秦", at="17:40")
    morning.well("叶", "closing", at="17:45")
    assert {r.signers for r in rows(morning)} == {""}
    morning.do(checks.sign_check, "秦", task=closing)
    morning.do(checks.sign_check, "叶", task=closing)
    assert {r.signers for r in rows(morning) if r.check == "关门检查"} == {"秦、叶"}


@pytest.mark.clause("SF-4.7")
def test_a_signature_that_was_taken_back_does_not_stand_on_the_sheet(morning: Flat) -> None:
    closing = f"{morning.post}/closing"
    morning.well("叶", "closing", at="17:45")
    morning.do(checks.sign_check, "叶", task=closing)
    assert {r.signers for r in rows(morning) if r.check == "关门检查"} == {"叶"}
    morning.do(checks.answer, "叶", task=closing, item="gas", result="na", reason="未通气")
    assert {r.signers for r in rows(morning) if r.check == "关门检查"} == {""}


@pytest.mark.clause("SF-4.1")
def test_checks_stand_in_the_order_they_were_begun_whatever_they_are_called(morning: Flat) -> None:
    for name, at in (("opening", "08:30"), ("round/1", "10:00"), ("round/2", "11:00")):
        morning.well("叶", name, at=at)
    checked = list(dict.fromkeys(r.check for r in rows(morning)))
    assert checked == ["开门检查", "巡查（第1次）", "巡查（第2次）"]


@pytest.mark.clause("SC-4.1")
def test_a_check_nobody_made_is_a_fault_that_nobody_can_put_right_any_more(morning: Flat) -> None:
    morning.clock("09:01")
    (missing,) = rows(morning)
    assert (missing.check, missing.what, missing.result) == ("开门检查", "全部", "没有做")
    assert (missing.found, missing.corrected, missing.signers) == ("到时没有做", "", "")
    assert row_of(morning.site, missing.id) == (f"{morning.post}/opening", morning.log.day)
    assert row_of(Flat().site, missing.id) is None


@pytest.mark.clause("SC-4.1")
def test_done_late_it_is_no_longer_missing(morning: Flat) -> None:
    morning.clock("09:01")
    morning.well("叶", "opening", at="09:20")
    assert "没有做" not in {r.result for r in rows(morning)}


def test_another_place_has_no_row_of_this_one(morning: Flat) -> None:
    morning.well("叶", "opening")
    other = Flat()
    assert rows(morning) != []
    assert self_checks(other.site, morning.log.day, morning.log.day) == []
    assert row_of(other.site, rows(morning)[0].id) is None


@pytest.mark.parametrize(
    ("query", "many"),
    [
        ("", 4),
        ("?from=2026-11-23", 4),
        ("?from=2026-11-22&to=2026-11-23", 4),
        ("?from=2026-11-22", 0),
        ("?from=2026-11-24&to=2026-11-23", 0),  # turned round: the first day alone
        ("?from=2026-10-24&to=2026-11-23", 4),  # a month
        ("?from=2026-10-23&to=2026-11-23", 0),  # a day more than a month: cut at its end
        ("?only=faults", 1),
    ],
)
def test_the_page_shows_the_days_that_were_asked_for(
    today: Flat,  # noqa: F811
    enter: Enter,  # noqa: F811
    query: str,
    many: int,
) -> None:
    wrong(today, "goods", "靠垫歪了")
    today.well("叶", "opening")
    text = shown(enter("许"), here(today, f"self-checks/{query}"))
    assert (f"{many} 行，" in text) == bool(many)
    assert ("这几天没有检查" in text) == (not many)
    assert ("下载 Excel" in text) == bool(many)

"""Checks in the running system: answered, signed, a failed item with its slip or repair in one write (SF-4.1, SF-4.7)."""

import pytest

from yingbin.duty.actions import checks, lines
from yingbin.duty.export import disagreements
from yingbin.duty.queries.picture import picture
from yingbin.matters.actions import done
from yingbin.matters.models import Matter
from yingbin.rules.decision import Refused

from .flat import Flat


@pytest.fixture
def morning(flat: Flat) -> Flat:
    """叶 and 许 are there; it is twenty past eight."""
    flat.come()
    return flat


def task(flat: Flat, name: str) -> str:
    return f"{flat.post}/{name}"


@pytest.mark.clause("SF-4.1")
def test_an_opening_check_all_well_is_two_taps(morning: Flat) -> None:
    done = morning.well("叶", "opening")
    assert (done.items, done.lines) == (7, ())
    said = morning.do(checks.sign_check, "叶", task=task(morning, "opening"))
    assert "签" in said.because
    seen = picture(morning.site, morning.now).task(task(morning, "opening"))
    assert seen is not None
    assert (seen.state, seen.left) == ("done", 0)


@pytest.mark.clause("SF-4.1")
def test_a_failed_item_and_its_repair_are_one_write(morning: Flat) -> None:
    told = {"task": task(morning, "opening"), "item": "facilities"}
    opened = morning.do(checks.failed, "叶", kind="repair", title="射灯不亮", **told)
    matter = Matter.objects.get(id=opened.matter)
    assert (matter.kind, matter.owner_id) == ("repair", morning.people["叶"])
    assert matter.about == told
    morning.well("叶", "opening")
    morning.do(checks.sign_check, "叶", task=told["task"])
    assert list(disagreements(morning.log)) == []


@pytest.mark.clause("SF-4.1")
def test_nothing_is_signed_while_an_item_is_open(morning: Flat) -> None:
    with pytest.raises(Refused):
        morning.do(checks.sign_check, "叶", task=task(morning, "opening"))


@pytest.mark.clause("SF-4.1")
def test_not_applicable_needs_a_reason_and_keeps_it_beside_the_journal(morning: Flat) -> None:
    told = {"task": task(morning, "opening"), "item": "goods", "result": "na"}
    with pytest.raises(Refused, match="写一句原因") as no:
        morning.do(checks.answer, "叶", **told)
    assert no.value.about == "reason"
    morning.do(checks.answer, "叶", **told, reason="今天没有物品")
    assert list(disagreements(morning.log)) == []


@pytest.mark.clause("SF-4.1")
def test_a_late_and_a_missing_opening_check_are_told_to_lead_and_head(morning: Flat) -> None:
    morning.clock("08:41")
    assert morning.alerts() == ["late→lead"]
    morning.clock("09:01")
    assert morning.alerts() == ["late→lead", "missing→head"]


@pytest.mark.clause("SF-4.7")
def test_a_closing_check_is_signed_by_both_sides(morning: Flat) -> None:
    closing = task(morning, "closing")
    morning.well("叶", "closing", at="17:45")
    morning.do(checks.sign_check, "叶", task=closing)
    with pytest.raises(Refused):
        morning.do(checks.sign_check, "叶", task=closing)
    morning.sign_on("秦", at="17:50")
    morning.do(checks.sign_check, "秦", task=closing)
    seen = picture(morning.site, morning.now).task(closing)
    assert seen is not None
    assert seen.state == "done"


@pytest.mark.clause("SF-4.7")
def test_a_gas_valve_that_does_not_close_needs_an_open_repair_and_lead_with_guard(
    morning: Flat,
) -> None:
    closing = task(morning, "closing")
    morning.sign_on("秦", at="17:40")
    morning.do(
        checks.failed,
        "叶",
        at="17:45",
        task=closing,
        item="gas",
        kind="repair",
        title="燃气阀关不紧",
    )
    morning.well("叶", "closing")
    with pytest.raises(Refused):
        morning.do(checks.sign_check, "叶", task=closing)
    morning.do(checks.sign_check, "许", task=closing)
    morning.do(checks.sign_check, "秦", task=closing)
    seen = picture(morning.site, morning.now).task(closing)
    assert seen is not None
    assert seen.state == "done"


@pytest.mark.clause("SF-4.3.6")
def test_a_slip_settled_on_its_own_page_is_settled_in_the_day(morning: Flat) -> None:
    opened = morning.do(
        lines.open_line, "叶", kind="slip", post=morning.post, title="客户问车位价格"
    )
    assert [m.number for m in picture(morning.site, morning.now).lines] == [opened.number]
    morning.do(done, "叶", matter_id=opened.matter)
    assert picture(morning.site, morning.now).lines == []
    assert list(disagreements(morning.log)) == []


@pytest.mark.clause("SF-4.3.6")
def test_whoever_holds_no_part_can_not_settle_it(morning: Flat) -> None:
    opened = morning.do(
        lines.open_line, "叶", kind="slip", post=morning.post, title="客户问车位价格"
    )
    with pytest.raises(Refused):
        morning.do(done, "苏", matter_id=opened.matter)
    assert len(picture(morning.site, morning.now).lines) == 1


@pytest.mark.clause("SF-4.4")
def test_a_repair_of_yesterday_is_carried_into_today_and_chased(morning: Flat) -> None:
    morning.do(lines.open_line, "叶", kind="repair", post=morning.post, title="空调漏水")
    morning.next_day()
    morning.roster(叶="全", 许="全")
    morning.sign_on("叶", "许", at="08:20")
    morning.clock("09:00")
    assert "chase→叶" in morning.alerts()
    assert [m.title for m in picture(morning.site, morning.now).lines] == ["空调漏水"]

"""扰乱秩序、突发事件 in the running system: the chain, with times (SF-4.5, SF-4.6, SC-4.3.7)."""

import pytest

from yingbin.duty.actions import cases
from yingbin.duty.export import disagreements
from yingbin.duty.queries.picture import picture
from yingbin.notices.models import Notice
from yingbin.rules.decision import Refused

from .flat import Flat


@pytest.fixture
def day(flat: Flat) -> Flat:
    """Everybody is there."""
    flat.roster(叶="全", 许="全")
    flat.sign_on("叶", "许", "程", "秦", at="08:40")
    return flat


@pytest.mark.clause("SF-4.6")
def test_one_tap_alerts_lead_head_and_guard_at_once(day: Flat) -> None:
    day.do(cases.open_case, "叶", kind="emergency", post=day.post, type="火情", at="10:00")
    told = Notice.objects.filter(kind="duty.escalated", title="突发事件", urgent=True)
    assert {n.to_id for n in told} == {day.people[n] for n in ("许", "程", "秦")}
    (case,) = picture(day.site, day.now).cases
    assert (case.title, case.post, case.level) == ("火情", "样板间A", 2)


@pytest.mark.clause("SF-4.6")
def test_whoever_has_not_said_that_they_heard_is_told_again(day: Flat) -> None:
    opened = day.do(cases.open_case, "叶", kind="emergency", post=day.post, type="停电", at="10:00")
    day.do(cases.acknowledge_case, "许", case=opened.case)
    day.clock("10:06")
    assert [a for a in day.alerts() if a.startswith("again")] == ["again→head", "again→guard"]
    assert list(disagreements(day.log)) == []


@pytest.mark.clause("SF-4.5")
def test_a_drunk_is_dissuaded_then_the_lead_then_the_head(day: Flat) -> None:
    opened = day.do(cases.open_case, "叶", kind="disruption", post=day.post, at="10:00")
    assert Notice.objects.filter(kind="duty.escalated").count() == 0
    day.clock("10:06")
    assert Notice.objects.get(kind="duty.escalated").to_id == day.people["许"]
    day.do(cases.escalate_case, "许", case=opened.case)
    assert Notice.objects.filter(kind="duty.escalated", to_id=day.people["程"]).exists()
    day.do(cases.end_case, "许", case=opened.case)
    with pytest.raises(Refused):
        day.do(cases.acknowledge_case, "程", case=opened.case)


@pytest.mark.clause("SC-4.3.7")
def test_the_time_from_farewell_to_ready_is_watched(day: Flat) -> None:
    day.do(cases.farewell, "叶", at="11:00")
    assert str(day.people["叶"]) in picture(day.site, day.now).ready_due
    day.clock("11:11")
    assert day.alerts()[-1] == "not_ready→lead"
    day.do(cases.ready, "叶")
    assert picture(day.site, day.now).ready_due == {}

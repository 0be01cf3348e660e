"""Breaks in the running system: no post is ever left empty, and the stored day is its replay (SF-4.3.7)."""

import json

import pytest

from yingbin.duty.actions import breaks, presence
from yingbin.duty.export import contract_day, disagreements
from yingbin.duty.models import DutyEvent
from yingbin.journal.check import check_site
from yingbin.notices.models import Notice
from yingbin.rules.decision import Refused
from yingbin.rules.duty.replay import replay

from .flat import Flat

pytestmark = pytest.mark.clause("SF-4.3.7")


def test_one_alone_at_the_post_is_told_who_could_cover_and_when_it_works(flat: Flat) -> None:
    flat.roster(叶="早", 陈="晚", 许="全")
    flat.sign_on("叶", "许", at="08:40")
    asked = flat.ask("叶", at="10:00", begins="11:00")
    assert not asked.accepted
    assert asked.could_cover == (flat.people["许"],)
    assert asked.earliest == flat.at("12:00")
    assert "许可以顶岗" in asked.because


def test_two_at_the_post_eat_one_after_the_other(flat: Flat) -> None:
    flat.roster(叶="全", 陈="全")
    flat.sign_on("叶", "陈", at="08:40")
    first = flat.ask("叶", at="11:30")
    assert first.accepted
    flat.do(breaks.start_break, "叶", rest=first.rest)
    second = flat.ask("陈", at="11:40")
    assert not second.accepted
    assert second.earliest == flat.at("12:00")
    flat.do(breaks.end_break, "叶", rest=first.rest, at="11:55")
    assert flat.ask("陈").accepted


def test_nobody_signs_off_from_a_post_that_would_be_empty(flat: Flat) -> None:
    flat.come(at="08:40")
    with pytest.raises(Refused, match="样板间A就不够人了") as no:
        flat.do(presence.sign_off, "叶", at="12:00")
    assert no.value.clause == "SF-4.3.7"
    said = flat.do(presence.sign_off, "叶", relieved_by=flat.people["许"])
    assert said.because == "叶签退，样板间A由许接替。"


def test_somebody_who_does_not_come_is_known_by_name_within_a_minute(flat: Flat) -> None:
    flat.roster(叶="早", 许="全")
    flat.sign_on("许", at="08:20")
    flat.clock("08:34")
    assert "absent→lead" not in flat.alerts()
    flat.clock("08:35")
    assert "absent→lead" in flat.alerts()
    told = Notice.objects.get(site_id=flat.site, kind="duty.absent")
    assert (told.to_id, told.body) == (flat.people["许"], "叶08:30该到岗，还没有到。")
    flat.clock("09:00")
    assert flat.alerts()[-1] == "missing→head" or "gap→lead" in flat.alerts()


def test_the_clock_twice_tells_once(flat: Flat) -> None:
    flat.roster(叶="早", 许="全")
    flat.clock("09:30")
    once = flat.alerts()
    assert once
    assert flat.clock("09:30") == 0
    assert flat.alerts() == once


def test_a_clock_set_back_undoes_nothing(flat: Flat) -> None:
    flat.roster(叶="全", 许="全")
    flat.sign_on("叶", at="10:00")
    flat.sign_on("许", at="09:00")
    first, second = DutyEvent.objects.order_by("index")
    assert second.at == first.at > second.made_at
    assert list(disagreements(flat.log)) == []


def test_the_stored_day_is_its_replay_and_every_row_is_witnessed(flat: Flat) -> None:
    flat.roster(叶="全", 陈="晚", 许="全")
    flat.sign_on("叶", "许", at="08:40")
    flat.ask("叶", at="10:00", begins="11:00")
    flat.sign_on("陈", at="11:58")
    rest = flat.ask("叶", at="12:10").rest
    flat.do(breaks.start_break, "叶", rest=rest)
    flat.clock("13:30")
    assert list(disagreements(flat.log)) == []
    file = json.loads(json.dumps(contract_day(flat.log)))
    decided = [e["what"] for e in replay(file)["log"] if e["what"] in ("accepted", "refused")]
    assert decided == ["accepted", "accepted", "refused", "accepted", "accepted", "accepted"]
    assert {p["who"] for p in file["people"]} == {"叶", "陈", "苏", "许", "程", "秦"}
    # The roles of this site were given by the test itself, behind the journal's back.
    found = [str(f) for x in check_site(flat.site) for f in x.found]
    assert [f for f in found if not f.startswith("角色")] == []


def test_whoever_was_off_can_be_called_in(flat: Flat) -> None:
    flat.roster(叶="全")
    flat.sign_on("叶", at="08:40")
    assert not flat.ask("叶", at="11:00").accepted
    flat.do(
        presence.change_shift,
        "许",
        who=flat.people["苏"],
        begins=flat.at("11:10"),
        ends=flat.at("14:00"),
    )
    flat.sign_on("苏", at="11:12")
    assert flat.ask("叶", at="11:15").accepted

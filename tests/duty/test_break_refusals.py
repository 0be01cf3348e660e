"""休息 and 顶岗: what is refused and why; each break goes its way once, and a tap twice is one (SF-4.3.7)."""

import random
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from yingbin.duty.actions import breaks
from yingbin.duty.export import disagreements
from yingbin.duty.models import DutyEvent
from yingbin.rules.decision import Refused

from .flat import Flat

pytestmark = pytest.mark.clause("SF-4.3.7")


@pytest.fixture
def noon(flat: Flat) -> Flat:
    """叶 and 陈 both stand in the flat, 许 leads."""
    flat.roster(叶="早", 陈="晚", 许="全")
    flat.sign_on("叶", "许", at="08:20")
    flat.sign_on("陈", at="12:00")
    return flat


@pytest.mark.parametrize("minutes", [-1, 0, 181, 999])
def test_a_break_of_no_time_or_half_a_day_is_not_asked_for(noon: Flat, minutes: int) -> None:
    with pytest.raises(Refused, match="1 到 180 分钟") as no:
        noon.ask("叶", minutes)
    assert no.value.about == "minutes"


@pytest.mark.parametrize("act", [breaks.start_break, breaks.end_break, breaks.cancel_break])
def test_a_break_nobody_asked_for_is_neither_begun_nor_ended(
    noon: Flat, act: Callable[..., object]
) -> None:
    with pytest.raises(Refused):
        noon.do(act, "叶", rest=uuid4())


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ((), "end"),
        (("start",), "start"),
        (("start",), "cancel"),
        (("start", "end"), "end"),
        (("start", "end"), "start"),
        (("cancel",), "start"),
        (("cancel",), "cancel"),
    ],
)
def test_a_break_goes_its_way_once(noon: Flat, first: tuple[str, ...], then: str) -> None:
    deeds = {
        "start": breaks.start_break,
        "end": breaks.end_break,
        "cancel": breaks.cancel_break,
    }
    rest = noon.ask("叶", at="12:05").rest
    for one in first:
        noon.do(deeds[one], "叶", rest=rest)
    with pytest.raises(Refused):
        noon.do(deeds[then], "叶", rest=rest)
    assert list(disagreements(noon.log)) == []


def test_the_same_tap_twice_asks_for_one_break(noon: Flat) -> None:
    asked = [
        noon.do(breaks.ask_break, "叶", key="one tap", kind="meal", minutes=30) for _ in range(2)
    ]
    assert asked[0].rest == asked[1].rest
    assert DutyEvent.objects.filter(event="break_request").count() == 1


@pytest.mark.parametrize(("begins", "ends"), [("13:00", "13:00"), ("14:00", "13:00")])
def test_a_stand_in_ends_after_it_begins(noon: Flat, begins: str, ends: str) -> None:
    told = {"who": noon.people["许"], "post": noon.post}
    with pytest.raises(Refused, match="结束要晚于开始"):
        noon.do(breaks.stand_in, "许", **told, begins=noon.at(begins), ends=noon.at(ends))


@pytest.mark.parametrize("seed", range(6))
def test_however_they_ask_the_post_is_never_left_empty(noon: Flat, seed: int) -> None:
    """At random over noon: of the two at the post never both are away."""
    pick, away, rests = random.Random(seed), set[str](), dict[str, UUID]()
    for minute in range(0, 90, 6):
        noon.now = noon.at("12:10") + timedelta(minutes=minute)
        who = pick.choice("叶陈")
        if who in away:
            noon.do(breaks.end_break, who, rest=rests[who])
            away.discard(who)
        elif rest := noon.ask(who, pick.choice((10, 20, 30))).rest:
            noon.do(breaks.start_break, who, rest=rest)
            away.add(who)
            rests[who] = rest
        assert len(away) < 2
    asked = DutyEvent.objects.filter(event="break_request")
    assert {e.accepted for e in asked} == {True, False}
    assert list(disagreements(noon.log)) == []

"""A site's own limits of matters: every clock of every kind is a line, and what is chosen is what new matters run by."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.customers.office import as_
from tests.matters.estate import Estate
from yingbin.matters import ticks
from yingbin.matters.models import Matter
from yingbin.matters.policies import LIMITS, MatterLimits, Minutes
from yingbin.people.limits import limits_at
from yingbin.people.policies import set_row
from yingbin.people.policy_rows import Chosen
from yingbin.rules.decision import Refused
from yingbin.rules.matters import KINDS

DUE = "question/normal/due"


def choose(estate: Estate, **numbers: Chosen) -> int:
    """The desk supervisor chooses how long a question may take."""
    told: dict[str, Chosen] = {"within": 240, "warn": None, "ladder": (0, 240)}
    return estate.do(
        set_row, "林", name="matters.limits", row_id=DUE, numbers=told | numbers, reason="太慢"
    )  # type: ignore[no-any-return]


def open_one(estate: Estate) -> Matter:
    """A question as it stands after it was asked."""
    return estate.row(estate.ask())


def told_late(estate: Estate) -> int:
    """How often the supervisor heard that something is late."""
    return sum("超时" in words or "仍未" in words for words in estate.told("林"))


def test_every_clock_of_every_kind_is_one_line_with_what_it_assumes() -> None:
    assert LIMITS.rows is not None
    lines = {row.id for row in LIMITS.rows()}
    clocks = {
        f"{kind.id}/{grade}/{limit.clock}"
        for kind in KINDS.values()
        if not kind.by_wing  # whose wing has a policy of its own
        for grade, limits in kind.limits.items()
        for limit in limits
    }
    # Besides the clocks: how many photos after the work a repair needs.
    assert lines == clocks | {"repair/finish"}
    row = LIMITS.row(DUE)
    assert row is not None
    assert row.said(None) == (
        ("时限", "4 小时"), ("提醒", "用掉 87 % 时"), ("上报", "到时限、超时 4 小时"),
    )  # fmt: skip
    assert (row.group, row.title, row.note) == ("客户提问", "答复", "工作时间")


def test_a_place_has_the_lines_of_its_wings_alone(estate: Estate) -> None:
    here = set(limits_at(estate.place, estate.now))
    assert {"客户提问", "回访跟进", "提醒"} <= here
    assert "茶水服务" not in here, "drinks are the gallery's"
    estate.place.kind = "sales_centre"
    assert "茶水服务" in limits_at(estate.place, estate.now)


def test_a_chosen_limit_is_what_new_questions_are_due_and_warned_and_reported_by(
    estate: Estate,
) -> None:
    choose(estate, within=60, warn=50, ladder=(10, 20))
    one = open_one(estate)
    assert one.due_at == one.opened_at + timedelta(hours=1)
    ticks.tick(one.opened_at + timedelta(minutes=29))
    assert estate.told("苏") == []
    ticks.tick(one.opened_at + timedelta(minutes=30))
    assert estate.told("苏") == ["快到时限：三号楼水压太低"]
    for minutes, times in ((69, 0), (70, 1), (79, 1), (80, 2)):
        ticks.tick(one.opened_at + timedelta(minutes=minutes))
        assert told_late(estate) == times, minutes


def test_without_a_share_it_warns_as_early_in_proportion_as_its_kind(estate: Estate) -> None:
    choose(estate, within=120)
    one = open_one(estate)
    ticks.tick(one.opened_at + timedelta(minutes=104))
    assert estate.told("苏") == []
    ticks.tick(one.opened_at + timedelta(minutes=105))
    assert estate.told("苏") == ["快到时限：三号楼水压太低"]


@pytest.mark.parametrize(
    ("numbers", "why"),
    [
        ({"within": 0}, "1 到 100000"),
        ({"within": 100_001}, "1 到 100000"),
        ({"ladder": (30, 10)}, "一级比一级晚"),
        ({"warn": 49}, "50 % 到 99 %"),
        ({"warn": 100}, "50 % 到 99 %"),
    ],
)
def test_numbers_that_make_no_sense_are_refused_in_words(
    estate: Estate, numbers: dict[str, Chosen], why: str
) -> None:
    with pytest.raises(Refused, match=why):
        choose(estate, **numbers)
    assert LIMITS.in_force(estate.site, estate.now).version == 0


def test_two_lines_chosen_one_after_the_other_hold_both(estate: Estate) -> None:
    choose(estate, within=60)
    other = "follow_up/normal/due"
    told = {"name": "matters.limits", "row_id": other, "reason": "回访要快"}
    estate.do(set_row, "林", **told, numbers={"within": 300, "warn": 80, "ladder": (0, 60)})
    held = LIMITS.in_force(estate.site, estate.now).values
    assert held == MatterLimits(
        {DUE: Minutes(60, None, (0, 240)), other: Minutes(300, 80, (0, 60))}
    )
    estate.do(set_row, "林", **told, numbers=None)
    held = LIMITS.in_force(estate.site, estate.now).values
    assert held == MatterLimits({DUE: Minutes(60, None, (0, 240))})


def test_a_line_changed_today_is_not_lost_when_another_lines_plan_comes_to_hold(
    estate: Estate,
) -> None:
    told = {"name": "matters.limits", "reason": "试行"}
    later = {"within": 300, "warn": 80, "ladder": (0, 60)}
    day = (estate.now + timedelta(days=7)).date()
    estate.do(set_row, "林", **told, row_id="follow_up/normal/due", numbers=later, day=day)
    choose(estate, within=60)
    held = LIMITS.in_force(estate.site, estate.now).values.rows
    assert set(held) == {DUE}
    held = LIMITS.in_force(estate.site, estate.now + timedelta(days=8)).values.rows
    assert (held[DUE].within, held["follow_up/normal/due"].within) == (60, 300)


def test_the_form_says_which_rung_comes_too_early(estate: Estate) -> None:
    page = reverse("people:limit", args=["matters.limits", DUE])
    sent = {"key": "a", "n_within": "60", "n_warn": "", "reason": "太慢"}
    answer = as_(estate, "林").post(page, sent | {"n_ladder_0": "30", "n_ladder_1": "10"})
    assert answer.status_code == 422
    assert "要比上一次晚，不能小于 30 分钟" in answer.content.decode()
    answer = as_(estate, "林").post(page, sent | {"n_ladder_0": "10", "n_ladder_1": "30"})
    assert answer.status_code == 302
    html = as_(estate, "林").get(page).content.decode()
    assert "超时 10 分钟、超时 30 分钟" in html
    assert "用掉 87 % 时" in html, "what wasn't chosen is as before"
    assert 'value="60"' in html


def test_the_clerks_of_the_desk_open_no_page_of_limits(estate: Estate) -> None:
    assert as_(estate, "苏").get(reverse("people:limits")).status_code == 403
    html = as_(estate, "林").get(reverse("people:limits")).content.decode()
    assert "周一至周五" in html
    assert "08:30–12:00、13:30–17:30" in html

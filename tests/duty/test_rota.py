"""The lead plans the day's meals: all of a plan or nothing, and never a post without somebody (SF-4.3.7, SC-4.3.9)."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.gallery.test_reception import BACKEND
from yingbin.duty.actions import breaks
from yingbin.duty.actions.rota import plan_rota
from yingbin.duty.export import disagreements
from yingbin.duty.meals import MealPlan
from yingbin.duty.models import DutyEvent
from yingbin.duty.queries.rota import Asked, RotaRow, rota
from yingbin.people.models import Staff
from yingbin.rules.decision import Refused

from .flat import Flat

pytestmark = pytest.mark.clause("SF-4.3.7", "SC-4.3.9")


@pytest.fixture
def noon(flat: Flat, monkeypatch: pytest.MonkeyPatch) -> Flat:
    """叶 and 陈 are at the one post all day, 许 leads; it is ten o'clock."""
    flat.roster(叶="全", 陈="全", 许="全")
    flat.sign_on("叶", "陈", "许", at="08:40")
    flat.now = flat.at("10:00")
    monkeypatch.setattr(timezone, "now", lambda: flat.now)
    return flat


def lead(flat: Flat) -> Client:
    client = Client()
    client.force_login(Staff.objects.get(id=flat.people["许"]), backend=BACKEND)
    return client


def address(flat: Flat, path: str = "") -> str:
    return f"/s/{flat.place.code}/duty/posts/rota/{path}"


def proposal(flat: Flat, first: str = "11:00", last: str = "13:30") -> list[RotaRow]:
    asked = Asked(30, flat.at(first), flat.at(last))
    return list(rota(flat.site, flat.now, asked).rows)


def meal(flat: Flat, who: str, at: str, cover: str = "") -> MealPlan:
    return MealPlan(flat.people[who], flat.at(at), 30, flat.people.get(cover))


def test_what_is_proposed_is_planned_and_nobody_is_asked_twice(noon: Flat) -> None:
    rows = {r.name: r for r in proposal(noon)}
    assert rows["叶"].begins != rows["陈"].begins
    meals = tuple(meal(noon, r.name, r.begins, r.cover_name) for r in rows.values())
    assert noon.do(plan_rota, "许", meals=meals) == 3
    assert DutyEvent.objects.filter(event="break_request", accepted=True).count() == 3
    assert all(r.planned and not r.begins for r in proposal(noon))
    assert list(disagreements(noon.log)) == []


def test_a_plan_that_empties_the_post_is_refused_whole_with_whose_time_to_change(
    noon: Flat,
) -> None:
    with pytest.raises(Refused, match=r"陈12:10–12:40走不开.*整份都没有定"):
        noon.do(plan_rota, "许", meals=(meal(noon, "叶", "12:00"), meal(noon, "陈", "12:10")))
    assert not DutyEvent.objects.filter(event="break_request").exists()


def test_with_the_lead_at_the_post_both_can_go_at_once(noon: Flat) -> None:
    meals = (meal(noon, "叶", "12:00", cover="许"), meal(noon, "陈", "12:00"))
    noon.do(plan_rota, "许", meals=meals)
    for who in ("叶", "陈"):
        rest = DutyEvent.objects.get(event="break_request", facts__who=str(noon.people[who]))
        noon.now = noon.at("12:01")
        noon.do(breaks.start_break, who, rest=rest.facts["break"])
    noon.clock("12:20")
    assert "gap→lead" not in noon.alerts()


def test_somebody_who_went_home_is_in_no_plan(noon: Flat) -> None:
    assert {r.name for r in proposal(noon)} == {"叶", "陈", "许"}
    assert "苏" not in {r.name for r in proposal(noon)}  # off today


def test_the_page_proposes_and_plans_with_plain_forms(noon: Flat) -> None:
    page = lead(noon)
    asked = {"minutes": "30", "first": "11:00", "last": "13:30"}
    text = page.get(address(noon), asked).content.decode()
    assert text.count('value="11:') + text.count('value="12:') >= 2
    told = {
        "key": "a",
        "minutes": "30",
        f"t.{noon.people['叶']}": "12:00",
        f"t.{noon.people['陈']}": "12:30",
    }
    assert page.post(address(noon, "plan/"), told).status_code == 302
    assert "已排" in page.get(address(noon)).content.decode()


@pytest.mark.parametrize(
    ("times", "words"),
    [
        ({"叶": "12:00", "陈": "12:00"}, "走不开"),
        ({"叶": "中午"}, "叶的时间写成 12:30 这样"),
        ({}, "还没有给谁定时间"),
    ],
)
def test_a_plan_that_is_refused_keeps_what_was_typed(
    noon: Flat, times: dict[str, str], words: str
) -> None:
    told = {"key": "a", "minutes": "35", **{f"t.{noon.people[w]}": at for w, at in times.items()}}
    answer = lead(noon).post(address(noon, "plan/"), told)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert words in text
    assert 'value="35"' in text
    assert all(f'value="{at}"' in text for at in times.values())


@pytest.mark.parametrize("typed", ["30", "45"])
def test_how_long_everybody_eats_is_asked_once_and_holds_for_what_is_planned(
    noon: Flat, typed: str
) -> None:
    page = lead(noon).get(address(noon), {"minutes": typed, "first": "11:00", "last": "13:30"})
    text = page.content.decode()
    assert text.count("每人多少分钟") == 1
    boxes = re.findall(r'<input type="(\w+)" name="minutes" value="(\d+)"', text)
    assert boxes == [("number", typed), ("hidden", typed)]


def test_minutes_nobody_can_eat_in_are_refused_in_words(noon: Flat) -> None:
    told = {"key": "a", "minutes": "0", f"t.{noon.people['叶']}": "12:00"}
    answer = lead(noon).post(address(noon, "plan/"), told)
    assert (answer.status_code, "分钟数请填 1 到 180 之间的整数" in answer.content.decode()) == (
        422,
        True,
    )


def test_nobody_is_left_out_silently(noon: Flat) -> None:
    asked = {"minutes": "30", "first": "11:00", "last": "11:40"}
    noon.do(breaks.stand_in, "许", who=noon.people["许"], post=noon.post,
            begins=noon.at("10:30"), ends=noon.at("11:40") + timedelta(minutes=5))  # fmt: skip
    text = lead(noon).get(address(noon), asked).content.decode()
    assert "许没有排开" in text


def test_a_receptionist_plans_nobodys_meals(noon: Flat) -> None:
    client = Client()
    client.force_login(Staff.objects.get(id=noon.people["叶"]), backend=BACKEND)
    assert client.get(address(noon)).status_code == 403
    assert client.post(address(noon, "plan/"), {"key": "a", "minutes": "30"}).status_code == 403


# A meal that is planned is moved: typed or dragged, it is the same form


@pytest.fixture
def planned(noon: Flat) -> Flat:
    """叶 eats at twelve, 陈 at half past."""
    noon.do(plan_rota, "许", meals=(meal(noon, "叶", "12:00"), meal(noon, "陈", "12:30")))
    return noon


def times(flat: Flat) -> dict[str, str]:
    return {r.name: r.stands for r in rota(flat.site, flat.now, None).rows if r.rest}


def form(flat: Flat, **moved: str) -> dict[str, str]:
    """The page's form as it stands, with these times changed."""
    stands = times(flat)
    told = {f"s.{flat.people[who]}": at for who, at in stands.items()}
    return {"key": "m", "minutes": "30", **told} | {
        f"t.{flat.people[who]}": at for who, at in {**stands, **moved}.items()
    }


def test_a_planned_meal_moves_and_two_can_change_places(planned: Flat) -> None:
    page = lead(planned)
    assert page.post(address(planned, "plan/"), form(planned, 叶="13:05")).status_code == 302
    assert times(planned) == {"叶": "13:05", "陈": "12:30"}
    swapped = form(planned, 叶="12:30", 陈="13:05") | {"key": "n"}
    assert page.post(address(planned, "plan/"), swapped).status_code == 302
    assert times(planned) == {"叶": "12:30", "陈": "13:05"}
    assert list(disagreements(planned.log)) == []


def test_where_a_meal_cannot_go_the_page_says_so_in_the_words_of_the_rules_and_nothing_moves(
    planned: Flat,
) -> None:
    page, moved = lead(planned), form(planned, 叶="12:40")
    before = DutyEvent.objects.count()
    ahead = page.post(address(planned, "check/"), moved).content.decode()
    why = ahead.split(f'data-slot="why-{planned.people["叶"]}">', 1)[1].split("<", 1)[0]
    assert "叶12:40–13:10走不开" in why
    assert f'data-slot="why-{planned.people["陈"]}"></small>' in ahead
    assert DutyEvent.objects.count() == before
    answer = page.post(address(planned, "plan/"), moved)
    assert answer.status_code == 422
    assert "叶12:40–13:10走不开" in answer.content.decode()
    assert times(planned) == {"叶": "12:00", "陈": "12:30"}
    fits = page.post(address(planned, "check/"), form(planned, 叶="13:30")).content.decode()
    assert "走不开" not in fits


def test_whoever_stands_in_for_a_meal_moves_with_it(noon: Flat) -> None:
    noon.do(
        plan_rota, "许", meals=(meal(noon, "叶", "12:00", cover="许"), meal(noon, "陈", "12:00"))
    )
    assert lead(noon).post(address(noon, "plan/"), form(noon, 叶="12:10")).status_code == 302
    assert times(noon) == {"叶": "12:10", "陈": "12:00"}
    standing = DutyEvent.objects.filter(event="stand_in", accepted=True)
    assert [e.facts["from"][11:16] for e in standing.order_by("index")] == ["12:00", "12:10"]
    assert list(disagreements(noon.log)) == []


def test_a_meal_that_has_begun_stays_and_a_page_left_open_moves_nothing(planned: Flat) -> None:
    old = form(planned, 陈="12:30")
    lead(planned).post(address(planned, "plan/"), form(planned, 陈="13:30"))
    again = lead(planned).post(address(planned, "plan/"), old | {"key": "o"})
    assert "还没有给谁定时间" in again.content.decode()
    assert times(planned)["陈"] == "13:30"
    gone = form(planned, 叶="13:00") | {"key": "p"}
    rest = DutyEvent.objects.filter(event="break_request", facts__who=str(planned.people["叶"]))
    planned.now = planned.at("12:01")
    planned.do(breaks.start_break, "叶", rest=rest.get().facts["break"])
    answer = lead(planned).post(address(planned, "plan/"), gone)
    assert "叶已经去用餐了，不能再改时间" in answer.content.decode()

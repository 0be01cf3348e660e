"""The lead plans the day's meals: all of a plan or nothing, and never a post without somebody (SF-4.3.7, SC-4.3.9)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.gallery.test_reception import BACKEND
from yingbin.duty.actions import breaks
from yingbin.duty.actions.rota import MealPlan, plan_rota
from yingbin.duty.export import disagreements
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

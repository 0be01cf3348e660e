"""An estate office with a desk supervisor: departments, pauses, links, words, the site's own limits."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.urls import reverse

from tests.customers.office import ZONE, as_
from tests.matters.estate import Estate
from yingbin.matters import actions, queries, ticks
from yingbin.matters.models import Matter, MatterStep
from yingbin.matters.policies import LIMITS
from yingbin.people.models import Assignment, Department
from yingbin.people.policies import set_policy
from yingbin.rules.decision import Refused
from yingbin.rules.matters import KINDS


@pytest.mark.clause("SD-4.4")
def test_the_third_hand_off_of_an_estate_office_goes_to_the_desk_supervisor(
    estate: Estate,
) -> None:
    one = estate.ask()
    for giver, taker in (("苏", "钱"), ("钱", "孙")):
        estate.do(actions.offer, giver, matter_id=one, to=estate.id(taker))
        estate.do(actions.accept, taker, matter_id=one)
    estate.do(actions.offer, "孙", matter_id=one, to=estate.id("叶"))
    assert estate.row(one).offered_to == estate.id("林")
    assert estate.told("林")[-1] == "孙转给您：三号楼水压太低"


@pytest.mark.clause("SD-4.3")
def test_what_is_overdue_at_an_estate_office_reaches_the_desk_supervisor(estate: Estate) -> None:
    one = estate.ask()
    due = estate.row(one).due_at
    assert due is not None
    ticks.tick(due)
    assert estate.told("林") == ["已超时：三号楼水压太低"]
    assert estate.told("苏")[-1] == "已超时：三号楼水压太低"


@pytest.mark.clause("SD-4.3")
def test_where_nobody_supervises_those_who_oversee_are_told(estate: Estate) -> None:
    Assignment.objects.filter(role="desk_supervisor").delete()
    estate.hire("顾", "gu", "operations_manager")
    due = estate.row(estate.ask()).due_at
    assert due is not None
    ticks.tick(due)
    assert estate.told("顾") == ["已超时：三号楼水压太低"]


@pytest.mark.clause("SD-4.4")
def test_an_offer_to_a_department_reaches_all_its_people_and_one_of_them_takes_it(
    estate: Estate,
) -> None:
    one = estate.ask(offered_to=estate.group)
    for who in ("赵", "钱", "孙"):
        assert estate.told(who) == ["苏转给工程部：三号楼水压太低"]
        assert queries.to_do(estate.badge(who)).count() == 1
    assert queries.to_do(estate.badge("叶")).count() == 0
    with pytest.raises(Refused, match="没有转给您"):
        estate.do(actions.accept, "叶", matter_id=one)
    estate.do(actions.accept, "孙", matter_id=one)
    with pytest.raises(Refused, match="没有转给您"):
        estate.do(actions.accept, "钱", matter_id=one)
    row = estate.row(one)
    assert (row.owner_id, row.holder_id, row.offered_group) == (estate.id("孙"),) * 2 + ("",)
    assert queries.to_do(estate.badge("钱")).count() == 0
    assert estate.faults() == []


def test_an_empty_department_is_offered_nothing(estate: Estate) -> None:
    nobody = Department.objects.create(site=estate.place, name="绿化部")
    with pytest.raises(Refused, match="没有人"):
        estate.ask(offered_to=f"department:{nobody.id}")
    assert not Matter.objects.exists()


def test_a_department_owns_it_until_one_of_its_people_takes_it(estate: Estate) -> None:
    one = estate.ask(owner=estate.group)
    row = estate.row(one)
    assert (row.owner_id, row.owner_group) == (None, estate.group)
    page = reverse("matters:matter", args=[one])
    assert "我来办" in as_(estate, "钱").get(page).content.decode()
    as_(estate, "钱").post(reverse("matters:act", args=[one, "take"]), {"key": "t"})
    row.refresh_from_db()
    assert (row.owner_id, row.holder_id, row.owner_group) == (estate.id("钱"),) * 2 + ("",)
    assert estate.faults() == []


@pytest.mark.clause("SD-4.4")
def test_the_supervisor_gives_it_to_somebody_and_both_hear_of_it(estate: Estate) -> None:
    one = estate.ask()
    with pytest.raises(Refused, match="由别人负责"):
        estate.do(actions.assign, "钱", matter_id=one, to=estate.id("孙"), note="他会")
    estate.do(actions.assign, "林", matter_id=one, to=estate.id("孙"), note="他正好在楼下")
    assert estate.row(one).holder_id == estate.id("孙")
    assert estate.told("孙")[-1] == "林改派了经办人：三号楼水压太低"
    assert estate.told("苏")[-1] == "林改派了经办人：三号楼水压太低"


@pytest.mark.clause("SF-4.3.3")
def test_a_question_is_due_after_four_working_hours_and_lunch_counts_for_nothing(
    estate: Estate,
) -> None:
    row = estate.row(estate.ask())
    assert row.due_at == datetime(2026, 11, 23, 14, 30, 1, tzinfo=ZONE)
    assert row.due_clock == "due"


@pytest.mark.clause("SD-4.3")
def test_a_site_chooses_its_own_limits_and_what_runs_already_keeps_its_own(
    estate: Estate,
) -> None:
    before = estate.ask()
    chosen = {"rows": {"question/normal/due": {"within": 60, "ladder": [0, 30]}}}
    told = {"name": "matters.limits", "values": chosen}
    with pytest.raises(Refused, match="为什么改规则"):
        estate.do(set_policy, "林", reason=" ", **told)
    assert estate.do(set_policy, "林", reason="住户抱怨太慢", **told) == 1
    after = estate.row(estate.ask())
    assert after.due_at == after.opened_at + timedelta(hours=1)
    assert estate.row(before).due_at == datetime(2026, 11, 23, 14, 30, 1, tzinfo=ZONE)
    assert LIMITS.in_force(estate.site, estate.now - timedelta(hours=1)).version == 0
    for wrong in ({"question/normal/none": {"within": 5}}, {"question/normal/due": {"within": 0}}):
        with pytest.raises(Refused, match="时限"):
            estate.do(
                set_policy, "林", name="matters.limits", values={"rows": wrong}, reason="试试"
            )


def test_a_matter_is_found_by_two_characters_or_its_number(estate: Estate) -> None:
    one = estate.ask()
    other = estate.ask(title="停车位被占", detail="地下二层B区")

    def found(words: str) -> list[UUID]:
        rows = queries.matters(estate.badge("林"), "all", estate.now, words=words)
        return [m.id for m in rows]

    assert found("水压") == [one]
    assert found("b区") == [other]
    assert found("水位") == []
    assert found("2号") == [other]
    page = as_(estate, "林").post(reverse("matters:index"), {"words": "车位", "which": "all"})
    html = page.content.decode()
    assert "停车位被占" in html
    assert "三号楼" not in html


def test_matters_are_linked_and_never_in_a_circle(estate: Estate) -> None:
    first, second, third = estate.ask(), estate.ask(title="水泵异响"), estate.ask(title="停水")
    estate.do(actions.link, "苏", matter_id=first, how="caused_by", other_id=second)
    estate.do(actions.link, "苏", matter_id=second, how="caused_by", other_id=third)
    for one, other in ((third, first), (first, first)):
        with pytest.raises(Refused, match="互相属于"):
            estate.do(actions.link, "苏", matter_id=one, how="caused_by", other_id=other)
    with pytest.raises(Refused, match="已经这样连着"):
        estate.do(actions.link, "苏", matter_id=first, how="caused_by", other_id=second)
    html = as_(estate, "林").get(reverse("matters:matter", args=[second])).content.decode()
    assert "起因是" in html
    assert "引起了" in html
    assert estate.faults() == []
    MatterStep.objects.update(facts={})
    assert any("判定的结果" in f for f in estate.faults()), "a clock that was moved is found"


def test_no_kind_of_the_house_takes_its_limit_from_anywhere_else() -> None:
    """Every kind with a clock says itself who hears when nobody answers."""
    for kind in KINDS.values():
        for row in kind.limits.values():
            main = "solve" if kind.by_wing else "due"
            due = next(limit for limit in row if limit.clock == main)
            assert due.ladder, kind.id
            # Lines on duty rise by role: the lead first, then everybody above.
            above = {"supervisor", "role:lead", "lead"}
            assert above & {to for rung in due.ladder for to in rung.to}, (kind.id, due.ladder)

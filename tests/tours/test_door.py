"""Visits judged, stored, witnessed and told by the one door, from the application to the passes."""

import pytest

from yingbin.rules.decision import Refused
from yingbin.tours.models import TourOffice

from .headquarters import Headquarters


@pytest.mark.clause("CV-3.2.1", "CV-3.2.2")
def test_an_important_visitor_is_asked_for_area_by_area_and_then_approved(
    house: Headquarters,
) -> None:
    one = house.apply("important")
    row = house.row(one)
    assert (row.said, row.status, row.klass) == ("2026-0001", "awaiting", "important")
    assert house.areas(one) == {"plant": "asked", "workshop": "asked"}
    house.act("江", "area", one, area="plant", answer="open")
    house.act("贺", "area", one, area="workshop", answer="open")
    assert house.heard("严") == ["company"], "the company comes last"
    said = house.act("严", "company", one, answer="approved")
    assert said == "2026-0001 号：重要客户，已批准。"
    row = house.row(one)
    assert (row.room, row.souvenirs, row.open_areas) == ("一号会客室", 1, ["plant", "workshop"])
    assert house.faults() == []


@pytest.mark.clause("CV-2")
@pytest.mark.parametrize(
    ("answers", "klass"),
    [
        ("general", "general"),
        ("important", "important"),
        ("key_account", "key_account"),
        ("institution", "institution"),
    ],
)
def test_the_class_follows_from_the_answers(house: Headquarters, answers: str, klass: str) -> None:
    assert house.row(house.apply(answers)).klass == klass


@pytest.mark.clause("CV-3.1")
def test_a_group_of_five_is_declined_until_an_approver_makes_an_exception(
    house: Headquarters,
) -> None:
    one = house.apply("general", headcount=5, areas=("plant", "workshop", "rnd"))
    assert house.row(one).status == "declined"
    assert house.areas(one) == {"plant": "asked", "workshop": "closed", "rnd": "closed"}
    with pytest.raises(Refused) as no:
        house.act("江", "area", one, area="plant", answer="open")
    assert (no.value.clause, no.value.message) == (
        "CV-3.1", "人数少于团体的最低人数，这次来访已谢绝。",
    )  # fmt: skip
    house.act("严", "exception", one, ground="small_group", asked_by="江", reason="老客户介绍")
    assert house.row(one).status == "awaiting"


@pytest.mark.clause("CV-3.2.1")
def test_four_days_ahead_an_important_visit_needs_an_exception(house: Headquarters) -> None:
    one = house.apply("important", day=4)
    assert house.row(one).status == "needs_exception"
    assert house.heard("严") == house.heard("罗") == ["exception"]
    with pytest.raises(Refused, match="何不能代表公司批示"):
        house.act("何", "exception", one, ground="late", asked_by="江", reason="急")
    house.act("罗", "exception", one, ground="late", asked_by="江", reason="展会顺路")
    assert house.row(one).status == "awaiting"


@pytest.mark.clause("CV-3.3.1", "CV-3.3.2")
def test_a_departments_word_opens_the_plan_of_a_key_account(house: Headquarters) -> None:
    one = house.word()
    row = house.row(one)
    assert (row.klass, row.how, row.applied_by) == ("key_account", "word", house.id("韩"))
    house.act("江", "task", one, task="analysis")
    with pytest.raises(Refused, match="生产部"):
        house.word(by="秦")


@pytest.mark.clause("CV-3.4.2")
def test_an_officials_tasks_go_to_administration(house: Headquarters) -> None:
    one = house.approved(
        "institution", answers={"sender": "official", "relation": "none", "purpose": "survey"}
    )
    assert "tasks" in house.heard("白")
    with pytest.raises(Refused, match="茶点由行政部办，江不能代办"):
        house.act("江", "task", one, task="refreshments")
    house.act("白", "task", one, task="refreshments")


@pytest.mark.clause("CV-4.1", "CV-4.3")
def test_passes_come_after_approval_and_plan_and_for_open_areas_alone(house: Headquarters) -> None:
    one = house.apply()
    with pytest.raises(Refused, match="还没有批准"):
        house.issue(one)
    house.approve(one)
    with pytest.raises(Refused, match="先发方案"):
        house.issue(one)
    house.act("江", "send_plan", one)
    assert "plan" in house.heard("韩")
    with pytest.raises(Refused, match="没有批准拍照"):
        house.issue(one, photo=True)
    house.act("严", "permit_photo", one, asked_by="江", reason="媒体报道")
    house.issue(one, photo=True)
    house.issue(one, by="江", areas=("plant",))
    with pytest.raises(Refused, match="超过批准的人数"):
        house.issue(one, persons=1)
    assert house.faults() == []


@pytest.mark.clause("CV-3.2.1")
def test_doubled_the_visit_is_asked_again_and_its_passes_are_void(house: Headquarters) -> None:
    one = house.planned()
    house.issue(one)
    house.act("", "edit", one, headcount=24)
    row = house.row(one)
    assert (row.status, row.headcount, house.areas(one)["workshop"]) == ("awaiting", 24, "asked")
    assert [paper[3] for paper in row.state["passes"]] == [False]
    assert "void" in house.heard("贺"), "whoever handed them out takes them back"
    assert house.faults() == []


@pytest.mark.clause("CV-4.2")
def test_unapproved_at_its_time_a_visit_lapses(house: Headquarters) -> None:
    one = house.apply()
    house.act("江", "area", one, area="plant", answer="open")
    assert house.clock(days=9) > 2
    assert house.row(one).status == "lapsed"
    assert house.log(one) == ["apply", "area", "area_late", "unanswered", "lapsed"]
    assert house.clock(days=1) == 0, "each is told once"
    assert house.faults() == []


@pytest.mark.clause("CV-4.1")
def test_an_approved_visit_is_over_at_its_end_without_a_word(house: Headquarters) -> None:
    one = house.planned()
    house.clock(days=9)
    assert house.row(one).status == "over"
    assert house.row(one).next_clock_at is None
    assert house.faults() == []


@pytest.mark.clause("CV-2")
def test_whoever_leaves_acts_no_more_and_the_house_of_then_is_kept(house: Headquarters) -> None:
    house.apply()
    house.choose(rooms=[])
    one = house.approved("institution")
    assert house.row(one).room == ""
    assert TourOffice.objects.count() == 2
    assert house.faults() == []

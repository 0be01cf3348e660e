"""A complaint from the first word until the resident agrees, and residents called back."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from .days import Day

CHAIN = pytest.mark.clause("SD-4.2.5")
CALLS = pytest.mark.clause("SD-4.3")


def noise(day: Day | None = None, name: str = "m1", clock: str = "23 09:00", **more: Any) -> Day:
    """苏 writes down that the neighbours are loud."""
    return (day or Day()).at(
        clock, "record", name, "苏", **{"kind": "complaint", "subject": "noise", **more}
    )


def told(day: Day, name: str = "m1", severity: str = "minor") -> Day:
    """On to where the resident knows what is proposed."""
    day.then("respond", name, "苏").then("assess", name, "苏", severity=severity)
    day.then("investigate", name, "苏", note="去看过").then("answer", name, "苏", text="这样处理")
    return day.then("tell", name, "苏")


@CHAIN
def test_a_complaint_goes_step_by_step_until_the_resident_agrees() -> None:
    day = noise()
    seen = [day.said()["state"]]
    for event, fields in (
        ("respond", {}),
        ("assess", {"severity": "minor"}),
        ("investigate", {"note": "去看过"}),
        ("answer", {"text": "请楼上十点后不弹琴"}),
        ("tell", {}),
        ("agree", {"agreed": True}),
    ):
        for early in {"assess", "investigate", "answer", "tell", "agree"} - {event, "assess"}:
            words = {"note": "x", "text": "x", "agreed": True}
            assert day.then(early, "m1", "苏", **words).refused(), (early, "before", event)
            day.file["events"].pop()
        seen.append(day.then(event, "m1", "苏", **fields).said()["state"])
        assert not day.refused()
    assert seen == ["new", "acknowledged", "assessed", "investigated", "proposed", "told", "closed"]
    assert day.clocks() == [
        "respond met",
        "solve met",
        "reply met",
        "reply met",
        "callback running",
    ]
    assert day.said()["clause"] == "SD-4.2.5"


@CHAIN
def test_it_is_acknowledged_once() -> None:
    day = noise().then("respond", "m1", "苏")
    assert "响应过" in day.then("respond", "m1", "苏").refused()


@CHAIN
def test_not_agreed_it_goes_on_from_its_assessment_and_the_second_time_the_manager_hears() -> None:
    day = told(noise()).at("23 10:00", "agree", "m1", "叶", agreed=False)
    assert day.stands("state", "clause") == ("assessed", "SD-4.2.5")
    assert day.told_last() == ["not_agreed 林"]
    assert day.clocks() == ["respond met", "solve met", "reply met", "reply met", "solve running"]
    assert day.due("solve") == "25 10:00", "900 minutes anew"
    day.then("investigate", "m1", "苏", note="再看").then("answer", "m1", "苏", text="再谈")
    day.then("tell", "m1", "苏").then("agree", "m1", "叶", agreed=False)
    assert day.told_last() == ["not_agreed 顾"]


@CHAIN
def test_only_the_manager_ends_it_without_agreement() -> None:
    day = told(noise())
    assert "顾" in day.then("conclude", "m1", "林", reason="谈不拢").refused()
    day.then("conclude", "m1", "顾", reason="谈不拢")
    assert day.stands("state", "clause") == ("closed", "SD-4.2.5")
    assert day.clocks()[-2:] == ["reply met", "callback running"]
    assert noise().then("conclude", "m1", "顾", reason="算了").refused()


@CHAIN
def test_told_late_the_residents_word_is_awaited_on_a_clock_of_its_own() -> None:
    day = told(noise()).until("25 09:00")
    assert day.due("reply") == "24 09:00"
    assert [line for line in day.told("late", "level") if line.startswith("24")] == [
        "24 09:00 late reply 苏",
        "24 09:00 level1 reply 林",
        "24 14:15 level2 reply 林",
    ]


@CHAIN
def test_more_severe_takes_the_owner_and_less_severe_a_supervisor() -> None:
    day = noise().then("respond", "m1", "苏").then("assess", "m1", "苏", severity="grave")
    assert day.told_last() == ["grave 顾"]
    assert day.clocks() == ["respond met", "solve replaced", "solve running"]
    assert day.due("solve") == "24 09:00", "1440 minutes of all time"
    assert "主管" in day.then("assess", "m1", "苏", severity="major").refused()
    assert day.then("assess", "m1", "苏", severity="grave").told_last() == []
    assert day.clocks() == ["respond met", "solve replaced", "solve running"], (
        "the same grade moves nothing"
    )
    day.then("investigate", "m1", "苏", note="看过").then("assess", "m1", "林", severity="minor")
    assert day.said()["state"] == "investigated"
    assert day.then("assess", "m1", "叶", severity="grave").refused()


@CHAIN
def test_a_complaint_is_cancelled_by_a_supervisor_alone() -> None:
    for by in ("苏", "叶"):
        assert "主管" in noise().then("cancel", "m1", by, reason="withdrawn").refused()
    assert noise().then("cancel", "m1", "顾", reason="withdrawn").said()["state"] == "cancelled"


@CHAIN
def test_a_complaint_that_comes_back_is_linked_and_one_severity_higher() -> None:
    day = noise(clock="02 09:00")
    noise(day, "m2", "10 09:00")
    assert day.told_last() == ["repeat 林"]
    noise(day, "m3", "20 09:00")
    assert day.told_last() == ["repeat 林", "grave 顾"]
    noise(day, "m4", "23 09:00")
    links = [(m["linked"], m["grade"]) for m in day.run()["matters"]]
    assert links == [(None, "minor"), ("m1", "major"), ("m2", "grave"), ("m3", "grave")]


@CHAIN
def test_a_repeat_is_of_the_same_home_and_subject_and_not_too_long_ago() -> None:
    first = noise(Day(repeat_days=1))
    for fields in ({"home": "1-1-101"}, {"subject": "smell"}, {"clock": "24 09:00:01"}):
        assert (
            noise(noise(Day(repeat_days=1)), "m2", **{"clock": "23 10:00", **fields}).matter("m2")[
                "linked"
            ]
            is None
        )
    assert noise(first, "m2", "24 09:00").matter("m2")["linked"] == "m1", "to the second"


@CHAIN
def test_it_repeats_what_is_a_complaint_now_at_its_present_severity() -> None:
    day = noise().then("respond", "m1", "苏").then("assess", "m1", "苏", severity="major")
    noise(day, "m2")
    assert day.matter("m2")["grade"] == "grave"
    cancelled = noise().then("cancel", "m1", "林", reason="withdrawn")
    assert noise(cancelled, "m2").matter("m2")["linked"] is None
    other = noise().then("change", "m1", "林", kind="suggestion", reason="不是投诉")
    assert noise(other, "m2").matter("m2")["linked"] is None


@CHAIN
def test_a_help_request_that_turns_into_a_complaint_may_repeat_one_and_loses_it_again() -> None:
    day = noise().at("24 09:00", "record", "m2", "叶", kind="help", subject="noise")
    day.then("change", "m2", "叶", kind="complaint", reason="其实是投诉")
    assert (day.matter("m2")["linked"], day.matter("m2")["grade"]) == ("m1", "major")
    assert day.told_last() == ["repeat 林"]
    day.then("change", "m2", "林", kind="enquiry", reason="只是问")
    assert (day.matter("m2")["linked"], day.matter("m2")["grade"]) == (None, "normal")
    day.at("25 09:00", "change", "m1", "林", kind="help", reason="要修")
    day.then("change", "m2", "林", kind="complaint", reason="还是投诉")
    assert day.matter("m2")["linked"] is None


@CHAIN
def test_reopened_a_complaint_keeps_grade_and_link_and_the_manager_hears_nothing() -> None:
    day = told(noise(noise(), "m2"), "m2", "grave")
    day.then("agree", "m2", "苏", agreed=True).then("reopen", "m2", "苏", reason="又吵")
    found = day.matter("m2")
    assert (found["state"], found["grade"], found["linked"]) == ("new", "grave", "m1")
    assert day.told_last() == ["reopened 林"]
    assert found["callback"]["state"] == "void"
    assert "callback void" in day.clocks("m2")


# Called back


def closed(day: Day | None = None, name: str = "m1") -> Day:
    """A complaint that 苏 closed on Monday at nine."""
    return told(noise(day, name), name).then("agree", name, "苏", agreed=True)


@CALLS
def test_a_complaint_is_always_called_back_by_somebody_who_had_no_part_in_it() -> None:
    day = closed(Day(seed="x"))
    assert day.matter()["callback"] == {
        "state": "due",
        "due": "2026-11-26T09:00:00+08:00",
        "attempts": 0,
        "score": None,
    }
    assert day.said()["next_due"] == "2026-11-26T09:00:00+08:00"
    assert "不能自己回访" in day.at("24 09:00", "call", "m1", "苏", reached=False).refused()
    assert day.then("call", "m1", "石", reached=False).refused(), "guards don't call"
    assert day.then("call", "m1", "钱", reached=False).refused()
    day.then("call", "m1", "叶", reached=True, score="satisfied", asked=False)
    assert day.matter()["callback"]["score"] == "satisfied"
    assert day.stands("state", "next_due", "clause") == ("closed", None, "SD-4.3")
    assert day.clocks()[-1] == "callback met"
    assert "回访" in day.then("call", "m1", "叶", reached=False).refused()


@CALLS
def test_not_called_in_time_the_supervisor_hears() -> None:
    assert closed().until("26 09:00").told("late") == ["26 09:00 late callback 林"]


@CALLS
@pytest.mark.parametrize(("matter", "drawn"), [("m1", 78), ("m6", 16)])
def test_others_are_drawn_by_a_number_that_nobody_chooses(matter: str, drawn: int) -> None:
    digest = hashlib.sha256(f"yingbin:{matter}".encode()).hexdigest()[:8]
    assert int(digest, 16) % 100 == drawn
    for percent in (0, drawn, drawn + 1, 100):
        day = Day(callback_percent={"enquiry": percent})
        day.at("23 09:00", "record", matter, "苏", kind="enquiry", answer="三楼")
        assert bool(day.matter(matter)["callback"]) == (drawn < percent)
    other = Day(seed="", callback_percent={"enquiry": 50})
    other.at("23 09:00", "record", matter, "苏", kind="enquiry", answer="三楼")
    first = int(hashlib.sha256(f":{matter}".encode()).hexdigest()[:8], 16) % 100
    assert bool(other.matter(matter)["callback"]) == (first < 50)


@CALLS
def test_whatever_was_ever_reopened_is_called_back() -> None:
    day = Day(callback_percent={"enquiry": 0}).at(
        "23 09:00", "record", "m1", "苏", kind="enquiry", answer="三楼"
    )
    assert day.matter()["callback"] is None
    day.then("reopen", "m1", "叶", reason="没有").then("answer", "m1", "苏", text="四楼").then(
        "tell", "m1", "苏"
    )
    assert day.matter()["callback"]["state"] == "due"
    assert day.matter()["callback"]["due"] == "2026-11-30T09:00:00+08:00", "2250 minutes: five days"
    day.then("call", "m1", "叶", reached=False)
    assert day.refused(), "whoever reopened it had a part in it"


@CALLS
def test_a_resident_who_is_not_satisfied_has_it_opened_again() -> None:
    day = closed().then("assign", "m1", "林", to="孙", reason="晚了")
    assert day.refused(), "it is closed"
    day = noise().then("assign", "m1", "林", to="孙", reason="去看")
    day = (
        told(day)
        .then("agree", "m1", "苏", agreed=True)
        .at("24 09:00", "call", "m1", "叶", reached=True)
    )
    day.file["events"][-1] |= {"score": "dissatisfied", "asked": False}
    assert "为什么" in day.refused()
    day.file["events"][-1] |= {"remark": "还是吵"}
    assert day.stands("state", "owner", "holder") == ("new", "苏", "苏")
    assert day.told_last() == ["reopened 苏", "reopened 林", "reopened 孙"]
    found = day.matter()["callback"]
    assert (found["state"], found["score"]) == ("done", "dissatisfied")
    assert day.clocks()[-3:] == ["callback met", "respond running", "solve running"]
    told(day).then("agree", "m1", "叶", agreed=True)
    assert day.matter()["callback"]["state"] == "due", "and called back again"
    assert day.matter()["callback"]["score"] is None


@CALLS
def test_three_tries_at_different_hours_make_somebody_unreachable() -> None:
    day = closed()
    for clock, counted in (("24 09:00", 1), ("24 09:59", 1), ("24 10:00", 2), ("25 09:30", 3)):
        day.at(clock, "call", "m1", "叶", reached=False)
        assert (day.refused(), day.matter()["callback"]["attempts"]) == ("", counted)
    assert day.matter()["callback"]["state"] == "unreachable"
    assert day.clocks()[-1] == "callback met"
    assert day.stands("state", "next_due") == ("closed", None)
    assert day.at("25 11:00", "call", "m1", "叶", reached=False).refused()


@CALLS
def test_not_reached_means_no_score_and_nothing_asked() -> None:
    day = closed().then("call", "m1", "叶", reached=False, score="dissatisfied", asked=True)
    assert day.refused() == ""
    assert day.told_last() == []
    assert day.matter()["callback"]["score"] is None


@pytest.mark.clause("SD-4.4")
def test_what_was_asked_of_a_resident_reaches_the_supervisor_or_whoever_is_above() -> None:
    words = {"reached": True, "score": "fairly", "asked": True}
    assert closed().then("call", "m1", "叶", **words).told_last() == ["asked 林"]
    assert closed().then("call", "m1", "林", **words).told_last() == ["asked 顾"]
    had_a_part = noise().then("assign", "m1", "林", to="孙", reason="去看")
    told(had_a_part).then("agree", "m1", "苏", agreed=True)
    assert had_a_part.then("call", "m1", "叶", **words).told_last() == ["asked 林", "asked 顾"]
    bad = closed().then("call", "m1", "叶", **{**words, "score": "dissatisfied"}, remark="要红包")
    assert bad.told_last() == ["asked 林", "reopened 苏", "reopened 林"]


@CALLS
def test_where_everybody_had_a_part_the_manager_calls() -> None:
    day = told(noise()).then("assign", "m1", "叶", to="叶", as_="owner", reason="x")
    assert day.refused()
    day.then("assign", "m1", "林", to="叶", as_="owner", reason="换班").then(
        "agree", "m1", "苏", agreed=True
    )
    assert day.then("call", "m1", "叶", reached=False).refused()
    assert day.then("call", "m1", "林", reached=False).refused()
    assert day.then("call", "m1", "顾", reached=False).refused() == "", "he had none"
    day = told(noise()).then("assign", "m1", "林", to="叶", as_="owner", reason="换班")
    day.then("assign", "m1", "顾", to="苏", as_="owner", reason="换回").then(
        "agree", "m1", "苏", agreed=True
    )
    assert "顾" in day.then("call", "m1", "叶", reached=False).refused()
    assert day.then("call", "m1", "顾", reached=False).refused() == ""


@CALLS
def test_a_call_makes_nobody_a_handler_and_reopening_by_hand_voids_it() -> None:
    day = (
        closed()
        .then("call", "m1", "叶", reached=False)
        .at("24 10:00", "call", "m1", "叶", reached=False)
    )
    assert day.refused() == ""
    day.then("reopen", "m1", "苏", reason="又吵")
    assert day.matter()["callback"] == {
        "state": "void",
        "due": "2026-11-26T09:00:00+08:00",
        "attempts": 2,
        "score": None,
    }
    told(day).then("agree", "m1", "苏", agreed=True)
    assert day.matter()["callback"]["attempts"] == 0, "a new one"
    assert day.then("call", "m1", "叶", reached=False).refused() == ""
    assert day.matter()["callback"]["attempts"] == 1, "counted anew, in the same hour too"


@CHAIN
def test_a_help_request_that_becomes_a_grave_repeat_reaches_both_above() -> None:
    day = noise().then("respond", "m1", "苏").then("assess", "m1", "苏", severity="major")
    day.then("record", "m2", "叶", kind="help", subject="noise", urgent=True)
    day.then("offer", "m2", "叶", to="工程")
    day.then("change", "m2", "叶", kind="complaint", reason="其实是投诉")
    assert day.refused() == "", "from urgent to grave isn't lighter"
    assert day.told_last() == ["repeat 林", "grave 顾", "changed 工程"]
    assert day.matter("m2")["grade"] == "grave"


@CHAIN
def test_a_clerk_may_not_call_it_lighter_than_the_repeat_began() -> None:
    day = noise(noise(), "m2").then("respond", "m2", "苏")
    assert "主管" in day.then("assess", "m2", "苏", severity="minor").refused()
    assert day.then("assess", "m2", "林", severity="minor").refused() == ""
    assert day.matter("m2")["linked"] == "m1", "the link stays"

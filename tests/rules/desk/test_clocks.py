"""Clocks of the desk: working time, warnings, lateness, ladders, pauses, and what happens in the same second."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from .days import Day

pytestmark = pytest.mark.clause("SD-4.3")


def phone_rings(clock: str = "23 09:00", **fields: Any) -> Day:
    """苏 takes a call about a door that doesn't close."""
    return Day().at(clock, "record", "m1", "苏", **{"kind": "help", **fields})


def test_a_call_on_monday_morning_starts_three_clocks_in_working_time() -> None:
    day = phone_rings()
    assert day.clocks() == ["respond running", "arrive running", "solve running"]
    assert [day.due(c) for c in ("respond", "arrive", "solve")] == [
        "23 09:30",
        "23 14:30",
        "24 09:00",
    ]
    assert day.stands("state", "owner", "holder", "offer", "hand_offs") == (
        "new", "苏", "苏", None, 0,
    )  # fmt: skip
    assert day.said()["next_due"] == "2026-11-23T09:30:00+08:00"


def test_four_hours_from_friday_afternoon_end_on_monday_before_noon() -> None:
    day = Day().at("27 16:30", "record", "m1", "苏", kind="enquiry")
    assert day.due("solve") == "30 11:30"


@pytest.mark.parametrize("clock", ["23 07:00", "23 08:30"])
def test_a_morning_ends_at_noon_and_not_after_lunch(clock: str) -> None:
    day = Day(limits={"enquiry": {"solve": 210}}).at(clock, "record", "m1", "苏", kind="enquiry")
    assert day.due("solve") == "23 12:00"


def test_a_lift_that_stands_still_on_a_saturday_waits_for_nobody() -> None:
    day = phone_rings("28 20:00", subject="lift").until("28 21:30")
    assert day.matter()["grade"] == "urgent"
    assert [day.due(c) for c in ("respond", "arrive", "solve")] == [
        "28 20:05",
        "28 20:30",
        "29 00:00",
    ]
    assert day.told("level") == [
        "28 20:05 level1 respond 林",
        "28 20:20 level2 respond 林",
        "28 20:30 level1 arrive 林",
        "28 20:35 level3 respond 顾",
        "28 20:45 level2 arrive 林",
        "28 21:00 level3 arrive 顾",
    ]


def test_the_desk_may_say_that_it_is_urgent_or_that_it_is_not() -> None:
    assert phone_rings(subject="lift", urgent=False).matter()["grade"] == "normal"
    assert phone_rings(urgent=True).matter()["grade"] == "urgent"
    for kind, grade in (("paid", "normal"), ("suggestion", "normal"), ("complaint", "minor")):
        found = phone_rings(kind=kind, subject="lift").matter()
        assert found["grade"] == grade, "only help requests are urgent by their subject"
    assert phone_rings(kind="paid", urgent=True).matter()["grade"] == "urgent"
    assert phone_rings(kind="enquiry", urgent=True).matter()["grade"] == "normal"


def test_holidays_are_off_and_make_up_days_are_worked() -> None:
    day = phone_rings("27 16:30", kind="enquiry")
    day.file["calendar"] = {"holidays": ["2026-11-30"], "make_up": ["2026-11-29"]}
    assert day.due("solve") == "29 11:30", "the Sunday has Monday's windows"
    day.file["calendar"] = {"holidays": ["2026-11-30"]}
    assert day.matter()["clocks"][0]["due"] == "2026-12-01T11:30:00+08:00"


def test_a_make_up_day_keeps_its_own_windows_where_it_has_some() -> None:
    day = phone_rings("28 08:00", kind="enquiry")
    night = [[], [["18:00", "24:00"]], [], [], [], [["10:00", "11:00"]], []]
    day.file["calendar"] = {"week": night, "make_up": ["2026-11-28", "2026-11-29"]}
    assert day.due("solve") == "29 21:00", "an hour on Saturday, three in Sunday's Tuesday evening"


def test_a_holiday_of_three_years_is_waited_out() -> None:
    day = phone_rings(kind="enquiry")
    first = date(2026, 11, 23)
    days = (date(2029, 1, 1) - first).days
    off = [(first + timedelta(days=n)).isoformat() for n in range(days)]
    day.file["calendar"] = {"holidays": off}
    assert day.matter()["clocks"][0]["due"] == "2029-01-01T14:00:00+08:00"


def test_a_limit_of_a_hundred_thousand_minutes_is_found_at_once_in_a_thin_week() -> None:
    day = Day(limits={"enquiry": {"solve": 100_000}})
    day.at("23 09:00", "record", "m1", "苏", kind="enquiry")
    day.file["calendar"] = {"week": [[["09:00", "09:01"]], [], [], [], [], [], []]}
    due = day.matter()["clocks"][0]["due"]
    assert due.startswith("3943-"), "a minute a week"


def test_the_owner_and_the_holder_are_warned_at_four_fifths_and_told_when_it_is_late() -> None:
    day = phone_rings().at("23 09:05", "offer", "m1", "苏", to="工程")
    day.at("23 09:10", "accept", "m1", "钱").until("23 09:30")
    assert day.told("warn", "late", "level") == [
        "23 09:24 warn respond 苏",
        "23 09:24 warn respond 钱",
        "23 09:30 late respond 苏",
        "23 09:30 late respond 钱",
        "23 09:30 level1 respond 赵",
    ]


def test_a_warning_is_rounded_down_to_the_second() -> None:
    day = Day(warn_percent=67, limits={"enquiry": {"solve": 7}})
    day.at("23 09:00", "record", "m1", "苏", kind="enquiry").until("23 09:07")
    assert day.told("warn") == ["23 09:04:41 warn solve 苏"]


def test_what_is_done_at_the_very_second_of_a_limit_is_late() -> None:
    assert phone_rings().at("23 09:29:59", "respond", "m1", "苏").clocks()[0] == "respond met"
    day = phone_rings().at("23 09:30", "respond", "m1", "苏")
    assert day.clocks()[0] == "respond met late"
    assert day.told("late") == ["23 09:30 late respond 苏"]
    assert day.due("respond") == "23 09:30"


def test_after_the_last_event_the_clock_stands_unless_the_file_says_until_when() -> None:
    assert phone_rings().told() == []
    assert phone_rings().until("23 09:23:59").told() == []
    assert phone_rings().until("23 09:24").told() == ["23 09:24 warn respond 苏"]


def test_in_one_second_matters_go_as_recorded_then_clocks_then_their_marks() -> None:
    rows = {"solve": 60, "ladder": [0, 0, 0]}
    day = Day(limits={"enquiry": rows, "help": {"respond": 60, "arrive": 60, **rows}})
    day.at("23 09:00", "record", "b", "叶", kind="enquiry")
    day.then("record", "a", "苏", kind="help").until("23 10:00")
    told = [n for n in day.run()["notices"] if n["at"].endswith("T10:00:00+08:00")]
    assert [(n["matter"], n["clock"], n["notice"], n["level"]) for n in told] == [
        (m, c, n, level)
        for m, clocks in (("b", ["solve"]), ("a", ["respond", "arrive", "solve"]))
        for c in clocks
        for n, level in (("late", None), ("level", 1), ("level", 2), ("level", 3))
    ]


def test_reply_is_owed_by_the_owner_alone_and_climbs_from_the_owners_head() -> None:
    day = Day().at("23 09:00", "record", "m1", "苏", kind="help")
    day.then("assign", "m1", "林", to="孙", reason="他在楼下").then("arrive", "m1", "孙")
    day.at("23 10:00", "done", "m1", "孙").until("24 17:00")
    assert day.told("solved", "warn", "late", "level") == [
        "23 10:00 solved 苏",
        "23 10:48 warn reply 苏",
        "23 11:00 late reply 苏",
        "23 11:00 level1 reply 林",
        "23 14:30 level2 reply 林",
        "24 11:00 level3 reply 顾",
    ]


# Pauses


def waits(**policy: Any) -> Day:
    """The door needs a hinge; 苏 responded, and waits for it from 10:00 on Monday."""
    day = Day(**policy).at("23 09:00", "record", "m1", "苏", kind="help")
    return day.then("respond", "m1", "苏").at("23 10:00", "pause", "m1", "苏", reason="parts")


def test_a_pause_stops_the_clocks_and_they_count_on_where_they_were() -> None:
    day = waits()
    assert day.matter()["paused"] == "parts"
    assert day.clocks() == ["respond met", "arrive paused", "solve paused"]
    assert (day.due("arrive"), day.due("solve")) == (None, None)
    assert day.said()["next_due"] == "2026-11-26T10:00:00+08:00", "three days of 450 minutes"
    day.at("24 10:00", "resume", "m1", "苏")
    assert (day.due("arrive"), day.due("solve")) == ("24 14:30", "25 09:00")
    assert day.matter()["paused"] is None


def test_a_pause_is_over_by_itself_when_all_pauses_make_up_the_cap() -> None:
    day = waits(pause_cap=90).at("23 11:00", "resume", "m1", "苏")
    day.then("pause", "m1", "苏", reason="access")
    assert day.said()["next_due"] == "2026-11-23T11:30:00+08:00"
    day.until("23 12:00")
    assert day.told("pause_over") == ["23 11:30 pause_over 苏"]
    assert day.clocks()[1:] == ["arrive running", "solve running"]
    day.file.pop("until")
    assert "用完" in day.at("23 14:00", "pause", "m1", "苏", reason="parts").refused()


def test_a_pause_of_an_urgent_matter_counts_all_time() -> None:
    day = Day().at("28 09:00", "record", "m1", "苏", kind="help", subject="lift")
    day.then("respond", "m1", "苏").then("pause", "m1", "苏", reason="third_party")
    assert day.said()["next_due"] == "2026-11-29T07:30:00+08:00"


def test_a_late_clock_stays_late_through_a_pause_and_its_ladder_goes_on_after_it() -> None:
    day = (
        waits()
        .at("25 10:00", "resume", "m1", "苏")
        .at("25 14:30", "pause", "m1", "苏", reason="parts")
    )
    assert day.clocks()[1] == "arrive paused late"
    assert day.due("arrive") == "25 14:30", "the second it became late is kept"
    day.at("25 15:30", "resume", "m1", "苏").until("25 17:30")
    assert day.due("arrive") == "25 14:30"
    assert day.told("level") == ["25 14:30 level1 arrive 林", "25 17:30 level2 arrive 林"]


@pytest.mark.parametrize(
    ("event", "by", "fields", "paused"),
    [
        ("assign", "林", {"to": "叶", "reason": "换人"}, "parts"),
        ("assign", "苏", {"to": "叶", "as_": "owner", "reason": "换班"}, "parts"),
        ("arrive", "苏", {}, None),
        ("offer", "苏", {"to": "工程"}, None),
        ("change", "苏", {"urgent": True, "reason": "漏水了"}, None),
        ("cancel", "叶", {"reason": "withdrawn"}, None),
        ("done", "苏", {}, "parts"),
    ],
)
def test_what_is_done_lets_a_paused_matter_go_on_but_for_reassigning_and_refusals(
    event: str, by: str, fields: dict[str, Any], paused: str | None
) -> None:
    assert waits().at("23 11:00", event, "m1", by, **fields).matter()["paused"] == paused


def test_a_guards_matter_may_be_taken_and_waits_on() -> None:
    day = Day().at("23 09:00", "record", "m1", "石", kind="help").then("respond", "m1", "石")
    day.then("pause", "m1", "石", reason="access").at("23 10:00", "take", "m1", "苏")
    assert day.stands("owner", "holder") == ("苏", "苏")
    assert day.matter()["paused"] == "access"


def test_before_the_resident_has_heard_from_us_nothing_waits() -> None:
    day = phone_rings().then("pause", "m1", "苏", reason="parts")
    assert "先响应" in day.refused()
    assert waits().then("pause", "m1", "苏", reason="parts").refused()
    assert waits(pause_cap=0).refused()
    assert phone_rings().then("resume", "m1", "苏").refused()
    offered = phone_rings().then("respond", "m1", "苏").then("offer", "m1", "苏", to="工程")
    assert "接手" in offered.then("pause", "m1", "苏", reason="parts").refused()


def test_what_needs_no_response_may_wait_at_once() -> None:
    day = Day().at("23 09:00", "record", "m1", "苏", kind="enquiry")
    assert day.then("pause", "m1", "苏", reason="resident").refused() == ""


# Another grade, another kind, opened again


def test_another_grade_replaces_what_runs_and_counts_from_zero() -> None:
    day = phone_rings().at("23 09:10", "respond", "m1", "苏").then("offer", "m1", "苏", to="工程")
    day.at("23 09:20", "change", "m1", "苏", urgent=True, reason="锁不上")
    assert day.clocks() == [
        "respond met",
        "arrive replaced",
        "solve replaced",
        "accept replaced",
        "arrive running",
        "solve running",
        "accept running",
    ]
    assert (day.due("arrive"), day.due("solve"), day.due("accept")) == (
        "23 09:50",
        "23 13:20",
        "23 09:25",
    )
    assert day.said()["offer"] == "工程"
    assert day.told_last() == ["changed 工程"]


def test_a_clock_that_the_new_row_does_not_have_gets_no_successor() -> None:
    day = Day(limits={"help_urgent": {"respond": None}})
    day.at("23 09:00", "record", "m1", "苏", kind="help")
    day.then("change", "m1", "苏", urgent=True, reason="冒水")
    assert day.clocks()[:3] == ["respond replaced", "arrive replaced", "solve replaced"]
    assert day.clocks()[3:] == ["arrive running", "solve running"]


def test_another_kind_begins_as_if_recorded_now_and_people_and_hand_offs_stay() -> None:
    day = phone_rings().then("offer", "m1", "苏", to="工程").then("accept", "m1", "钱")
    day.then("arrive", "m1", "钱").then("offer", "m1", "钱", to="保洁")
    day.at("23 09:20", "change", "m1", "苏", kind="paid", reason="不在保修内")
    assert day.stands("state", "owner", "holder", "hand_offs", "offer") == (
        "new", "苏", "钱", 1, None,
    )  # fmt: skip
    assert day.clocks()[4:] == ["accept void", "respond running", "arrive running", "solve running"]
    assert day.due("respond") == "23 09:50"
    assert day.said()["clause"] == "SD-4.2.2", "of the kind before"
    assert day.told_last() == ["changed 钱", "changed 保洁"]


def test_lighter_takes_a_supervisor() -> None:
    lift = Day().at("23 09:00", "record", "m1", "苏", kind="help", subject="lift")
    assert "主管" in lift.then("change", "m1", "苏", urgent=False, reason="不急").refused()
    assert lift.then("change", "m1", "林", urgent=False, reason="不急").refused() == ""
    lift = Day().at("23 09:00", "record", "m1", "苏", kind="help", subject="lift")
    assert lift.then("change", "m1", "苏", kind="enquiry", reason="只是问").refused()
    assert (
        lift.then("change", "m1", "苏", kind="paid", urgent=True, reason="私人的").refused() == ""
    )
    angry = Day().at("23 09:00", "record", "m1", "苏", kind="complaint")
    assert angry.then("change", "m1", "苏", kind="enquiry", reason="只是问").refused()
    assert angry.then("change", "m1", "林", kind="enquiry", reason="只是问").refused() == ""


def test_a_change_that_changes_nothing_is_refused() -> None:
    for fields in ({}, {"kind": "help"}, {"urgent": False}, {"kind": "help", "urgent": False}):
        assert phone_rings().then("change", "m1", "苏", reason="?", **fields).refused()
    quiet = Day().at("23 09:00", "record", "m1", "苏", kind="suggestion")
    assert quiet.then("change", "m1", "苏", urgent=True, reason="急").refused()


def test_opened_again_its_clocks_start_anew_and_the_old_ones_are_still_seen() -> None:
    day = (
        Day()
        .at("23 09:00", "record", "m1", "苏", kind="enquiry")
        .then("answer", "m1", "苏", text="三楼")
    )
    day.then("tell", "m1", "苏").at("23 10:00", "reopen", "m1", "叶", reason="不对")
    assert day.clocks() == ["solve met", "reply met", "solve running"]
    assert day.stands("state", "owner", "holder") == ("new", "苏", "苏")
    assert day.told_last() == ["reopened 苏", "reopened 林"]


# What an office chooses


def test_a_row_or_a_field_that_is_left_out_keeps_its_usual_limit() -> None:
    day = Day(limits={"help": {"respond": 10, "always": True}, "enquiry": {"respond": 5}})
    day.at("23 11:55", "record", "m1", "苏", kind="help").then("record", "m2", "苏", kind="enquiry")
    day.then("record", "m3", "苏", kind="suggestion")
    assert [day.due(c) for c in ("respond", "arrive", "solve")] == [
        "23 12:05",
        "23 15:55",
        "23 19:25",
    ]
    assert day.clocks("m2") == ["respond running", "solve running"]
    assert day.due("respond", "m2") == "23 12:00"
    assert day.due("respond", "m3") == "24 11:55"


def test_nobody_arrives_at_a_complaint_whatever_its_row_says() -> None:
    day = Day(limits={"complaint_minor": {"arrive": 5}, "suggestion": {"arrive": 5}})
    for name, kind in (("m1", "complaint"), ("m2", "suggestion")):
        day.at("23 09:00", "record", name, "苏", kind=kind)
        assert day.clocks(name) == ["respond running", "solve running"]


def test_an_office_says_which_help_is_urgent() -> None:
    day = Day(urgent_subjects=["door"]).at("23 09:00", "record", "m1", "苏", kind="help")
    assert day.matter()["grade"] == "urgent"
    day.at("23 09:00", "record", "m2", "苏", kind="help", subject="lift")
    assert day.matter("m2")["grade"] == "normal"


def test_a_waiver_leaves_a_pause_as_it_is() -> None:
    day = Day().at("23 09:00", "record", "m1", "苏", kind="paid")
    day.then("arrive", "m1", "苏").then("quote", "m1", "苏", amount=500)
    day.then("agree", "m1", "苏", agreed=True, amount=500).then("start", "m1", "苏")
    day.then("done", "m1", "苏", signed=True, amount=500)
    day.then("pause", "m1", "苏", reason="resident")
    assert day.clocks()[-1] == "reply paused"
    day.at("23 10:00", "reduce", "m1", "叶", amount=100, approved_by="林")
    found = day.matter()
    assert (found["amount"], found["paused"]) == (400, "resident")


def test_one_matter_may_be_a_thousand_steps_long() -> None:
    """Each step costs the same: only clocks that go on are looked at."""
    day = Day().at("23 09:00", "record", "m1", "苏", kind="enquiry")
    for _ in range(250):
        day.then("answer", "m1", "苏", text="好").then("tell", "m1", "苏")
        day.then("reopen", "m1", "叶", reason="不对").then("respond", "m1", "苏")
    assert len(day.matter()["clocks"]) == 250 * 3, (
        "solve and reply each time, and a call-back from the second on"
    )

"""What happens at the gates within one second, off line, at a merge and in the evening."""

from __future__ import annotations

import pytest

from tests.rules.gate.files import Gates, t

pytestmark = pytest.mark.clause("CV-4.1", "CV-4.2")


def test_a_list_holds_what_was_told_in_its_own_second_but_before_the_line_went() -> None:
    before = Gates().at("09:00", "revoke", pass_="P1", by="苏青", reason="x")
    assert before.at("09:00", "offline", gate="G1").scan("09:00").code() == "void"
    after = Gates().at("09:00", "offline", gate="G1")
    after.at("09:00", "revoke", pass_="P1", by="苏青", reason="x")
    assert after.scan("09:00").code() == "ok"
    older = Gates().at("09:00", "revoke", pass_="P1", by="苏青", reason="x")
    assert older.at("09:01", "offline", gate="G1", list_age=2).scan("09:01").code() == "ok"


def test_off_line_a_new_revision_opens_though_the_list_lacks_it_and_the_old_one_does_too() -> None:
    day = Gates().at("09:00", "offline", gate="G1")
    assert day.scan("09:01", revision=2).code() == "unknown_pass"
    day.at("09:02", "reissue", pass_="P1", by="苏青", reason="加人", persons=5)
    assert day.scan("09:03", revision=2, count=5).code() == "ok"
    assert day.scan("09:04", revision=1).code() == "already_in"
    assert day.out("09:05", count=5).scan("09:06", revision=1).code() == "ok"
    merged = day.at("09:10", "online", gate="G1")
    assert merged.conflicts() == [(6, "old_revision", 3)]


def test_what_one_merge_found_the_next_does_not_find_again() -> None:
    day = Gates()
    for gate in ("G1", "G2", "G3"):
        day.at("09:00", "offline", gate=gate)
    day.scan("09:01", "G2", paper="P3").scan("09:01", count=3).scan("09:02", "G3", count=3)
    day.scan("09:03", "G3", paper="P2", count=2)
    assert day.at("09:10", "online", gate="G3").conflicts() == []
    assert day.at("09:11", "online", gate="G1").conflicts() == [
        (5, "already_in", 4),
        (6, "over_headcount", None),
    ]
    assert day.at("09:12", "online", gate="G2").conflicts() == []  # all judged again from 3 on
    assert day.run()["on_site"]["V1"] == {"persons": 8, "areas": {"plant": 3}}


def test_a_merge_judges_what_others_let_in_meanwhile_on_line() -> None:
    day = Gates().at("09:00", "offline", gate="G1").scan("09:01", count=4)
    assert day.scan("09:02", "G3", count=4).code() == "ok"
    assert day.at("09:10", "online", gate="G1").conflicts() == [(2, "already_in", 1)]


def test_who_was_let_in_off_line_during_a_roll_call_is_a_conflict() -> None:
    day = Gates().scan("09:00", count=2).at("09:05", "offline", gate="G1")
    day.at("09:10", "roll_start", by="周队长", drill=True)
    assert (day.last()["drill"], day.last()["off_line"]) == (True, ["G1"])
    assert day.scan("09:11").code() == "ok"
    assert day.out("09:12", "G3").code() == "ok"
    assert day.admit("09:12", "G3").code() == "roll_call"
    day.at("09:13", "roll_end", by="周队长")
    assert day.at("09:14", "online", gate="G1").conflicts() == [(3, "roll_call", 0)]


def test_a_queue_is_judged_by_the_true_time_of_its_scans() -> None:
    day = Gates().at("12:00", "offline", gate="G1").scan("12:01", device=t("11:59"))
    assert (day.code(), day.last()["list_age"]) == ("ok", -1)
    assert day.at("12:05", "online", gate="G1").conflicts() == [(1, "too_late", None)]
    slow = Gates().at("11:00", "offline", gate="G1").scan("11:01", device=t("11:20"))
    assert slow.at("11:30", "online", gate="G1").conflicts() == [(1, "clock_off", None)]


def test_a_list_age_is_whole_minutes_rounded_down() -> None:
    day = Gates().at("09:00", "offline", gate="G1", list_age=1)
    assert day.scan("09:01:59").last()["list_age"] == 2
    assert day.scan("09:02", device=t("08:58:59")).last()["list_age"] == -1
    assert "list_age" not in Gates().scan("09:00").last()


def test_off_line_nobody_who_leaves_is_asked_for() -> None:
    assert Gates().out("09:00").code() == "not_in"
    day = Gates().at("09:00", "offline", gate="G1")
    assert day.out("09:01").code() == "ok"
    assert day.at("09:02", "online", gate="G1").conflicts() == [(1, "not_in", None)]
    assert Gates().out("09:00", revision=2).code() == "unknown_pass"
    void = Gates().scan("09:00").at("09:01", "revoke", pass_="P1", by="苏青", reason="x")
    assert void.out("13:00").code() == "ok"


def test_a_supervisor_opens_past_the_clock_but_not_past_the_pass_or_the_headcount() -> None:
    assert Gates().admit("12:30", device=t("15:00")).code() == "ok"
    assert Gates().admit("09:00", count=5).code() == "ok"
    assert Gates().admit("09:00", count=7).code() == "over_headcount"
    assert Gates().admit("09:00", by="苏青").last()["clause"] == "CV-4.1"
    lost = Gates().at("09:00", "lost", pass_="P1", by="苏青")
    assert lost.admit("09:01").code() == "lost"
    old = Gates(list_minutes=5).at("09:00", "offline", gate="G1", list_age=9)
    assert (old.scan("09:01").code(), old.admit("09:02").code()) == ("list_old", "ok")


def test_sent_twice_a_scan_or_admission_is_answered_alike_at_its_own_gate() -> None:
    day = Gates().scan("13:00", nonce="n")
    again = day.admit("13:01", nonce="n").last()
    assert (again["code"], again["repeat"], again["at"]) == ("too_late", True, t("13:01"))
    assert (day.admit("13:02", "G3", nonce="n").code(), day.last()["repeat"]) == ("ok", False)


def test_a_pass_issued_again_is_not_warned_of_for_a_time_already_past() -> None:
    day = Gates().scan("11:00").at("12:15", "reissue", pass_="P1", by="苏青", reason="x")
    assert day.records() == ["12:15 overstay P1 苏青"]
    late = (
        Gates()
        .scan("11:00")
        .at("12:15", "reissue", pass_="P1", by="苏青", reason="x", to=t("11:30"))
    )
    assert late.records() == ["12:15 overstay P1 苏青"]  # 11:45 had passed when it was issued
    longer = (
        Gates().scan("11:00").at("12:10", "reissue", pass_="P1", by="x", reason="x", to=t("13:00"))
    )
    longer.file["until"] = t("14:00")
    assert longer.records() == ["13:15 overstay P1 苏青"]


def test_of_one_moment_passes_are_warned_of_before_gates() -> None:
    day = Gates(list_minutes=15).scan("11:00").scan("11:01", paper="P3")
    day.at("12:00", "offline", gate="G2").at("12:00", "offline", gate="G1")
    day.file["until"] = t("12:15")
    assert day.records() == [
        "12:15 overstay P1 苏青",
        "12:15 overstay P3 苏青",
        "12:15 list_old G1 security",
        "12:15 list_old G2 security",
    ]


def test_an_overstay_is_tested_once_and_what_a_merge_tells_later_comes_too_late() -> None:
    day = Gates().at("11:00", "offline", gate="G1").scan("11:01").at("12:30", "online", gate="G1")
    day.file["until"] = t("14:00")
    assert day.records() == []
    assert day.run()["on_site"]["V1"]["persons"] == 1


def test_a_window_that_ends_up_empty_lets_nobody_in() -> None:
    day = Gates().at("09:00", "reissue", pass_="P1", by="苏青", reason="x", to=t("08:00"))
    assert day.scan("09:01", revision=2).code() == "too_late"


def test_who_leaves_the_site_leaves_the_zone_of_the_gate_first_then_the_others_in_order() -> None:
    day = Gates().scan("09:00", "G3", count=1).scan("09:01", count=1)
    day.scan("09:02", "G3", paper="P2", count=2).scan("09:03", "G2", paper="P2", count=1)
    day.scan("09:04", count=1)
    assert day.run()["on_site"]["V1"] == {"persons": 5, "areas": {"plant": 2, "workshop": 1}}
    day.out("09:05", count=2)  # both in the plant, before the one elsewhere
    assert day.run()["on_site"]["V1"] == {"persons": 3, "areas": {"workshop": 1}}
    day.out("09:06", paper="P2", count=1)  # nobody of it in the plant: elsewhere, then the workshop
    assert day.run()["on_site"]["V1"] == {"persons": 2, "areas": {"workshop": 1}}
    assert day.out("09:07", "G2", paper="P2", count=3).code() == "not_in"
    assert day.run()["on_site"]["V1"] == {"persons": 2, "areas": {}}


def test_gates_to_the_same_areas_lead_to_one_zone_and_an_area_counts_all_its_zones() -> None:
    day = Gates()
    day.file["gates"] += [
        {"gate": "G4", "areas": ["workshop", "plant"]},
        {"gate": "G5", "areas": ["plant", "workshop"]},
    ]
    day.scan("09:00", count=1).scan("09:01", "G4", paper="P2", count=2)
    assert day.run()["on_site"]["V1"]["areas"] == {"plant": 3, "workshop": 2}
    assert day.out("09:02", "G5", paper="P2", count=2).code() == "ok"
    assert day.run()["on_site"]["V1"] == {"persons": 3, "areas": {"plant": 1}}


def test_every_revision_is_counted_as_what_became_of_it() -> None:
    day = Gates().scan("09:00", count=2).at("09:01", "lost", pass_="P1", by="苏青")
    day.at("09:02", "reissue", pass_="P1", by="苏青", reason="补证")
    assert (day.last()["in_pass"], day.last()["revision"]) == (2, 2)
    day.at("09:03", "reissue", pass_="P1", by="苏青", reason="改期")
    day.at("09:04", "returned", pass_="P1", by="苏青")
    assert day.last()["in_pass"] == 2
    evening = day.at("18:00", "day_end", by="周队长").last()
    assert evening["balance"]["V1"] == {
        "issued": 4,
        "returned": 1,
        "void": 1,
        "lost": 1,
        "outstanding": 1,
    }
    assert (evening["on_site"], evening["not_returned"], evening["off_line"]) == (
        {},
        ["P2", "P3"],
        [],
    )


def test_whoever_has_no_pass_of_the_file_is_counted_nowhere() -> None:
    said = Gates().scan("09:00", paper="P9").last()
    assert (said["visit"], said["in_pass"], said["in_visit"]) == (None, None, None)
    assert (said["result"], said["clause"]) == ("refuse", "CV-4.2")


def test_more_found_than_expected_is_nobody_missing() -> None:
    day = Gates().scan("09:00", count=2).at("09:10", "roll_start", by="周队长")
    assert day.at("09:11", "roll_mark", visit="V1", safe=3, by="周队长").last()["missing"] == 0
    assert day.at("09:12", "roll_mark", visit="V2", safe=1, by="周队长").last()["missing"] == 0
    assert day.at("09:13", "roll_end", by="周队长").last()["missing"] == {}


def test_a_pass_that_is_not_out_any_more_is_said_to_be_what_it_became() -> None:
    for event, became in (("revoke", "作废"), ("lost", "挂失"), ("returned", "交还")):
        day = Gates().at("09:00", event, pass_="P1", by="苏青", reason="x")
        day.at("09:01", "revoke", pass_="P1", by="苏青", reason="x")
        assert day.last()["because"] == f"P1已经{became}，不用再办。"

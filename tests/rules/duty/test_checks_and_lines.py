"""Checks, slips, repairs, handovers and cases of a day on duty."""

import pytest

from .days import Day, morning, pair, t

CLOSING = ("water", "electricity", "gas", "doors", "windows")


def evening(failed: str = "") -> Day:
    """The closing check of 样板间A answered by 叶."""
    day = morning()
    for item in CLOSING:
        result = "failed" if item == failed else "ok"
        day.at("17:40", "answer", task="样板间A/closing", who="叶", item=item, result=result)
    return day


@pytest.mark.clause("SF-4.7")
def test_a_closing_check_wants_a_guard_and_somebody_of_the_post() -> None:
    day = evening().at("17:45", "sign", task="样板间A/closing", who="叶")
    assert day.last()["done"] is False
    assert not day.at("17:46", "sign", task="样板间A/closing", who="许").accepted()
    assert day.at("17:47", "sign", task="样板间A/closing", who="秦").last()["done"] is True
    assert day.run()["tasks"]["样板间A/closing"] == {
        "due": t("18:00"),
        "status": "done",
        "was": "pending",
        "at": t("17:47"),
    }


@pytest.mark.clause("SF-4.7", "SF-4.4")
def test_what_failed_at_closing_wants_an_open_repair_and_the_lead() -> None:
    day = evening("gas").at("17:45", "sign", task="样板间A/closing", who="许")
    assert not day.accepted()
    wants = {"who": "叶", "post": "样板间A", "task": "样板间A/closing", "item": "gas"}
    day.at("17:46", "line_open", line="L", kind="slip", **wants).at(
        "17:47", "sign", task="样板间A/closing", who="许"
    )
    assert not day.accepted()
    day.at("17:48", "line_open", line="M", kind="repair", **wants).at(
        "17:49", "sign", task="样板间A/closing", who="叶"
    )
    assert not day.accepted()  # only guards and leads sign where something failed
    assert day.at("17:50", "sign", task="样板间A/closing", who="许").accepted()


@pytest.mark.clause("SF-4.1")
def test_an_answer_changed_takes_the_signatures_back() -> None:
    day = evening().at("17:45", "sign", task="样板间A/closing", who="秦")
    day.at(
        "17:46",
        "answer",
        task="样板间A/closing",
        who="叶",
        item="gas",
        result="na",
        reason="无燃气",
    )
    assert day.at("17:47", "sign", task="样板间A/closing", who="叶").last()["done"] is False


@pytest.mark.clause("SF-4.1", "SC-4.1")
def test_who_is_not_at_hand_answers_nothing() -> None:
    day = pair().at("08:40", "sign_on", who="陈")
    asked = {"task": "样板间A/opening", "item": "goods", "result": "ok"}
    assert not day.at("08:41", "answer", who="陈", **asked).accepted()
    assert not day.at("08:41", "answer", who="许", **asked).accepted()
    assert day.at("08:42", "sign_on", who="许").at("08:42", "answer", who="许", **asked).accepted()
    assert not day.at(
        "08:43", "answer", task="样板间A/closing", who="许", item="gas", result="ok"
    ).accepted()


@pytest.mark.clause("SF-4.1", "SC-4.1")
def test_what_is_late_and_what_is_missing() -> None:
    day = (
        Day(round_minutes=240, late_minutes=10, missing_minutes=10)
        .post("样板间A")
        .person("叶", "样板间A")
    )
    log = day.until("18:10").log()
    assert [x for x in log if "round" in x or "closing" in x] == [
        "13:10 missing 样板间A/round/1 lead",
        "17:10 missing 样板间A/round/2 lead",
        "18:10 missing 样板间A/closing head",
    ]


@pytest.mark.clause("SF-4.3.6", "SF-4.4")
def test_the_owner_or_a_lead_closes_a_line_and_an_open_repair_is_chased() -> None:
    day = morning().line("旧", "repair", "样板间A", "陈老师")
    day.at("10:00", "line_open", line="新", kind="slip", who="叶", post="样板间A")
    assert not day.at("10:01", "line_close", line="新", who="陈").accepted()
    assert day.at("10:02", "line_close", line="新", who="许").accepted()
    chased = [e for e in day.until("18:00").run()["log"] if e["what"] == "chase"]
    assert [(e["at"], e["to"], e["clause"]) for e in chased] == [
        (t("09:00"), "陈老师", "SF-4.4"),
        (t("18:00"), "陈老师", "SF-4.4"),
    ]


@pytest.mark.clause("SF-4.3.6", "SF-4.7")
def test_a_handover_passes_what_was_accepted_and_names_what_was_not() -> None:
    day = (
        morning()
        .line("L", "repair", "样板间A", "叶")
        .line("M", "slip", "样板间A", "叶")
        .line("N", "slip", "展厅", "叶")
    )
    started = day.at(
        "17:00",
        "handover_start",
        handover="h",
        post="样板间A",
        giver="叶",
        receiver="秦",
        keys=["大门"],
        stock=[{"item": "鞋套", "count": 40}],
    ).last()
    assert [e["id"] for e in started["entries"]] == ["L", "M", "大门", "鞋套"]
    assert started["clause"] == "SF-4.7"
    answers = [
        ("line", "L", True),
        ("line", "M", False),
        ("key", "大门", True),
        ("stock", "鞋套", True),
    ]
    assert not day.at("17:01", "handover_sign", handover="h", who="秦").accepted()
    for kind, name, accepts in answers:
        day.at(
            "17:02",
            "handover_answer",
            handover="h",
            who="秦",
            kind=kind,
            id=name,
            accepts=accepts,
            reason="没有办",
        )
    assert not day.at("17:03", "handover_sign", handover="h", who="许").accepted()  # 叶 is here
    day.at("17:04", "handover_sign", handover="h", who="秦").at(
        "17:05", "handover_sign", handover="h", who="叶"
    )
    assert day.log()[-1] == "17:05 objected h lead"
    lines = day.run()["lines"]
    assert (lines["L"]["owner"], lines["M"]["owner"], lines["N"]["owner"]) == ("秦", "叶", "叶")


@pytest.mark.clause("SF-4.3.6")
def test_a_second_handover_of_a_post_drops_the_first_and_a_lead_signs_for_who_is_gone() -> None:
    day = morning().line("L", "slip", "样板间A", "叶")
    day.at("17:00", "handover_start", handover="h", post="样板间A", giver="叶", receiver="许")
    day.at("17:01", "handover_start", handover="i", post="样板间A", giver="叶", receiver="秦")
    day.at("17:02", "handover_answer", handover="i", who="秦", kind="line", id="L", accepts=True)
    day.at("18:00", "sign_off", who="叶").at("18:01", "handover_sign", handover="i", who="许")
    day.at("18:02", "handover_sign", handover="i", who="秦")
    assert day.last()["done"] is True
    assert day.run()["handovers"] == {"h": "dropped", "i": "done"}
    assert "17:16 handover_late i lead" in day.log()


@pytest.mark.clause("SF-4.5")
def test_a_disruption_rises_until_the_lead_has_heard() -> None:
    day = morning().at("10:00", "case_open", case="c", kind="disruption", who="叶", post="样板间A")
    assert not day.at("10:01", "case_acknowledge", case="c", who="许").accepted()
    heard = day.at("10:06", "case_acknowledge", case="c", who="许")
    assert heard.accepted()
    heard.until("11:00")
    assert [x for x in heard.log() if "escalated" in x or "again" in x] == [
        "10:05 escalated c lead"
    ]


@pytest.mark.clause("SF-4.5")
def test_on_the_stroke_is_too_late_and_the_last_level_is_called_again() -> None:
    day = morning().at("10:00", "case_open", case="c", kind="disruption", who="叶", post="样板间A")
    day.at("10:10", "case_acknowledge", case="c", who="许").until("10:40")
    assert [x for x in day.log() if "escalated" in x or "again" in x] == [
        "10:05 escalated c lead",
        "10:10 escalated c head",
        "10:15 again c head",
        "10:20 again c head",
        "10:25 again c head",
    ]


@pytest.mark.clause("SC-4.6")
def test_an_emergency_alerts_three_and_each_until_it_has_heard() -> None:
    day = morning().at(
        "10:00", "case_open", case="c", kind="emergency", type="火警", who="陈", post="展厅"
    )
    day.at("10:03", "case_acknowledge", case="c", who="秦").until("10:05")
    assert day.log()[-6:] == [
        "10:00 escalated c lead",
        "10:00 escalated c head",
        "10:00 escalated c guard",
        "10:03 accepted",
        "10:05 again c lead",
        "10:05 again c head",
    ]
    day.file.pop("until")
    assert not day.at("10:06", "case_escalate", case="c", who="陈").accepted()


@pytest.mark.clause("SF-4.3.5")
def test_back_to_post_after_seeing_somebody_off() -> None:
    day = morning().at("10:00", "farewell", who="叶").at("10:11:50", "ready", who="叶")
    assert day.last()["minutes"] == 11
    assert "10:10 not_ready 叶 lead" in day.log()
    assert not day.at("10:12", "ready", who="叶").accepted()
    assert not day.at("10:12", "farewell", who="程").accepted()

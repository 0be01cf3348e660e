"""A break fits or it doesn't: no post is ever left empty while everybody keeps to the plan (SF-4.3.7, SC-4.3.9)."""

import pytest

from .days import Day, morning, pair, t

pytestmark = pytest.mark.clause("SF-4.3.7", "SC-4.3.9")
NOON = {"kind": "meal", "from_": "12:00", "to": "12:30"}


def test_whoever_stands_alone_is_told_who_could_cover() -> None:
    no = morning().at("10:00", "break_request", break_="b", who="叶", **NOON).last()
    assert no["what"] == "refused"
    assert no["could_cover"] == ["陈", "吴", "李", "许"]
    assert no["earliest"] is None
    assert no["clause"] == "SF-4.3.7"
    assert "许" in no["because"]


def test_with_a_stand_in_the_break_fits_and_the_stand_in_cannot_be_taken_back() -> None:
    day = morning().at(
        "10:00", "stand_in", stand_in="s", who="许", post="样板间A", from_="12:00", to="12:30"
    )
    day.at("10:00", "break_request", break_="b", who="叶", **NOON)
    assert day.accepted()
    assert not day.at("10:05", "stand_in_cancel", stand_in="s").accepted()
    day.at("10:06", "break_cancel", break_="b").at("10:07", "stand_in_cancel", stand_in="s")
    assert day.accepted()


def test_of_two_that_exclude_each_other_the_first_recorded_wins_and_the_other_hears_when() -> None:
    day = morning().at("10:00", "break_request", break_="b", who="陈", **NOON)
    assert day.accepted()
    no = day.at(
        "10:00", "break_request", break_="c", who="吴", kind="meal", from_="12:10", to="12:40"
    ).last()
    assert (no["what"], no["could_cover"], no["earliest"]) == ("refused", ["许"], t("12:30"))


def test_a_break_begins_late_and_lasts_as_long_as_was_asked_if_that_fits() -> None:
    day = morning().at("10:00", "break_request", break_="b", who="陈", **NOON)
    done = day.at("12:10:40", "break_start", break_="b").last()
    assert (done["what"], done["to"]) == ("accepted", t("12:40"))


def test_where_the_whole_length_does_not_fit_it_lasts_until_its_planned_end() -> None:
    day = morning().at("10:00", "break_request", break_="b", who="陈", **NOON)
    day.at("10:00", "break_request", break_="c", who="吴", kind="meal", from_="12:30", to="13:00")
    assert day.at("12:10", "break_start", break_="b").last()["to"] == t("12:30")


def test_a_break_lapses_on_the_stroke_of_its_end() -> None:
    day = morning().at("10:00", "break_request", break_="b", who="陈", **NOON)
    assert not day.at("12:30", "break_start", break_="b").accepted()
    assert day.run()["breaks"] == {"b": "lapsed"}


def test_who_comes_back_late_is_asked_for_and_no_longer_counted_on() -> None:
    day = morning().at("10:00", "break_request", break_="b", who="陈", **NOON)
    day.at("12:00", "break_start", break_="b")
    day.at("12:20", "break_request", break_="c", who="吴", kind="rest", from_="12:40", to="12:50")
    assert day.accepted()
    log = day.until("12:40").log()
    assert "12:35 overrun b 陈" in log
    assert "12:30 unsafe c lead" not in log  # they may still be back by 12:35
    assert "12:35 unsafe c lead" in log


def test_who_is_taken_away_leaves_a_gap_that_burns_upwards() -> None:
    day = morning().at("10:00", "taken_away", who="叶").until("10:10")
    assert day.log()[-4:] == [
        "10:00 accepted",
        "10:00 taken_away 叶 lead",
        "10:00 gap 样板间A lead",
        "10:10 gap_long 样板间A head",
    ]
    assert day.run()["posts"]["样板间A"] == {"on_post": [], "gap": t("10:00")}
    day.file.pop("until")
    assert (
        day.at("10:05", "sign_on", who="许", post="样板间A").log()[-1]
        == "10:05 gap_over 样板间A lead"
    )


def test_nobody_signs_off_from_a_post_that_needs_them_but_for_a_relief() -> None:
    day = morning().at("14:00", "sign_off", who="叶")
    assert not day.accepted()
    assert not morning().at("14:00", "sign_off", who="叶", relieved_by="程").accepted()
    swap = morning().at("14:00", "sign_off", who="叶", relieved_by="陈")
    assert swap.accepted()
    assert swap.run()["posts"]["样板间A"]["on_post"] == ["陈"]
    # 展厅 has its two only while nobody else goes.
    assert not swap.at("14:01", "sign_off", who="吴").accepted()


def test_at_an_emergency_everybody_may_leave() -> None:
    day = morning().at(
        "14:00", "case_open", case="c", kind="emergency", type="火警", who="叶", post="样板间A"
    )
    assert day.at("14:01", "sign_off", who="叶").accepted()
    assert not any("gap" in line for line in day.log())
    assert day.at("14:05", "case_end", case="c", who="程").log()[-1] == "14:05 gap 样板间A lead"


def test_who_is_not_signed_on_is_waited_for_and_then_not_counted() -> None:
    day = pair().at("08:00", "sign_on", who="陈").at("08:00", "sign_on", who="吴")
    day.at("08:20", "break_request", break_="b", who="陈", kind="rest", from_="09:10", to="09:20")
    assert day.accepted()  # 李 is still to come
    log = day.until("08:36").log()
    assert "08:35 absent 李 lead" in log
    assert "08:35 unsafe b lead" in log


def test_leads_heads_and_guards() -> None:
    assert not morning().at("10:00", "break_request", break_="b", who="程", **NOON).accepted()
    lead = morning().at("10:00", "break_request", break_="b", who="许", **NOON)
    assert lead.accepted()
    assert lead.last()["clause"] is None
    assert not pair().at("09:00", "sign_on", who="秦", post="展厅").accepted()
    assert not pair().at("09:00", "shift", who="秦", from_="10:00", to="12:00").accepted()


def test_whoever_moves_ends_their_stand_in() -> None:
    day = morning().at(
        "10:00", "stand_in", stand_in="s", who="李", post="样板间A", from_="10:00", to="11:00"
    )
    assert day.run()["posts"]["样板间A"]["on_post"] == ["叶", "李"]
    day.at("10:10", "sign_on", who="李", post="样板间A").at(
        "10:20", "stand_in_cancel", stand_in="s"
    )
    assert not day.accepted()
    assert day.run()["posts"]["样板间A"]["on_post"] == ["叶", "李"]
    assert not day.at("10:30", "sign_on", who="李", post="样板间A").accepted()


def test_a_strangers_request_is_refused_and_opens_nothing() -> None:
    no = morning().at("10:00", "break_request", break_="b", who="某人", **NOON).last()
    assert (no["what"], no["could_cover"], no["earliest"], no["clause"]) == (
        "refused",
        [],
        None,
        None,
    )
    assert (
        not morning()
        .at("10:00", "break_request", break_="b", who="某人", **NOON)
        .at("10:01", "break_cancel", break_="b")
        .accepted()
    )


def test_a_break_cannot_begin_in_the_past() -> None:
    no = morning().at("12:10:30", "break_request", break_="b", who="陈", **NOON).last()
    assert (no["what"], no["earliest"]) == ("refused", t("12:10"))


def test_without_events_and_until_the_clock_stands() -> None:
    day = Day().post("样板间A").person("叶", "样板间A")
    assert day.run()["log"] == []
    assert day.run()["posts"]["样板间A"] == {"on_post": [], "gap": None}
    assert day.until("09:00").log() == [
        "08:35 absent 叶 lead",
        "08:40 late 样板间A/opening lead",
        "09:00 gap 样板间A lead",
        "09:00 missing 样板间A/opening head",
    ]


def test_a_shift_moved_into_the_past_calls_nobody_absent() -> None:
    day = pair().at("08:50", "shift", who="李", from_="08:41", to="18:00").until("08:55")
    assert [line for line in day.log() if "absent 李" in line] == ["08:35 absent 李 lead"]

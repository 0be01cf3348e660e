"""The work of the four kinds that are no complaints: answered, repaired, paid for, reported up."""

from __future__ import annotations

from typing import Any

import pytest

from .days import Day


@pytest.mark.clause("SD-4.2.1")
def test_an_enquiry_answered_at_once_is_closed_in_one_step_and_no_clock_starts() -> None:
    day = Day(callback_percent={"enquiry": 0})
    day.at("23 09:00", "record", "m1", "苏", kind="enquiry", answer="三号楼一层")
    assert day.stands("state", "next_due", "clause") == ("closed", None, "SD-4.1")
    assert day.clocks() == []
    help_ = Day().at("23 09:00", "record", "m1", "苏", kind="help", answer="好的")
    assert "咨询" in help_.refused()
    assert help_.run()["matters"] == []
    assert help_.said()["clause"] == "SD-4.1"
    assert help_.then("respond", "m1", "苏").said()["clause"] is None, "it was never recorded"


@pytest.mark.clause("SD-4.2.1")
def test_an_enquiry_that_is_routed_is_closed_only_when_the_resident_has_the_answer() -> None:
    day = (
        Day()
        .at("23 09:00", "record", "m1", "苏", kind="enquiry")
        .then("offer", "m1", "苏", to="工程")
    )
    day.then("accept", "m1", "钱")
    assert "答复" in day.then("tell", "m1", "苏").refused()
    day.at("23 10:00", "answer", "m1", "钱", text="周三来修")
    assert day.stands("state", "clause") == ("solved", "SD-4.2.1")
    assert day.told_last() == ["solved 苏"]
    assert day.clocks() == ["solve met", "accept met", "reply running"]
    assert day.then("tell", "m1", "钱").refused(), "the owner tells the resident"
    assert day.then("tell", "m1", "苏").stands("state", "clause") == ("closed", "SD-4.4")
    assert day.then("tell", "m1", "苏").refused()


@pytest.mark.clause("SD-4.2.2")
def test_somebody_comes_and_repairs_it() -> None:
    day = (
        Day().at("23 09:00", "record", "m1", "苏", kind="help").then("offer", "m1", "苏", to="工程")
    )
    day.then("accept", "m1", "钱")
    assert "到场" in day.then("done", "m1", "钱").refused()
    day.at("23 09:20", "arrive", "m1", "钱")
    assert day.clocks()[:3] == ["respond met", "arrive met", "solve running"]
    assert day.then("arrive", "m1", "钱").refused()
    assert "响应过" in day.then("respond", "m1", "钱").refused(), "whoever arrived has responded"
    day.then("offer", "m1", "钱", to="保洁").then("done", "m1", "钱", amount=500)
    assert day.stands("state", "offer") == ("solved", None)
    assert day.told_last() == ["ended 保洁", "solved 苏"]
    assert day.matter()["amount"] == 0, "help costs nothing"
    assert day.then("respond", "m1", "苏").refused()
    assert day.then("offer", "m1", "苏", to="保洁").refused()
    assert day.then("change", "m1", "苏", kind="paid", reason="要钱").refused()


def tap(**policy: Any) -> Day:
    """A tap to be repaired against payment; 钱 is there."""
    day = Day(**policy).at("23 09:00", "record", "m1", "苏", kind="paid", subject="tap")
    return day.then("assign", "m1", "林", to="钱", reason="会修").then("arrive", "m1", "钱")


@pytest.mark.clause("SD-4.2.3")
def test_quoted_agreed_done_and_part_of_it_waived() -> None:
    day = tap().then("quote", "m1", "钱", amount=12000)
    assert "同意" in day.then("start", "m1", "钱").refused()
    assert day.then("agree", "m1", "叶", agreed=True).refused(), "agreed to what?"
    assert "120元" in day.then("agree", "m1", "叶", agreed=True, amount=11999).refused()
    day.then("agree", "m1", "叶", agreed=True, amount=12000)
    assert day.told_last() == ["changed 苏", "changed 钱"]
    assert day.said()["clause"] == "SD-4.2.3"
    assert day.then("agree", "m1", "叶", agreed=True, amount=12000).refused(), "agreed already"
    day.then("start", "m1", "钱")
    assert day.said()["state"] == "working"
    for wrong in (
        {},
        {"amount": 12000},
        {"signed": False, "amount": 12000},
        {"signed": True, "amount": 1},
    ):
        assert day.then("done", "m1", "钱", **wrong).refused()
    day.then("done", "m1", "钱", signed=True, amount=12000)
    assert day.matter()["amount"] == 12000
    assert "120元" in day.then("reduce", "m1", "叶", amount=12001, approved_by="林").refused()
    assert "批准" in day.then("reduce", "m1", "叶", amount=1, approved_by="苏").refused()
    assert "自己" in day.then("reduce", "m1", "林", amount=1, approved_by="林").refused()
    day.then("tell", "m1", "苏").then("reduce", "m1", "林", amount=2050, approved_by="顾")
    assert day.said()["clause"] == "SD-4.2.3"
    assert day.matter()["amount"] == 9950
    assert day.then("reduce", "m1", "石", amount=1, approved_by="顾").refused()


@pytest.mark.clause("SD-4.2.3")
def test_a_price_that_changes_on_site_is_agreed_to_anew() -> None:
    day = (
        tap()
        .then("quote", "m1", "钱", amount=5000)
        .then("agree", "m1", "苏", agreed=True, amount=5000)
    )
    day.then("start", "m1", "钱").then("quote", "m1", "钱", amount=8000)
    assert day.said()["state"] == "arrived", "work rests until the resident accepts"
    assert day.then("done", "m1", "钱", signed=True, amount=5000).refused()
    assert day.then("start", "m1", "钱").refused()
    day.then("agree", "m1", "苏", agreed=False, amount=8000)
    assert "报价" in day.then("agree", "m1", "苏", agreed=True, amount=8000).refused(), (
        "no quote any more"
    )
    day.then("quote", "m1", "钱", amount=0).then("agree", "m1", "苏", agreed=True, amount=0)
    day.then("start", "m1", "钱").then("done", "m1", "钱", signed=True, amount=0)
    assert day.stands("state", "refused") == ("solved", False)
    assert day.matter()["amount"] == 0


@pytest.mark.clause("SD-4.2.3")
def test_a_quote_may_come_before_the_visit_and_is_gone_when_it_begins_again() -> None:
    day = Day(callback_percent={"paid": 0}).at("23 09:00", "record", "m1", "苏", kind="paid")
    day.then("quote", "m1", "苏", amount=300).then("agree", "m1", "苏", agreed=True, amount=300)
    assert day.said()["state"] == "new"
    assert day.then("start", "m1", "苏").refused(), "nobody is there yet"
    day.then("arrive", "m1", "苏").then("start", "m1", "苏").then(
        "done", "m1", "苏", signed=True, amount=300
    )
    day.then("tell", "m1", "苏").then("reopen", "m1", "叶", reason="又漏")
    day.then("arrive", "m1", "苏").then("start", "m1", "苏")
    assert "同意" in day.refused()
    day.then("quote", "m1", "苏", amount=100).then("agree", "m1", "苏", agreed=True, amount=100)
    day.then("start", "m1", "苏").then("done", "m1", "苏", signed=True, amount=100)
    assert day.matter()["amount"] == 400


@pytest.mark.clause("SD-4.2.3")
def test_quotes_are_for_paid_service_and_answers_are_not() -> None:
    assert "有偿" in tap().then("answer", "m1", "钱", text="修不了").refused()
    help_ = (
        Day().at("23 09:00", "record", "m1", "苏", kind="help").then("quote", "m1", "苏", amount=1)
    )
    assert help_.refused()
    assert help_.then("agree", "m1", "苏", agreed=True, amount=1).refused()


@pytest.mark.clause("SD-4.2.4")
def test_a_suggestion_is_reported_up_and_stays_open_until_it_is_answered() -> None:
    day = Day().at("23 09:00", "record", "m1", "苏", kind="suggestion")
    assert "分析" in day.then("answer", "m1", "苏", text="好").refused()
    assert day.then("report", "m1", "苏").refused()
    day.then("analyse", "m1", "苏", note="值得做")
    assert day.then("analyse", "m1", "苏", note="再看").refused()
    day.at("23 10:00", "report", "m1", "苏")
    assert day.stands("state", "owner", "holder", "hand_offs") == ("reported", "苏", "林", 1)
    assert day.told_last() == ["assigned 林"]
    assert day.clocks() == ["respond running", "solve replaced", "solve running"]
    assert "上报" in day.then("answer", "m1", "苏", text="好").refused()
    day.then("report", "m1", "苏")
    assert day.stands("holder", "hand_offs") == ("顾", 2)
    assert day.told_last() == ["assigned 顾", "assigned 林"]
    assert "顾" in day.then("report", "m1", "苏").refused()
    day.then("answer", "m1", "林", text="下月就做")
    assert day.told_last() == ["solved 苏"]
    assert day.then("tell", "m1", "苏").said()["state"] == "closed"


@pytest.mark.clause("SD-4.2.4")
def test_a_suggestion_may_be_answered_after_its_analysis() -> None:
    day = (
        Day()
        .at("23 09:00", "record", "m1", "苏", kind="suggestion")
        .then("analyse", "m1", "苏", note="好")
    )
    day.then("offer", "m1", "苏", to="保洁")
    assert "保洁" in day.then("report", "m1", "苏").refused()
    day.then("answer", "m1", "苏", text="明天就改")
    assert day.said()["state"] == "solved"
    assert day.told_last() == ["ended 保洁"]
    assert day.clocks() == ["respond running", "solve met", "accept void", "reply running"]


# Cancelled


def test_a_matter_recorded_twice_is_cancelled_as_a_duplicate() -> None:
    day = Day().at("23 09:00", "record", "m1", "苏", kind="help")
    day.then("record", "m2", "叶", kind="help").then(
        "record", "m3", "叶", kind="help", home="1-1-101"
    )
    for of, why in (("m2", "另一件"), ("m9", "另一件"), ("m3", "同一户")):
        assert why in day.then("cancel", "m2", "苏", reason="duplicate", of=of).refused()
    day.then("offer", "m2", "叶", to="工程").then("cancel", "m2", "苏", reason="duplicate", of="m1")
    assert day.stands("state", "next_due", "clause") == ("cancelled", None, "SD-4.3")
    assert set(day.clocks("m2")) == {"respond void", "arrive void", "solve void", "accept void"}
    assert day.told_last() == ["changed 叶", "changed 工程"]
    assert "已经取消" in day.then("cancel", "m1", "苏", reason="duplicate", of="m2").refused()
    for event, by, more in (
        ("reopen", "苏", {"reason": "?"}),
        ("respond", "叶", {}),
        ("tell", "叶", {}),
    ):
        assert day.then(event, "m2", by, **more).refused()


def test_a_late_matter_that_the_resident_takes_back_reaches_the_supervisor() -> None:
    day = (
        Day()
        .at("23 09:00", "record", "m1", "苏", kind="help")
        .at("23 09:40", "respond", "m1", "苏")
    )
    day.then("cancel", "m1", "苏", reason="withdrawn")
    assert day.told_last() == ["withdrawn 林"]
    in_time = Day().at("23 09:00", "record", "m1", "苏", kind="help")
    assert in_time.then("cancel", "m1", "叶", reason="withdrawn").told_last() == ["changed 苏"]
    by_chief = Day().at("23 09:00", "record", "m1", "苏", kind="help")
    assert by_chief.at("23 11:00", "cancel", "m1", "顾", reason="withdrawn").told_last() == [
        "changed 苏"
    ]


def test_times_are_told_in_beijing_wherever_they_were_written() -> None:
    day = Day().at("23 09:00", "record", "m1", "苏", kind="enquiry")
    day.file["events"][0]["at"] = "2026-11-23T02:00:00+01:00"
    assert day.matter()["clocks"][0]["started"] == "2026-11-23T09:00:00+08:00"
    assert day.run()["decisions"][0]["next_due"].endswith("+08:00")

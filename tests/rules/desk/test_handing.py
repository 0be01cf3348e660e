"""From hand to hand: the owner owes the answer, offers are accepted or not, and the third goes to the supervisor."""

from __future__ import annotations

from typing import Any

import pytest

from .days import Day

pytestmark = pytest.mark.clause("SD-4.4")


def door(**policy: Any) -> Day:
    """苏 recorded a door that doesn't close."""
    return Day(**policy).at("23 09:00", "record", "m1", "苏", kind="help")


def test_a_department_accepts_the_task_and_whoever_took_the_call_still_owes_the_answer() -> None:
    day = door().then("offer", "m1", "苏", to="工程")
    assert day.said()["offer"] == "工程"
    assert day.told_last() == ["offered 工程"]
    assert "工程" in day.then("accept", "m1", "周").refused()
    day.then("accept", "m1", "孙")
    assert day.stands("owner", "holder", "offer", "hand_offs") == ("苏", "孙", None, 1)
    assert day.told_last() == ["accepted 苏"]
    assert day.clocks()[-1] == "accept met"
    assert day.said()["clause"] == "SD-4.4"


def test_offers_declined_twice_go_to_the_supervisor_who_cannot_decline() -> None:
    day = door().then("offer", "m1", "苏", to="工程").then("decline", "m1", "钱", reason="没人")
    assert day.stands("holder", "offer", "hand_offs") == ("苏", None, 1)
    assert day.told_last() == ["declined 苏"]
    day.then("offer", "m1", "苏", to="保洁").then("decline", "m1", "周", reason="不归我们")
    day.then("offer", "m1", "苏", to="工程")
    assert day.stands("offer", "hand_offs") == ("林", 2)
    assert day.told_last() == ["offered 林"]
    assert "主管" in day.then("decline", "m1", "林", reason="不要").refused()
    assert day.then("accept", "m1", "顾").refused(), "it is the supervisor's, not the manager's"
    day.then("accept", "m1", "林")
    assert day.stands("holder", "hand_offs") == ("林", 3)
    assert "林" in day.then("offer", "m1", "苏", to="工程").refused()
    day.then("offer", "m1", "林", to="工程")
    assert day.said()["offer"] == "工程", "the supervisor may offer on"


def test_an_offer_that_lies_is_told_to_the_departments_head_or_to_the_manager() -> None:
    day = door().then("offer", "m1", "苏", to="工程").until("23 09:30")
    assert [x for x in day.told("late") if "accept" in x] == ["23 09:30 late accept 赵"]
    day = door(free_hand_offs=0).then("offer", "m1", "苏", to="工程").until("23 09:30")
    assert day.said()["offer"] == "林"
    assert [x for x in day.told("late") if "accept" in x] == ["23 09:30 late accept 顾"]


def test_accepted_late_is_met_and_late() -> None:
    day = door().then("offer", "m1", "苏", to="工程").at("23 09:30", "accept", "m1", "钱")
    assert day.clocks()[-1] == "accept met late"


def test_an_offer_can_be_taken_back_and_nothing_else_stands_open_meanwhile() -> None:
    day = door().then("offer", "m1", "苏", to="工程")
    assert "工程" in day.then("offer", "m1", "苏", to="保洁").refused()
    assert day.then("withdraw", "m1", "钱").refused()
    day.then("withdraw", "m1", "苏")
    assert day.stands("offer", "hand_offs") == (None, 0)
    assert day.told_last() == ["ended 工程"]
    assert day.clocks()[-1] == "accept void"
    for event, by, more in (
        ("accept", "钱", {}),
        ("decline", "钱", {"reason": "x"}),
        ("withdraw", "苏", {}),
    ):
        assert day.then(event, "m1", by, **more).refused()


@pytest.mark.parametrize("to", ["没有", "苏", "林"])
def test_an_offer_goes_to_a_department_and_to_no_person(to: str) -> None:
    assert door().then("offer", "m1", "苏", to=to).refused()


def test_inside_a_department_the_head_gives_it_on_and_offers_it_to_others_only() -> None:
    day = door().then("offer", "m1", "苏", to="工程").then("accept", "m1", "钱")
    assert "工程" in day.then("offer", "m1", "钱", to="工程").refused()
    assert day.then("assign", "m1", "孙", to="孙", reason="我来").refused()
    assert "保洁" not in day.then("assign", "m1", "赵", to="周", reason="请他").refused()
    assert day.then("assign", "m1", "周", to="周", reason="我来").refused()
    assert "已经是" in day.then("assign", "m1", "赵", to="钱", reason="还是他").refused()
    day.then("assign", "m1", "赵", to="孙", reason="钱请假")
    assert day.stands("holder", "hand_offs") == ("孙", 1), "only the supervisor's count"
    assert day.told_last() == ["assigned 孙", "assigned 钱", "assigned 苏"]


def test_the_supervisor_assigns_anybody_and_that_counts() -> None:
    day = (
        door().then("offer", "m1", "苏", to="工程").then("assign", "m1", "林", to="周", reason="近")
    )
    assert day.stands("owner", "holder", "offer", "hand_offs") == ("苏", "周", None, 1)
    assert day.told_last() == ["ended 工程", "assigned 周", "assigned 苏"]
    assert day.clocks()[-1] == "accept void"
    day.then("assign", "m1", "林", to="顾", reason="大事")
    assert day.stands("owner", "holder", "hand_offs") == ("苏", "顾", 2)
    assert day.then("assign", "m1", "林", to="谁", reason="?").refused()


def test_a_change_of_shift_gives_the_owing_to_another_clerk_and_the_task_with_it() -> None:
    day = door().then("assign", "m1", "苏", to="叶", as_="owner", reason="换班")
    assert day.stands("owner", "holder", "hand_offs") == ("叶", "叶", 0)
    assert day.told_last() == ["assigned 叶"]
    day.then("offer", "m1", "叶", to="工程").then("accept", "m1", "钱")
    assert day.then("assign", "m1", "苏", to="苏", as_="owner", reason="还我").refused()
    assert "换班" in day.then("assign", "m1", "叶", to="石", as_="owner", reason="换班").refused()
    day.then("assign", "m1", "顾", to="石", as_="owner", reason="夜里")
    assert day.stands("owner", "holder", "hand_offs") == ("石", "钱", 2)
    assert day.told_last() == ["assigned 石", "assigned 钱", "assigned 叶"]
    assert day.then("assign", "m1", "林", to="钱", as_="owner", reason="?").refused()
    assert day.then("assign", "m1", "林", to="石", as_="owner", reason="?").refused()


def test_a_guard_records_at_night_and_a_clerk_takes_it_in_the_morning() -> None:
    day = Day().at("22 23:50", "record", "m1", "石", kind="help", source="guard")
    assert day.stands("owner", "holder") == ("石", "石")
    assert day.at("23 08:30", "take", "m1", "林").refused(), "a clerk, not the supervisor"
    day.at("23 08:30", "take", "m1", "苏")
    assert day.stands("owner", "holder", "hand_offs") == ("苏", "苏", 0)
    assert day.told_last() == ["assigned 石"]
    assert "苏" in day.then("take", "m1", "叶").refused()


def test_taken_from_a_guard_the_department_keeps_the_task() -> None:
    day = (
        Day().at("22 23:50", "record", "m1", "石", kind="help").then("offer", "m1", "石", to="工程")
    )
    day.then("accept", "m1", "钱").then("offer", "m1", "钱", to="保洁").at(
        "23 08:30", "take", "m1", "叶"
    )
    assert day.stands("owner", "holder", "offer") == ("叶", "钱", "保洁")
    assert day.told_last() == ["assigned 钱", "assigned 石"]


def test_changes_of_owner_and_holder_move_no_clock() -> None:
    before = door().matter()["clocks"]
    day = door().at("23 09:10", "assign", "m1", "林", to="孙", reason="近")
    day.then("assign", "m1", "林", to="叶", as_="owner", reason="换班")
    assert day.matter()["clocks"] == before


SCOPE = {"lift": ["工程"], "door": ["工程", "保洁"]}


@pytest.mark.clause("SD-4.2.2")
def test_a_help_request_goes_only_to_a_department_that_serves_it() -> None:
    day = Day(scope=SCOPE).at("23 09:00", "record", "m1", "苏", kind="help", subject="lift")
    day.then("offer", "m1", "苏", to="保洁")
    assert day.stands("refused", "clause") == (True, "SD-4.2.2")
    assert day.then("offer", "m1", "周", to="保洁").said()["clause"] == "SD-4.4", (
        "not hers to offer"
    )
    assert day.then("offer", "m1", "苏", to="工程").stands("refused", "clause") == (False, "SD-4.4")
    ask = Day(scope=SCOPE).at("23 09:00", "record", "m1", "苏", kind="enquiry", subject="lift")
    assert ask.then("offer", "m1", "苏", to="保洁").refused() == "", (
        "help requests alone have a scope"
    )


@pytest.mark.clause("SD-4.2.2")
def test_what_the_house_does_not_serve_is_said_at_once() -> None:
    day = Day(scope=SCOPE).at("23 09:00", "record", "m1", "苏", kind="help", subject="cat")
    assert day.then("offer", "m1", "苏", to="工程").said()["clause"] == "SD-4.2.2"
    day.at("23 09:10", "answer", "m1", "苏", text="请找物业外的师傅，电话给您")
    assert day.stands("state", "refused") == ("solved", False)
    assert day.clocks() == ["respond running", "arrive met", "solve met", "reply running"]
    day.then("tell", "m1", "苏")
    assert day.clocks()[0] == "respond met"
    assert day.said()["state"] == "closed"
    served = Day(scope=SCOPE).at("23 09:00", "record", "m1", "苏", kind="help", subject="lift")
    assert "派人" in served.then("answer", "m1", "苏", text="没空").refused()
    anything = Day().at("23 09:00", "record", "m1", "苏", kind="help", subject="cat")
    assert anything.then("answer", "m1", "苏", text="没空").refused()


def test_the_scope_counts_for_what_goes_to_the_supervisor_instead_as_well() -> None:
    day = Day(scope=SCOPE, free_hand_offs=0)
    day.at("23 09:00", "record", "m1", "苏", kind="help", subject="lift")
    assert day.then("offer", "m1", "苏", to="保洁").said()["clause"] == "SD-4.2.2"
    assert day.then("offer", "m1", "苏", to="工程").said()["offer"] == "林"


WHO: list[tuple[str, dict[str, Any], set[str]]] = [
    ("respond", {}, {"苏", "林", "顾", "钱"}),
    ("offer", {"to": "保洁"}, {"苏", "林", "顾", "钱"}),
    ("pause", {"reason": "access"}, set()),
    ("arrive", {}, {"钱"}),
    ("change", {"kind": "paid", "reason": "付费的"}, {"苏", "林", "顾"}),
    ("cancel", {"reason": "withdrawn"}, {"苏", "叶", "林", "顾", "钱"}),
    ("take", {}, set()),
    ("done", {}, set()),
]


@pytest.mark.parametrize(("event", "fields", "may"), WHO, ids=[row[0] for row in WHO])
def test_who_may_do_what_to_a_door_that_qian_has_in_hand(
    event: str, fields: dict[str, Any], may: set[str]
) -> None:
    everyone = ["苏", "叶", "石", "林", "顾", "赵", "钱", "孙", "周", "谁", "工程"]
    done = set()
    for by in everyone:
        day = door().then("offer", "m1", "苏", to="工程").then("accept", "m1", "钱")
        if not day.then(event, "m1", by, **fields).refused():
            done.add(by)
    assert done == may


def test_nobody_named_like_a_department_accepts_for_it() -> None:
    assert door().then("offer", "m1", "苏", to="工程").then("accept", "m1", "工程").refused()
    assert (
        door()
        .then("offer", "m1", "苏", to="工程")
        .then("decline", "m1", "工程", reason="x")
        .refused()
    )


def test_an_unknown_matter_has_no_clause_and_stands_nowhere() -> None:
    day = Day().at("23 09:00", "respond", "m9", "苏")
    last = day.said()
    assert last.pop("because").startswith("没有m9")
    assert last == {
        "event": 0, "matter": "m9", "refused": True, "clause": None, "state": None, "owner": None,
        "holder": None, "offer": None, "hand_offs": 0, "next_due": None,
    }  # fmt: skip
    assert day.run()["matters"] == []

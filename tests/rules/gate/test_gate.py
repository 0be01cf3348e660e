"""A day at the gates: no pass no entry, occupancy never above what was approved while gates are on line,
and in the evening issued = returned + void + lost + outstanding."""

from __future__ import annotations

import random
from typing import Any

import pytest

from tests.rules.gate.files import Gates, t
from yingbin.rules.gate.replay import replay
from yingbin.rules.malformed import Malformed

pytestmark = pytest.mark.clause("CV-4.1", "CV-4.2")


def test_four_come_in_and_a_fifth_does_not() -> None:
    day = Gates().scan("09:00", count=4)
    assert (day.code(), day.last()["in_pass"], day.last()["escort"]) == ("ok", 4, "苏青")
    assert day.scan("09:01").code() == "already_in"
    assert day.scan("09:02", paper="P2", count=3).code() == "over_headcount"
    assert day.scan("09:03", paper="P2", count=2).code() == "ok"
    assert day.run()["on_site"] == {"V1": {"persons": 6, "areas": {"plant": 6}}}


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("clock_off", {"device": t("09:06")}),
        ("unknown_pass", {"pass": "P9"}),
        ("unknown_pass", {"revision": 2}),
        ("wrong_escort", {"led_by": "别人"}),
        ("already_in", {"count": 5}),
    ],
)
def test_why_not(code: str, more: dict[str, Any]) -> None:
    assert Gates().scan("09:00", **more).code() == code


def test_the_window_with_its_quarter_of_an_hour() -> None:
    assert Gates().scan("08:44:59").code() == "too_early"
    assert Gates().scan("08:45").code() == "ok"
    assert Gates().scan("12:00").code() == "too_late"
    assert (
        Gates()
        .at("12:00", "admit", gate="G1", pass_="P1", revision=1, by="周队长", reason="路上堵车")
        .code()
        == "ok"
    )
    assert (
        Gates()
        .at("12:00", "admit", gate="G1", pass_="P1", revision=1, by="苏青", reason="x")
        .code()
        == "not_supervisor"
    )


def test_who_goes_on_inside_comes_from_elsewhere_on_the_site() -> None:
    day = Gates().scan("09:00", count=3).scan("09:10", "G2", count=2)
    assert day.run()["on_site"]["V1"] == {"persons": 3, "areas": {"plant": 1, "workshop": 2}}
    day.out("09:20", "G2", count=2)
    assert day.run()["on_site"]["V1"] == {"persons": 3, "areas": {"plant": 1}}
    assert day.out("09:30", "G3", count=4).code() == "not_in"
    assert day.run()["on_site"] == {}


def test_a_new_revision_makes_the_old_one_useless() -> None:
    day = Gates().at("09:00", "reissue", pass_="P1", by="苏青", reason="加人", persons=6)
    assert day.last()["revision"] == 2
    assert day.scan("09:01").code() == "old_revision"
    assert day.scan("09:02", revision=2, count=6).code() == "ok"
    assert day.run()["balance"]["V1"] == {
        "issued": 3,
        "returned": 0,
        "void": 1,
        "lost": 0,
        "outstanding": 2,
    }


def test_what_is_void_lost_or_returned_opens_nothing() -> None:
    for event, fate in (("revoke", "void"), ("lost", "lost"), ("returned", "returned")):
        day = Gates().at("09:00", event, pass_="P1", by="苏青", reason="x")
        assert day.scan("09:01").code() == fate
        assert (
            day.at("09:02", "revoke", pass_="P1", by="苏青", reason="x").code() == "not_outstanding"
        )
    assert (
        Gates()
        .at("09:00", "lost", pass_="P1", by="a")
        .at("09:01", "returned", pass_="P1", by="a")
        .code()
        == "ok"
    )


def test_off_line_a_gate_knows_its_list_and_what_it_let_in_itself() -> None:
    day = Gates().scan("09:00", count=2).at("09:10", "revoke", pass_="P2", by="苏青", reason="x")
    day.at("09:20", "offline", gate="G1", list_age=15)
    assert (
        day.scan("09:21", paper="P2").last()["code"] == "ok"
    )  # its list is older than the revocation
    assert day.last()["list_age"] == 16
    day.scan("09:22", "G3", count=2)
    assert day.scan("09:23", count=2).code() == "ok"  # it knows nothing of the back door
    merged = day.at("09:30", "online", gate="G1").last()
    assert merged["merged"] == 2
    assert [(c["scan"], c["code"], c["with"]) for c in merged["conflicts"]] == [
        (3, "void", None),
        (5, "already_in", 4),
    ]
    assert day.run()["on_site"]["V1"]["persons"] == 7


def test_what_came_back_before_the_merge_takes_out_what_came_in_before_it() -> None:
    day = Gates().at("09:00", "offline", gate="G1").scan("09:01", count=4)
    day.at("09:05", "returned", pass_="P1", by="苏青").at("09:10", "online", gate="G1")
    assert day.run()["on_site"] == {}


def test_an_old_list_is_told_and_lets_nobody_in() -> None:
    day = Gates(list_minutes=30).at("09:00", "offline", gate="G1", list_age=10).scan("09:20")
    assert day.code() == "ok"
    assert day.scan("09:21").code() == "list_old"
    warned = [d for d in day.run()["decisions"] if d["event"] is None]
    assert [(d["warning"], d["at"], d["to"]) for d in warned] == [
        ("list_old", t("09:20"), "security")
    ]
    already = Gates(list_minutes=30).at("09:00", "offline", gate="G1", list_age=40)
    assert [d["at"] for d in already.run()["decisions"]] == [t("09:00"), t("09:00")]


def test_whoever_stays_too_long_is_asked_for_once() -> None:
    day = Gates().scan("11:00", count=2)
    day.file["until"] = t("13:00")
    warned = [d for d in day.run()["decisions"] if d["event"] is None]
    assert [(d["warning"], d["at"], d["persons"], d["to"]) for d in warned] == [
        ("overstay", t("12:15"), 2, "苏青")
    ]


def test_sent_twice_is_answered_alike_and_moves_nobody() -> None:
    day = Gates().scan("09:00", nonce="n").scan("09:01", nonce="n", count=3)
    assert day.last()["repeat"] is True
    assert day.run()["on_site"]["V1"]["persons"] == 1


def test_while_a_roll_is_called_nobody_comes_in() -> None:
    day = Gates().scan("09:00", count=3).at("09:10", "roll_start", by="周队长")
    assert day.last()["expected"] == {"V1": 3}
    assert day.scan("09:11").code() == "roll_call"
    assert day.last()["clause"] is None
    marked = day.at("09:12", "roll_mark", visit="V1", safe=2, by="周队长").last()
    assert (marked["visit"], marked["missing"]) == ("V1", 1)
    assert day.at("09:13", "roll_mark", visit="V9", safe=2, by="周队长").code() == "not_listed"
    assert day.at("09:14", "roll_start", by="周队长").code() == "running"
    assert day.at("09:15", "roll_end", by="周队长").last()["missing"] == {"V1": 1}
    assert day.at("09:16", "roll_end", by="周队长").code() == "no_roll_call"


def test_a_breach_is_confirmed_by_security_and_never_by_whoever_it_is_about() -> None:
    day = Gates().at("09:00", "breach", breach="B", leader="周队长", by="苏青")
    assert day.at("09:01", "confirm", breach="B", by="苏青").code() == "not_security"
    assert day.at("09:01", "confirm", breach="B", by="周队长").code() == "own_report"
    assert day.at("09:02", "confirm", breach="B", by="郑主管").code() == "ok"
    assert day.at("09:03", "confirm", breach="B", by="郑主管").code() == "confirmed_already"
    assert day.run()["breaches"][0]["confirmed_by"] == "郑主管"


@pytest.mark.parametrize(
    ("place", "key", "value"),
    [
        ("file", None, None),
        ("visits", "visits", {"V1": 0}),
        ("visits", "visits", None),
        ("passes", "passes", [{"pass": "P"}]),
        ("gates", "gates", [{"gate": "G", "areas": []}]),
        ("policy", "policy", {"grace": 3}),
        ("supervisors", "supervisors", ["a", "a"]),
        ("until", "until", "2026-09-21 09:00"),
        ("events", "events", None),
        ("event 0", "events", [{"at": t("09:00"), "event": "offline", "gate": "G9"}]),
        ("event 0", "events", [{"at": "2026-09-21T09:00+08:00", "event": "day_end", "by": "a"}]),
        (
            "event 1",
            "events",
            [
                {"at": t("09:00"), "event": "day_end", "by": "a"},
                {"at": t("08:00"), "event": "day_end", "by": "a"},
            ],
        ),
    ],
)
def test_a_fault_is_named_with_its_place(place: str, key: str | None, value: Any) -> None:
    file = Gates().file
    if key:
        file[key] = value
    with pytest.raises(Malformed) as caught:
        replay(file if key else [])
    assert caught.value.place == place


def random_day(seed: int) -> Gates:
    """Two hundred events at random, gates on line unless told otherwise."""
    chance, day = random.Random(seed), Gates()
    for number in range(200):
        clock = f"{8 + number // 45:02d}:{number % 45 + 10:02d}"
        paper, gate = chance.choice(["P1", "P2", "P3"]), chance.choice(["G1", "G2", "G3"])
        what = chance.choice(["in"] * 8 + ["out"] * 5 + ["revoke", "lost", "returned", "reissue"])
        more = {"count": chance.randint(1, 3), "revision": chance.choice([1, 1, 1, 2])}
        if what in ("in", "out"):
            day.scan(clock, gate, paper, direction=what, **more)
        else:
            day.at(clock, what, pass_=paper, by="苏青", reason="x", persons=chance.randint(1, 5))
    return day


@pytest.mark.parametrize("seed", range(20))
def test_on_line_occupancy_never_exceeds_what_was_approved(seed: int) -> None:
    day = random_day(seed)
    said = day.run()
    for decision in said["decisions"]:
        if decision.get("result") == "allow":
            assert decision["in_visit"] <= day.file["visits"][decision["visit"]]
    for row in said["balance"].values():
        assert row["issued"] == row["returned"] + row["void"] + row["lost"] + row["outstanding"]


@pytest.mark.parametrize("seed", range(20))
def test_a_line_lost_and_back_at_once_changes_no_place(seed: int) -> None:
    plain, broken = random_day(seed), random_day(seed)
    for place in (150, 100, 50):
        at = broken.file["events"][place]["at"]
        lost = [
            {"at": at, "event": "offline", "gate": "G1"},
            {"at": at, "event": "online", "gate": "G1"},
        ]
        broken.file["events"][place:place] = lost
    assert plain.run()["on_site"] == broken.run()["on_site"]

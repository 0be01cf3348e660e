"""The same arrivals under another policy: who gains, who loses, as figures, a table and a page."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from yingbin.rules import cli
from yingbin.rules.turns import simulate, simulate_html, simulate_text
from yingbin.rules.turns.decide import opening, replay
from yingbin.rules.turns.policy import TurnsPolicy

LIN, ZHOU, WU = "林", "周", "吴"
BY_TEXT = ("照原文", TurnsPolicy())
ASSIST = ("协助", TurnsPolicy(receiver_busy="assist"))


def at(minute: int, what: str, /, **fields: Any) -> dict[str, Any]:
    return {
        "at": f"2026-11-23T{9 + minute // 60:02}:{minute % 60:02}:00+08:00",
        "event": what,
        **fields,
    }


def busy_named_day() -> dict[str, Any]:
    """A new group is with 林 for thirty minutes; at five past a group comes for 林."""
    events = [
        at(0, "arrive", visit="v1"),
        at(5, "arrive", visit="v2", named=LIN),
        at(30, "finish", visit="v1"),
        at(50, "finish", visit="v2"),
    ]
    return {"queue": [LIN, ZHOU, WU], "events": events}


def random_day(seed: int) -> dict[str, Any]:
    """A day without a manager's hand in it."""
    draw = random.Random(seed)
    people = [LIN, ZHOU, WU, "陈"]
    events, minute = [], 0
    for number in range(60):
        minute += draw.choice([0, 0, 1, 4])
        who, visit = draw.choice(people), f"v{draw.randrange(number + 1)}"
        tie = draw.choice([{}, {"named": who}, {"registered_with": who}, {"kind": "peer"}])
        events.append(
            draw.choice(
                [
                    at(minute, "arrive", visit=f"v{number}", **tie),
                    at(minute, "arrive", visit=f"v{number}"),
                    at(minute, "finish", visit=visit),
                    at(minute, "finish", visit=visit),
                    at(minute, "leave", visit=visit),
                    at(minute, "anyone", visit=visit),
                    at(minute, "away", who=who, reason="business", approved_by="王"),
                    at(minute, "back", who=who),
                    at(minute, "sign_out", who=who),
                    at(minute, "sign_in", who=who),
                    at(
                        minute,
                        "claim_unrelated",
                        visit=visit,
                        customer_confirmed=True,
                        confirmed_by="王",
                    ),
                ]
            )
        )
    return {"queue": people, "events": events}


@pytest.mark.parametrize("seed", range(60))
def test_under_its_own_policy_a_day_is_as_it_was(seed: int):
    day = random_day(seed)
    outcome = simulate.compare(day, [BY_TEXT]).outcomes[0]
    out = replay(day)
    assert {who: tally.counted for who, tally in outcome.people.items()} == out["counts"]
    assert outcome.still_waiting == len(out["waiting"])
    received = [one for one in out["decisions"] if "turn" in one and one["receiver"]]
    claims = [one for one in received if "passed_over" not in one]
    assert len(outcome.waits) == len(received) - len(claims)
    for who, tally in outcome.people.items():
        over = [one.get("passed_over", []).count(who) for one in out["decisions"]]
        assert tally.passed_over == sum(over)


@pytest.mark.clause("TQ-1.1")
def test_a_group_for_a_busy_person_waits_under_one_policy_and_is_helped_under_the_other():
    compared = simulate.compare(busy_named_day(), [BY_TEXT, ASSIST])
    waits, helps = compared.outcomes
    assert [wait.total_seconds() / 60 for wait in waits.waits] == [0, 25]
    assert [wait.total_seconds() / 60 for wait in helps.waits] == [0, 0]
    assert compared.gain(LIN, helps) == -1
    assert (helps.people[WU].counted, helps.people[WU].uncounted) == (0, 1)
    assert compared.people == [ZHOU, WU, LIN]


def test_a_reception_lasts_as_long_as_it_did_whenever_it_begins():
    day = busy_named_day()
    day["events"].insert(3, at(40, "arrive", visit="v3", registered_with=WU))
    day["queue"] = [LIN, WU]
    helps = simulate.compare(day, [ASSIST]).outcomes[0]
    # 吴 helps v2 from 9:05, for twenty minutes, and is free for v3 at 9:40
    assert [wait.total_seconds() for wait in helps.waits] == [0, 0, 0]
    assert helps.people[WU].counted == 1


def test_a_group_that_left_unserved_stays_for_the_median_where_it_is_served():
    events = [
        at(0, "arrive", visit="v1"),
        at(5, "arrive", visit="v2", named=LIN),
        at(10, "leave", visit="v2"),
        at(30, "finish", visit="v1"),
        at(36, "arrive", visit="v3", registered_with=ZHOU),
    ]
    compared = simulate.compare({"queue": [LIN, ZHOU], "events": events}, [BY_TEXT, ASSIST])
    assert [outcome.left for outcome in compared.outcomes] == [1, 0]
    assert compared.outcomes[1].people[ZHOU].counted == 1


def test_what_the_manager_did_is_left_out_and_said_so():
    day = busy_named_day()
    given = at(6, "override", visit="v2", to=ZHOU, by="王", reason="急", counts=True)
    day["events"].insert(2, given)
    day["events"].append(at(51, "adjust", who=LIN, by="王", reason="补", turns=1))
    compared = simulate.compare(day, [BY_TEXT, ASSIST])
    assert compared.left_out == {"override": 1, "adjust": 1}
    assert "经理指定 1 次、经理更正 1 次" in simulate_text.table(compared)


def test_someone_who_came_back_to_work_stays_though_a_reception_still_runs():
    events = [
        at(0, "arrive", visit="v1"),
        at(1, "arrive", visit="v2", named=LIN),
        at(10, "finish", visit="v1"),
        at(25, "sign_out", who=ZHOU),
        at(26, "sign_in", who=ZHOU),
        at(60, "finish", visit="v2"),
        at(61, "arrive", visit="v3", registered_with=ZHOU),
    ]
    helps = simulate.compare({"queue": [LIN, ZHOU], "events": events}, [ASSIST]).outcomes[0]
    # 周 helps v2 from 9:01 for fifty minutes and is there for their own customer at 10:01
    assert (helps.people[ZHOU].uncounted, helps.people[ZHOU].counted) == (1, 1)


def test_the_opening_takes_the_policy_it_is_given():
    day = busy_named_day() | {"owes": {LIN: 1}}
    assert opening(day, ASSIST[1]).policy.receiver_busy == "assist"
    assert opening(day).account(LIN).owed == 1


def test_the_table_is_aligned_for_wide_characters():
    compared = simulate.compare(busy_named_day(), [("甲", BY_TEXT[1]), ("b", ASSIST[1])])
    lines = simulate_text.table(compared).splitlines()
    people = lines[2 : 2 + 2 + 3]
    assert len({simulate_text.width(line) for line in people}) == 1
    assert people[0].split() == ["置业顾问", "有效·甲", "有效·b", "增减"]
    assert people[-1].split() == [LIN, "2", "1", "−1"]


def test_the_page_escapes_names_and_fetches_nothing():
    nasty = "<script>alert(1)</script>&'"
    day = busy_named_day()
    day["queue"][1] = nasty
    page = simulate_html.page(simulate.compare(day, [BY_TEXT, (nasty, ASSIST[1])]))
    assert "<script" not in page
    assert not re.search(r"(src|href|url\(|@import|https?:)", page)
    for picture in re.findall(r"<svg.*?</svg>", page, re.DOTALL):
        ElementTree.fromstring(picture)
    assert "prefers-color-scheme:dark" in page
    assert len(re.findall("<svg", page)) == 2


def test_a_page_of_a_day_without_people_is_still_a_page():
    page = simulate_html.page(simulate.compare({"queue": [], "events": []}, [BY_TEXT, ASSIST]))
    assert "没有来访" in page


# The command


def written(folder: Path, name: str, content: Any) -> str:
    path = folder / name
    path.write_text(json.dumps(content))
    return str(path)


def test_the_command_compares_policies(tmp_path: Path, capfdbinary: Any):
    day = written(tmp_path, "day.json", busy_named_day())
    one = written(tmp_path, "照原文.json", {})
    two = written(tmp_path, "协助.json", {"receiver_busy": "assist"})
    page = tmp_path / "page.html"
    argv = ["turns", "simulate", day, "--policy", one, "--policy", two]
    assert cli.main([*argv, "--html", str(page)]) == 0
    out, err = capfdbinary.readouterr()
    assert "有效·协助" in out.decode()
    assert err == b""
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert cli.main([*argv, "--json"]) == 0
    figures = json.loads(capfdbinary.readouterr().out)
    assert figures["gains"] == {"协助": {LIN: -1, ZHOU: 0, WU: 0}}
    assert [one["longest_wait"] for one in figures["outcomes"]] == [25.0, 0.0]


def test_a_single_policy_is_compared_with_the_days_own(tmp_path: Path, capfdbinary: Any):
    day = written(tmp_path, "day.json", busy_named_day() | {"policy": {"named_turn": "tail"}})
    one = written(tmp_path, "one.json", {})
    assert cli.main(["turns", "simulate", day, "--policy", one, "--json"]) == 0
    first = json.loads(capfdbinary.readouterr().out)["outcomes"][0]
    assert (first["label"], first["policy"]["named_turn"]) == ("当天的规则", "tail")


def test_two_files_of_one_name_get_labels_that_differ(tmp_path: Path, capfdbinary: Any):
    day = written(tmp_path, "day.json", busy_named_day())
    one = written(tmp_path, "one.json", {})
    argv = ["turns", "simulate", day, "--policy", one, "--policy", one, "--json"]
    assert cli.main(argv) == 0
    outcomes = json.loads(capfdbinary.readouterr().out)["outcomes"]
    assert [outcome["label"] for outcome in outcomes] == ["1·one", "2·one"]


def test_a_bad_policy_file_exits_2_and_is_named(tmp_path: Path, capfdbinary: Any):
    day = written(tmp_path, "day.json", busy_named_day())
    bad = written(tmp_path, "bad.json", {"named_turn": "never"})
    page = tmp_path / "page.html"
    argv = ["turns", "simulate", day, "--policy", bad, "--html", str(page)]
    assert cli.main(argv) == 2
    out, err = capfdbinary.readouterr()
    assert (out, err[:7]) == (b"", b"policy ")
    assert "bad.json" in err.decode()
    assert not page.exists()
    (tmp_path / "bad.json").write_text("{")
    assert cli.main(argv) == 2
    assert re.match(r"policy '.*bad\.json': 不是 JSON", capfdbinary.readouterr().err.decode())


def test_a_page_that_cannot_be_written_exits_2(tmp_path: Path, capfdbinary: Any):
    day = written(tmp_path, "day.json", busy_named_day())
    one = written(tmp_path, "one.json", {})
    argv = ["turns", "simulate", day, "--policy", one, "--html", str(tmp_path)]
    assert cli.main(argv) == 2
    assert capfdbinary.readouterr().err.startswith(b"html: ")

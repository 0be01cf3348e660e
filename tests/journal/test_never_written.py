"""What the running system never writes is refused, even chained and signed anew by the house's own key."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.gallery.conftest import Gallery
from tests.journal.test_tampering import Rows, entries_of, rechain
from yingbin.gallery.actions import arrivals, days, receptions
from yingbin.journal import keys, merkle
from yingbin.journal.export import export_lines
from yingbin.journal.verify import Fault, canonical, verify

NOBODY = "00000000-0000-7000-8000-000000000001"
Change = Callable[[Rows], None]


@pytest.fixture
def rows(hall: Gallery) -> Rows:
    """A closed day with receptions, an undone arrival and a turn that was accepted."""
    wrong = hall.arrive(name="点错")
    hall.do(arrivals.undo_arrival, "苏晴", visit_id=wrong.id, may_any=False)
    visit = hall.arrive(name="客户", phone="13812341234")
    hall.do(receptions.accept_turn, hall.receiver(visit), visit_id=visit.id)
    hall.finish(visit)
    hall.do(days.close_gallery, "郑岚")
    return [json.loads(line) for line in export_lines(hall.site)]


def sealed(rows: Rows) -> list[str]:
    """Numbers, hashes, roots and signatures made to fit, as only the house itself could."""
    for seq, n in enumerate(entries_of(rows), 1):
        rows[n]["entry"]["seq"] = seq
    rechain(rows, 0)
    told = [rows[n]["entry"]["hash"] for n in entries_of(rows)]
    for row in rows:
        if "root" in row:
            root = row["root"]
            root["size"], root["head"] = len(told), told[-1]
            frontier, _ = merkle.extend([], 0, [bytes.fromhex(h) for h in told])
            root["root"] = merkle.root(frontier).hex()
            words = {n: root[n] for n in ("site", "day", "size", "root", "head", "signed_at")}
            root["signature"] = keys.signing_key().sign(canonical(words)).hex()
    return written(rows)


def written(rows: Rows) -> list[str]:
    return [json.dumps(r, ensure_ascii=False) for r in rows]


def found(lines: list[str]) -> list[Fault]:
    return verify(lines)[1]


def of_kind(rows: Rows, kind: str) -> int:
    return next(n for n in entries_of(rows) if rows[n]["entry"]["kind"] == kind)


def event(rows: Rows, name: str) -> int:
    return next(
        n
        for n in entries_of(rows)
        if rows[n]["entry"]["body"].get("event", {}).get("event") == name
    )


def slipped_in(rows: Rows, kind: str, body: dict[str, Any], clause: str | None = None) -> None:
    """One more entry before the closing."""
    at = of_kind(rows, "day.closed")
    one = copy.deepcopy(rows[at]["entry"]) | {"kind": kind, "body": body, "clause": clause}
    rows.insert(at, {"entry": one})


def a_refused_event(rows: Rows) -> None:
    """林悦 signs in though she is signed in: refused, so it was never written."""
    true = rows[event(rows, "arrive")]["entry"]["body"]
    last = [rows[n]["entry"]["body"] for n in entries_of(rows)]
    index = max(b["index"] for b in last if "event" in b) + 1
    who = rows[of_kind(rows, "day.opened")]["entry"]["body"]["queue"]
    at = true["event"]["at"]
    told = {"event": {"event": "sign_in", "who": who[0], "at": at}, "index": index}
    from yingbin.rules.turns.decide import apply
    from yingbin.rules.turns.state import State

    made = apply(State.opening(who), told["event"], index=index)
    kept = {k: v for k, v in made[0].to_json().items() if k != "because"}
    kept["queue"] = next(b for b in reversed(last) if b.get("decisions"))["decisions"][-1]["queue"]
    slipped_in(rows, "turns.event", true | told | {"decisions": [kept]}, kept["clause"])


def an_accepted_turn_of_nobody(rows: Rows) -> None:
    who = rows[of_kind(rows, "turn.accepted")]["entry"]["actor"]
    slipped_in(rows, "turn.accepted", {"visit": NOBODY, "who": who}, "TQ-1.1")


def a_turn_accepted_by_another(rows: Rows) -> None:
    body = rows[of_kind(rows, "turn.accepted")]["entry"]["body"]
    slipped_in(rows, "turn.accepted", body | {"who": NOBODY}, "TQ-1.1")


def a_row_signed_for_nobody(rows: Rows) -> None:
    body = rows[of_kind(rows, "register.signed")]["entry"]["body"]
    slipped_in(rows, "register.signed", body | {"visit": NOBODY, "number": 99}, "TQ-3")


def a_made_up_kind_that_decides(rows: Rows) -> None:
    slipped_in(rows, "turn.decided", rows[event(rows, "arrive")]["entry"]["body"], "TQ-4")


def a_made_up_kind_about_nobody(rows: Rows) -> None:
    slipped_in(rows, "visit.promised", {"visit": NOBODY})


def an_undoing_of_something_else(rows: Rows) -> None:
    body = rows[of_kind(rows, "turns.undone")]["entry"]["body"]
    rows[of_kind(rows, "turns.undone")]["entry"]["body"] = body | {"index": 77}


def an_event_of_another_day(rows: Rows) -> None:
    rows[event(rows, "finish")]["entry"]["body"]["day"] = "2026-11-20"


def an_event_with_its_number_skipped(rows: Rows) -> None:
    body = rows[event(rows, "finish")]["entry"]["body"]
    body["index"] += 1
    for decision in body["decisions"]:
        decision["event"] += 1


def a_decision_under_another_clause(rows: Rows) -> None:
    rows[event(rows, "arrive")]["entry"]["clause"] = "TQ-8"


def a_time_in_another_form(rows: Rows) -> None:
    entry = rows[of_kind(rows, "turn.accepted")]["entry"]
    entry["at"] = entry["at"].replace(".", ",")


SEALED: list[Change] = [
    a_refused_event,
    an_accepted_turn_of_nobody,
    a_turn_accepted_by_another,
    a_row_signed_for_nobody,
    a_made_up_kind_that_decides,
    a_made_up_kind_about_nobody,
    an_undoing_of_something_else,
    an_event_of_another_day,
    an_event_with_its_number_skipped,
    a_decision_under_another_clause,
    a_time_in_another_form,
]


def test_sealing_anew_what_is_true_finds_nothing(rows: Rows) -> None:
    assert found(sealed(rows)) == []


@pytest.mark.parametrize("change", SEALED, ids=lambda c: c.__name__)
def test_what_the_running_system_never_writes_is_refused_where_it_stands(
    rows: Rows, change: Change
) -> None:
    before = written(rows)
    change(rows)
    after = sealed(rows)
    places = [n for n, line in enumerate(after) if line not in before and '"entry"' in line]
    faults = found(after)
    assert faults
    assert {f.kind for f in faults} == {"decision 判定不符"}
    assert faults[0].seq == places[0] or faults[0].line == places[0] + 1


def test_a_refused_event_is_found_because_the_rules_refuse_it(rows: Rows) -> None:
    a_refused_event(rows)
    assert "被拒绝" in found(sealed(rows))[0].words


def line_of(rows: Rows, name: str) -> int:
    return next(n for n, row in enumerate(rows) if name in row)


def test_a_root_that_names_another_key_is_refused(rows: Rows) -> None:
    rows[line_of(rows, "root")]["root"]["key_id"] = "0" * 16
    assert [f.kind for f in found(written(rows))] == ["signature 签名不符"]


@pytest.mark.parametrize("name", ["entry", "root", "end", "yingbin_journal"])
def test_a_field_that_nothing_protects_is_refused_in_any_line(rows: Rows, name: str) -> None:
    at = line_of(rows, name)
    inside = rows[at][name] if name != "yingbin_journal" else rows[at]
    inside["note"] = "经理口头同意"
    faults = found(written(rows))
    assert faults[0].line == at + 1
    assert "note" in faults[0].words


def doubled(lines: list[str]) -> list[str]:
    return [lines[0], *lines]


def after_the_end(lines: list[str]) -> list[str]:
    return [*lines, lines[1]]


def a_name_twice(lines: list[str]) -> list[str]:
    return [lines[0], lines[1].replace('"seq"', '"seq": 9, "seq"', 1), *lines[2:]]


def a_fraction(lines: list[str]) -> list[str]:
    return [lines[0], lines[1].replace('"seq": 1', '"seq": 1.0', 1), *lines[2:]]


def not_a_number(lines: list[str]) -> list[str]:
    return [lines[0], lines[1].replace('"seq": 1', '"seq": NaN', 1), *lines[2:]]


def minus_nothing(lines: list[str]) -> list[str]:
    return [lines[0], lines[1].replace('"body": {', '"body": {"x": -0, ', 1), *lines[2:]]


def too_large(lines: list[str]) -> list[str]:
    return [
        lines[0],
        lines[1].replace('"body": {', '"body": {"x": 9007199254740992, ', 1),
        *lines[2:],
    ]


def an_entry_behind_the_roots(lines: list[str]) -> list[str]:
    roots = [n for n, line in enumerate(lines) if line.startswith('{"root"')]
    return [*lines[: roots[0] - 1], lines[roots[0]], lines[roots[0] - 1], *lines[roots[0] + 1 :]]


ON_PAPER = [
    (doubled, 2),
    (after_the_end, None),
    (a_name_twice, 2),
    (a_fraction, 2),
    (not_a_number, 2),
    (minus_nothing, 2),
    (too_large, 2),
    (an_entry_behind_the_roots, None),
]


@pytest.mark.parametrize(("change", "line"), ON_PAPER)
def test_a_file_that_no_export_writes_is_refused_at_its_line(
    rows: Rows, change: Callable[[list[str]], list[str]], line: int | None
) -> None:
    forged = change(written(rows))
    assert forged != written(rows)
    told = [f.line for f in found(forged) if f.kind.startswith("unreadable")]
    where = {"after_the_end": len(forged), "an_entry_behind_the_roots": len(forged) - 1}
    assert told[0] == (line or where[change.__name__])

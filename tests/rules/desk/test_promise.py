"""What the desk promises, whatever people do: on random files, event by event.

Each open matter has exactly one owner, a next due time or a listed pause, and a visible place; nothing is closed
without an answer that the resident has; no clock is lost by pause, reassignment, change of kind or reopening.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

import pytest

from yingbin.rules.calendar import ALWAYS
from yingbin.rules.desk.desk import Desk, Event
from yingbin.rules.desk.deskfile import read_desk
from yingbin.rules.desk.kinds import CALLBACK, PAUSES
from yingbin.rules.desk.matter import Matter
from yingbin.rules.desk.replay import Fold, replay
from yingbin.rules.matters import ACCEPT, Clock

from .days import Day
from .random_files import random_file

pytestmark = pytest.mark.clause("SD-4.3", "SD-4.4")
FILES = 50
ANSWERING = {"tell", "agree", "conclude", "record"}


class Seen(NamedTuple):
    """An event, its matter before and after it, and how all stand then."""

    event: Event
    before: Matter | None
    after: Matter | None
    refused: bool
    all: tuple[Matter, ...]


class Watch:
    """A file folded one event at a time, with the matter before and after each."""

    def __init__(self, file: dict[str, Any]) -> None:
        read = read_desk(file)
        self.events, self.until = read.events, read.until
        self.desk = Desk(read.office, read.policy, read.calendar)
        self.fold = Fold(self.desk)
        self.pauses: dict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
        self.seen = list(self.live())

    def live(self) -> Iterator[Seen]:
        for number, event in enumerate(self.events):
            self.run(event.at)
            before = self.desk.matters.get(event.matter)
            self.fold.happen(number, event)
            after = self.desk.matters.get(event.matter)
            if before and after and before.state.pause and not after.state.pause:
                self.pauses[event.matter].append((before.state.pause.since, event.at))
            refused = self.fold.decisions[-1].refused
            yield Seen(event, before, after, refused, tuple(self.desk.matters.values()))
        if self.until:
            self.run(self.until)

    def run(self, upto: datetime) -> None:
        waiting = {m.id: m.state.pause for m in self.desk.matters.values() if m.state.pause}
        self.fold.run(upto)
        for name, pause in waiting.items():
            if self.desk.matters[name].state.pause is None:
                self.pauses[name].append((pause.since, pause.ends_at))


@cache
def life(seed: int) -> Watch:
    """A random file, watched to its end."""
    return Watch(random_file(seed))


def check_open(desk: Desk, found: Matter) -> None:
    """One owner and one holder who are there, something that falls due or a listed pause, a place in a list."""
    state, office = found.state, desk.office
    assert state.owner in office.desk_people
    assert state.holder in office.everyone
    assert state.next_due is not None
    assert found.offer == "" or found.offer in (*office.departments, office.supervisor)
    assert bool(found.offer) == (state.clock(ACCEPT) is not None)
    going = [c.name for c in state.going]
    assert len(set(going)) == len(going), "one clock of a name at most"
    assert {"solve", "reply"} & set(going), "something is always owed"
    if state.pause:
        assert state.pause.reason in PAUSES
        assert {c.how for c in state.going} == {"paused"}
    else:
        assert {c.how for c in state.going} == {"running"}


def check_ended(found: Matter) -> None:
    names = [c.name for c in found.state.going]
    due = found.callback is not None and found.callback.state == "due"
    assert names == ([CALLBACK] if due else [])
    assert not found.offer
    assert found.state.pause is None


def check_clocks(event: Event, before: Matter, after: Matter) -> None:
    """Clocks are only ever added, an ended one never moves, and what ran runs on, was met, or has a successor."""
    old, new = before.state.clocks, after.state.clocks
    assert len(new) >= len(old)
    for one, other in zip(old, new, strict=False):
        assert (one.name, one.started_at) == (other.name, other.started_at)
        assert one.going or one == other
    names = {c.name for c in before.state.going} - {ACCEPT, CALLBACK}
    kept = {c.name for c in after.state.going} - {ACCEPT, CALLBACK}
    if event.kind in (
        "assign",
        "take",
        "pause",
        "resume",
        "offer",
        "accept",
        "decline",
        "withdraw",
        "reduce",
        "report",
    ):
        assert names == kept, "no clock is lost"
    began = event.kind == "reopen" or before.state.kind != after.state.kind
    if began:
        assert "solve" in kept
    elif event.kind in ("change", "assess"):
        assert kept <= names
        assert "solve" in kept
    gone = [new[n] for n, one in enumerate(old) if one.going and not new[n].going]
    assert {c.how for c in gone if c.name == "solve"} <= {"met", "replaced", "void"}
    assert all(
        c.how != "void" or after.stage == "cancelled" or c.name in (ACCEPT, CALLBACK) for c in gone
    )


def check_closing(event: Event, before: Matter | None, told: bool) -> None:
    """Nothing is closed unless the resident has the answer."""
    assert event.kind in ANSWERING
    if event.kind == "record":
        assert event.text("answer")
    elif event.kind == "tell":
        assert before is not None
        assert before.state.answered
    else:
        assert told, "the resident knew what was proposed"


@pytest.mark.parametrize("start", range(0, FILES, 10))
def test_whatever_people_do_no_matter_is_lost_and_no_clock(start: int) -> None:
    for seed in range(start, start + 10):
        watch, told = life(seed), dict[str, bool]()
        for event, before, after, refused, standing in watch.seen:
            if refused:
                assert before is after, "a refusal changes nothing"
                continue
            assert after is not None
            told[event.matter] = event.kind == "tell" or (
                told.get(event.matter, False) and event.kind not in ("reopen", "change", "answer")
            )
            if before is not None:
                check_clocks(event, before, after)
            if after.stage == "closed" and (before is None or before.stage != "closed"):
                check_closing(event, before, told[event.matter])
            for found in standing:
                check_ended(found) if found.state.ended else check_open(watch.desk, found)


def counted(clock: Clock, watch: Watch, found: Matter, end: datetime) -> timedelta:
    """What a clock has counted up to a moment, pauses left out, measured anew from the calendar."""
    time = ALWAYS if clock.always else watch.desk.calendar
    total = time.between(clock.started_at, end)
    for since, until in watch.pauses[found.id]:
        if clock.ended_at and since >= clock.ended_at:
            continue
        total -= time.between(max(since, clock.started_at), min(until, end))
    return total


def test_every_clock_falls_due_when_its_limit_is_counted_and_not_a_second_before() -> None:
    seen = Counter[str]()
    for watch in map(life, range(FILES)):
        for found in watch.desk.matters.values():
            for clock in found.state.clocks:
                if clock.due_at is None or (found.state.pause and clock.going):
                    continue
                limit, second = clock.within, timedelta(seconds=1)
                before = counted(clock, watch, found, clock.due_at - second)
                assert counted(clock, watch, found, clock.due_at) == limit
                assert limit is not None
                assert before == limit - second, "it becomes late in a second that counts"
                seen["paused" if watch.pauses[found.id] else "straight"] += 1
                ends = clock.ended_at or watch.until or watch.events[-1].at
                assert clock.told_late == (clock.due_at <= ends)
    assert min(seen["paused"], seen["straight"]) > 100


def test_pauses_never_make_up_more_than_their_cap() -> None:
    for watch in map(life, range(FILES)):
        cap = timedelta(minutes=watch.desk.policy.pause_cap)
        assert all(m.state.spent <= cap for m in watch.desk.matters.values())


def test_the_random_files_reach_every_decision_every_state_and_every_notice() -> None:
    accepted, refused, states, told = (Counter[str]() for _ in range(4))
    for watch in map(life, range(FILES)):
        for one in watch.fold.decisions:
            event = watch.events[one.event].kind
            (refused if one.refused else accepted)[event] += 1
            states[one.after.stage if one.after else ""] += 1
            assert one.because.endswith("。"), one.because
        told.update(n.notice for n in watch.fold.notices)
    assert len(accepted) == 27
    assert len(refused) == 27
    assert len(states) == 13 + 1
    assert len(told) == 17
    assert sum(accepted.values()) > sum(refused.values()), "lives, not refusals"


def test_a_file_replayed_twice_says_the_same_and_the_same_in_another_offset() -> None:
    file = random_file(7)
    said = json.dumps(replay(file), ensure_ascii=False)
    for row in file["events"]:
        row["at"] = datetime.fromisoformat(row["at"]).astimezone().isoformat()
    assert json.dumps(replay(file), ensure_ascii=False) == said


def test_the_watch_would_see_a_matter_without_an_owner_or_a_clock() -> None:
    """The control: what the promise forbids is found, where it is done by hand."""
    day = Day().at("23 09:00", "record", "m1", "苏", kind="help")
    watch = Watch(day.file)
    (found,) = watch.desk.matters.values()
    check_open(watch.desk, found)
    state = found.state
    for broken in (
        replace(found, state=replace(state, owner="")),
        replace(found, state=replace(state, ahead=state.ahead[:1])),
        replace(found, state=replace(state, offered_to="工程")),
    ):
        with pytest.raises(AssertionError):
            check_open(watch.desk, broken)
    with pytest.raises(AssertionError):
        check_closing(replace(watch.events[0], kind="cancel"), found, told=True)

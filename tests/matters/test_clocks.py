"""Several clocks of one matter: started, paused, resumed, met, replaced; owner and holder; offers to groups."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.matters.residents import (
    GUARDS,
    HELP,
    LIN,
    QIAN,
    SU,
    SUN,
    WORKS,
    ZHAO,
    ZONE,
    Desk,
    hours,
)
from yingbin.rules import matters
from yingbin.rules.decision import Refused
from yingbin.rules.matters import Step

pytestmark = pytest.mark.usefixtures("residents")


def on(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


@pytest.mark.clause("SD-4.4")
def test_whoever_accepts_holds_the_task_and_the_owner_still_owes_the_answer() -> None:
    tap = Desk()
    tap("offer", SU, to=WORKS)
    with pytest.raises(Refused, match="没有转给您"):
        tap("accept", LIN)
    tap("accept", QIAN)
    assert (tap.state.owner, tap.state.holder, tap.state.hand_offs) == (SU, QIAN, 1)
    tap("finish", QIAN)
    with pytest.raises(Refused, match="由别人负责"):
        tap("tell", QIAN)
    tap("tell", SU)
    assert tap.state.status == "closed"


@pytest.mark.clause("SD-4.4")
def test_the_head_gives_it_to_one_of_their_own_and_to_nobody_else() -> None:
    tap = Desk()
    tap("offer", SU, to=WORKS)
    tap("accept", QIAN)
    tap.state = replace(tap.state, holder=WORKS)
    with pytest.raises(Refused, match="本部门"):
        tap("assign", ZHAO, to=SU, note="忙不过来")
    with pytest.raises(Refused, match="写一句原因"):
        tap("assign", ZHAO, to=SUN)
    tap("assign", ZHAO, to=SUN, note="小钱请假")
    assert (tap.state.owner, tap.state.holder, tap.state.hand_offs) == (SU, SUN, 1)


@pytest.mark.clause("SD-4.4")
def test_an_assignment_by_the_supervisor_counts_as_a_hand_off_and_ends_an_offer() -> None:
    tap = Desk()
    tap("offer", SU, to=WORKS)
    tap("assign", LIN, to=SUN, note="他正好在楼下")
    assert (tap.state.holder, tap.state.offered_to, tap.state.hand_offs) == (SUN, "", 1)
    assert ("accept", "void") in tap.how()
    tap("assign_owner", SU, to=LIN, note="换班")
    assert (tap.state.owner, tap.state.holder, tap.state.hand_offs) == (LIN, SUN, 1)


def test_what_a_department_owns_is_taken_by_one_of_its_people() -> None:
    tap = Desk(owner=WORKS)
    with pytest.raises(Refused):
        tap("take", SU)
    tap("take", SUN)
    assert (tap.state.owner, tap.state.holder, tap.state.hand_offs) == (SUN, SUN, 0)


@pytest.mark.clause("SD-4.3")
def test_clocks_count_working_time_and_over_lunch_they_rest() -> None:
    tap = Desk()
    assert tap.due("respond") == on(23, 9, 30)
    assert tap.due("solve") == on(24, 9)
    assert Desk("urgent").due("solve") == on(23, 13)


@pytest.mark.clause("SD-4.3")
def test_a_pause_lets_clocks_stand_still_and_they_count_on_where_they_were() -> None:
    tap = Desk()
    with pytest.raises(Refused, match="先响应"):
        tap("pause", SU, reason="parts")
    tap("respond", SU)
    with pytest.raises(Refused, match="等配件、等住户"):
        tap("pause", SU, reason="holiday")
    tap("pause", SU, reason="parts", after=hours(1))
    assert (tap.state.next_due, tap.due("solve")) == (on(24, 14), None)
    tap("resume", SU, after=hours(5))
    assert tap.due("solve") == on(24, 14)
    assert tap.state.spent == hours(3.5)


@pytest.mark.clause("SD-4.3")
def test_a_pause_that_is_used_up_is_over_at_its_second_however_late_that_is_seen() -> None:
    tap = Desk()
    tap("respond", SU)
    tap("pause", SU, reason="parts")
    ends = tap.state.next_due
    assert ends == on(24, 11, 30)
    tap.now = on(26, 9)
    owed = tap.clock()
    assert [s.verb for s in owed] == ["pause_over", "escalate", "escalate"]
    solve = tap.state.clock("solve")
    assert solve is not None
    assert (solve.since, solve.due_at) == (ends, on(25, 11, 30))
    with pytest.raises(Refused, match="已经用完"):
        tap("pause", SU, reason="parts")


def test_anything_done_to_a_paused_matter_lets_it_go_on_but_for_reassigning() -> None:
    tap = Desk()
    tap("respond", SU)
    tap("pause", SU, reason="parts")
    tap("assign", LIN, to=QIAN, note="换人")
    assert tap.state.pause is not None
    tap("finish", QIAN, after=hours(1))
    assert tap.state.pause is None
    assert ("solve", "met") in tap.how()


@pytest.mark.clause("SD-4.3")
def test_another_grade_replaces_what_runs_and_counts_from_zero() -> None:
    tap = Desk()
    tap("respond", SU)
    tap("change", SU, grade="urgent", note="水漫到楼下了", after=hours(1))
    assert tap.how() == [("respond", "met"), ("solve", "replaced"), ("solve", "running")]
    assert tap.due("solve") == on(23, 14)
    with pytest.raises(Refused, match="都没有变"):
        tap("change", SU, grade="urgent", note="再说一次")


@pytest.mark.clause("SD-4.3")
def test_another_kind_begins_as_if_recorded_now_and_owner_and_hand_offs_stay() -> None:
    tap = Desk()
    tap("offer", SU, to=WORKS)
    tap("accept", QIAN)
    tap("change", SU, kind="test_other", note="其实是建议", after=hours(1))
    assert tap.state.kind == "test_other"
    assert (tap.state.owner, tap.state.holder, tap.state.hand_offs) == (SU, QIAN, 1)
    going = [c.name for c in tap.state.going]
    assert going == ["respond", "solve"]
    assert tap.due("respond") == on(23, 10, 30)


def test_reopening_starts_the_clocks_anew_and_keeps_the_old_ones_to_be_seen() -> None:
    tap = Desk()
    tap("finish", SU, after=hours(1))
    assert tap.due("reply") == on(23, 11)
    tap("tell", SU)
    tap("reopen", SU, note="还在漏", after=hours(1))
    ended = [(n, h) for n, h in tap.how() if h != "running"]
    assert ended == [("respond", "met"), ("solve", "met"), ("reply", "met")]
    assert [c.name for c in tap.state.going] == ["respond", "solve"]
    assert tap.due("respond") == on(23, 11, 30)


def test_what_is_done_at_the_very_second_of_a_limit_is_late() -> None:
    for early, late in ((timedelta(seconds=1), False), (timedelta(0), True)):
        tap = Desk()
        tap("respond", SU, after=hours(0.5) - early)
        respond = tap.state.clocks[0]
        assert (respond.how, respond.is_late(tap.now)) == ("met", late)


VERBS = sorted(matters.VERBS - matters.BY_CLOCK - {"lapse", "done", "answer", "acknowledge"})
PEOPLE = [SU, LIN, QIAN, SUN, ZHAO]


class AnyWeek(RuleBasedStateMachine):
    """Whatever people try, in whatever order: no matter is lost, and no clock."""

    def __init__(self) -> None:
        super().__init__()
        self.tap = Desk()

    @rule(
        verb=st.sampled_from([*VERBS, "respond", "finish"]),
        by=st.sampled_from(PEOPLE),
        to=st.sampled_from(["", *PEOPLE, WORKS, GUARDS]),
        note=st.sampled_from(["", "写一句"]),
        reason=st.sampled_from(["parts", "none"]),
        grade=st.sampled_from(["", "urgent", "normal"]),
        kind=st.sampled_from(["", "test_other", "test_help"]),
        later=st.integers(0, 40),
    )
    def someone_tries(self, verb: str, by: str, later: int, **more: str) -> None:
        told = {k: v for k, v in more.items() if k == "note" or k in FIELDS.get(verb, ())}
        tap = self.tap
        tap.now += timedelta(minutes=7 * later)
        tap.clock()
        before = tap.state
        step = Step(verb, by, tap.now, **told)
        if verb == "postpone":
            step = replace(step, due_at=tap.now + hours(later - 3))
        try:
            step = matters.decide(before, step, tap.around(by))
        except Refused:
            return
        tap.take(step)
        self.nothing_is_lost(before, verb)

    def nothing_is_lost(self, before: matters.State, verb: str) -> None:
        """Pauses, reassigning, another grade or kind, reopening: what ran runs on, or its successor does."""
        after = self.tap.state
        assert len(after.clocks) >= len(before.clocks)
        for old, new in zip(before.clocks, after.clocks, strict=False):
            assert (new.name, new.started_at) == (old.name, old.started_at)
            assert old.going or new == old, "an ended clock never moves again"
        if verb in (
            "assign",
            "assign_owner",
            "hand_over",
            "take",
            "pause",
            "resume",
            "note",
            "postpone",
        ):
            names = {c.name for c in before.going} - {"accept"}
            assert names == {c.name for c in after.going} - {"accept"}
        if verb == "change" and after.kind == before.kind:
            names = {c.name for c in before.going} - {"accept"}
            assert names == {c.name for c in after.going} - {"accept"}
        if verb == "reopen" or after.kind != before.kind:
            assert {"respond", "solve"} <= {c.name for c in after.going}

    @rule(minutes=st.integers(1, 3000))
    def time_goes_on(self, minutes: int) -> None:
        self.tap.now += timedelta(minutes=minutes)
        self.tap.clock()
        following = matters.next_clock(self.tap.state)
        assert following is None or following > self.tap.now

    @precondition(lambda self: not self.tap.state.ended)
    @invariant()
    def one_owner_and_something_that_falls_due_or_a_listed_pause(self) -> None:
        state = self.tap.state
        assert state.owner in [*PEOPLE, WORKS]
        assert state.holder in [*PEOPLE, WORKS]
        if state.pause:
            assert state.pause.reason in HELP.pauses
            assert not any(c.how == "running" for c in state.going)
        else:
            assert state.next_due is not None
            assert not any(c.how == "paused" for c in state.going)

    @invariant()
    def one_clock_of_a_name_at_most_goes_on(self) -> None:
        names = [c.name for c in self.tap.state.going]
        assert len(names) == len(set(names))
        assert not (self.tap.state.ended and names)

    @invariant()
    def pauses_never_make_up_more_than_their_cap(self) -> None:
        assert self.tap.state.spent <= HELP.pause_cap

    @invariant()
    def the_steps_replayed_give_the_state(self) -> None:
        assert matters.replay("test_help", self.tap.steps) == self.tap.state


FIELDS = {
    "offer": ("to",),
    "assign": ("to",),
    "assign_owner": ("to",),
    "hand_over": ("to",),
    "pause": ("reason",),
    "change": ("grade", "kind"),
}
TestAnyWeek = AnyWeek.TestCase

"""Who owes an answer, until when, and who is told when it doesn't come."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yingbin.rules import matters
from yingbin.rules.decision import Refused
from yingbin.rules.matters import Around, Step

ZONE = ZoneInfo("Asia/Shanghai")
NINE = datetime(2026, 11, 21, 9, 0, tzinfo=ZONE)
DESK, LIN, ZHOU, WU, MANAGER = "苏晴", "林悦", "周航", "吴敏", "郑岚"


class Told:
    """One matter, told in short words; time goes on by a minute a step."""

    def __init__(self, kind: str = "question", owner: str = DESK) -> None:
        self.now = NINE
        self.steps = [matters.opened(kind, Step("open", DESK, NINE, to=owner), Around())]
        self.state = matters.begin(kind, self.steps[0])

    def __call__(self, verb: str, by: str, **more: object) -> matters.State:
        self.now += timedelta(minutes=1)
        step = Step(verb, by, self.now, **more)  # type: ignore[arg-type]
        around = Around(supervisors=(MANAGER,), supervisor=by == MANAGER)
        step = matters.decide(self.state, step, around)
        self.steps.append(step)
        self.state = matters.fold(self.state, step)
        return self.state


@pytest.mark.clause("SF-4.3.6", "SC-4.3.8")
def test_whoever_opens_a_matter_stays_its_owner_until_a_named_person_accepts() -> None:
    question = Told()
    question("offer", DESK, to=LIN)
    assert (question.state.owner, question.state.status) == (DESK, "offered")
    question("accept", LIN)
    assert (question.state.owner, question.state.status) == (LIN, "accepted")


@pytest.mark.clause("SF-4.3.6")
def test_an_offer_that_is_declined_leaves_the_owner_and_needs_a_reason() -> None:
    question = Told()
    question("offer", DESK, to=LIN)
    with pytest.raises(Refused, match="写一句原因"):
        question("decline", LIN)
    question("decline", LIN, note="在接待客户")
    assert (question.state.owner, question.state.status) == (DESK, "open")
    assert question.state.hand_offs == 0


@pytest.mark.clause("SD-4.4")
def test_the_third_hand_off_goes_to_the_supervisor_whoever_was_meant() -> None:
    question = Told()
    question("offer", DESK, to=LIN)
    question("accept", LIN)
    question("offer", LIN, to=ZHOU)
    question("accept", ZHOU)
    assert question.state.hand_offs == 2
    question("offer", ZHOU, to=WU)
    assert question.state.offered_to == MANAGER
    with pytest.raises(Refused):
        question("accept", WU)
    question("accept", MANAGER)
    assert question.state.owner == MANAGER


@pytest.mark.clause("SD-4.4")
def test_a_hand_off_needs_the_person_it_was_offered_to() -> None:
    question = Told()
    question("offer", DESK, to=LIN)
    for verb in ("accept", "decline"):
        for stranger in (ZHOU, DESK, MANAGER):
            with pytest.raises(Refused, match="没有转给您"):
                question(verb, stranger, note="我来")
    question("withdraw", DESK)
    with pytest.raises(Refused):
        question("accept", LIN)


@pytest.mark.clause("SF-4.3.3", "SD-4.4")
def test_a_question_is_closed_only_when_the_customer_has_the_answer() -> None:
    question = Told()
    with pytest.raises(Refused, match="客户还没有得到答复"):
        question("done", DESK)
    with pytest.raises(Refused, match="先写下答复"):
        question("tell", DESK)
    with pytest.raises(Refused, match="写下答复内容"):
        question("answer", DESK, note=" ")
    question("offer", DESK, to=LIN)
    question("accept", LIN)
    question("answer", LIN, note="公积金可以贷到七成")
    assert question.state.status == "answered"
    assert matters.next_verb(question.state, DESK) == "tell"
    question("tell", DESK)
    assert question.state.status == "closed"


@pytest.mark.clause("TQ-10")
def test_an_alert_ends_only_when_the_person_it_is_for_has_taken_note() -> None:
    alert = Told("alert", owner=MANAGER)
    with pytest.raises(Refused, match="知道了"):
        alert("done", MANAGER)
    with pytest.raises(Refused, match="由别人负责"):
        alert("acknowledge", DESK)
    alert("acknowledge", MANAGER)
    assert alert.state.ended


@pytest.mark.clause("SC-4.3.2")
def test_a_drink_can_be_brought_by_whoever_is_at_hand() -> None:
    tea = Told("service", owner=LIN)
    assert matters.next_verb(tea.state, DESK) == "done"
    tea("accept", DESK)
    assert tea.state.owner == DESK
    tea("done", ZHOU)
    assert tea.state.ended


def test_an_ended_matter_is_reopened_with_a_reason_and_a_fresh_limit() -> None:
    call = Told("follow_up", owner=LIN)
    call("done", LIN, note="已电话")
    with pytest.raises(Refused, match="已经办结"):
        call("done", LIN)
    with pytest.raises(Refused, match="为什么"):
        call("reopen", LIN)
    call("reopen", LIN, note="客户说没有接到")
    assert call.state.status == "open"
    assert call.state.due_at == call.now + timedelta(days=1)


def test_only_whoever_asked_or_a_supervisor_cancels() -> None:
    call = Told("follow_up", owner=LIN)
    with pytest.raises(Refused, match="提出的人或主管"):
        call("cancel", LIN, note="不想打")
    call("cancel", MANAGER, note="客户已成交")
    assert call.state.status == "cancelled"


def test_the_clock_reminds_before_and_escalates_after_each_once() -> None:
    question = Told()
    due = question.state.due_at
    assert due == NINE + timedelta(hours=4)
    seen: list[tuple[str, int]] = []
    for minute in range(0, 60 * 10, 5):
        now = NINE + timedelta(minutes=minute)
        for step in matters.clock_steps(question.state, now):
            question.state = matters.fold(question.state, step)
            seen.append((step.verb, minute))
        assert matters.clock_steps(question.state, now) == []
    assert seen == [("remind", 210), ("escalate", 240), ("escalate", 480)]


def test_a_clock_that_stood_still_makes_up_for_everything_at_once() -> None:
    question = Told()
    late = matters.clock_steps(question.state, NINE + timedelta(days=3))
    assert [s.verb for s in late] == ["remind", "escalate", "escalate"]


def test_an_offer_nobody_took_is_recalled_to_mind_once() -> None:
    question = Told()
    question("offer", DESK, to=LIN)
    at = question.now + timedelta(minutes=10)
    (step,) = matters.clock_steps(question.state, at)
    assert (step.verb, step.clock, question.state.offered_to) == ("late", "accept", LIN)
    question.state = matters.fold(question.state, step)
    assert matters.clock_steps(question.state, at) == []


def test_a_new_limit_starts_reminders_and_escalations_anew() -> None:
    call = Told("follow_up", owner=LIN)
    for step in matters.clock_steps(call.state, NINE + timedelta(days=4)):
        call.state = matters.fold(call.state, step)
    assert call.state.level == 2
    call.now = NINE + timedelta(days=4)
    call("postpone", LIN, note="客户下周再来", due_at=call.now + timedelta(days=5))
    assert call.state.level == 0
    assert matters.next_clock(call.state) == call.state.due_at - timedelta(hours=2)


def test_a_reminder_whose_moment_has_passed_is_not_made_up_for() -> None:
    soon = NINE + timedelta(minutes=20)  # a question's owner is reminded half an hour before
    first = Step("open", DESK, NINE, to=DESK, due_at=soon)
    question = matters.begin("question", matters.opened("question", first, Around()))
    assert matters.clock_steps(question, NINE + timedelta(minutes=1)) == []
    assert matters.next_clock(question) == soon
    assert [s.verb for s in matters.clock_steps(question, soon)] == ["escalate"]


def test_an_unknown_kind_and_an_unknown_verb_are_refused() -> None:
    with pytest.raises(Refused):
        matters.opened("holiday", Step("open", DESK, NINE, to=DESK), Around())
    with pytest.raises(Refused, match="一位负责人"):
        matters.opened("question", Step("open", DESK, NINE), Around())
    with pytest.raises(Refused):
        Told()("explode", DESK)


def test_two_kinds_never_share_an_id() -> None:
    with pytest.raises(ValueError, match="question"):
        matters.add_kind(matters.Kind("question", "别的", "done", "SF-4.3.3"))
    matters.add_kind(matters.KINDS["question"])


@given(st.integers(0, 20000), st.integers(0, 20000))
def test_asking_the_clock_twice_changes_nothing(first: int, second: int) -> None:
    state = Told().state
    for minutes in sorted((first, second)):
        for step in matters.clock_steps(state, NINE + timedelta(minutes=minutes)):
            state = matters.fold(state, step)
    once = Told().state
    for step in matters.clock_steps(once, NINE + timedelta(minutes=max(first, second))):
        once = matters.fold(once, step)
    assert state == once


def before(verb: str, by: str, minute: int, **more: object) -> Step:
    """A step as it was stored before a matter had several clocks: without facts."""
    return Step(verb, by, NINE + timedelta(minutes=minute), **more)  # type: ignore[arg-type]


def test_steps_of_before_several_clocks_give_the_matter_they_gave_then() -> None:
    due = NINE + timedelta(hours=4)
    steps = [
        before("open", DESK, 0, to=DESK, due_at=due),
        before("offer", DESK, 1, to=LIN),
        before("remind", "", 11, to=LIN, note="offer"),
        before("accept", LIN, 12),
        before("remind", "", 210, to=LIN, note="due"),
        before("escalate", "", 240, note="overdue"),
    ]
    state = matters.replay("question", steps)
    assert (state.owner, state.holder, state.hand_offs) == (LIN, LIN, 1)
    assert (state.due_at, state.level, state.status) == (due, 1, "accepted")
    assert matters.next_clock(state) == due + timedelta(hours=4)
    later = NINE + timedelta(days=2)
    steps.append(before("postpone", LIN, 250, note="客户明天来", due_at=later))
    state = matters.replay("question", steps)
    assert (state.due_at, state.level) == (later, 0)
    assert matters.next_clock(state) == later - timedelta(minutes=30)

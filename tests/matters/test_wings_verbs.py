"""What a wing's own verbs may say: stages that depend, a task handed on, answers taken back, clocks renewed or void."""

from datetime import datetime, timedelta

import pytest

from yingbin.rules import matters
from yingbin.rules.matters import Around, Kind, Limit, Step, Verb
from yingbin.rules.times import HERE

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=HERE)
SU, LIN, QIAN = "苏", "林", "钱"
HOUR = timedelta(hours=1)
LETTER = Kind(
    "test_letter",
    "来信",
    "tell",
    "SD-4.1",
    {
        "normal": (
            Limit("solve", "解决", HOUR, starts=frozenset({"open", "refuse"}), met=frozenset({"draft"}),
                  renewed=frozenset({"raise"})),
            Limit("reply", "答复", HOUR, starts=frozenset({"draft"}), met=frozenset({"refuse", "sign"})),
            Limit("accept", "接手", HOUR, starts=frozenset({"offer"}), met=frozenset()),
            Limit("recall", "回访", HOUR, starts=frozenset({"ask"}), met=frozenset(), void=frozenset({"reopen"}),
                  late=("supervisor",)),
        ),
        "urgent": (
            Limit("solve", "解决", HOUR / 2, met=frozenset({"draft"})),
            Limit("accept", "接手", HOUR / 4, starts=frozenset({"offer"}), met=frozenset()),
        ),
    },
    accepting="holder",
    pauses={"resident": "等住户"},
    pause_cap=HOUR,
    pause_always=frozenset({"urgent"}),
    verbs={
        "read": Verb("读过", moves={"": "read", "drafted": "read again"}),
        "raise": Verb("上报", hands=True),
        "draft": Verb("拟好", then="drafted", answers=True),
        "refuse": Verb("退回", then="read", answers=False),
        "sign": Verb("签发", closes=True),
        "ask": Verb("安排回访"),
        "stamp": Verb("盖章", keeps_pause=True),
        "tell": Verb("告知", then="told"),
    },
)  # fmt: skip
AROUND = Around(kinds={LETTER.id: LETTER})


class Letter:
    """A letter, an hour a step."""

    def __init__(self) -> None:
        self.now = NINE
        first = matters.opened(LETTER.id, Step("open", SU, NINE, to=SU), AROUND)
        self.state = matters.begin(LETTER.id, first, AROUND)

    def __call__(self, *verbs: str, to: str = "", **more: str) -> "Letter":
        for verb in verbs:
            self.now += timedelta(minutes=1)
            step = Step(verb, SU, self.now, to=to, **more)
            if verb == "pause":
                step = Step(
                    verb,
                    SU,
                    self.now,
                    reason="resident",
                    pause=matters.pause_from(self.state, step, AROUND),
                )
            step = matters.settled(self.state, LETTER.id, step, AROUND)
            self.state = matters.fold(self.state, step, AROUND)
        return self

    @property
    def clocks(self) -> list[tuple[str, str]]:
        return [(c.name, c.how) for c in self.state.clocks]


def test_a_verb_moves_from_stage_to_stage_and_leaves_the_others() -> None:
    assert Letter()("read").state.stage == "read"
    assert Letter()("read", "read").state.stage == "read"
    assert Letter()("draft", "read").state.stage == "read again"


def test_a_verb_hands_the_task_on_and_a_clock_begins_anew() -> None:
    letter = Letter()("raise", to=LIN)
    assert (letter.state.owner, letter.state.holder) == (SU, LIN)
    assert letter.clocks == [("solve", "replaced"), ("solve", "running")]


def test_an_answer_that_is_taken_back_leaves_it_open_and_counting() -> None:
    letter = Letter()("draft")
    assert (letter.state.answered, letter.state.status) == (True, "answered")
    letter("refuse")
    assert (letter.state.answered, letter.state.status) == (False, "open")
    assert letter.clocks == [("solve", "met"), ("reply", "met"), ("solve", "running")]


def test_a_wings_verb_stands_before_the_common_one_of_its_name() -> None:
    assert Letter()("draft", "tell").state.status == "answered", "told, but not closed by it"


def test_a_clock_may_run_on_a_closed_matter_and_is_void_when_it_is_opened_again() -> None:
    letter = Letter()("draft", "sign")
    assert (letter.state.status, letter.state.going) == ("closed", ())
    letter("ask")
    assert letter.clocks[-1] == ("recall", "running")
    mark = matters.next_mark(letter.state, AROUND)
    assert mark is not None
    assert (mark.step.verb, mark.at) == ("late", letter.now + HOUR)
    letter("stamp")
    assert letter.clocks[-1] == ("recall", "running"), (
        "it was closed before, and isn't closed again"
    )
    letter("reopen")
    assert letter.clocks[-2:] == [("recall", "void"), ("solve", "running")]


def test_a_verb_that_keeps_a_pause_and_one_that_does_not() -> None:
    assert Letter()("pause", "stamp").state.pause is not None
    assert Letter()("pause", "read").state.pause is None


def test_another_grade_gives_an_offer_that_lies_the_new_rows_time() -> None:
    letter = Letter()("offer", to="department:工程")("change", grade="urgent")
    assert letter.clocks[-2:] == [("solve", "running"), ("accept", "running")]
    accept = letter.state.clock("accept")
    assert accept is not None
    assert accept.due_at == letter.now + HOUR / 4
    assert letter.state.offered_to == "department:工程"


@pytest.mark.parametrize(("grade", "hours"), [("normal", 25), ("urgent", 1)])
def test_a_pause_counts_in_the_time_of_its_grade(grade: str, hours: int) -> None:
    class Slow:
        """A calendar in which an hour takes a day and one."""

        def after(self, start: datetime, span: timedelta) -> datetime:
            return start + span * 25

        def between(self, start: datetime, end: datetime) -> timedelta:
            return (end - start) / 25

    letter = Letter()
    if grade == "urgent":
        letter("change", grade=grade)
    around = Around(kinds=AROUND.kinds, time=Slow())
    pause = matters.pause_from(letter.state, Step("pause", SU, letter.now), around)
    assert pause.ends_at == letter.now + timedelta(hours=hours)


def test_somebody_takes_over_what_another_person_owned() -> None:
    letter = Letter()("take", to=QIAN)
    assert (letter.state.owner, letter.state.holder) == (QIAN, QIAN)
    assert Letter()("raise", to=LIN)("take", to=QIAN).state.holder == LIN

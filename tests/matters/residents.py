"""A kind of the residents' desk for tests of the rules: clocks by grade, pauses, verbs of its own; and a desk that works it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from yingbin.rules import matters
from yingbin.rules.calendar import WorkingCalendar
from yingbin.rules.matters import Around, Kind, Level, Limit, Step, Verb

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
AT_ONCE = timedelta(0)
LUNCH = ((time(8, 30), time(12)), (time(13, 30), time(17, 30)))
OFFICE = WorkingCalendar(dict.fromkeys(range(5), LUNCH), ZONE)
SU, LIN, QIAN, SUN, ZHAO = "苏", "林", "钱", "孙", "赵"
WORKS, GUARDS = "department:工程", "role:guard"


def hours(n: float) -> timedelta:
    return timedelta(hours=n)


def row(respond: timedelta, solve: timedelta, *, always: bool) -> tuple[Limit, ...]:
    rungs = (Level(hours(0), ("head",)), Level(hours(2), ("supervisor",)))
    verbs = frozenset({"respond"})
    return (
        Limit("respond", "响应", respond, always, met=verbs, warn=matters.warn_at(respond, 80)),
        Limit("solve", "解决", solve, always, met=frozenset({"finish"}), ladder=rungs),
        Limit(
            "reply", "答复", hours(1), always, starts=frozenset({"finish"}), met=frozenset({"tell"})
        ),
        Limit(
            "accept",
            "接手",
            hours(0.5),
            always,
            starts=frozenset({"offer"}),
            met=frozenset(),
            late=("head",),
        ),
    )


HELP = Kind(
    "test_help",
    "求助",
    "tell",
    "SD-4.2.2",
    {
        "normal": row(hours(0.5), hours(7.5), always=False),
        "urgent": row(hours(0.1), hours(4), always=True),
    },
    accepting="holder",
    counts=frozenset({"accept", "decline", "assign"}),
    pauses={"parts": "等配件", "resident": "等住户"},
    pause_cap=hours(10),
    no_pause_while=frozenset({"respond"}),
    verbs={
        "respond": Verb("已响应", then="responded"),
        "finish": Verb("已解决", frozenset({"holder"}), answers=True, then="solved"),
    },
)
OTHER = replace(HELP, id="test_other", title="建议", verbs={})


class Desk:
    """One matter of the residents' desk, told in short words, in the office's working time."""

    def __init__(self, grade: str = "normal", owner: str = SU) -> None:
        self.now = MONDAY
        first = Step("open", SU, MONDAY, to=owner, grade=grade)
        self.steps = [matters.opened("test_help", first, Around(time=OFFICE))]
        self.state = matters.begin("test_help", self.steps[0])

    def __call__(self, verb: str, by: str, *, after: timedelta = AT_ONCE, **more: str) -> None:
        self.now += after
        self.clock()
        step = Step(verb, by, self.now, **more)
        self.take(matters.decide(self.state, step, self.around(by)))

    def around(self, by: str) -> Around:
        works = frozenset({WORKS}) if by in (QIAN, SUN, ZHAO) else frozenset()
        return Around(
            supervisors=(LIN,),
            supervisor=by == LIN,
            parties=works,
            heads=works if by == ZHAO else frozenset(),
            members=frozenset({QIAN, SUN}) if by == ZHAO else frozenset(),
            time=OFFICE,
        )

    def clock(self) -> list[Step]:
        owed = matters.clock_steps(self.state, self.now, Around(time=OFFICE))
        for step in owed:
            self.take(step)
        return owed

    def take(self, step: Step) -> None:
        self.steps.append(step)
        self.state = matters.fold(self.state, step)

    def how(self) -> list[tuple[str, str]]:
        return [(c.name, c.how) for c in self.state.clocks]

    def due(self, name: str) -> datetime | None:
        clock = self.state.clock(name)
        assert clock is not None
        return clock.due_at


@contextmanager
def known() -> Iterator[None]:
    """The kinds of these tests are known, and no page lists them afterwards."""
    for kind in (HELP, OTHER):
        matters.add_kind(kind)
    yield
    for kind in (HELP, OTHER):
        matters.KINDS.pop(kind.id)

"""The same arrivals under another policy: who gains and who loses.

Taken from the recorded day, whatever the policy: when each group came, how long its reception
lasted once it began, how long it was ready to wait, which visitors proved unrelated, and when
people came and went. A reception that the day does not tell the length of takes the day's median.
What the manager gave to another or corrected answered that day's decisions and is left out.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median_low

from yingbin.rules.decision import Decision
from yingbin.rules.malformed import Fields
from yingbin.rules.turns import dayfile
from yingbin.rules.turns.decide import apply, opening
from yingbin.rules.turns.policy import TurnsPolicy
from yingbin.rules.turns.state import LEFT, State

_AT_ONCE = ("arrive", "away", "back", "sign_in", "sign_out")
_LAST = 1 << 60  # after every recorded event of the same instant


@dataclass(frozen=True, slots=True)
class Later:
    """Something that happens a while after a group came, or after its reception began."""

    after: timedelta
    order: int
    event: Fields


@dataclass(slots=True)
class Story:
    """A recorded day without the decisions that its policy made.

    given: what happens at its own time, with its place in the file. came and began: when a group
    came and its reception began. on_arrival and on_reception: visit -> what follows. typical: the
    median length of a reception. left_out: what the manager did, by kind of event.
    """

    day: Fields
    given: list[tuple[datetime, int, Fields]] = field(default_factory=list)
    on_arrival: dict[str, list[Later]] = field(default_factory=dict)
    on_reception: dict[str, list[Later]] = field(default_factory=dict)
    came: dict[str, datetime] = field(default_factory=dict)
    began: dict[str, datetime] = field(default_factory=dict)
    typical: timedelta | None = None
    left_out: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Tally:
    """What a day brought one person; balance: make-up turns left, or turns owed as a negative."""

    counted: int = 0
    uncounted: int = 0
    passed_over: int = 0
    balance: int = 0


@dataclass(slots=True)
class Outcome:
    """A day under one policy. waits: how long each group received waited; left: how many left."""

    label: str
    policy: TurnsPolicy
    people: dict[str, Tally]
    waits: list[timedelta] = field(default_factory=list)
    left: int = 0
    still_waiting: int = 0

    @property
    def spread(self) -> int:
        """Counted receptions of the busiest person less those of the idlest."""
        counts = [tally.counted for tally in self.people.values()]
        return max(counts) - min(counts) if counts else 0

    @property
    def _minutes(self) -> list[float]:
        return [wait / timedelta(minutes=1) for wait in self.waits if wait]

    @property
    def mean_wait(self) -> float:
        """Minutes that those who waited waited on average."""
        waits = self._minutes
        return round(sum(waits) / len(waits), 1) if waits else 0.0

    @property
    def longest_wait(self) -> float:
        """The longest wait in minutes."""
        return round(max(self._minutes, default=0.0), 1)

    def to_json(self) -> dict[str, object]:
        """The figures, waits in minutes."""
        return {
            "label": self.label,
            "policy": self.policy.to_json(),
            "people": {
                who: {name: getattr(tally, name) for name in Tally.__slots__}
                for who, tally in self.people.items()
            },
            "spread": self.spread,
            "received": len(self.waits),
            "waited": len(self._minutes),
            "mean_wait": self.mean_wait,
            "longest_wait": self.longest_wait,
            "left": self.left,
            "still_waiting": self.still_waiting,
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """The same day under several policies; gains are against the first of them."""

    outcomes: tuple[Outcome, ...]
    kinds: Mapping[str, int]
    left_out: Mapping[str, int]

    @property
    def people(self) -> list[str]:
        """Everyone, those who gain most under the last policy first."""
        everyone = list(self.outcomes[0].people)
        return sorted(everyone, key=lambda who: -self.gain(who, self.outcomes[-1]))

    def gain(self, who: str, outcome: Outcome) -> int:
        """Counted receptions more (or less) than under the first policy."""
        return outcome.people[who].counted - self.outcomes[0].people[who].counted

    def to_json(self) -> dict[str, object]:
        """All figures for another program."""
        return {
            "outcomes": [outcome.to_json() for outcome in self.outcomes],
            "gains": {
                outcome.label: {who: self.gain(who, outcome) for who in outcome.people}
                for outcome in self.outcomes[1:]
            },
            "kinds": dict(self.kinds),
            "left_out": dict(self.left_out),
        }


def compare(day: object, policies: Sequence[tuple[str, TurnsPolicy]]) -> Comparison:
    """Run the day under each (label, policy). Raises Malformed if the day is not well formed."""
    told = dayfile.check(day)
    story = read_story(told)
    outcomes = tuple(run(story, label, policy) for label, policy in policies)
    arrivals = (event for event in told["events"] if event["event"] == "arrive")
    kinds = Counter(event.get("kind", "customer") for event in arrivals)
    return Comparison(outcomes, kinds, story.left_out)


def read_story(day: Fields) -> Story:
    """Replay a checked day under its own policy and keep what does not hang on that policy."""
    story = Story(day)
    state = opening(day)
    lasted: list[timedelta] = []
    for index, event in enumerate(day["events"]):
        at = datetime.fromisoformat(event["at"])
        made = apply(state, event, index=index)
        if any(decision.refused for decision in made):
            continue
        _note(story, at, index, event)
        if event["event"] == "finish":
            lasted.append(at - story.began[event["visit"]])
        for decision in _receptions(made):
            story.began.setdefault(decision.visit or "", at)
    story.typical = median_low(lasted) if lasted else None
    return story


def _receptions(made: Sequence[Decision]) -> list[Decision]:
    return [decision for decision in made if decision.kind == "received"]


def _note(story: Story, at: datetime, index: int, event: Fields) -> None:
    """Keep one accepted event where it belongs in the story."""
    kind, visit = event["event"], event.get("visit", "")
    if kind in _AT_ONCE:
        story.given.append((at, index, event))
        if kind == "arrive":
            story.came[visit] = at
    elif kind in ("leave", "anyone"):
        later = Later(at - story.came[visit], index, event)
        story.on_arrival.setdefault(visit, []).append(later)
    elif kind in ("finish", "claim_unrelated"):
        later = Later(at - story.began[visit], index, event)
        story.on_reception.setdefault(visit, []).append(later)
    else:
        story.left_out[kind] += 1


@dataclass(slots=True)
class _Run:
    """One run of a story: the state, what is still to happen, and the figures so far."""

    story: Story
    state: State
    outcome: Outcome
    todo: list[tuple[datetime, int, int, Fields]] = field(default_factory=list)
    pushed: int = 0
    came: dict[str, datetime] = field(default_factory=dict)

    def push(self, at: datetime, order: int, event: Fields) -> None:
        """Put something in the calendar; equal instants keep the order of the file."""
        heapq.heappush(self.todo, (at, order, self.pushed, event))
        self.pushed += 1

    def push_all(self, at: datetime, laters: Sequence[Later]) -> None:
        """Put in what follows from something that happened at `at`."""
        for later in laters:
            self.push(at + later.after, later.order, later.event)


def run(story: Story, label: str, policy: TurnsPolicy) -> Outcome:
    """The story under one policy."""
    state = opening(story.day, policy)
    one = _Run(story, state, Outcome(label, policy, {who: Tally() for who in state.queue}))
    for at, index, event in story.given:
        one.push(at, index, event)
    while one.todo:
        at, order, _, event = heapq.heappop(one.todo)
        _happen(one, at, order, event)
    _close(one)
    return one.outcome


def _happen(one: _Run, at: datetime, order: int, event: Fields) -> None:
    """Apply one event and note what it brought."""
    if event["event"] == "arrive":
        one.came[event["visit"]] = at
        one.push_all(at, one.story.on_arrival.get(event["visit"], []))
    for decision in apply(one.state, _as_meant(one.state, event), index=order):
        for who in decision.passed_over:
            one.outcome.people[who].passed_over += 1
        if decision.kind == "received" and decision.visit is not None:
            one.outcome.waits.append(at - one.came[decision.visit])
            _begin(one, at, decision.visit)
    for who in one.state.counts:
        one.outcome.people.setdefault(who, Tally())


def _as_meant(state: State, event: Fields) -> Fields:
    """Whoever came back to work while a reception still runs before their sign-out just stays."""
    if event["event"] == "sign_in" and event["who"] in state.to_follow:
        return {**event, "event": "back"}
    return event


def _begin(one: _Run, at: datetime, visit: str) -> None:
    """A reception begins: it lasts as it did that day, or the median if it never began."""
    one.push_all(at, one.story.on_reception.get(visit, []))
    if visit not in one.story.began and one.story.typical is not None:
        one.push(at + one.story.typical, _LAST, {"event": "finish", "visit": visit})


def _close(one: _Run) -> None:
    """Read the accounts and the line when the day is over."""
    one.outcome.left = sum(visit.stage == LEFT for visit in one.state.visits.values())
    one.outcome.still_waiting = len(one.state.line)
    for who, tally in one.outcome.people.items():
        account = one.state.account(who)
        tally.counted = one.state.counts[who]
        tally.balance = len(account.make_up) - account.owed
    for visit in one.state.visits.values():
        if visit.receiver is not None and not visit.counted:
            one.outcome.people[visit.receiver].uncounted += 1

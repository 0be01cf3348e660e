"""The state of a day on duty at a moment, and what can be read off it: who stands where, who can leave, gaps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from .clauses import clause_of
from .moments import MINUTE, Moment
from .terms import (
    Break,
    Case,
    DutyPolicy,
    Handover,
    Line,
    Person,
    Post,
    Span,
    StandIn,
    Task,
    TaskKind,
)


@dataclass
class DutyDay:
    """Everything that stands; all dicts keep the order in which things came."""

    policy: DutyPolicy
    posts: dict[str, Post]
    people: dict[str, Person]
    shifts: dict[str, Span]
    tasks: dict[str, Task]
    lines: dict[str, Line]
    signed_on: dict[str, str | None] = field(default_factory=dict)  # who → the post signed on at
    gone: set[str] = field(default_factory=set)
    breaks: dict[str, Break] = field(default_factory=dict)
    stand_ins: dict[str, StandIn] = field(default_factory=dict)
    handovers: dict[str, Handover] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    farewells: dict[str, Moment] = field(default_factory=dict)
    gaps: dict[str, Moment] = field(default_factory=dict)  # post → since when

    def own_post(self, who: str) -> str | None:
        """The post somebody is signed on at; while not signed on, their home post."""
        if who in self.signed_on:
            return self.signed_on[who]
        return self.home(who)

    def home(self, who: str) -> str | None:
        """The home post of somebody; None for those without one and for strangers."""
        person = self.people.get(who)
        return person.home if person else None

    def break_of(self, who: str) -> Break | None:
        """The break somebody is on."""
        return next(
            (b for b in self.breaks.values() if b.who == who and b.state == "running"), None
        )

    def at_work(self, who: str) -> bool:
        """Signed on and not on a break."""
        return who in self.signed_on and self.break_of(who) is None

    def stand_in_of(self, who: str, now: Moment) -> StandIn | None:
        """The stand-in of somebody that runs."""
        return next((s for s in self.stand_ins.values() if s.who == who and s.runs(now)), None)

    def stands_at(self, who: str, now: Moment) -> str | None:
        """The post where somebody stands; None for nowhere."""
        person = self.people.get(who)
        if person is None or not person.stands or not self.at_work(who):
            return None
        elsewhere = self.stand_in_of(who, now)
        return elsewhere.post if elsewhere else self.own_post(who)

    def on_post(self, post: str, now: Moment) -> list[str]:
        """Who stands at a post, in the order of people."""
        return [who for who in self.people if self.stands_at(who, now) == post]

    def emergency_at(self, post: str) -> bool:
        """Whether an emergency is open there."""
        return any(c.open and c.kind == "emergency" and c.post == post for c in self.cases.values())

    def can_leave(self, who: str, now: Moment) -> bool:
        """Whether the post where somebody stands does without them (SF-4.3.7, SC-4.3.9)."""
        name = self.stands_at(who, now)
        if name is None:
            return True
        post = self.posts[name]
        if not post.open.holds(now) or self.emergency_at(name):
            return True
        return len(self.on_post(name, now)) - 1 >= post.minimum

    def is_gap(self, post: Post, now: Moment) -> bool:
        """Whether fewer stand at an open post than must, and no emergency is open there."""
        if not post.open.holds(now) or self.emergency_at(post.name):
            return False
        return len(self.on_post(post.name, now)) < post.minimum

    def open_lines(self) -> Iterator[Line]:
        """Lines that aren't settled, the carried ones first."""
        return (line for line in self.lines.values() if line.open)

    def clause(self, about: str, post: str | None) -> str | None:
        """The clause of something at a post."""
        return clause_of(about, self.posts.get(post) if post is not None else None)


def tasks_of(post: Post, policy: DutyPolicy) -> Iterator[Task]:
    """A post's checks of the day in their order: opening, rounds, closing (SF-4.1, SF-4.7, SC-4.1, SC-4.7)."""
    opens, closes = post.open.start, post.open.end
    due = opens - policy.opening_lead * MINUTE
    yield _task(post, policy, "opening", "opening", due, opens)
    step = policy.round_minutes * MINUTE
    number = 1
    while step and opens + number * step < closes:
        due = opens + number * step
        yield _task(post, policy, "round", f"round/{number}", due, _missing(due, policy))
        number += 1
    yield _task(post, policy, "closing", "closing", closes, _missing(closes, policy))


def _missing(due: Moment, policy: DutyPolicy) -> Moment:
    return due + policy.missing_minutes * MINUTE


def _task(
    post: Post, policy: DutyPolicy, kind: TaskKind, name: str, due: Moment, missing: Moment
) -> Task:
    late = due + policy.late_minutes * MINUTE
    return Task(
        id=f"{post.name}/{name}",
        post=post.name,
        kind=kind,
        items=post.listed(kind),
        due=due,
        opens=None if kind == "opening" else due - policy.early_minutes * MINUTE,
        late_at=late if late < missing else None,
        missing_at=missing,
    )

"""Whom dispatch would send, and why: who knows the work, is on shift, has least in hand (SD-4.2.2). It only proposes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Shift:
    """From when to when somebody works; title: as people call it, 早班, or "" without a name."""

    title: str
    begins: datetime
    ends: datetime

    def covers(self, at: datetime) -> bool:
        """Whether it is under way; at its last moment it is over."""
        return self.begins <= at < self.ends


@dataclass(frozen=True)
class Week:
    """The same hours on some days of the week (Monday 0); hours that end before they begin go over midnight."""

    title: str
    begins: time
    ends: time
    days: frozenset[int]

    def around(self, at: datetime) -> tuple[Shift, ...]:
        """The shifts that a moment may lie in, and those of the week to come. at: on the place's own clock."""
        days = ((at + n * DAY).date() for n in range(-1, 8))
        return tuple(self._on(day, at) for day in days if day.weekday() in self.days)

    def _on(self, day: date, at: datetime) -> Shift:
        begins = datetime.combine(day, self.begins, at.tzinfo)
        ends = datetime.combine(day, self.ends, at.tzinfo)
        return Shift(self.title, begins, ends if ends > begins else ends + DAY)


class Here(IntEnum):
    """Whether somebody is at work, the surest first."""

    ON = 0  # by a shift that is under way
    SEEN = 1  # no shift is known, but they did something today
    UNKNOWN = 2
    OFF = 3  # shifts are known, and none is under way


class Knows(IntEnum):
    """Whether somebody has a skill that the work asks for."""

    YES = 0
    UNSAID = 1  # nobody wrote down what they can do, or the work asks for nothing in particular
    NO = 2


@dataclass(frozen=True)
class Hand:
    """Somebody who could be sent. skill: the one that the work asks for, in words, "" none; said: whether their skills
    are written down; shifts: those around now, None where nobody knows; by: what says so, in words; seen: at work today
    by what they did; open: matters in hand; solved: of this subject lately."""

    who: str
    department: str
    skill: str = ""
    said: bool = False
    shifts: tuple[Shift, ...] | None = None
    by: str = ""
    seen: bool = False
    open: int = 0
    solved: int = 0

    def on(self, at: datetime) -> Shift | None:
        """The shift under way."""
        return next((one for one in self.shifts or () if one.covers(at)), None)

    def comes(self, at: datetime) -> Shift | None:
        """The next shift that begins."""
        later = (one for one in self.shifts or () if one.begins > at)
        return min(later, key=lambda one: one.begins, default=None)

    def here(self, at: datetime) -> Here:
        """Whether they are at work."""
        if self.shifts is None:
            return Here.SEEN if self.seen else Here.UNKNOWN
        return Here.ON if self.on(at) else Here.OFF

    def knows(self, asked: Sequence[str]) -> Knows:
        """Whether they can do what is asked for; asked: the skills that would do, in words."""
        if self.skill:
            return Knows.YES
        return Knows.NO if asked and self.said else Knows.UNSAID


@dataclass(frozen=True)
class Call:
    """What somebody is sent to. asked: the skills that would do, in words; served: the departments that the office's scope
    names, None where it has drawn none."""

    at: datetime
    asked: tuple[str, ...] = ()
    served: tuple[str, ...] | None = None

    def rank(self, hand: Hand) -> tuple[int, int, int, int, int, str]:
        """The best first: not off, able, surely here, the least in hand, knows the subject best."""
        here = hand.here(self.at)
        return (here is Here.OFF, hand.knows(self.asked), here, hand.open, -hand.solved, hand.who)


class Why(IntEnum):
    """Why a department is proposed."""

    NONE = 0  # none is
    SCOPE = 1
    SOLVED = 2
    SKILL = 3


@dataclass(frozen=True)
class Proposed:
    """department: "" for none; hand: whom to send, None where nobody of it is at work; next: who comes first then."""

    department: str = ""
    why: Why = Why.NONE
    hand: Hand | None = None
    next: Hand | None = None


def ranked(call: Call, hands: Iterable[Hand]) -> list[Hand]:
    """Everybody, the best first; whoever is off shift comes after all others."""
    return sorted(hands, key=call.rank)


def proposed(call: Call, departments: Mapping[str, Sequence[Hand]]) -> Proposed:
    """A department, and of it whoever knows the work, is here and has least in hand; nobody who is off shift."""
    department, why = _department(call, departments)
    if not department:
        return Proposed()
    order = ranked(call, departments[department])
    here = [one for one in order if one.here(call.at) is not Here.OFF]
    if here:
        return Proposed(department, why, here[0])
    coming = {one.who: shift.begins for one in order if (shift := one.comes(call.at))}
    first = [one for one in order if one.who in coming]
    return Proposed(
        department, why, None, min(first, key=lambda one: coming[one.who], default=None)
    )


def _department(call: Call, departments: Mapping[str, Sequence[Hand]]) -> tuple[str, Why]:
    """The one that the scope names; of several, or without a scope, the one that solved the most of it, then the one with
    the most people who know it. Without a scope none where nobody has and nobody does."""
    able = [one for one in sorted(departments) if call.served is None or one in call.served]
    if not able:
        return "", Why.NONE
    solved = {one: sum(hand.solved for hand in departments[one]) for one in able}
    skilled = {one: sum(bool(hand.skill) for hand in departments[one]) for one in able}
    best = max(able, key=lambda one: (solved[one], skilled[one], one))
    if call.served is not None:
        return best, Why.SCOPE
    why = Why.SOLVED if solved[best] else Why.SKILL if skilled[best] else Why.NONE
    return (best, why) if why else ("", why)


def said(call: Call, hand: Hand) -> str:
    """Why this person, in one sentence without its full stop: 会水工，今天早班在岗（按排班），手上 2 件."""
    parts = (_skill(call, hand), _shift(call, hand), f"手上 {hand.open} 件", _done(hand))
    return "，".join(part for part in parts if part)


def _skill(call: Call, hand: Hand) -> str:
    if hand.skill:
        return f"会{hand.skill}"
    return f"没写会{'、'.join(call.asked)}" if call.asked else ""


def _done(hand: Hand) -> str:
    return f"办过 {hand.solved} 件这类的事" if hand.solved else ""


def _shift(call: Call, hand: Hand) -> str:
    by = f"（{hand.by}）" if hand.by else ""
    here, now = hand.here(call.at), hand.on(call.at)
    if now:
        return f"今天{now.title}在岗{by}"
    if here is Here.OFF:
        shift = hand.comes(call.at)
        return f"现在不在班{by}，{when(shift, call.at)}上班" if shift else f"现在不在班{by}"
    return "今天在办事（班次没写）" if here is Here.SEEN else "班次没写"


_DAYS = ("今天", "明天", "后天")


def when(shift: Shift, at: datetime) -> str:
    """When a shift begins, as people say it: 明天早班 07:00. at: on the place's own clock."""
    begins = shift.begins.astimezone(at.tzinfo)
    away = (begins.date() - at.date()).days
    day = _DAYS[away] if 0 <= away < len(_DAYS) else f"{begins.month}月{begins.day}日"
    return f"{day}{shift.title} {begins:%H:%M}"

"""The plan: who is expected where at every minute to come, and whether a break fits (SF-4.3.7, SC-4.3.9).

A person is expected here and there in stretches, and a post's cover is the sum of those of its people. Both are worked
out once for a plan and only for the people and posts that are asked about; every question is then a walk along them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from .day import DutyDay
from .moments import Moment, minute_of
from .terms import Break, Post, Span, StandIn

_ALWAYS: Moment = -(10**18)  # before every time that can be written
_NEVER: Moment = 10**18  # after every one


@dataclass(frozen=True)
class Stretch:
    """Somebody is expected all the while: at a post, or (a lead) on duty without one; `standing_in` elsewhere."""

    span: Span
    post: str | None
    standing_in: bool = False


@dataclass
class Plan:
    """The plan of a day as seen at a moment; the day must not change while it is asked.

    without: a break that doesn't count as an absence; less: a stand-in that is thought away.
    """

    day: DutyDay
    now: Moment
    without: str | None = None
    less: str | None = None
    _stretches: dict[str, list[Stretch]] = field(default_factory=dict)
    _cover: dict[str, list[tuple[Moment, int]]] = field(default_factory=dict)
    _by_person: tuple[dict[str, list[Break]], dict[str, list[StandIn]]] | None = None

    def stretches(self, who: str) -> list[Stretch]:
        """When and where somebody is expected, in order."""
        if who not in self._stretches:
            self._stretches[who] = list(self._walked(who))
        return self._stretches[who]

    def _walked(self, who: str) -> Iterator[Stretch]:
        shift = self.day.shifts.get(who)
        if shift is None or who in self.day.gone:
            return
        start, end = self._back(who, shift), shift.end
        away, elsewhere = self._absences(who)
        edges = {s.span.start for s in elsewhere} | {s.span.end for s in elsewhere}
        edges |= {b.span.start for b in away} | {b.span.end for b in away}
        points = [start, *sorted(e for e in edges if start < e < end), end]
        for first, following in pairwise(points if start < end else ()):
            if any(b.span.holds(first) for b in away):
                continue
            there = next((s for s in elsewhere if s.span.holds(first)), None)
            post = there.post if there else self.day.own_post(who)
            yield Stretch(Span(first, following), post, standing_in=there is not None)

    def _back(self, who: str, shift: Span) -> Moment:
        """From when on somebody not signed on, or on a break, is expected (again); never: after their shift."""
        running = self.day.break_of(who)
        if running is not None:
            waits = running.span.end
        elif who not in self.day.signed_on:
            waits = shift.start
        else:
            return _ALWAYS
        if self.now < waits:
            return waits
        grace = waits + self.day.policy.grace
        return grace if self.now < grace else shift.end

    def _absences(self, who: str) -> tuple[list[Break], list[StandIn]]:
        """Somebody's breaks to come, and their stand-ins."""
        if self._by_person is None:
            breaks: dict[str, list[Break]] = {}
            stand_ins: dict[str, list[StandIn]] = {}
            for rest in self.day.breaks.values():
                if rest.state == "accepted" and rest.id != self.without:
                    breaks.setdefault(rest.who, []).append(rest)
            for one in self.day.stand_ins.values():
                if not one.ended and one.id != self.less:
                    stand_ins.setdefault(one.who, []).append(one)
            self._by_person = breaks, stand_ins
        return self._by_person[0].get(who, []), self._by_person[1].get(who, [])

    def cover(self, post: str) -> list[tuple[Moment, int]]:
        """From when on how many are expected at a post, in order; the first from always on."""
        if post not in self._cover:
            changes: dict[Moment, int] = {_ALWAYS: 0}
            for who in self._may_stand_at(post):
                for one in self.stretches(who):
                    if one.post == post:
                        changes[one.span.start] = changes.get(one.span.start, 0) + 1
                        changes[one.span.end] = changes.get(one.span.end, 0) - 1
            self._cover[post] = list(_summed(sorted(changes.items())))
        return self._cover[post]

    def _may_stand_at(self, post: str) -> Iterator[str]:
        standing_in = {s.who for s in self.day.stand_ins.values() if s.post == post and not s.ended}
        for who, person in self.day.people.items():
            if person.stands and (who in standing_in or self.day.own_post(who) == post):
                yield who

    def slack(self, post: Post, span: Span) -> int | None:
        """By how many the expected ones exceed the minimum where they are fewest; None: it isn't open in the span."""
        start, end = max(span.start, post.open.start), min(span.end, post.open.end)
        if start >= end:
            return None
        steps = pairwise([*self.cover(post.name), (_NEVER, 0)])
        fewest = min(n for (since, n), (until, _) in steps if since < end and until > start)
        return fewest - post.minimum

    def covered(self, post: Post, span: Span) -> bool:
        """Whether at every minute of the span the open post has its minimum."""
        slack = self.slack(post, span)
        return slack is None or slack >= 0

    def fits(self, who: str, span: Span) -> bool:
        """Whether a break of somebody fits into the span."""
        if not self._stays(who, span):
            return False
        slack = self._own_slack(who, span)
        return slack is None or slack >= 1

    def _stays(self, who: str, span: Span) -> bool:
        """Whether somebody is expected all the span, from the minute of now on, and isn't standing in."""
        person = self.day.people.get(who)
        if person is None or not person.stands or span.start < minute_of(self.now):
            return False
        reached = span.start
        for one in self.stretches(who):
            if one.span.holds(reached) and not one.standing_in:
                reached = one.span.end
        return reached >= span.end

    def _own_slack(self, who: str, span: Span) -> int | None:
        own = self.day.own_post(who)
        return None if own is None else self.slack(self.day.posts[own], span)

    def earliest(self, who: str, span: Span) -> Moment | None:
        """The first minute from the span's begin on at which a break of its length would fit; None: never."""
        person, shift = self.day.people.get(who), self.day.shifts.get(who)
        if person is None or not person.stands or shift is None:
            return None
        length, first = span.end - span.start, max(span.start, minute_of(self.now))
        begins: Moment | None = None
        reached = first
        for free in self._spared(who):
            if free.end <= first:
                continue
            if begins is None or free.start != reached:
                begins = max(first, free.start)
            reached = free.end
            if reached - begins >= length:
                return begins
        return None

    def _spared(self, who: str) -> Iterator[Span]:
        """When somebody could be on a break, in order; what follows without a pause may be several."""
        own = self.day.own_post(who)
        post = None if own is None else self.day.posts[own]
        edges: Iterable[Moment] = () if post is None else (post.open.start, post.open.end)
        edges = {*edges, *(since for since, _ in (self.cover(post.name) if post else ()))}
        for one in self.stretches(who):
            if one.standing_in:
                continue
            inside = sorted(e for e in edges if one.span.holds(e) and e != one.span.start)
            for start, end in pairwise([one.span.start, *inside, one.span.end]):
                slack = None if post is None else self.slack(post, Span(start, end))
                if slack is None or slack >= 1:
                    yield Span(start, end)

    def could_cover(self, who: str, span: Span) -> list[str]:
        """Everyone whose standing in at somebody's own post would make the break fit.

        Whoever stands in is there all the while: so it helps exactly where one more is enough, whoever it is.
        """
        own, slack = self.day.own_post(who), self._own_slack(who, span)
        if own is None or not self._stays(who, span) or (slack is not None and slack < 0):
            return []
        return [o for o in self.day.people if self.day.own_post(o) != own and self.fits(o, span)]


def _summed(changes: list[tuple[Moment, int]]) -> Iterator[tuple[Moment, int]]:
    there = 0
    for moment, change in changes:
        there += change
        yield moment, there

"""The plan asked point by point: the slow second opinion on `yingbin.rules.duty.plan`.

Who is expected changes only at a few minutes (shifts, breaks, stand-ins, opening hours): at each of these in a span
everybody is looked at anew, and whoever could cover is tried by adding their stand-in to the plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from yingbin.rules.duty.day import DutyDay
from yingbin.rules.duty.moments import Moment, minute_of
from yingbin.rules.duty.terms import Person, Post, Span, StandIn

_ALWAYS: Moment = -(10**18)  # before every time that can be written


@dataclass(frozen=True)
class Place:
    """Where somebody is expected: at a post, or (a lead) on duty without one; `standing_in` elsewhere."""

    post: str | None
    standing_in: bool = False


@dataclass
class SlowPlan:
    """The plan of a day as seen at a moment.

    without: a break that doesn't count as an absence; more: a stand-in that is only being thought of;
    less: a stand-in that is thought away.
    """

    day: DutyDay
    now: Moment
    without: str | None = None
    more: StandIn | None = None
    less: str | None = None
    _known: dict[tuple[str, Moment], Place | None] = field(default_factory=dict)

    def expected(self, who: str, minute: Moment) -> Place | None:
        """Where somebody is expected at a minute; None for not at all."""
        key = (who, minute)
        if key not in self._known:
            self._known[key] = self._expected(self.day.people[who], minute)
        return self._known[key]

    def _expected(self, person: Person, minute: Moment) -> Place | None:
        who = person.name
        shift = self.day.shifts.get(who)
        if shift is None or who in self.day.gone or minute >= shift.end:
            return None
        if minute < self._back(who, shift) or self._on_break(who, minute):
            return None
        elsewhere = self._stand_in(who, minute)
        if elsewhere is not None:
            return Place(elsewhere.post, standing_in=True)
        return Place(self.day.own_post(who))

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

    def _on_break(self, who: str, minute: Moment) -> bool:
        return any(
            b.who == who and b.state == "accepted" and b.id != self.without and b.span.holds(minute)
            for b in self.day.breaks.values()
        )

    def _stand_in(self, who: str, minute: Moment) -> StandIn | None:
        return next((s for s in self._stand_ins() if s.who == who and s.runs(minute)), None)

    def _stand_ins(self) -> Iterator[StandIn]:
        if self.more is not None:
            yield self.more
        yield from (s for s in self.day.stand_ins.values() if s.id != self.less)

    def covered(self, post: Post, span: Span, without: str | None = None) -> bool:
        """Whether at every minute of the span the open post has its minimum, one person not counted."""
        return all(self._enough(post, minute, without) for minute in self.turning_points(span))

    def _enough(self, post: Post, minute: Moment, without: str | None) -> bool:
        if not post.open.holds(minute):
            return True
        there = 0
        for who, person in self.day.people.items():
            if person.stands and who != without:
                place = self.expected(who, minute)
                there += place is not None and place.post == post.name
        return there >= post.minimum

    def spared(self, who: str, minute: Moment) -> bool:
        """Whether somebody could be on a break at this minute."""
        place = self.expected(who, minute)
        if place is None or place.standing_in:
            return False
        own = self.day.own_post(who)
        return own is None or self._enough(self.day.posts[own], minute, who)

    def fits(self, who: str, span: Span) -> bool:
        """Whether a break of somebody fits into the span."""
        person = self.day.people.get(who)
        if person is None or not person.stands or span.start < minute_of(self.now):
            return False
        return all(self.spared(who, minute) for minute in self.turning_points(span))

    def turning_points(self, span: Span) -> list[Moment]:
        """The span's first minute and all later ones in it at which anything planned changes."""
        found = {span.start}
        for moment in self._changes():
            if span.start < moment < span.end:
                found.add(moment)
        return sorted(found)

    def _changes(self) -> Iterator[Moment]:
        grace = self.day.policy.grace
        for post in self.day.posts.values():
            yield from (post.open.start, post.open.end)
        for shift in self.day.shifts.values():
            yield from (shift.start, shift.start + grace, shift.end)
        for rest in self.day.breaks.values():
            if rest.state in ("accepted", "running"):
                yield from (rest.span.start, rest.span.end, rest.span.end + grace)
        for stand_in in self._stand_ins():
            yield from (stand_in.span.start, stand_in.span.end)

    def earliest(self, who: str, span: Span) -> Moment | None:
        """The first minute from the span's begin on at which a break of its length would fit; None: never."""
        person, shift = self.day.people.get(who), self.day.shifts.get(who)
        if person is None or not person.stands or shift is None:
            return None
        length = span.end - span.start
        first = max(span.start, minute_of(self.now))
        if first >= shift.end:
            return None
        points = [*self.turning_points(Span(first, shift.end)), shift.end]
        begins: Moment | None = None
        for point, following in pairwise(points):
            if not self.spared(who, point):
                begins = None
                continue
            begins = point if begins is None else begins
            if following - begins >= length:
                return begins
        return None

    def could_cover(self, who: str, span: Span) -> list[str]:
        """Everyone whose standing in at somebody's own post would make the break fit."""
        own = self.day.own_post(who)
        if own is None:
            return []
        return [other for other in self.day.people if self._helps(other, who, own, span)]

    def _helps(self, other: str, who: str, own: str, span: Span) -> bool:
        if self.day.own_post(other) == own or not self.fits(other, span):
            return False
        thought = StandIn("", other, own, span)
        return SlowPlan(self.day, self.now, self.without, thought).fits(who, span)

"""What falls due by itself: the moments of the clock in their order, and the alerts of each.

A moment is found in the state, never kept: a shift moved, a case ended or a check signed simply has none any more.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from . import cases
from .checks import about, named
from .day import DutyDay
from .lines import KINDS as LINES
from .lines import about_handover
from .log import Alert
from .moments import MINUTE, Moment, clock, minute_of
from .plan import Plan
from .terms import Break, Line, Span, StandIn, Task


class Clock:
    """The moments of one day; `alerts` must be asked at each, in order."""

    def __init__(self, day: DutyDay) -> None:
        self.day = day
        self.at: Moment | None = None  # the last moment that took place
        self._checks: dict[Moment, list[Task]] = {}
        for task in day.tasks.values():
            for moment in (task.late_at, task.missing_at):
                if moment is not None:
                    self._checks.setdefault(moment, []).append(task)
        hours = [m for post in day.posts.values() for m in (post.open.start, post.open.end)]
        self._fixed = sorted({*self._checks, *hours})

    def next(self, upto: Moment) -> Moment | None:
        """The next moment at which something may fall due, up to and with `upto`."""
        due = [m for m in self._moving() if m <= upto and (self.at is None or m > self.at)]
        place = 0 if self.at is None else bisect_right(self._fixed, self.at)
        if place < len(self._fixed) and self._fixed[place] <= upto:
            due.append(self._fixed[place])
        return min(due, default=None)

    def _moving(self) -> Iterator[Moment]:
        day, policy = self.day, self.day.policy
        for shift in day.shifts.values():
            yield from (shift.start, shift.start + policy.grace)
        for rest in day.breaks.values():
            if rest.state == "running":
                yield from (rest.span.end, rest.span.end + policy.grace)
            elif rest.state == "accepted":
                yield rest.span.end
        for stand_in in day.stand_ins.values():
            if not stand_in.ended:
                yield from (stand_in.span.start, stand_in.span.end)
        for since in day.gaps.values():
            yield since + policy.gap_minutes * MINUTE
        for handover in day.handovers.values():
            yield handover.began + policy.handover_minutes * MINUTE
        for since in day.farewells.values():
            yield since + policy.ready_minutes * MINUTE
        yield from self._of_cases()

    def _of_cases(self) -> Iterator[Moment]:
        for case in self.day.cases.values():
            rises = cases.rises_at(self.day, case)
            if rises is not None:
                yield rises
            if case.open and case.level == cases.TOP:
                step = self.day.policy.ack_minutes * MINUTE
                yield from (case.since + n * step for n in range(1, self.day.policy.repeats + 1))

    def alerts(self, now: Moment) -> list[Alert]:
        """All that falls due at this moment, in the order of the contract's table."""
        self.at = now
        for rest in self.day.breaks.values():
            if rest.state == "accepted" and rest.span.end <= now:
                rest.state = "lapsed"
        return [
            *self._absent(now),
            *self._overrun(now),
            *gaps(self.day, now),
            *self._gap_long(now),
            *unsafe(self.day, now),
            *self._late_and_missing(now),
            *self._chase(now),
            *self._handover_late(now),
            *self._not_ready(now),
            *self._escalated(now),
            *self._again(now),
        ]

    def _absent(self, now: Moment) -> Iterator[Alert]:
        day = self.day
        for who in day.people:
            shift = day.shifts.get(who)
            due = shift is not None and shift.start + day.policy.grace == now
            if due and who not in day.signed_on and who not in day.gone:
                clause = day.clause("presence", day.own_post(who))
                words = f"{who}{clock(shift.start) if shift else ''}该到岗，还没有到。"
                yield Alert("absent", "lead", clause, words, {"who": who})

    def _overrun(self, now: Moment) -> Iterator[Alert]:
        day = self.day
        for rest in day.breaks.values():
            if rest.state == "running" and rest.span.end + day.policy.grace == now:
                clause = day.clause("presence", day.own_post(rest.who))
                words = f"{rest.who}该在{clock(rest.span.end)}回来，请回岗。"
                yield Alert("overrun", rest.who, clause, words, {"break": rest.id})

    def _gap_long(self, now: Moment) -> Iterator[Alert]:
        day = self.day
        for post in day.posts:
            if post in day.gaps and day.gaps[post] + day.policy.gap_minutes * MINUTE == now:
                words = (
                    f"{post}从{clock(day.gaps[post])}起人手不够，已有{day.policy.gap_minutes}分钟。"
                )
                clause = day.clause("presence", post)
                yield Alert("gap_long", "head", clause, words, {"post": post})

    def _late_and_missing(self, now: Moment) -> list[Alert]:
        late, missing = [], []
        for task in self._checks.get(now, ()):
            if task.state == "done":
                continue
            clause = self.day.clause(about(task), task.post)
            if task.missing_at == now:
                task.state = "missing"
                to = "lead" if task.kind == "round" else "head"
                words = f"{named(task)}一直没有做。"
                missing.append(Alert("missing", to, clause, words, {"task": task.id}))
            else:
                task.state = "late"
                words = f"{named(task)}该在{clock(task.due)}做好，还没有签。"
                late.append(Alert("late", "lead", clause, words, {"task": task.id}))
        return [*late, *missing]

    def _chase(self, now: Moment) -> Iterator[Alert]:
        for line in self.day.open_lines():
            span = self.day.posts[line.post].open
            if line.kind == "repair" and now in (span.start, span.end):
                yield self._about_line(line, "开门" if now == span.start else "关门")

    def _about_line(self, line: Line, when: str) -> Alert:
        clause = self.day.clause(line.kind, line.post)
        words = f"{line.post}{when}了，{LINES[line.kind]}{line.id}还没有办完，请{line.owner}跟进。"
        return Alert("chase", line.owner, clause, words, {"line": line.id})

    def _handover_late(self, now: Moment) -> Iterator[Alert]:
        day = self.day
        for found in day.handovers.values():
            due = found.began + day.policy.handover_minutes * MINUTE == now
            if due and found.state == "open":
                clause = day.clause(about_handover(day, found.giver, found.receiver), found.post)
                words = f"{found.post}由{found.giver}交给{found.receiver}的交接还没有签完。"
                yield Alert("handover_late", "lead", clause, words, {"handover": found.id})

    def _not_ready(self, now: Moment) -> Iterator[Alert]:
        day = self.day
        for who in day.people:
            since = day.farewells.get(who)
            if since is not None and since + day.policy.ready_minutes * MINUTE == now:
                clause = day.clause("farewell", day.own_post(who))
                words = f"{who}{clock(since)}送客后还没有归位。"
                yield Alert("not_ready", "lead", clause, words, {"who": who})

    def _escalated(self, now: Moment) -> list[Alert]:
        due = [c for c in self.day.cases.values() if cases.rises_at(self.day, c) == now]
        return [cases.rise(self.day, case, now) for case in due]

    def _again(self, now: Moment) -> Iterator[Alert]:
        step = self.day.policy.ack_minutes * MINUTE
        for case in self.day.cases.values():
            if not case.open or case.level != cases.TOP or now == case.since:
                continue
            times, rest = divmod(now - case.since, step)
            if rest or times > self.day.policy.repeats:
                continue
            for role in cases.ROLES:
                if role in case.alerted and role not in case.acknowledged:
                    words = f"{case.post}{cases.KINDS[case.kind]}还没有人回应，请{cases.ROLES[role]}马上处理。"
                    clause = self.day.clause(case.kind, case.post)
                    yield Alert("again", role, clause, words, {"case": case.id})


def gaps(day: DutyDay, now: Moment) -> list[Alert]:
    """Gaps that are over and gaps that open at this moment, noted in the day (SF-4.3.7, SC-4.3.9)."""
    over, opened = [], []
    for name, post in day.posts.items():
        clause, more = day.clause("presence", name), {"post": name}
        if day.is_gap(post, now) and name not in day.gaps:
            day.gaps[name] = now
            opened.append(
                Alert("gap", "lead", clause, f"{name}没有足够的人在岗，请马上安排。", {**more})
            )
        elif name in day.gaps and not day.is_gap(post, now):
            del day.gaps[name]
            over.append(Alert("gap_over", "lead", clause, f"{name}又有人在岗了。", {**more}))
    return [*over, *opened]


def unsafe(day: DutyDay, now: Moment) -> Iterator[Alert]:
    """Breaks, then stand-ins, accepted and not begun, that would leave their person's own post uncovered; each once."""
    plan = Plan(day, now)
    for rest in day.breaks.values():
        if rest.state == "accepted" and _uncovered(plan, rest):
            yield _said(day, rest, {"break": rest.id}, "这次休息")
    for stand_in in day.stand_ins.values():
        waits = not stand_in.ended and now < stand_in.span.start
        if waits and _uncovered(plan, stand_in):
            yield _said(day, stand_in, {"stand_in": stand_in.id}, "这次顶岗")


def _uncovered(plan: Plan, absence: Break | StandIn) -> bool:
    own = plan.day.own_post(absence.who)
    if absence.unsafe_said or own is None:
        return False
    left = Span(max(absence.span.start, minute_of(plan.now)), absence.span.end)
    return not plan.covered(plan.day.posts[own], left)


def _said(day: DutyDay, absence: Break | StandIn, more: dict[str, str], what: str) -> Alert:
    absence.unsafe_said = True
    own = day.own_post(absence.who)
    words = f"{absence.who}{clock(absence.span.start)}{what}时{own}会不够人，请另作安排。"
    return Alert("unsafe", "lead", day.clause("presence", own), words, {**more})

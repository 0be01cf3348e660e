"""What a step makes of a matter: who owes it, what its clocks do. A fact is a fact: nothing here refuses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from . import clocks as clock
from .clocks import Clock, Time
from .kinds import ACCEPT, Kind, Limit, Verb
from .state import Around, Pause, State, Step, is_group, kind_of, without_offer

# What leaves a pause as it is; anything else that is done to a matter lets it go on.
KEEPS_PAUSE = frozenset(
    {
        "pause", "assign", "assign_owner", "hand_over", "take", "note", "remind", "late", "escalate",
        "chase",
    }
)  # fmt: skip
WALL = Around()


def begin(kind: str, step: Step, around: Around = WALL) -> State:
    """The matter as its first step, `open`, makes it: whoever it is `to` owns and holds it."""
    grade = step.grade or kind_of(kind, around).grades[0]
    bare = State(
        step.kind or kind, "open", step.to, step.by, step.at,
        holder=step.to, grade=grade, began_at=step.at,
    )  # fmt: skip
    return _with_facts(bare, bare, step)


def fold(state: State, step: Step, around: Around = WALL) -> State:
    """The matter after a step that has been taken."""
    return _with_facts(state, _people(state, step, around), step)


def replay(kind: str, steps: Sequence[Step]) -> State:
    """The matter after all its steps, of which the first is `open`."""
    state = begin(kind, steps[0])
    for step in steps[1:]:
        state = fold(state, step)
    return state


def settled(state: State | None, kind: str, step: Step, around: Around) -> Step:
    """The step with its facts: what it does to the clocks, whether it counts, what a pause comes to."""
    if state is None:
        bare = begin(kind, replace(step, clocks=()), around)
        return replace(step, clocks=_changes(bare, bare, step, around))
    counts = step.verb in kind_of(state.kind, around).counts
    if step.verb in ("assign", "assign_owner"):
        counts = counts and around.supervisor
    step = replace(step, counted=counts, spent=_spent(state, step, around))
    return replace(step, clocks=_changes(state, _people(state, step, around), step, around))


def keeps_pause(state: State, step: Step, around: Around) -> bool:
    """Whether a matter that waits goes on waiting after this step."""
    verb = kind_of(state.kind, around).verbs.get(step.verb)
    return verb.keeps_pause if verb else step.verb in KEEPS_PAUSE


def pause_from(state: State, step: Step, around: Around) -> Pause:
    """The pause that a step begins, with the second at which its kind's pauses are used up."""
    left = kind_of(state.kind, around).pause_cap - state.spent
    time = _pause_time(state, around)
    return Pause(step.reason, step.at, time.after(step.at, left))


def _pause_time(state: State, around: Around) -> Time:
    always = state.grade in kind_of(state.kind, around).pause_always
    return WALL.time if always else around.time


def _spent(state: State, step: Step, around: Around) -> timedelta | None:
    """All its pauses, where this step ends one."""
    if state.pause is None or keeps_pause(state, step, around):
        return None
    time = _pause_time(state, around)
    return state.spent + time.between(state.pause.since, _moment(state, step))


def _moment(state: State, step: Step) -> datetime:
    """When its clocks take notice: a pause used up is over at its second, however late that is seen."""
    over = step.verb == "pause_over" and state.pause
    return state.pause.ends_at if over and state.pause else step.at


def _with_facts(before: State, after: State, step: Step) -> State:
    if step.clocks is None:
        step = settled(before if step.verb != "open" else None, before.kind, _of_before(step), WALL)
        after = _people(before, step, WALL) if step.verb != "open" else after
    if step.clocks:
        clocks = list(before.clocks)
        for place, one in step.clocks:
            clocks[place:place + 1] = [one]  # fmt: skip
        touched = sorted({*before.ahead, *(place for place, _ in step.clocks)})
        ahead = tuple(n for n in touched if clocks[n].going)
        after = replace(after, clocks=tuple(clocks), ahead=ahead)
    if step.spent is not None:
        after = replace(after, pause=None, spent=step.spent)
    return replace(after, pause=step.pause) if step.pause else after


def _of_before(step: Step) -> Step:
    """A mark of before a matter had several clocks, with the clock it is of."""
    if step.verb == "remind" and step.note == "offer":
        return replace(step, verb="late", clock=ACCEPT)
    return replace(step, clock="due") if step.verb in ("remind", "escalate") else step


# People and status


def _people(state: State, step: Step, around: Around) -> State:
    kind = kind_of(state.kind, around)
    if step.verb in kind.counts if step.counted is None else step.counted:
        state = replace(state, hand_offs=state.hand_offs + 1)
    verb = kind.verbs.get(step.verb)
    return (
        _by_wing(state, step, kind, verb)
        if verb
        else _THEN.get(step.verb, _same)(state, step, kind)
    )


def _by_wing(state: State, step: Step, kind: Kind, verb: Verb) -> State:
    """What a verb of the wing's own says that it does."""
    stage = verb.moves.get(state.stage) or verb.then or state.stage
    state = replace(state, stage=stage, grade=step.grade or state.grade)
    if verb.hands:
        state = replace(state, holder=step.to)
    if verb.answers is not None:
        state = without_offer(replace(state, answered=verb.answers))
    return _closed(state, step, kind) if verb.closes else state


def _same(state: State, step: Step, kind: Kind) -> State:
    return state


def _offered(state: State, step: Step, kind: Kind) -> State:
    return replace(state, status="offered", offered_to=step.to, offered_by=step.by)


def _accepted(state: State, step: Step, kind: Kind) -> State:
    both = kind.accepting == "owner"
    return without_offer(replace(state, owner=step.by if both else state.owner, holder=step.by))


def _taken(state: State, step: Step, kind: Kind) -> State:
    """A person takes what a department, a role or a post owned or held; `to`: what another person owned."""
    if step.to:
        return _owner_assigned(state, step, kind)
    owner = step.by if is_group(state.owner) else state.owner
    holder = step.by if is_group(state.holder) else state.holder
    return replace(state, owner=owner, holder=holder)


def _assigned(state: State, step: Step, kind: Kind) -> State:
    both = kind.accepting == "owner"
    return without_offer(replace(state, owner=step.to if both else state.owner, holder=step.to))


def _owner_assigned(state: State, step: Step, kind: Kind) -> State:
    holder = step.to if state.holder == state.owner else state.holder
    return replace(state, owner=step.to, holder=holder)


def _closed(state: State, step: Step, kind: Kind) -> State:
    return replace(without_offer(state), status="closed")


def _cancelled(state: State, step: Step, kind: Kind) -> State:
    return replace(without_offer(state), status="cancelled")


def _answered(state: State, step: Step, kind: Kind) -> State:
    return without_offer(replace(state, answered=True))


def _changed(state: State, step: Step, kind: Kind) -> State:
    other = bool(step.kind) and step.kind != state.kind
    changed = replace(state, kind=step.kind or state.kind, grade=step.grade or state.grade)
    if not other:
        return changed
    return without_offer(replace(changed, answered=False, stage="", began_at=step.at))


def _reopened(state: State, step: Step, kind: Kind) -> State:
    anew = replace(state, status="open", answered=False, stage="", began_at=step.at)
    return without_offer(replace(anew, holder=state.owner))


def _no_offer(state: State, step: Step, kind: Kind) -> State:
    return without_offer(state)


_THEN: dict[str, Callable[[State, Step, Kind], State]] = {
    "offer": _offered,
    "accept": _accepted,
    "decline": _no_offer,
    "withdraw": _no_offer,
    "take": _taken,
    "assign": _assigned,
    "assign_owner": _owner_assigned,
    "hand_over": _owner_assigned,
    "answer": _answered,
    "tell": _closed,
    "done": _closed,
    "acknowledge": _closed,
    "change": _changed,
    "reopen": _reopened,
    "cancel": _cancelled,
    "lapse": _cancelled,
}


# Clocks


def _changes(
    before: State, after: State, step: Step, around: Around
) -> tuple[tuple[int, Clock], ...]:
    """The clocks that a step starts, moves or ends, each with its place."""
    old = before.clocks
    new = _Clocks(before, after, step, around).all()
    return tuple((n, c) for n, c in new.items() if n >= len(old) or c is not old[n])


class _Clocks:
    """What one step does to a matter's clocks, in the order in which it does.

    Only those that go on can move, so a step costs the same however long the matter's life is.
    """

    def __init__(self, before: State, after: State, step: Step, around: Around) -> None:
        self.before, self.after, self.step, self.around = before, after, step, around
        self.time, self.at = around.time, _moment(before, step)
        self.kind: Kind = kind_of(after.kind, around)
        self.was: Kind = kind_of(before.kind, around)
        self.clocks = {n: before.clocks[n] for n in before.ahead}
        self.following = len(before.clocks)

    def all(self) -> dict[int, Clock]:
        """The clocks that went on before the step or start by it, as they are after it, by their places."""
        self._go_on()
        self._mark()
        self._end()
        self._replace()
        self._start()
        if self.step.verb == "pause":
            for n, one in self.clocks.items():
                self.clocks[n] = clock.paused(one, self.at, self.time)
        return self.clocks

    def _go_on(self) -> None:
        """A pause is over."""
        if self.before.pause is None or keeps_pause(self.before, self.step, self.around):
            return
        for n, one in self.clocks.items():
            limit = self.was.limit(self.before.grade, one.name)
            if limit:
                self.clocks[n] = clock.resumed(one, limit, self.at, self.time)

    def _mark(self) -> None:
        for n, one in self.clocks.items():
            if one.going and one.name == self.step.clock:
                taken = {
                    "remind": replace(one, warned=True),
                    "late": replace(one, told_late=True),
                    "escalate": replace(one, level=one.level + 1),
                }
                self.clocks[n] = taken.get(self.step.verb, one)

    def _end(self) -> None:
        """Those that this verb meets, and all of a matter that ended."""
        for n, one in self.clocks.items():
            if one.name == ACCEPT:
                over = bool(self.before.offered_to) and (
                    not self.after.offered_to or self.step.verb == "offer"
                )
                met = self.step.verb in ("accept", "decline")
                self.clocks[n] = (
                    clock.ended(one, "met" if met else "void", self.at) if over else one
                )
                continue
            limit = self.was.limit(self.before.grade, one.name)
            if (limit and self.step.verb in limit.met) or self._becomes("closed"):
                self.clocks[n] = clock.ended(one, "met", self.at)
            elif (limit and self.step.verb in limit.void) or self._becomes("cancelled"):
                self.clocks[n] = clock.ended(one, "void", self.at)

    def _becomes(self, status: str) -> bool:
        return self.after.status == status != self.before.status

    def _replace(self) -> None:
        """Another grade or kind: what runs gives way to the new row's; another due time to the one agreed on."""
        verb = self.was.verbs.get(self.step.verb)
        if self.step.verb == "postpone" or (verb and verb.agrees):
            self._postpone()
        row = self.kind.row(self.after.grade)
        if (self.after.kind, self.after.grade) == (self.before.kind, self.before.grade):
            going = {one.clock for one in row if self.step.verb in one.renewed}
        else:
            going = {one.name for one in self.clocks.values() if one.going}
        for n, one in self.clocks.items():
            if one.name in going:
                self.clocks[n] = clock.ended(one, "replaced", self.at)
        if self.after.kind == self.before.kind:
            for limit in row:
                if limit.clock in going:
                    self._add(clock.started(limit, self.at, self.time))

    def _add(self, one: Clock) -> None:
        self.clocks[self.following] = one
        self.following += 1

    def _postpone(self) -> None:
        due = self.before.due_clock
        limit = self.kind.limit(self.after.grade, due.name) if due else self._main()
        for n, one in self.clocks.items():
            if due and one.going and one.name == due.name:
                self.clocks[n] = clock.ended(one, "replaced", self.at)
        if limit and self.step.due_at:
            self._add(clock.agreed(limit, self.at, self.step.due_at))

    def _main(self) -> Limit | None:
        """The clock that a due time agreed on is of."""
        row = self.kind.row(self.after.grade)
        return next((one for one in row if one.clock != ACCEPT), None)

    def _start(self) -> None:
        begins = self.step.verb in ("open", "reopen") or (
            self.step.verb == "change" and self.after.kind != self.before.kind
        )
        verb = "open" if begins else self.step.verb
        main, due_at = self._main(), self.step.due_at
        for limit in self.kind.row(self.after.grade):
            if verb not in limit.starts or self._goes(limit.clock):
                continue
            if begins and due_at and main and limit.clock == main.clock:
                self._add(clock.agreed(limit, self.at, due_at))
            else:
                self._add(clock.started(limit, self.at, self.time))

    def _goes(self, name: str) -> bool:
        return any(c.going and c.name == name for c in self.clocks.values())

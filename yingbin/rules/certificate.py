"""The certificate of a day: its decisions checked one by one against what must always hold.

Most checks follow the trace of events and decisions and don't share code with the rules that decided; one
replays the day by the rules themselves. A failed check names the first decision that breaks it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from yingbin.rules.malformed import Fields

from .turns.decide import apply
from .turns.policy import TurnsPolicy
from .turns.state import State

Event = Fields
Made = Fields
NOT_COMPARED = {"because"}


@dataclass
class Moment:
    """One event with its decisions, and how the floor stood just before."""

    index: int
    event: Event
    made: Sequence[Made]
    queue: list[str]
    busy: frozenset[str]
    away: frozenset[str]


@dataclass(frozen=True)
class Finding:
    """One thing that must hold: how often it was checked, whether it held, else where it first didn't."""

    id: str
    sentence: str
    clause: str
    checked: int
    broken: str = ""

    @property
    def holds(self) -> bool:
        """Whether it held every time."""
        return not self.broken

    def to_json(self) -> dict[str, object]:
        """As the certificate keeps it."""
        return {
            "id": self.id,
            "sentence": self.sentence,
            "clause": self.clause,
            "checked": self.checked,
            "holds": self.holds,
            "broken": self.broken,
        }


@dataclass
class _Floor:
    """Who receives what and who is away, followed from the trace alone."""

    queue: list[str]
    receiving: dict[str, str] = field(default_factory=dict)
    away: set[str] = field(default_factory=set)
    leaving: dict[str, str] = field(default_factory=dict)

    def step(self, event: Event, made: Sequence[Made]) -> None:
        kind, who = event["event"], event.get("who", "")
        if made and made[0].get("refused"):
            return
        if kind == "sign_in":
            self.away.discard(who)
            self.leaving.pop(who, None)
        elif kind in ("away", "sign_out"):
            self._leave(who, kind)
        elif kind == "back":
            self.away.discard(who)
            self.leaving.pop(who, None)
        elif kind in ("finish", "override"):
            self._end(event["visit"])
        for d in made:
            if _gives(event, d):
                self.receiving[d["receiver"]] = d["visit"]
        if made:
            self.queue = list(made[-1]["queue"])
        elif kind == "sign_in" and who not in self.queue:
            self.queue.append(who)
        elif kind == "sign_out" and who not in self.receiving and who in self.queue:
            self.queue.remove(who)

    def _leave(self, who: str, kind: str) -> None:
        if who in self.receiving:
            self.leaving[who] = kind
        elif kind == "away":
            self.away.add(who)

    def _end(self, visit: str) -> None:
        for who, mine in list(self.receiving.items()):
            if mine == visit:
                del self.receiving[who]
                if self.leaving.get(who) == "away":
                    self.away.add(who)
                if self.leaving.pop(who, "") == "sign_out" and who in self.queue:
                    self.queue.remove(who)


def trace(day: Fields, made: Mapping[int, Sequence[Made]]) -> list[Moment]:
    """Each event of the day with its decisions (by the event's place) and the floor before it."""
    floor = _Floor(list(day["queue"]))
    found = []
    for index, event in enumerate(day["events"]):
        ours = list(made.get(index, ()))
        found.append(
            Moment(
                index,
                event,
                ours,
                list(floor.queue),
                frozenset(floor.receiving),
                frozenset(floor.away),
            )
        )
        floor.step(event, ours)
    return found


def certify(day: Fields, made: Mapping[int, Sequence[Made]]) -> list[Finding]:
    """All checks of one day. `made`: the stored decisions by the place of their event."""
    moments = trace(day, made)
    return [_finding(check, day, moments) for check in CHECKS]


@dataclass(frozen=True)
class Check:
    """One check: for each thing checked, an empty text or what is broken there."""

    id: str
    clause: str
    sentence: str
    run: Callable[[Fields, list[Moment]], Iterator[str]]


def _finding(check: Check, day: Fields, moments: list[Moment]) -> Finding:
    checked, broken = 0, ""
    for said in check.run(day, moments):
        checked += 1
        broken = broken or said
    return Finding(check.id, check.sentence, check.clause, checked, broken)


def _gives(event: Event, decision: Made) -> bool:
    """Whether a decision gave its group to somebody; an accepted claim only speaks of a past one."""
    claimed = event["event"] == "claim_unrelated" and decision.get("visit") == event["visit"]
    return bool(decision.get("receiver") and decision.get("visit") and decision.get("turn")) and (
        not claimed
    )


def _given(moments: list[Moment]) -> Iterator[tuple[Moment, Made, list[str]]]:
    """Every decision that gave a group to somebody, with the queue just before it."""
    for m in moments:
        before = m.queue
        for d in m.made:
            if _gives(m.event, d):
                yield m, d, before
            before = list(d["queue"])


def _by_queue(moment: Moment, decision: Made) -> bool:
    """Whether a group came to its receiver by the queue, not because they were asked for."""
    asked = (moment.event.get("named"), moment.event.get("registered_with"))
    return bool(decision["turn"] == "queue" and decision["receiver"] not in asked)


def _where(moment: Moment, decision: Made) -> str:
    return f"第 {moment.index + 1} 件事，到访 {decision.get('visit')}"


def _one_at_a_time(day: Fields, moments: list[Moment]) -> Iterator[str]:
    for m, d, _ in _given(moments):
        if m.event["event"] not in ("arrive", "sign_in", "back"):
            continue
        clash = d["receiver"] in m.busy and m.event["event"] == "arrive"
        yield f"{_where(m, d)}：接待人手上还有别的客户" if clash else ""


def _on_the_floor(day: Fields, moments: list[Moment]) -> Iterator[str]:
    for m, d, _ in _given(moments):
        if m.event["event"] == "arrive":
            yield f"{_where(m, d)}：接待人当时不在岗" if d["receiver"] in m.away else ""


def _to_the_tail(day: Fields, moments: list[Moment]) -> Iterator[str]:
    for m, d, _ in _given(moments):
        if d["turn"] == "queue" and m.event["event"] == "arrive":
            yield "" if d["queue"][-1] == d["receiver"] else f"{_where(m, d)}：接待后没有排到末位"


def _stays(day: Fields, moments: list[Moment]) -> Iterator[str]:
    for m, d, before in _given(moments):
        if d["turn"] in ("none", "make_up") and m.event["event"] == "arrive":
            both = [w for w in before if w in d["queue"]]
            after = [w for w in d["queue"] if w in before]
            yield "" if both == after else f"{_where(m, d)}：不占轮次的接待动了顺序"


def _nobody_skipped(day: Fields, moments: list[Moment]) -> Iterator[str]:
    """Free people who stood before the receiver must have paid an owed turn: they moved to the tail too."""
    for m, d, before in _given(moments):
        if m.event["event"] != "arrive" or not _by_queue(m, d) or d["receiver"] not in before:
            continue
        ahead = before[: before.index(d["receiver"])]
        free = [w for w in ahead if w not in m.busy and w not in m.away]
        behind = [w for w in before[before.index(d["receiver"]) + 1 :] if w in d["queue"]]
        places = {w: n for n, w in enumerate(d["queue"])}
        wrong = [w for w in free if any(places[w] < places[b] for b in behind) or not behind]
        kept = [w for w in wrong if behind]
        yield f"{_where(m, d)}：空闲又不欠轮的人被越过" if kept else ""


def _line_in_order(day: Fields, moments: list[Moment]) -> Iterator[str]:
    """Groups that would take anyone are served in the order in which they came."""
    waiting: list[str] = []
    for m in moments:
        for d in m.made:
            visit = d.get("visit")
            if d.get("waiting") and not m.event.get("named") and not m.event.get("registered_with"):
                waiting.append(str(visit))
            elif d.get("receiver") and visit in waiting:
                late = waiting.index(visit) and m.event["event"] != "override"
                waiting.remove(visit)
                yield f"{_where(m, d)}：先来的客户还在等" if late else ""
        if m.event["event"] == "leave" and m.event["visit"] in waiting:
            waiting.remove(m.event["visit"])


def _supervised(day: Fields, moments: list[Moment]) -> Iterator[str]:
    for m in moments:
        if m.event["event"] in ("override", "adjust"):
            fine = m.event.get("by") and str(m.event.get("reason", "")).strip()
            yield "" if fine else f"第 {m.index + 1} 件事：调派或更正没有写明谁、为什么"


def _confirmed(day: Fields, moments: list[Moment]) -> Iterator[str]:
    for m in moments:
        if m.event["event"] == "claim_unrelated" and m.made:
            d = m.made[0]
            by = m.event.get("confirmed_by")
            fine = m.event.get("customer_confirmed") and by and by != d.get("receiver")
            yield "" if fine or d.get("refused") else f"{_where(m, d)}：无关来访没有经理和客户证实"


def _accounts(day: Fields, moments: list[Moment]) -> Iterator[str]:
    """Nobody holds a make-up turn and an owed turn at once, whatever happened."""
    state = opening_of(day)
    for m in moments:
        apply(state, dict(m.event), index=m.index)
        both = [w for w in state.counts if state.account(w).make_up and state.account(w).owed]
        yield f"第 {m.index + 1} 件事之后：同一人既有补接又欠轮" if both else ""


def _replayed(day: Fields, moments: list[Moment]) -> Iterator[str]:
    """The stored decisions come out again when the day is replayed by the rules."""
    state = opening_of(day)
    for m in moments:
        again = [d.to_json() for d in apply(state, dict(m.event), index=m.index)]
        same = [_bare(d) for d in again] == [_bare(d) for d in m.made]
        yield "" if same else f"第 {m.index + 1} 件事：重放得到的判定不同"


def _bare(decision: Made) -> dict[str, object]:
    return {k: v for k, v in decision.items() if k not in NOT_COMPARED}


def opening_of(day: Fields) -> State:
    """The state in which a day in contract form began."""
    policy = TurnsPolicy.from_json(day.get("policy", {}))
    return State.opening(day["queue"], day.get("make_up", ()), day.get("owes", {}), policy)


CHECKS = (
    Check("one_at_a_time", "TQ-1.1", "没有人同时接待两批客户", _one_at_a_time),
    Check("on_the_floor", "TQ-7", "接到客户的人当时都在岗", _on_the_floor),
    Check("to_the_tail", "TQ-1.2", "按轮次接待的人随后排到末位", _to_the_tail),
    Check("stays", "TQ-9", "不占轮次的接待和补接没有动顺序", _stays),
    Check("nobody_skipped", "TQ-1.2", "空闲又不欠轮的人没有被越过", _nobody_skipped),
    Check("line_in_order", "TQ-9", "等待的客户按先来后到接待", _line_in_order),
    Check("accounts", "TQ-7", "没有人既有补接又欠轮", _accounts),
    Check("confirmed", "TQ-6", "无关来访都由经理和客户当面证实", _confirmed),
    Check("supervised", "TQ-11", "调派和更正都写明谁、为什么", _supervised),
    Check("replayed", "TQ-11", "存下的每条判定重放后一样", _replayed),
)


def fair_share(moments: Sequence[Moment]) -> dict[str, tuple[float, int]]:
    """For each person: the turns they could fairly expect, and those they got by queue.

    Whenever a group is given by queue, everyone on the floor at that moment gets an equal part of one turn.
    """
    expected: dict[str, float] = {}
    got: dict[str, int] = {}
    for m, d, before in _given(list(moments)):
        if not _by_queue(m, d):
            continue
        present = [w for w in before if w not in m.away] or [d["receiver"]]
        for who in present:
            expected[who] = expected.get(who, 0.0) + 1 / len(present)
        got[d["receiver"]] = got.get(d["receiver"], 0) + 1
    return {w: (expected.get(w, 0.0), got.get(w, 0)) for w in {*expected, *got}}

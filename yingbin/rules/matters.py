"""Whatever someone owes an answer to: who owns it, what may happen next, when someone is reminded.

SF-4.3.6, SC-4.3.8: whoever opened a matter stays its owner until a named person accepts it.
SD-4.4: hand-offs are counted and need acceptance; the third goes to the supervisor.
SF-4.3.3: a question that was passed on is closed only when the customer has the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from .decision import Refused
from .matter_kinds import KINDS, Kind, add_kind

Status = Literal["open", "offered", "accepted", "answered", "closed", "cancelled"]

__all__ = [
    "ENDS",
    "FREE_HAND_OFFS",
    "KINDS",
    "Kind",
    "State",
    "Status",
    "Step",
    "add_kind",
    "clock_steps",
    "decide",
    "fold",
    "next_clock",
    "next_verb",
    "opening",
    "replay",
]

FREE_HAND_OFFS = 2
ENDS = frozenset({"closed", "cancelled"})
_BY_CLOCK = frozenset({"remind", "escalate"})
_BY_WHAT_HAPPENED = frozenset({"lapse"})  # follows from another act, whoever did that


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens to a matter. by: "" for the clock; to: who is offered it or told."""

    verb: str
    by: str
    at: datetime
    to: str = ""
    note: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class State:
    """A matter as its steps made it. level: escalations since its due time was set."""

    kind: str
    status: Status
    owner: str
    opened_by: str
    opened_at: datetime
    due_at: datetime | None
    offered_to: str = ""
    offered_at: datetime | None = None
    hand_offs: int = 0
    level: int = 0
    reminded: bool = False
    offer_reminded: bool = False
    answered: bool = False

    @property
    def ended(self) -> bool:
        """Nobody owes anything any more."""
        return self.status in ENDS


def opening(
    kind: str, *, owner: str, by: str, at: datetime, due_at: datetime | None = None
) -> State:
    """A matter just opened: its owner is the first responsible (SF-4.3.6). Due as its kind says."""
    rule = _kind(kind)
    if not owner:
        raise Refused(rule.clause, "每件事都要有一位负责人，请选一位同事。")
    limit = due_at or (at + rule.due if rule.due else None)
    return _with_due(State(kind, "open", owner, by, at, None), limit, at)


def decide(
    state: State, step: Step, *, supervisor: bool = False, supervisors: Iterable[str] = ()
) -> Step:
    """The step as it may be taken, or `Refused`. A third hand-off goes to a supervisor (SD-4.4).

    supervisor: whoever acts may oversee all matters; supervisors: who may get a third hand-off.
    """
    if step.verb not in _MAY or (step.verb in _BY_CLOCK and step.by):
        raise Refused(None, f"没有「{step.verb}」这个动作。")
    if state.ended and step.verb not in ("reopen", "note"):
        raise Refused(_kind(state.kind).clause, "这件事已经办结。还要处理的话，请先重新打开。")
    if step.verb not in _BY_CLOCK | _BY_WHAT_HAPPENED:
        _check_person(state, step, supervisor)
    return _MAY[step.verb](state, step, tuple(supervisors))


def fold(state: State, step: Step) -> State:
    """The matter after a step that has been taken; never refuses, since a fact is a fact."""
    return _THEN[step.verb](state, step)


def replay(kind: str, steps: Sequence[Step]) -> State:
    """The matter after all its steps, of which the first is `open` (to: the first responsible)."""
    first, *rest = steps
    state = opening(kind, owner=first.to, by=first.by, at=first.at, due_at=first.due_at)
    for step in rest:
        state = fold(state, step)
    return state


def clock_steps(state: State, now: datetime) -> list[Step]:
    """What the clock owes at this moment: reminders and escalations not yet made, oldest first.

    After folding them the answer is empty until more time passes, so asking twice is safe.
    """
    return [replace(step, at=now) for step in _pending(state) if step.at <= now]


def next_clock(state: State) -> datetime | None:
    """When the clock next owes something; None while it owes nothing ever."""
    return min((step.at for step in _pending(state)), default=None)


def _pending(state: State) -> list[Step]:
    """The clock's steps that lie ahead, each at its moment."""
    if state.ended:
        return []
    rule, steps = _kind(state.kind), []
    if state.offered_at and not state.offer_reminded:
        late = state.offered_at + rule.accept_within
        steps.append(Step("remind", "", late, to=state.offered_to, note="offer"))
    if state.due_at:
        if not state.reminded:
            steps.append(Step("remind", "", state.due_at - rule.remind, state.owner, "due"))
        waits = rule.escalate[state.level :]
        steps += [Step("escalate", "", state.due_at + w, note="overdue") for w in waits]
    return sorted(steps, key=lambda step: step.at)


def next_verb(state: State, who: str) -> str:
    """The one thing this person should do next, "" where it isn't theirs to act."""
    if state.ended:
        return ""
    if state.offered_to == who:
        return "accept"
    ends = _kind(state.kind).ends_by
    if ends == "tell":
        if state.answered and who in (state.owner, state.opened_by):
            return "tell"
        return "answer" if who == state.owner and not state.answered else ""
    return ends if who == state.owner or _kind(state.kind).pool else ""


def _kind(kind: str) -> Kind:
    if kind not in KINDS:
        raise Refused(None, f"没有「{kind}」这一类事项。")
    return KINDS[kind]


def _check_person(state: State, step: Step, supervisor: bool) -> None:
    """Who may take this step; a supervisor can't accept, decline or acknowledge for others."""
    holders = {
        "accept": {state.offered_to},
        "decline": {state.offered_to},
        "acknowledge": {state.owner},
        "tell": {state.owner, state.opened_by},
        "reopen": {state.owner, state.opened_by},
        "cancel": {state.opened_by},
        "note": {state.owner, state.opened_by, state.offered_to},
    }.get(step.verb, {state.owner})
    if step.by and step.by in holders:
        return
    if step.by and _kind(state.kind).pool and _open_to_all(state, step):
        return
    if supervisor and step.verb not in ("accept", "decline", "acknowledge"):
        return
    clause = _kind(state.kind).clause
    if step.verb in ("accept", "decline"):
        raise Refused("SD-4.4", "这件事没有转给您，或者已经收回了。请回到事项列表看最新情况。")
    if step.verb == "cancel":
        raise Refused(clause, "只有提出的人或主管可以取消，请找他们。")
    raise Refused(clause, "这件事现在由别人负责，请找负责人或主管处理。")


def _open_to_all(state: State, step: Step) -> bool:
    """In a pool anyone may say that it is done, or take over what isn't offered to someone else."""
    return step.verb == "done" or (
        step.verb == "accept" and not state.offered_to and step.by != state.owner
    )


def _offer(state: State, step: Step, supervisors: tuple[str, ...]) -> Step:
    if not step.to:
        raise Refused("SD-4.4", "请选一位具体的同事来接手，不能只交给“大家”。")
    if state.status == "answered":
        raise Refused("SF-4.3.3", "答复已经有了，请告诉客户，不用再转。")
    if state.hand_offs >= FREE_HAND_OFFS and not {step.to, state.owner} & set(supervisors):
        if not supervisors:
            raise Refused("SD-4.4", "这件事已经转过两次手，第三次只能交给主管；本处还没有设主管。")
        step = replace(step, to=supervisors[0])
    if step.to == state.owner:
        raise Refused("SD-4.4", "这位同事已经是负责人，请另选一位。")
    if step.to == state.offered_to:
        raise Refused("SD-4.4", "已经转给这位同事，正在等对方接手。")
    return step


def _plain(state: State, step: Step, supervisors: tuple[str, ...]) -> Step:
    return step


def _withdraw(state: State, step: Step, supervisors: tuple[str, ...]) -> Step:
    if not state.offered_to:
        raise Refused("SD-4.4", "现在没有等人接手的转交，不用收回。")
    return step


def _decline(state: State, step: Step, supervisors: tuple[str, ...]) -> Step:
    if not step.note.strip():
        raise Refused("SD-4.4", "不接也可以，请写一句原因，好让对方另找人。")
    return step


def _answer(state: State, step: Step, supervisors: tuple[str, ...]) -> Step:
    if _kind(state.kind).ends_by != "tell":
        raise Refused(_kind(state.kind).clause, "这一类事项不用答复，办好后点“办好了”。")
    if not step.note.strip():
        raise Refused("SF-4.3.3", "请写下答复内容，客户要得到的就是它。")
    return step


def _tell(state: State, step: Step, supervisors: tuple[str, ...]) -> Step:
    if _kind(state.kind).ends_by != "tell":
        raise Refused(_kind(state.kind).clause, "这一类事项不用答复客户。")
    if not state.answered:
        raise Refused("SF-4.3.3", "还没有答复内容，请先写下答复，再告诉客户。")
    return step


def _done(state: State, step: Step, supervisors: tuple[str, ...]) -> Step:
    ends = _kind(state.kind).ends_by
    if ends == "tell":
        raise Refused("SF-4.3.3", "客户还没有得到答复，这件事不能办结。请先答复并告诉客户。")
    if ends == "acknowledge":
        raise Refused(_kind(state.kind).clause, "这条提醒由收到的人点“知道了”才算完。")
    return step


def _acknowledge(state: State, step: Step, supervisors: tuple[str, ...]) -> Step:
    if _kind(state.kind).ends_by != "acknowledge":
        raise Refused(_kind(state.kind).clause, "这件事要办，不只是知道。办好后再办结。")
    return step


def _postpone(state: State, step: Step, supervisors: tuple[str, ...]) -> Step:
    if step.due_at is None or step.due_at <= step.at:
        raise Refused(None, "新的时限要比现在晚，请重新选时间。")
    if not step.note.strip():
        raise Refused(None, "改时限要写一句原因。")
    return step


def _reopen(state: State, step: Step, supervisors: tuple[str, ...]) -> Step:
    if not state.ended:
        raise Refused(_kind(state.kind).clause, "这件事还没有办结，直接处理就好。")
    if not step.note.strip():
        raise Refused(_kind(state.kind).clause, "请写一句为什么要重新打开。")
    if step.due_at is None:
        rule = _kind(state.kind)
        step = replace(step, due_at=step.at + rule.due if rule.due else None)
    return step


def _cancel(state: State, step: Step, supervisors: tuple[str, ...]) -> Step:
    if not step.note.strip():
        raise Refused(_kind(state.kind).clause, "取消要写一句原因。")
    return step


_MAY = {
    "offer": _offer,
    "accept": _plain,
    "decline": _decline,
    "withdraw": _withdraw,
    "answer": _answer,
    "tell": _tell,
    "done": _done,
    "acknowledge": _acknowledge,
    "postpone": _postpone,
    "reopen": _reopen,
    "cancel": _cancel,
    "note": _plain,
    "remind": _plain,
    "escalate": _plain,
    "lapse": _plain,
}


def _standing(state: State) -> Status:
    """The status of a matter that is offered to nobody."""
    if state.answered:
        return "answered"
    return "accepted" if state.hand_offs else "open"


def _no_offer(state: State) -> State:
    bare = replace(state, offered_to="", offered_at=None, offer_reminded=False)
    return replace(bare, status=_standing(bare))


def _offered(state: State, step: Step) -> State:
    return replace(
        state, status="offered", offered_to=step.to, offered_at=step.at, offer_reminded=False
    )


def _accepted(state: State, step: Step) -> State:
    return _no_offer(replace(state, owner=step.by, hand_offs=state.hand_offs + 1))


def _closed(state: State, step: Step) -> State:
    return replace(_no_offer(state), status="closed")


def _answered(state: State, step: Step) -> State:
    return _no_offer(replace(state, answered=True))


def _with_due(state: State, due_at: datetime | None, at: datetime) -> State:
    """A fresh due time; no reminder where its moment has passed already."""
    remind = _kind(state.kind).remind
    gone = due_at is None or not remind or due_at - remind <= at
    return replace(state, due_at=due_at, level=0, reminded=gone)


def _due(state: State, step: Step) -> State:
    return _with_due(state, step.due_at, step.at)


def _reopened(state: State, step: Step) -> State:
    return _no_offer(replace(_due(state, step), answered=False))


def _reminded(state: State, step: Step) -> State:
    if step.note == "offer":
        return replace(state, offer_reminded=True)
    return replace(state, reminded=True)


_THEN = {
    "offer": _offered,
    "accept": _accepted,
    "decline": lambda state, step: _no_offer(state),
    "withdraw": lambda state, step: _no_offer(state),
    "answer": _answered,
    "tell": _closed,
    "done": _closed,
    "acknowledge": _closed,
    "postpone": _due,
    "reopen": _reopened,
    "cancel": lambda state, step: replace(_no_offer(state), status="cancelled"),
    "note": lambda state, step: state,
    "remind": _reminded,
    "escalate": lambda state, step: replace(state, level=state.level + 1),
    "lapse": lambda state, step: replace(_no_offer(state), status="cancelled"),
}

"""The board at any minute, from the day's own events; and what another policy would have said then."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from yingbin.rules.decision import Decision
from yingbin.rules.gone import colleague
from yingbin.rules.turns.decide import apply
from yingbin.rules.turns.policy import TurnsPolicy
from yingbin.rules.turns.state import State

from ..models import GalleryDay, TurnEvent
from .history import opening_state, standing_events


@dataclass(frozen=True)
class Place:
    """One salesperson on the board at that minute."""

    place: int
    name: str
    status: str
    counted: int
    make_up: int
    owes: int


@dataclass(frozen=True)
class Minute:
    """The board as it stood at a moment of a day."""

    day: GalleryDay
    at: datetime
    events: int
    places: list[Place]
    waiting: list[str]
    before: datetime | None
    after: datetime | None


def state_until(day: GalleryDay, *, index: int | None = None, at: datetime | None = None) -> State:
    """The day's state before an event, or up to a moment."""
    state = opening_state(day)
    for row in standing_events(day):
        if (index is not None and row.index >= index) or (at is not None and row.at > at):
            break
        apply(state, row.event, index=row.index)
    return state


def minute(day: GalleryDay, at: datetime) -> Minute:
    """The board at that minute: order, who was free, receiving or away, accounts, who waited."""
    state = state_until(day, at=at)
    names: dict[str, str] = day.queue_state.names
    numbers = dict(day.visits.values_list("id", "number"))
    moments = [e.at for e in standing_events(day)]
    places = [_place(state, names, numbers, who, place) for place, who in enumerate(state.queue, 1)]
    return Minute(
        day=day,
        at=at,
        events=sum(1 for m in moments if m <= at),
        places=places,
        waiting=[f"到访{numbers.get(UUID(v), '')}" for v, _ in state.waiting()],
        before=max((m for m in moments if m < at), default=None),
        after=min((m for m in moments if m > at), default=None),
    )


def _place(
    state: State, names: dict[str, str], numbers: dict[UUID, int], who: str, place: int
) -> Place:
    account = state.account(who)
    if state.absence(who) is not None:
        status = "外出"
    elif who in state.receiving:
        status = f"接待到访{numbers.get(UUID(state.receiving[who]), '')}"
    else:
        status = "空闲"
    return Place(
        place=place,
        name=colleague(names, who),
        status=status,
        counted=state.counts.get(who, 0),
        make_up=len(account.make_up),
        owes=account.owed,
    )


# One switch each, so that a difference has one cause.
_OTHERS: tuple[tuple[str, str, Any], ...] = (
    ("指名的人忙时等本人", "receiver_busy", "wait"),
    ("指名的人忙时末位协助", "receiver_busy", "assist"),
    ("自己的老客户不计次", "own_customer_counts", False),
    ("自己的老客户计次", "own_customer_counts", True),
    ("指名接待立即排到末位", "named_turn", "tail"),
    ("指名接待欠一轮", "named_turn", "owed"),
)


@dataclass(frozen=True)
class Otherwise:
    """What one other policy would have said, with the same board at the same minute."""

    label: str
    decision: Decision | None
    same: bool


def otherwise(event: TurnEvent, standing: Decision | None = None) -> list[Otherwise]:
    """For each single switch that differs from the day's policy: who would have received, and why."""
    day = event.day
    state = state_until(day, index=event.index)
    names: dict[str, str] = day.queue_state.names
    said = _decide(state, event, names, TurnsPolicy.from_json(day.policy))
    found = []
    for label, switch, value in _OTHERS:
        policy = TurnsPolicy.from_json(day.policy)
        if getattr(policy, switch) == value:
            continue
        other = _decide(state, event, names, replace(policy, **{switch: value}))
        found.append(Otherwise(label, other, _same(said, other)))
    return found


def _decide(
    state: State, event: TurnEvent, names: dict[str, str], policy: TurnsPolicy
) -> Decision | None:
    board = state.copy()
    board.policy = policy
    made = apply(board, event.event, index=event.index, names=lambda w: colleague(names, w))
    return made[0] if made else None


def _same(one: Decision | None, other: Decision | None) -> bool:
    if one is None or other is None:
        return one is other
    keys = ("receiver", "counted", "turn", "queue")
    return all(getattr(one, k) == getattr(other, k) for k in keys)

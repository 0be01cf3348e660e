"""The kinds of matter: how long each may take, what ends it, who is told when it doesn't end.

A wing adds its kinds when it starts; the machinery of `matters` is the same for all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of matter. `ends_by`: the verb that closes it; `tell`: the customer has the answer.

    due: how long its owner has, in working time where `working_time`; remind: how long before the
    due time the owner is reminded; escalate: how long after it each further level is told;
    accept_within: how long an offer may lie before it is recalled to mind; pool: whoever is at hand
    may do it or take it over without being offered it.
    """

    id: str
    title: str
    ends_by: Literal["tell", "done", "acknowledge"]
    due: timedelta | None
    clause: str
    working_time: bool = False
    remind: timedelta = timedelta(0)
    escalate: tuple[timedelta, ...] = (timedelta(0),)
    accept_within: timedelta = timedelta(minutes=10)
    pool: bool = False


KINDS: dict[str, Kind] = {}


def add_kind(kind: Kind) -> None:
    """Makes a kind known; a wing adds its own when it starts. One id can't mean two kinds."""
    if KINDS.setdefault(kind.id, kind) != kind:
        raise ValueError(f"kind {kind.id} is already another one")


add_kind(
    Kind(
        "question", "客户提问", "tell", timedelta(hours=4), "SF-4.3.3",
        working_time=True, remind=timedelta(minutes=30),
        escalate=(timedelta(0), timedelta(hours=4)),
    )
)  # fmt: skip
add_kind(
    Kind(
        "follow_up", "回访跟进", "done", timedelta(days=1), "SC-4.3.2",
        remind=timedelta(hours=2), escalate=(timedelta(0), timedelta(days=1)),
    )
)  # fmt: skip
add_kind(
    Kind(
        "service", "茶水服务", "done", timedelta(minutes=5), "TQ-2.3",
        escalate=(timedelta(minutes=5),), accept_within=timedelta(minutes=3), pool=True,
    )
)  # fmt: skip
add_kind(
    Kind(
        "alert", "提醒", "acknowledge", timedelta(minutes=15), "TQ-10",
        escalate=(timedelta(0), timedelta(minutes=30)),
    )
)  # fmt: skip
add_kind(
    Kind(
        "register_owed", "补签登记", "done", timedelta(days=1), "TQ-3",
        remind=timedelta(hours=2), escalate=(timedelta(0), timedelta(days=1)),
    )
)  # fmt: skip
add_kind(
    Kind(
        "flat_fault", "样板间报修", "done", timedelta(hours=4), "SF-4.3.4",
        remind=timedelta(minutes=30), escalate=(timedelta(0), timedelta(days=1)), pool=True,
    )
)  # fmt: skip

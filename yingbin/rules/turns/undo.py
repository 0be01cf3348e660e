"""Taking one event back: allowed only while nothing that came after depends on it.

"Depends" is exact: the later events, replayed without the one taken back, must give the very same decisions.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from yingbin.rules.decision import Decision, Refused
from yingbin.rules.malformed import Fields

from .decide import State, apply


def without(
    opening: State,
    events: Iterable[tuple[int, Fields]],
    take_back: int,
    *,
    names: Callable[[str], str] = str,
) -> State:
    """The state as if event `take_back` had never been; `opening` is left as it is.

    `events` are the day's standing events (index, event) in order, including the one to take back.
    Raises `Refused` (TQ-11) when a later decision would have been another.
    """
    real, other = opening.copy(), opening.copy()
    found = False
    for index, event in events:
        made = apply(real, event, index=index, names=names)
        if index == take_back:
            found = True
            continue
        if bare(apply(other, event, index=index, names=names)) != bare(made):
            raise _depends(made)
    if not found:
        raise Refused("TQ-11", "这条记录已经撤销过了，不用再撤。")
    return other


def bare(decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions without their sentences: what was decided, not how it was told."""
    return [replace(d, because="") for d in decisions]


def _depends(made: list[Decision]) -> Refused:
    said = f"({made[0].because})" if made else ""
    return Refused(
        "TQ-11", f"之后的安排已经以它为前提{said}，不能直接撤销。请销售经理用调派或更正处理。"
    )

"""Who may do what: the owner, the holder, a clerk, the supervisor or the manager, by the contract's letters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from .desk import Desk, Event, refuse
from .matter import Matter

Letter = Literal["M", "S", "O", "B", "D", "H"]
BY: dict[str, Letter] = {
    "respond": "B",
    "offer": "B",
    "withdraw": "B",
    "arrive": "H",
    "quote": "B",
    "agree": "D",
    "start": "H",
    "done": "H",
    "analyse": "B",
    "report": "B",
    "assess": "O",
    "investigate": "B",
    "answer": "B",
    "tell": "O",
    "conclude": "M",
    "pause": "B",
    "resume": "B",
    "change": "O",
    "cancel": "D",
    "reopen": "D",
    "reduce": "D",
}


def _chief(desk: Desk, found: Matter, who: str) -> bool:
    return desk.office.is_chief(who)


def _owner(desk: Desk, found: Matter, who: str) -> bool:
    return who == found.state.owner or _chief(desk, found, who)


def _both(desk: Desk, found: Matter, who: str) -> bool:
    return who == found.state.holder or _owner(desk, found, who)


def _desk(desk: Desk, found: Matter, who: str) -> bool:
    return who in desk.office.clerks or _both(desk, found, who)


_MAY: dict[Letter, Callable[[Desk, Matter, str], bool]] = {
    "M": lambda desk, found, who: who == desk.office.manager,
    "S": _chief,
    "O": _owner,
    "B": _both,
    "D": _desk,
    "H": lambda desk, found, who: who == found.state.holder,
}


def _names(desk: Desk, found: Matter) -> dict[Letter, str]:
    owner, holder, supervisor = found.state.owner, found.state.holder, desk.office.supervisor
    both = owner if owner == holder else f"{owner}或{holder}"
    return {
        "M": f"经理{desk.office.manager}",
        "S": f"主管{supervisor}或经理{desk.office.manager}",
        "O": f"负责人{owner}或主管{supervisor}",
        "B": f"{both}，或者主管{supervisor}",
        "D": f"前台同事，或者主管{supervisor}",
        "H": f"经办人{holder}",
    }


def check(desk: Desk, found: Matter, event: Event, letter: Letter | None = None) -> None:
    """Whoever the event is by may do it; `letter` where it isn't the usual one. Raises `Refused`."""
    letter = letter or BY[event.kind]
    if event.by not in desk.office.everyone:
        raise refuse(f"人员名单里没有{event.by}，请核对姓名。")
    if not _MAY[letter](desk, found, event.by):
        raise refuse(f"{event.by}不能办这一步，请找{_names(desk, found)[letter]}。")


def check_chief(desk: Desk, found: Matter, event: Event, what: str) -> None:
    """Only the supervisor or the manager may do this. Raises `Refused`; `what` says it in words."""
    if not desk.office.is_chief(event.by):
        raise refuse(f"{what}，请找{_names(desk, found)['S']}。")

"""Somebody who is on the floor already isn't written down again without a word (TQ-1)."""

from uuid import UUID

from yingbin.rules.decision import Refused

from ..queries.present import Present
from .events import OpenDay

ANOTHER = "是同一拨就不用再登记；另有一拨，请说明「又来了一拨」。"


class OnTheFloor(Refused):
    """This customer's group is here already: is it the same (`visit_id`), or another one?"""

    def __init__(self, visit_id: UUID, message: str) -> None:
        super().__init__("TQ-1", message)
        self.visit_id = visit_id


def on_the_floor(today: OpenDay, here: Present, called: str, need: str = ANOTHER) -> OnTheFloor:
    """The refusal that says since when they are here and with whom, and what to do."""
    who = called or "这位客户"
    minutes = int((today.at - here.arrived_at).total_seconds()) // 60
    since = f"{minutes} 分钟前已到" if minutes else "刚刚已到"
    return OnTheFloor(
        here.visit_id, f"{who} {since}，{_now(today, here)}（到访 {here.number}）。{need}"
    )


def _now(today: OpenDay, here: Present) -> str:
    if here.receiver is None:
        return "正在等待"
    name = today.name(str(here.receiver))
    return f"{name}正在接待" if here.accepted_at else f"等{name}接单"

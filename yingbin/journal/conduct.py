"""What the running system never writes, though every hash fits: known shapes held against what came before.

It goes by the shape of an entry, whatever kind it calls itself, so that a made-up kind gains nothing.
"""

import re
from typing import TYPE_CHECKING

from yingbin.journal.reading import Body, EntryForm

if TYPE_CHECKING:
    from yingbin.rules.turns.state import State

_AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
# Fields that only one kind of entry has.
_OWN = {"decisions": "turns.event", "clause_revisions": "turns.event", "undoes": "turns.undone"}
_EVENT = {"day", "index", "event", "decisions", "rule_version", "policy_version"}


class Conduct:
    """Goes through the entries in order and remembers who came and what was undone."""

    def __init__(self) -> None:
        self.came: set[str] = set()
        self.undone: set[str] = set()
        self.events: dict[int, Body] = {}
        self.day: str | None = None
        self.due: dict[str, int] = {}

    def fault(self, entry: EntryForm, state: "State | None") -> str:
        """Why the running system can't have written this entry; empty where it can.

        state: the day's queue after this entry, or None while none is open.
        """
        kind, body = entry["kind"], entry["body"]
        if not _AT.fullmatch(entry["at"]):
            return "时间不是系统写的样子"
        for name, owner in _OWN.items():
            if name in body and kind != owner:
                return f"「{kind}」这样的记录不会有 {name}"
        if kind == "day.opened":
            self.day = body["day"]
        elif kind == "turns.event":
            return self._event(entry)
        elif kind == "turns.undone":
            return self._undoing(body)
        elif kind == "visit.late":
            self.came.add(body["visit"])
        return self._of_visit(entry, state)

    def _event(self, entry: EntryForm) -> str:
        from yingbin.rules.turns.dayfile import check_event

        body = entry["body"]
        if missing := _EVENT - body.keys():
            return f"事件缺少 {'、'.join(sorted(missing))}"
        check_event(body["event"], "event")
        due = self.due.get(body["day"], 0)
        if body["day"] != self.day or body["index"] != due:
            return f"应是 {self.day} 的第 {due} 个事件"
        self.due[body["day"]] = due + 1
        self.events[entry["seq"]] = body
        decisions = body["decisions"]
        if entry["clause"] != (decisions[0]["clause"] if decisions else None):
            return "条款与判定的条款不同"
        visit = body["event"].get("visit")
        if body["event"]["event"] == "arrive":
            self.came.add(visit)
        return self._came(visit)

    def _undoing(self, body: Body) -> str:
        undone = self.events.get(body["undoes"])
        if undone is None or undone["event"]["event"] != "arrive":
            return "撤销的不是此前的一次到访"
        if (undone["day"], undone["index"]) != (body["day"], body["index"]):
            return "撤销的编号与那次到访不符"
        visit = undone["event"]["visit"]
        if visit in self.undone:
            return "这次到访已经撤销过"
        self.undone.add(visit)
        return ""

    def _came(self, visit: object) -> str:
        return "" if visit is None or visit in self.came else "说的是一批从未到访的客户"

    def _of_visit(self, entry: EntryForm, state: "State | None") -> str:
        """Whatever speaks of a visit speaks of one that came; who takes a turn was given it."""
        body = entry["body"]
        visit = body.get("visit")
        if fault := self._came(visit):
            return fault
        if visit is None or set(body) != {"visit", "who"}:
            return ""
        if entry["kind"] == "turn.accepted" and entry["actor"] != body["who"]:
            return "接单的不是接待人本人"
        if visit in self.undone:
            return "到访撤销之后不会再有这一条"
        row = state.visits.get(visit) if state is not None else None
        if row is None or row.stage != "received" or row.receiver != body["who"]:
            return "这批客户当时不由这个人接待"
        return ""

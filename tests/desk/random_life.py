"""People of an office who do whatever comes to mind: mostly what the rules would take, sometimes anything at all."""

from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

from yingbin.desk.allowed import allowed, standing_now
from yingbin.desk.folding import whole
from yingbin.rules.decision import Refused
from yingbin.rules.desk.policy import KINDS
from yingbin.rules.desk.replay import VERBS

from .counter import Counter

DESK = ("苏", "叶", "石", "林", "顾")
EVERYONE = (*DESK, "赵", "钱", "孙", "周")
HOMES, SUBJECTS = ("3-2-1801", "1-1-101"), ("water", "door")


class RandomLife:
    """Some days at a counter; `said` is every sentence that people read."""

    def __init__(self, seed: int, counter: Counter) -> None:
        self.pick, self.counter = Random(seed), counter
        self.matters: list[UUID] = []
        self.said: list[str] = []
        self.done = self.refused = 0

    def live(self, steps: int) -> None:
        """So many attempts, with the clock looking in between."""
        for _ in range(steps):
            self._pass()
            try:
                if len(self.matters) < 3 or self.pick.random() < 0.12:
                    self._record()
                else:
                    self.said.append(self._act(self.pick.choice(self.matters)))
                self.done += 1
            except Refused as no:
                self.refused += 1
                self.said.append(no.message)

    def _pass(self) -> None:
        """Minutes, a night, or just to the second in which something falls due."""
        counter, how = self.counter, self.pick.random()
        if how < 0.1:
            counter.later(hours=self.pick.choice((3, 15, 40)))
        elif how < 0.3 and self.matters:
            due = counter.row(self.pick.choice(self.matters)).next_clock_at
            if due and due > counter.now:
                # What is done comes a second after the clock of these tests.
                counter.now = due - timedelta(seconds=self.pick.choice((0, 1, 2)))
        else:
            counter.later(minutes=self.pick.choice((0, 1, 7, 31)))
        if self.pick.random() < 0.5:
            counter.clock(seconds=0)

    def _record(self) -> None:
        kind, pick = self.pick.choice(KINDS), self.pick
        told: dict[str, Any] = {"home": pick.choice(HOMES), "subject": pick.choice(SUBJECTS)}
        told |= {"source": pick.choice(("call", "letter", "guard")), "kind": kind}
        told["urgent"] = pick.choice((None, None, True, False))
        if kind == "enquiry" and pick.random() < 0.4:
            told["answer"] = "六点开门"
        self.matters.append(self.counter.record(pick.choice(DESK), **told))

    def _act(self, one: UUID) -> str:
        counter, pick, who = self.counter, self.pick, self.pick.choice(EVERYONE)
        if pick.random() < 0.2:
            event = pick.choice([*VERBS])
            return counter.act(who, event, pick.choice((one, uuid4())), **self._fields(event, {}))
        stands = standing_now(counter.site, counter.now)
        told = allowed(stands, whole(counter.desk(one)), str(counter.id(who)), counter.now)
        if not told.events:
            return ""
        event = pick.choice([*told.events])
        values = told.events[event]
        return counter.act(who, event, one, **self._fields(event, values))

    def _fields(self, event: str, values: Any) -> dict[str, Any]:
        """What the event needs: of what would be taken any, and free words where words are asked for."""
        pick = self.pick
        found: dict[str, Any] = {n: pick.choice(v) for n, v in values.items()}
        people = str(self.counter.id(pick.choice(EVERYONE)))
        usual: dict[str, dict[str, Any]] = {
            "offer": {"to": f"department:{self.counter.works.id}"},
            "assign": {"to": people, "as": pick.choice(("holder", "owner"))},
            "quote": {"amount": pick.choice((0, 8000, 9999999))},
            "agree": {"agreed": pick.random() < 0.7},
            "done": {"signed": pick.random() < 0.8},
            "assess": {"severity": "major"},
            "pause": {"reason": "parts"},
            "cancel": {"reason": "withdrawn"},
            "reduce": {"amount": 1, "approved_by": str(self.counter.id("顾"))},
            "call": self._call(),
        }
        found = {**usual.get(event, {}), **{n: v for n, v in found.items() if v != "…"}}
        for name in ("amount",):
            if name in found:
                found[name] = int(found[name])
        for name in ("agreed", "signed", "urgent"):
            if isinstance(found.get(name), str):
                found[name] = found[name] == "True"
        if event == "agree":
            found["agreed"] = pick.random() < 0.6
        if event == "call":
            found |= self._call()
        if event == "cancel" and pick.random() < 0.4 and self.matters:
            found = {"reason": "duplicate", "of": str(pick.choice(self.matters))}
        words = {"decline": "reason", "assign": "reason", "change": "reason", "reopen": "reason",
                 "conclude": "reason", "analyse": "note", "investigate": "note", "answer": "text"}  # fmt: skip
        return {**found, words[event]: "说过的话"} if event in words else found

    def _call(self) -> dict[str, Any]:
        if self.pick.random() < 0.4:
            return {"reached": False}
        score = self.pick.choice(("satisfied", "fairly", "dissatisfied"))
        return {
            "reached": True,
            "score": score,
            "asked": self.pick.random() < 0.3,
            "remark": "修得慢",
        }

"""People at a headquarters who try whatever comes to mind about any visit, in any order."""

import random
from typing import Any
from uuid import UUID

from yingbin.rules.decision import Refused

from .headquarters import CLASSES, OFFICIAL, Headquarters

AREAS = ("plant", "workshop", "rnd", "finished_goods")
REASON = {"reason": "另有安排"}


class RandomLife:
    """A life made of attempts. done, refused: how many of each; said: every sentence anybody was shown."""

    def __init__(self, seed: int, house: Headquarters) -> None:
        self.dice, self.house = random.Random(seed), house
        self.visits: list[UUID] = []
        self.done = self.refused = 0
        self.said: list[str] = []

    def live(self, attempts: int) -> None:
        """So many attempts, some time between them."""
        for _ in range(attempts):
            hours = self.dice.choice((0, 0, 1, 3, 9))
            self.house.now = self.house.now.replace(microsecond=0)
            if hours:
                self.house.clock(hours=hours)
            try:
                self._attempt()
                self.done += 1
            except Refused as no:
                self.refused += 1
                self.said.append(no.message)

    def _attempt(self) -> None:
        if len(self.visits) < 3 or self.dice.random() < 0.12:
            self.visits.append(self._opened())
            return
        one = self.dice.choice(self.visits[-5:])
        if self.dice.random() < 0.03:
            self.house.choose(souvenirs=self.dice.randint(1, 60))
        elif self.dice.random() < 0.3 and self.house.row(one).status == "awaiting":
            self.house.approve(one)
        else:
            by, event, fields = self._tried(one)
            self.said.append(self.house.act(by, event, one, **fields))

    def _opened(self) -> UUID:
        told: dict[str, Any] = {
            "day": self.dice.randint(1, 8), "hour": self.dice.choice((9, 10, 14)),
            "headcount": self.dice.choice((4, 8, 14, 25)),
            "areas": tuple(a for a in AREAS if self.dice.random() < 0.5),
            "rivals": self.dice.choice(("", "家电")),
        }  # fmt: skip
        roll = self.dice.random()
        if roll < 0.15:
            return self.house.word(**told)
        if roll < 0.3:
            return self.house.apply("institution", by="江", **told | {"answers": OFFICIAL})
        return self.house.apply(self.dice.choice(tuple(CLASSES)), **told)

    def _tried(self, one: UUID) -> tuple[str, str, dict[str, Any]]:
        house, dice = self.house, self.dice
        area, start = dice.choice(AREAS), house.row(one).starts_at
        by = dice.choice(("江", "叶", "白", "严", "韩", "秦", "孟"))
        tries: list[tuple[str, str, dict[str, Any]]] = [
            (house.answers_for(area), "area", {"area": area, "answer": "refused", **REASON}),
            (by, "area", {"area": area, "answer": "open"}),
            (by, "company", {"answer": dice.choice(("approved", "refused")), **REASON}),
            ("严", "exception", {"ground": dice.choice(("late", "small_group")), "asked_by": "江", **REASON}),
            (by, "reclass", {"to": dice.choice(tuple(CLASSES)), **REASON}),
            ("", "edit", {"headcount": dice.choice((4, 10, 20))}),
            ("", "edit", {"from": start, "to": start + dice.choice((1, 3)) * (house.at(0, 1) - house.at(0, 0))}),
            ("", "edit", {"areas": tuple(a for a in AREAS if dice.random() < 0.5)}),
            ("江", "send_plan", {}),
            ("江", "send_plan", {}),
            (dice.choice(("江", "白")), "task", {"task": dice.choice(("analysis", "rehearsal", "refreshments", "souvenirs", "meal"))}),
            ("江", "task", {"task": dice.choice(("guide", "senior")), "who": dice.choice(("江", "严"))}),
            ("江", "task", {"task": "direction", "serve": "coffee"}),
            ("严", "permit_photo", {"asked_by": "江", **REASON}),
            (house.answers_for(area), "issue", {"areas": (area,), "persons": dice.randint(1, 6), "escort": "江"}),
            (house.answers_for(area), "issue", {"areas": (area,), "persons": dice.randint(1, 6), "escort": "江"}),
        ]  # fmt: skip
        if dice.random() < 0.04:
            return "", "withdraw", {}
        return dice.choice(tries)

"""The promise: however requests interleave, no open post is under its minimum while everybody keeps to the plan
(SF-4.3.7, SC-4.3.9); and no open line is ever without an owner."""

from __future__ import annotations

import random
from typing import Any

import pytest

from yingbin.rules.duty.replay import replay

from .days import DATE


def at(minute: int) -> str:
    return f"{DATE}T{minute // 60:02d}:{minute % 60:02d}:00+08:00"


class Faithful:
    """A random day on which everybody is there and keeps to accepted plans: breaks begin within their span and end in time."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.posts = [f"P{n}" for n in range(self.chance.randint(1, 3))]
        self.minimum = {p: self.chance.randint(1, 2) for p in self.posts}
        self.people = [
            (f"{p}-{n}", p)
            for p in self.posts
            for n in range(self.minimum[p] + self.chance.randint(0, 2))
        ]
        self.leads = [f"lead{n}" for n in range(self.chance.randint(0, 2))]
        self.events: list[dict[str, Any]] = []
        for who in [w for w, _ in self.people] + self.leads:
            self.events.append({"at": at(480), "event": "sign_on", "who": who})
        self.number = 0

    def file(self) -> dict[str, Any]:
        hours = {"opens": at(540), "closes": at(1020)}
        shift = {"from": at(510), "to": at(1030)}
        return {
            "policy": {"round_minutes": 0},
            "posts": [
                {"post": p, "kind": "show_flat", "minimum": self.minimum[p], **hours}
                for p in self.posts
            ],
            "people": [
                *({"who": w, "post": p, **shift} for w, p in self.people),
                *({"who": w, "role": "lead", **shift} for w in self.leads),
            ],
            "events": self.events,
            "until": at(1019),
        }

    def tell(self, minute: int, event: str, **fields: Any) -> dict[str, Any]:
        """The decision on one more event."""
        self.events.append({"at": at(minute), "event": event, **fields})
        file = {**self.file()}
        del file["until"]
        number = len(self.events) - 1
        return next(e for e in replay(file)["log"] if e["event"] == number)

    def live(self) -> None:
        """Requests at random; whoever is on a break is back in time."""
        due: list[tuple[int, str]] = []  # breaks accepted: the minute to begin
        back: list[tuple[int, str]] = []
        for minute in range(485, 1019):
            for when, name in [b for b in back if b[0] <= minute]:
                self.events.append({"at": at(when), "event": "break_end", "break": name})
                back.remove((when, name))
            for when, name in [d for d in due if d[0] <= minute]:
                due.remove((when, name))
                begun = self.tell(minute, "break_start", **{"break": name})
                assert begun["what"] == "accepted", (name, self.file())
                ends = begun["to"][11:16]
                back.append(
                    (int(ends[:2]) * 60 + int(ends[3:]) - self.chance.choice([1, 2, 4]), name)
                )
            if minute < 1000 and minute % 5 == 0 and self.chance.random() < 0.5:
                self.ask(minute, due)

    def ask(self, minute: int, due: list[tuple[int, str]]) -> None:
        self.number += 1
        first = minute + 5 * self.chance.randint(0, 30)
        last = first + 5 * self.chance.randint(1, 8)
        who = self.chance.choice([w for w, _ in self.people] + self.leads)
        span = {"from": at(first), "to": at(last)}
        if self.chance.random() < 0.4:
            post = self.chance.choice(self.posts)
            self.tell(minute, "stand_in", stand_in=f"s{self.number}", who=who, post=post, **span)
        elif self.chance.random() < 0.2 and self.number > 3:
            self.tell(minute, "stand_in_cancel", stand_in=f"s{self.chance.randint(1, self.number)}")
        else:
            name = f"b{self.number}"
            said = self.tell(
                minute, "break_request", **{"break": name}, who=who, kind="rest", **span
            )
            if said["what"] == "accepted":
                due.append((first + 5 * self.chance.randint(0, (last - first) // 5 - 1), name))


@pytest.mark.clause("SF-4.3.7", "SC-4.3.9")
@pytest.mark.parametrize("seed", range(25))
def test_no_post_is_ever_under_its_minimum(seed: int) -> None:
    day = Faithful(seed)
    day.live()
    burning = [
        e["what"] for e in replay(day.file())["log"] if e["what"] in ("gap", "unsafe", "overrun")
    ]
    assert burning == [], day.file()


def test_the_promise_can_be_broken() -> None:
    """The control: somebody who doesn't keep to the plan leaves a gap, and the same look finds it."""
    day = Faithful(1)
    day.live()
    who = day.people[0][0]
    others = [w for w, p in day.people if p == day.people[0][1]]
    for other in others[1:]:
        day.events.append({"at": at(1018), "event": "taken_away", "who": other})
    day.events.append({"at": at(1018), "event": "taken_away", "who": who})
    assert "gap" in {e["what"] for e in replay(day.file())["log"]}

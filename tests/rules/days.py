"""Random days of a small gallery, made so that the interesting things happen often."""

import random
from datetime import datetime, timedelta, timezone
from typing import Any

NAMES = ["林", "周", "吴", "王", "陈", "赵"]
MANAGERS = ["郑", "许"]
BEGIN = datetime(2026, 11, 23, 9, 0, tzinfo=timezone(timedelta(hours=8)))


def random_policy(luck: random.Random) -> dict[str, Any]:
    """Any policy, often the default."""
    policy: dict[str, Any] = {}
    if luck.random() < 0.4:
        policy["receiver_busy"] = luck.choice(["wait", "assist"])
    if luck.random() < 0.3:
        policy["own_customer_counts"] = luck.random() < 0.5
    if luck.random() < 0.4:
        policy["named_turn"] = luck.choice(["owed", "tail"])
    if luck.random() < 0.3:
        policy["makeup_per_absence"] = luck.choice([0, 1, 2, 3])
    if luck.random() < 0.3:
        reasons = luck.sample(["business", "meal", "private"], k=luck.randint(0, 3))
        policy["passed_over"] = {r: luck.choice(["make_up", "keep", "lose"]) for r in reasons}
    return policy


class Writer:
    """Writes events that mostly fit the moment, as far as one can guess without the rules."""

    def __init__(self, seed: int, length: int) -> None:
        self.luck = random.Random(seed)
        self.people = NAMES[: self.luck.randint(2, len(NAMES))]
        self.here = self.luck.sample(self.people, k=self.luck.randint(0, len(self.people)))
        self.visits: list[str] = []
        self.length = length

    def day(self) -> dict[str, Any]:
        luck, queue = self.luck, list(self.here)
        day: dict[str, Any] = {"queue": queue, "policy": random_policy(luck), "events": []}
        accounts = luck.sample(self.people, k=luck.randint(0, len(self.people)))
        half = luck.randint(0, len(accounts))
        clauses = ["TQ-6", "TQ-7", "TQ-11"]
        if luck.random() < 0.5:
            day["make_up"] = [
                {"who": w, "clause": luck.choice(clauses)}
                for w in accounts[:half]
                for _ in range(luck.randint(1, 2))
            ]
            day["owes"] = {w: luck.randint(1, 2) for w in accounts[half:]}
        moment = BEGIN
        for _ in range(self.length):
            moment += timedelta(seconds=luck.randint(0, 900))
            day["events"].append({"at": moment.isoformat(), **self.event()})
        return day

    def event(self) -> dict[str, Any]:
        kinds = {
            self.arrive: 34,
            self.finish: 24,
            self.away: 9,
            self.back: 9,
            self.leave: 2,
            self.anyone: 3,
            self.sign_in: 5,
            self.sign_out: 3,
            self.claim: 6,
            self.override: 8,
            self.adjust: 3,
        }
        return self.luck.choices(list(kinds), list(kinds.values()))[0]()

    def who(self) -> str:
        return self.luck.choice([*self.people, *self.people, "无名"])

    def visit(self) -> str:
        recent = self.visits[-8:]
        return self.luck.choice(recent) if recent and self.luck.random() < 0.97 else "v?"

    def arrive(self) -> dict[str, Any]:
        visit = f"v{len(self.visits) + 1}"
        self.visits.append(visit)
        event: dict[str, Any] = {"event": "arrive", "visit": visit}
        chance = self.luck.random()
        if chance < 0.1:
            event["kind"] = "peer"
        elif chance < 0.15:
            event["kind"] = "enquirer"
        elif chance < 0.2:
            event["kind"] = "customer"
        if self.luck.random() < 0.3:
            event["named"] = self.who()
        if self.luck.random() < 0.25:
            event["registered_with"] = self.who()
        return event

    def finish(self) -> dict[str, Any]:
        event: dict[str, Any] = {"event": "finish", "visit": self.visit()}
        if self.luck.random() < 0.3:
            event["units_wanted"] = self.luck.choice([0, 1, 2, 3, 4])
        return event

    def leave(self) -> dict[str, Any]:
        return {"event": "leave", "visit": self.visit()}

    def anyone(self) -> dict[str, Any]:
        return {"event": "anyone", "visit": self.visit()}

    def away(self) -> dict[str, Any]:
        reason = self.luck.choice(["business", "business", "meal", "private"])
        event = {"event": "away", "who": self.who(), "reason": reason}
        if reason == "business" and self.luck.random() < 0.8:
            event["approved_by"] = self.luck.choice([*MANAGERS, *MANAGERS, self.people[0]])
        return event

    def back(self) -> dict[str, Any]:
        return {"event": "back", "who": self.who()}

    def sign_in(self) -> dict[str, Any]:
        return {"event": "sign_in", "who": self.who()}

    def sign_out(self) -> dict[str, Any]:
        return {"event": "sign_out", "who": self.who()}

    def claim(self) -> dict[str, Any]:
        by = self.luck.choice([*MANAGERS, *MANAGERS, *MANAGERS, self.people[0], None])
        sure = self.luck.random() < 0.85
        visit = self.visit()
        return {
            "event": "claim_unrelated",
            "visit": visit,
            "customer_confirmed": sure,
            "confirmed_by": by,
        }

    def override(self) -> dict[str, Any]:
        event: dict[str, Any] = {
            "event": "override",
            "visit": self.visit(),
            "to": self.who(),
            "by": self.luck.choice([*MANAGERS, *MANAGERS, self.people[0]]),
            "reason": "经理调派",
            "counts": self.luck.random() < 0.6,
        }
        if self.luck.random() < 0.4:
            event["gives_back"] = self.luck.random() < 0.5
        return event

    def adjust(self) -> dict[str, Any]:
        event: dict[str, Any] = {
            "event": "adjust",
            "who": self.who(),
            "by": self.luck.choice([*MANAGERS, *MANAGERS, self.people[0]]),
            "reason": "更正",
        }
        if self.luck.random() < 0.6:
            event["turns"] = self.luck.randint(-2, 2)
        if self.luck.random() < 0.6:
            event["count"] = self.luck.randint(-1, 1)
        return event


def random_day(seed: int, length: int = 60) -> dict[str, Any]:
    """The same day for the same seed."""
    return Writer(seed, length).day()

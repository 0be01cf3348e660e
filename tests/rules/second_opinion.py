"""A second implementation of the replay contract, from its words alone: slow, literal, sharing no code.

It takes well-formed days only and gives the contract's output without `because`.
"""

from typing import Any

POLICY = {
    "receiver_busy": "wait",
    "own_customer_counts": True,
    "named_turn": "owed",
    "makeup_per_absence": 1,
}
PASSED = {"business": "make_up", "meal": "keep", "private": "lose"}


class No(Exception):
    """A refusal, with its clause."""


class Day:
    """One day, event by event."""

    def __init__(self, day: dict[str, Any]) -> None:
        given = day.get("policy", {})
        self.policy = {**POLICY, **{k: v for k, v in given.items() if k != "passed_over"}}
        self.passed = {**PASSED, **given.get("passed_over", {})}
        self.queue: list[str] = list(day["queue"])
        self.counts = dict.fromkeys(self.queue, 0)
        self.earned = [(m["who"], m["clause"]) for m in day.get("make_up", [])]
        self.owed = {w: n for w, n in day.get("owes", {}).items() if n > 0}
        self.absent: dict[str, dict[str, Any]] = {}
        self.with_visit: dict[str, str] = {}
        self.afterwards: dict[str, tuple[str, str]] = {}
        self.visits: dict[str, dict[str, Any]] = {}
        self.decisions: list[dict[str, Any]] = []
        self.notices: list[dict[str, Any]] = []
        self.index = -1

    # Words of the contract

    def on_the_floor(self, who: Any) -> bool:
        return who in self.queue and who not in self.absent

    def free(self, who: Any) -> bool:
        return self.on_the_floor(who) and who not in self.with_visit

    def last_free(self) -> str | None:
        found = None
        for who in self.queue:
            if self.free(who):
                found = who
        return found

    def salesperson(self, who: Any) -> bool:
        return who in self.counts

    def earn(self, who: str, clause: str) -> None:
        if self.owed.get(who, 0) > 0:
            self.pay(who)
        else:
            self.earned = [*self.earned, (who, clause)]

    def pay(self, who: str) -> None:
        self.owed[who] -= 1
        if self.owed[who] == 0:
            del self.owed[who]

    def owe(self, who: str) -> None:
        for at in range(len(self.earned) - 1, -1, -1):
            if self.earned[at][0] == who:
                self.earned = self.earned[:at] + self.earned[at + 1 :]
                return
        self.owed[who] = self.owed.get(who, 0) + 1

    def tail(self, who: str) -> None:
        self.queue = [w for w in self.queue if w != who] + [who]

    def say(self, visit: str | None, clause: str | None, **more: Any) -> None:
        self.decisions.append(
            {
                "event": self.index,
                "visit": visit,
                "clause": clause,
                "queue": list(self.queue),
                **more,
            }
        )

    # Receiving

    def receive(
        self,
        visit: str,
        who: str,
        *,
        counted: bool,
        turn: str,
        clause: str,
        over: list[str],
        held: int | None = None,
        used: str | None = None,
    ) -> None:
        row = self.visits[visit]
        row |= {"stage": "received", "who": who, "counted": counted, "turn": turn}
        row |= {"held": held, "used": used, "claimed": False}
        self.with_visit[who] = visit
        if counted:
            self.counts[who] += 1
        self.say(visit, clause, receiver=who, counted=counted, turn=turn, passed_over=over)

    def as_named(self, visit: str, who: str, clause: str, counted: bool) -> None:
        if not counted:
            self.receive(visit, who, counted=False, turn="none", clause=clause, over=[])
        elif self.policy["named_turn"] == "tail":
            held = self.queue.index(who)
            self.tail(who)
            self.receive(visit, who, counted=True, turn="queue", clause=clause, over=[], held=held)
        else:
            self.owe(who)
            self.receive(visit, who, counted=True, turn="owed", clause=clause, over=[])

    def walk(self, visit: str, clause: str) -> None:
        for at, (who, why) in enumerate(self.earned):
            if self.free(who):
                self.earned = self.earned[:at] + self.earned[at + 1 :]
                self.receive(
                    visit, who, counted=True, turn="make_up", clause=why, over=[], used=why
                )
                return
        able = [w for w in self.queue if self.free(w)]
        clear = [w for w in able if not self.owed.get(w)]
        receiver = clear[0] if clear else able[0]
        held = self.queue.index(receiver)
        over = []
        for who in self.queue[:held]:
            if who in self.with_visit:
                continue
            if who in self.absent:
                reason = self.passed[self.absent[who]["as"]]
                if reason == "keep":
                    continue
                if self.owed.get(who):
                    self.pay(who)
                elif reason == "make_up":
                    self.absent[who]["marks"] += 1
            else:
                self.pay(who)
            over.append(who)
        for who in over:
            self.tail(who)
        self.tail(receiver)
        self.receive(
            visit, receiver, counted=True, turn="queue", clause=clause, over=over, held=held
        )

    def can_be_served(self, visit: str) -> bool:
        row = self.visits[visit]
        if row["for"] == "person":
            return self.free(row["person"])
        return any(self.free(w) for w in self.queue)

    def serve(self, visit: str) -> None:
        row = self.visits[visit]
        if row["for"] == "person":
            own = row["origin"] == "registered"
            clause = "TQ-9" if own else "TQ-1.1"
            counted = self.policy["own_customer_counts"] if own else True
            self.as_named(visit, row["person"], clause, counted)
        elif row["for"] == "last":
            who = self.last_free()
            assert who is not None
            self.receive(visit, who, counted=False, turn="none", clause=row["clause"], over=[])
        else:
            self.walk(visit, row["clause"])

    def serve_those_who_wait(self) -> None:
        while True:
            waiting = [v for v, row in self.visits.items() if row["stage"] == "waiting"]
            ready = [v for v in waiting if self.can_be_served(v)]
            named = [v for v in ready if self.visits[v]["for"] == "person"]
            if not ready:
                return
            self.serve((named or ready)[0])

    def fall_back(self, visit: str) -> None:
        """The row of someone not on the floor."""
        row = self.visits[visit]
        if row["origin"] == "registered":
            row |= {"for": "last", "clause": "TQ-8"}
        else:
            row |= {"for": "queue", "clause": "TQ-1.1"}

    # Leaving

    def go(self, who: str, how: tuple[str, str]) -> None:
        if how[0] == "sign_out":
            self.queue = [w for w in self.queue if w != who]
            self.absent.pop(who, None)
        else:
            self.absent[who] = {"as": how[1], "marks": 0}
        for visit, row in self.visits.items():
            if row["stage"] == "waiting" and row["for"] == "person" and row["person"] == who:
                self.fall_back(visit)

    def leave_floor(self, who: str, how: tuple[str, str]) -> None:
        if who in self.with_visit:
            self.afterwards[who] = how
        else:
            self.go(who, how)

    def end_of(self, visit: str) -> None:
        who = self.visits[visit]["who"]
        del self.with_visit[who]
        if who in self.afterwards:
            self.go(who, self.afterwards.pop(who))

    # Events

    def run(self, index: int, event: dict[str, Any]) -> None:
        self.index = index
        try:
            getattr(self, f"on_{event['event']}")(event)
        except No as no:
            visit = event.get("visit") if "visit" in NEEDS_VISIT.get(event["event"], ()) else None
            self.say(visit, no.args[0], refused=True)
            return
        self.serve_those_who_wait()

    def on_arrive(self, e: dict[str, Any]) -> None:
        visit, kind = e["visit"], e.get("kind", "customer")
        row: dict[str, Any] = {"stage": "waiting", "origin": "new", "counted": False}
        self.visits[visit] = row
        if kind == "enquirer":
            row["stage"] = "over"
            self.say(visit, "TQ-9", receiver=None, counted=False, turn="none", passed_over=[])
            return
        if kind == "peer":
            row |= {"origin": "peer", "for": "last", "clause": "TQ-4"}
        elif "registered_with" in e:
            self.row_of_one(row, "registered", e["registered_with"])
        elif "named" in e:
            self.row_of_one(row, "named", e["named"])
        else:
            row |= {"for": "queue", "clause": "TQ-1.2"}
        if self.can_be_served(visit):
            self.serve(visit)
        else:
            self.say(visit, row["clause"], receiver=None, waiting=True)

    def row_of_one(self, row: dict[str, Any], origin: str, person: str) -> None:
        row |= {"origin": origin, "person": person}
        registered = origin == "registered"
        if not self.on_the_floor(person):
            row |= (
                {"for": "last", "clause": "TQ-8"}
                if registered
                else {"for": "queue", "clause": "TQ-1.1"}
            )
        elif person in self.with_visit and self.policy["receiver_busy"] == "assist":
            row |= {"for": "last", "clause": "TQ-8" if registered else "TQ-1.1"}
        else:
            row |= {"for": "person", "clause": "TQ-9" if registered else "TQ-1.1"}

    def row(self, visit: str, *stages: str) -> dict[str, Any]:
        row = self.visits.get(visit)
        if row is None or row["stage"] not in stages:
            raise No(None)
        return row

    def on_finish(self, e: dict[str, Any]) -> None:
        row = self.row(e["visit"], "received")
        row["stage"] = "ended"
        self.end_of(e["visit"])
        if e.get("units_wanted", 0) >= 3:
            self.notices.append({"clause": "TQ-10", "visit": e["visit"], "event": self.index})

    def on_leave(self, e: dict[str, Any]) -> None:
        self.row(e["visit"], "waiting")["stage"] = "left"

    def on_anyone(self, e: dict[str, Any]) -> None:
        if self.row(e["visit"], "waiting")["for"] != "person":
            raise No(None)
        self.fall_back(e["visit"])

    def on_away(self, e: dict[str, Any]) -> None:
        who = e["who"]
        if who not in self.queue or who in self.absent:
            raise No(None)
        reason, by = e["reason"], e.get("approved_by")
        if reason == "business" and (by is None or self.salesperson(by)):
            reason = "private"
        self.leave_floor(who, ("away", reason))

    def on_back(self, e: dict[str, Any]) -> None:
        who = e["who"]
        if who in self.afterwards:
            del self.afterwards[who]
        elif who in self.absent:
            marks = self.absent.pop(who)["marks"]
            for _ in range(min(marks, self.policy["makeup_per_absence"])):
                self.earn(who, "TQ-7")
        else:
            raise No(None)

    def on_sign_in(self, e: dict[str, Any]) -> None:
        if e["who"] in self.queue:
            raise No(None)
        self.queue = [*self.queue, e["who"]]
        self.counts.setdefault(e["who"], 0)

    def on_sign_out(self, e: dict[str, Any]) -> None:
        if e["who"] not in self.queue:
            raise No(None)
        self.leave_floor(e["who"], ("sign_out", ""))

    def on_claim_unrelated(self, e: dict[str, Any]) -> None:
        row = self.visits.get(e["visit"])
        fits = row is not None and row["stage"] in ("received", "ended") and row["counted"]
        by = e["confirmed_by"]
        if not fits or row["claimed"] or not e["customer_confirmed"]:  # type: ignore[index]
            raise No("TQ-6")
        if by is None or self.salesperson(by):
            raise No("TQ-6")
        assert row is not None
        row |= {"counted": False, "claimed": True}
        self.counts[row["who"]] -= 1
        self.earn(row["who"], "TQ-6")
        self.say(e["visit"], "TQ-6", receiver=row["who"], counted=False, turn="none")

    def on_override(self, e: dict[str, Any]) -> None:
        row = self.visits.get(e["visit"])
        if row is None or row["stage"] not in ("waiting", "received"):
            raise No("TQ-11")
        if not self.free(e["to"]) or self.salesperson(e["by"]):
            raise No("TQ-11")
        if row["stage"] == "received":
            before = dict(row)
            self.end_of(e["visit"])
            if e.get("gives_back", True) and not before["claimed"]:
                self.give_back(before)
        self.as_named(e["visit"], e["to"], "TQ-11", e["counts"])

    def give_back(self, was: dict[str, Any]) -> None:
        who = was["who"]
        if was["counted"]:
            self.counts[who] -= 1
        if was["turn"] == "queue" and who in self.queue:
            rest = [w for w in self.queue if w != who]
            self.queue = [*rest[: was["held"]], who, *rest[was["held"] :]]
        elif was["turn"] == "make_up":
            if self.owed.get(who):
                self.pay(who)
            else:
                self.earned = [(who, was["used"]), *self.earned]
        elif was["turn"] == "owed":
            self.earn(who, "TQ-11")

    def on_adjust(self, e: dict[str, Any]) -> None:
        if not self.salesperson(e["who"]) or self.salesperson(e["by"]):
            raise No("TQ-11")
        self.counts[e["who"]] += e.get("count", 0)
        turns = e.get("turns", 0)
        for _ in range(abs(turns)):
            if turns > 0:
                self.earn(e["who"], "TQ-11")
            else:
                self.owe(e["who"])
        self.say(None, "TQ-11", receiver=e["who"])


NEEDS_VISIT = dict.fromkeys(
    ("arrive", "finish", "leave", "anyone", "claim_unrelated", "override"), ("visit",)
)


def second_opinion(day: dict[str, Any]) -> dict[str, Any]:
    """The contract's output, without `because`."""
    run = Day(day)
    for index, event in enumerate(day["events"]):
        run.run(index, event)
    return {
        "decisions": run.decisions,
        "queue": run.queue,
        "counts": run.counts,
        "make_up": [{"who": w, "clause": c} for w, c in run.earned],
        "owes": run.owed,
        "waiting": [v for v, row in run.visits.items() if row["stage"] == "waiting"],
        "notices": run.notices,
    }

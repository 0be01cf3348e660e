"""Random hours at the gates: passes, lines down and up again, edges at equal seconds, and faults."""

from __future__ import annotations

import random
from functools import lru_cache
from typing import Any

from tests.rules.gate.second_opinion import Gates
from tests.rules.random_faults import broken
from tests.rules.second_form import Row, seconds, written

BASE = seconds("2026-09-21T09:00:00+08:00")
POOL = ["plant", "workshop", "rnd"]
PEOPLE = ["苏青", "顾北", "周队长", "郑主管", "叶小满"]
POLICY = {
    "clock_minutes": [0, 1, 5, 30],
    "list_minutes": [0, 30, 60, 120, 720],
    "early_minutes": [0, 10, 60],
    "grace_minutes": [0, 1, 15, 45],
}
KINDS = {
    **{"scan": 60, "admit": 8, "offline": 6, "online": 5, "revoke": 1, "lost": 1, "returned": 2},
    **{"reissue": 3, "breach": 1, "confirm": 1, "roll_start": 1, "roll_mark": 1, "roll_end": 1},
    "day_end": 1,
}


class RandomHours:
    """Builds one file event by event, looking at what the second opinion makes of it so far."""

    def __init__(self, seed: int) -> None:
        self.r = r = random.Random(seed)
        self.odd = r.choice([0.1, 0.3, 1.0])  # how much goes wrong in this file
        visits = {
            f"V{n}": r.choice([1, 2, 3, 4, 6, 12, 12, 20]) for n in range(r.choice([1, 1, 2, 3]))
        }
        policy = {k: r.choice(v) for k, v in POLICY.items() if r.random() < 0.4}
        self.file: Row = {"visits": visits, "gates": self.gates(), "events": []}
        self.file["passes"] = [self.a_pass(n) for n in range(r.choice([0, *[1, 2, 3, 4] * 5]))]
        if policy or r.random() < 0.5:
            self.file["policy"] = policy
        if r.random() < 0.85:
            self.file["supervisors"] = r.sample(PEOPLE, r.choice([1, 2]))
        if r.random() < 0.85:
            self.file["security"] = r.sample(PEOPLE, r.choice([1, 2, 3]))
        self.burst = r.choice([0.0, 0.0, 0.3, 0.8])  # how much happens within one second
        self.now = BASE + r.choice([0, -3600, 600])
        self.second = Gates(self.file)
        self.kinds = {k: w * r.choice([0.2, 1, 1, 3]) for k, w in KINDS.items()}
        for _ in range(r.choice([3, 10, 20, 30, 45])):
            self.put()
        if r.random() < 0.4:
            self.file["until"] = self.time(self.now + r.choice([0, 1, 60, 3600, 86400, 900_000]))

    def gates(self) -> list[Row]:
        r, rows = self.r, []
        for n in range(r.choice([1, 2, 2, 3, 4])):
            areas = r.sample(POOL, r.choice([0, 1, 1, 1, 1, 2]))
            row: Row = {"gate": f"G{n}", "areas": areas}
            if not areas or r.random() < 0.4:
                row["site"] = True
            elif r.random() < 0.3:
                row["site"] = False
            rows.append(row)
        return rows

    def a_pass(self, n: int) -> Row:
        r = self.r
        start = BASE + r.choice([0, 0, 0, 0, 900, 1800, -600])
        end = start + r.choice([r.choice([60, 1800, 3600, 7200]), 14400, 28800, 28800])
        row: Row = {"pass": f"P{n}", "visit": r.choice(list(self.file["visits"]))}
        row["areas"] = r.sample(POOL, r.choice([1, 2, 3, 3, 3, 3]))
        row.update(
            {"from": self.time(start), "to": self.time(end), "persons": r.choice([1, 2, 3, 4, 8])}
        )
        row["escort"] = r.choice(PEOPLE)
        if r.random() < 0.4:
            row["photo"] = r.random() < 0.5
        return row

    def time(self, moment: int) -> str:
        """Mostly as the house writes it, at times at another offset."""
        text = written(moment)
        if self.r.random() < 0.9:
            return text
        shift = self.r.choice([0, 9, -5])
        there = written(moment + (shift - 8) * 3600)[:19]
        zone = f"{'-' if shift < 0 else '+'}{abs(shift):02d}:00"
        return there + ("Z" if shift == 0 and self.r.random() < 0.5 else zone)

    def edges(self) -> list[int]:
        """The moments, soon, at which something turns."""
        found = [when for when, *_ in self.second.due()]
        policy = self.second.policy
        for one in self.second.passes.values():
            revision = one.current
            found += [revision.start - policy["early_minutes"] * 60, revision.start, revision.end]
        return [t for t in found if self.now <= t <= self.now + 20_000]

    def step(self) -> None:
        r = self.r
        if r.random() < self.burst:
            return
        near = self.edges() if r.random() < 0.12 * self.odd else []
        if near:
            self.now = max(self.now, min(near) + r.choice([-1, 0, 0, 1]))
        else:
            self.now += r.choice([0, 0, 0, 0, 1, 20, 20, 60, 60, 60, 300, r.choice([900, 1800])])

    def put(self) -> None:
        self.step()
        kind = self.kind()
        event = {"at": self.time(self.now), "event": kind, **self.fields(kind)}
        self.file["events"].append(event)
        self.second.take(len(self.file["events"]) - 1, event)

    def kind(self) -> str:
        """What is likely now: a roll call ends, a pass that is gone is issued again."""
        r, second = self.r, self.second
        if second.roll() and r.random() < 0.35:
            return r.choice(["roll_end", "roll_mark"])
        if second.breaches and second.breaches[-1]["confirmed_by"] is None and r.random() < 0.3:
            return "confirm"
        gone = not second.standing()["not_returned"] and second.passes
        if gone and r.random() < 0.4:
            return "reissue"
        return r.choices(list(self.kinds), list(self.kinds.values()))[0]

    def fields(self, kind: str) -> Row:
        r = self.r
        if kind in ("scan", "admit"):
            return self.passing(kind)
        if kind in ("offline", "online"):
            return self.line(kind)
        if kind in ("revoke", "lost", "returned", "reissue"):
            return {"pass": self.pass_name(), "by": r.choice(PEOPLE), **self.more(kind)}
        if kind == "breach":
            n = sum(e["event"] == "breach" for e in self.file["events"])
            return {"breach": f"B{n}", "leader": r.choice(PEOPLE), "by": r.choice(PEOPLE)}
        if kind == "confirm":
            return {
                "breach": r.choice(
                    ["B0", "B1", "B9", *(b["breach"] for b in self.second.breaches)]
                ),
                "by": r.choice(PEOPLE),
            }
        if kind == "roll_mark":
            visit = r.choice([*self.file["visits"], "V0", "V9"])
            return {"visit": visit, "safe": r.choice([0, 1, 2, 5]), "by": r.choice(PEOPLE)}
        drill = {"drill": r.random() < 0.5} if kind == "roll_start" and r.random() < 0.6 else {}
        return {"by": r.choice(PEOPLE), **drill}

    def more(self, kind: str) -> Row:
        r = self.r
        if kind not in ("revoke", "reissue"):
            return {}
        row: Row = {"reason": "改期"}
        if kind == "revoke":
            return row
        anew: dict[str, Any] = {
            "areas": r.sample(POOL, r.choice([1, 2, 3])),
            "from": self.time(self.now + r.choice([-600, -600, 0, 0, 600, 3600])),
            "to": self.time(self.now + r.choice([-900, 0, 60, 1800, 7200, 7200, 20_000, 20_000])),
            "persons": r.choice([1, 2, 3, 5]),
            "escort": r.choice(PEOPLE),
            "photo": r.random() < 0.5,
        }
        return {**row, **{k: v for k, v in anew.items() if r.random() < 0.3}}

    def pass_name(self) -> str:
        names = list(self.second.passes)
        good = self.second.standing()["not_returned"]
        if good and self.r.random() < 0.6:
            return str(self.r.choice(good))
        return self.r.choice(names) if names and self.r.random() > 0.1 * self.odd else "P9"

    def line(self, kind: str) -> Row:
        r, gates = self.r, [g["gate"] for g in self.file["gates"]]
        down = self.second.off_line()
        up = [g for g in gates if g not in down]
        likely = up if kind == "offline" else down
        gate = r.choice(likely) if likely and r.random() < 0.85 else r.choice(gates)
        if kind == "offline" and r.random() < 0.6:
            return {"gate": gate, "list_age": r.choice([0, 0, 1, 5, 20, r.choice([60, 800])])}
        return {"gate": gate}

    def passing(self, kind: str) -> Row:
        r, name = self.r, self.pass_name()
        one = self.second.passes.get(name)
        current = one.current.number if one else 1
        revision = (
            current if r.random() > 0.15 * self.odd else max(1, current + r.choice([-1, -1, 1]))
        )
        gates = [g["gate"] for g in self.file["gates"]]
        gate = r.choice([*gates, *self.second.off_line() * 2])
        row: Row = {"gate": gate, "pass": name, "revision": revision}
        if kind == "scan":
            inside = one and self.second.places(len(self.file["events"])).on_site(name)
            row["direction"] = "out" if r.random() < (0.45 if inside else 0.08) else "in"
            if r.random() < 0.3 * self.odd:
                row["led_by"] = one.current.fields["escort"] if one and r.random() < 0.6 else "顾北"
        else:
            supervisors = self.second.supervisors
            by = r.choice(supervisors) if supervisors and r.random() < 0.8 else r.choice(PEOPLE)
            row.update(by=by, reason="证件忘带")
        if r.random() < 0.6:
            row["count"] = r.choice([1, 1, 2, 2, 3, 4])
        if r.random() < 0.4 * self.odd:
            late = r.choice(
                [-60, -1, 1, 30, 60, 61, 299, 300, 301, -300, -301, r.choice([1800, 40_000])]
            )
            row["device"] = self.time(self.now + late)
        if r.random() < 0.2:
            row["nonce"] = r.choice(["a", "b", "c", f"n{len(self.file['events'])}"])
        return row


@lru_cache(maxsize=256)
def random_file(seed: int) -> Row:
    """A well-formed file, alive; to be read only."""
    return RandomHours(seed).file


def random_fault(seed: int) -> str:
    """The text of a file with one thing changed, mostly malformed."""
    return broken(random.Random(f"fault {seed}"), random_file(seed))

"""Every event at the gates but scans and admissions."""

from __future__ import annotations

from typing import Any

from tests.rules.gate.second_opinion_places import FOREVER, Line, Pass, Places, Revision, Step
from tests.rules.second_form import Row, seconds


def done(clause: str | None = "CV-4.1", **more: Any) -> Row:
    return {"code": "ok", "clause": clause, **more}


def refused(code: str, clause: str | None = "CV-4.1") -> Row:
    return {"code": code, "clause": clause, "refused": True}


class Events:
    headcounts: dict[str, int]
    passes: dict[str, Pass]
    security: list[str]
    happened: list[Step]
    lines: dict[str, Line]
    rolls: list[Row]
    breaches: list[Row]

    def places(self, before: int) -> Places:
        raise NotImplementedError

    def expected(self) -> dict[str, int]:
        raise NotImplementedError

    def off_line(self) -> list[str]:
        raise NotImplementedError

    def standing(self) -> Row:
        raise NotImplementedError

    def merge(self, line: Line) -> list[Row]:
        raise NotImplementedError

    # the line

    def on_offline(self, position: int, event: Row) -> Row:
        gate = event["gate"]
        if gate in self.lines:
            return refused("offline_already", None)
        list_time = seconds(event["at"]) - event.get("list_age", 0) * 60
        self.lines[gate] = Line(gate, position, list_time, self.places(position))
        return done(None, gate=gate)

    def on_online(self, position: int, event: Row) -> Row:
        gate = event["gate"]
        if gate not in self.lines:
            return refused("online_already", None)
        line = self.lines.pop(gate)
        conflicts = self.merge(line)
        return done(gate=gate, merged=len(line.queue), conflicts=conflicts)

    # passes

    def change(self, position: int, event: Row, from_states: tuple[str, ...], state: str) -> Row:
        one = self.passes.get(event["pass"])
        if one is None:
            return refused("unknown_pass")
        if one.current.state(FOREVER, FOREVER) not in from_states:
            return refused("not_outstanding")
        in_pass = self.places(FOREVER).on_site(one.name)
        one.current.states.append((position, seconds(event["at"]), state))
        return done(visit=one.visit, in_pass=in_pass, **{"pass": one.name})

    def on_revoke(self, position: int, event: Row) -> Row:
        return self.change(position, event, ("outstanding",), "void")

    def on_lost(self, position: int, event: Row) -> Row:
        return self.change(position, event, ("outstanding",), "lost")

    def on_returned(self, position: int, event: Row) -> Row:
        row = self.change(position, event, ("outstanding", "lost"), "returned")
        if row["code"] == "ok":
            self.happened.append(Step(position, "returned", event["pass"], event))
        return row

    def on_reissue(self, position: int, event: Row) -> Row:
        one = self.passes.get(event["pass"])
        if one is None:
            return refused("unknown_pass")
        at, old = seconds(event["at"]), one.current
        if old.state(FOREVER, FOREVER) == "outstanding":
            old.states.append((position, at, "void"))
        fields = {key: event.get(key, value) for key, value in old.fields.items()}
        one.revisions.append(Revision(old.number + 1, position, at, fields))
        in_pass = self.places(FOREVER).on_site(one.name)
        more: Row = {"pass": one.name, "visit": one.visit, "in_pass": in_pass}
        return done(**more, revision=one.current.number)

    # breaches

    def on_breach(self, position: int, event: Row) -> Row:
        row = {key: event[key] for key in ("breach", "leader", "by")}
        self.breaches.append({**row, "confirmed_by": None})
        return done("CV-4.2", breach=event["breach"])

    def on_confirm(self, position: int, event: Row) -> Row:
        found = [row for row in self.breaches if row["breach"] == event["breach"]]
        by = event["by"]
        if not found:
            return refused("unknown_breach", "CV-4.2")
        if found[0]["confirmed_by"] is not None:
            return refused("confirmed_already", "CV-4.2")
        if by not in self.security:
            return refused("not_security", "CV-4.2")
        if by in (found[0]["by"], found[0]["leader"]):
            return refused("own_report", "CV-4.2")
        found[0]["confirmed_by"] = by
        return done("CV-4.2", breach=event["breach"])

    # roll calls

    def roll(self) -> Row | None:
        running = [roll for roll in self.rolls if roll["end"] == FOREVER]
        return running[0] if running else None

    def on_roll_start(self, position: int, event: Row) -> Row:
        if self.roll():
            return refused("running", None)
        expected = self.expected()
        self.rolls.append({"start": position, "end": FOREVER, "expected": expected, "safe": {}})
        drill = event.get("drill", False)
        return done(None, drill=drill, expected=expected, off_line=self.off_line())

    def on_roll_mark(self, position: int, event: Row) -> Row:
        roll, visit = self.roll(), event["visit"]
        if roll is None:
            return refused("no_roll_call", None)
        if visit not in self.headcounts:
            return refused("not_listed", None)
        roll["safe"][visit] = event["safe"]
        missing = max(0, roll["expected"].get(visit, 0) - event["safe"])
        return done(None, visit=visit, missing=missing)

    def on_roll_end(self, position: int, event: Row) -> Row:
        roll = self.roll()
        if roll is None:
            return refused("no_roll_call", None)
        roll["end"] = position
        left = {v: n - roll["safe"].get(v, 0) for v, n in roll["expected"].items()}
        return done(None, missing={v: n for v, n in left.items() if n > 0})

    def on_day_end(self, position: int, event: Row) -> Row:
        return done(**self.standing())

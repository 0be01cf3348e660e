"""Scans and admissions: judged on line, off line, sent twice, and once more at a merge."""

from __future__ import annotations

from tests.rules.gate.second_opinion_places import (
    FOREVER,
    Line,
    Pass,
    Places,
    Revision,
    Site,
    Step,
    View,
)
from tests.rules.second_form import Row, seconds

ANSWERED = ("scan", "admit")
UNAPPROVED = ("unknown_pass", "old_revision", "void", "lost", "returned")
NO_RIGHT = (*UNAPPROVED, "wrong_area", "wrong_escort", "over_headcount")


def clause_of(code: str) -> str | None:
    if code == "roll_call":
        return None
    return "CV-4.2" if code in NO_RIGHT else "CV-4.1"


class Judge:
    policy: dict[str, int]
    headcounts: dict[str, int]
    passes: dict[str, Pass]
    site: Site
    supervisors: list[str]
    happened: list[Step]
    lines: dict[str, Line]
    answers: dict[tuple[str, str], Row]

    def places(self, before: int) -> Places:
        raise NotImplementedError

    def in_visit(self, places: Places, visit: str) -> int:
        raise NotImplementedError

    def rolling(self, position: int) -> bool:
        raise NotImplementedError

    # one judgement

    def code(self, event: Row, view: View) -> str:
        """`ok`, or the first check that fails."""
        starred = event["event"] == "scan"
        if starred and event["direction"] == "out":
            return self.code_out(event, view)
        if view.line is None and view.rolling:
            return "roll_call"
        if starred and (code := self.clock_code(event, view)):
            return code
        one = self.passes.get(event["pass"])
        revision = one.revision(event["revision"], view.before_true) if one else None
        if one is None or revision is None:
            return "unknown_pass"
        return (
            self.paper_code(one, revision, view)
            or (self.time_code(revision, view) if starred else None)
            or self.area_code(event, revision, starred)
            or self.room_code(event, one, revision, view, starred)
            or "ok"
        )

    def code_out(self, event: Row, view: View) -> str:
        one = self.passes.get(event["pass"])
        if one is None or one.revision(event["revision"], view.before_true) is None:
            return "unknown_pass"
        there = view.places.before_gate_out(one.name, event["gate"])
        return "not_in" if view.line is None and there < event.get("count", 1) else "ok"

    def clock_code(self, event: Row, view: View) -> str | None:
        at = seconds(event["at"])
        device = seconds(event["device"] if "device" in event else event["at"])
        if view.line is None:
            return "clock_off" if abs(device - at) > self.policy["clock_minutes"] * 60 else None
        age = device - view.line.list_time
        return "list_old" if age > self.policy["list_minutes"] * 60 else None

    def paper_code(self, one: Pass, revision: Revision, view: View) -> str | None:
        for other in one.revisions:
            known = other.issued < view.before and other.issued_at <= view.until
            if other.number > revision.number and known:
                return "old_revision"
        state = revision.state(view.before, view.until)
        return None if state == "outstanding" else state

    def time_code(self, revision: Revision, view: View) -> str | None:
        if view.time < revision.start - self.policy["early_minutes"] * 60:
            return "too_early"
        return "too_late" if view.time >= revision.end else None

    def area_code(self, event: Row, revision: Revision, starred: bool) -> str | None:
        if not self.site.zones[event["gate"]] <= set(revision.fields["areas"]):
            return "wrong_area"
        led_by = event.get("led_by")
        if starred and led_by is not None and led_by != revision.fields["escort"]:
            return "wrong_escort"
        return None

    def room_code(
        self, event: Row, one: Pass, revision: Revision, view: View, starred: bool
    ) -> str | None:
        count, gate = event.get("count", 1), event["gate"]
        there = view.places.before_gate_out(one.name, gate)
        if starred and there + count > revision.fields["persons"]:
            return "already_in"
        new = view.places.from_outside(one.name, gate, count)
        if new and self.in_visit(view.places, one.visit) + new > self.headcounts[one.visit]:
            return "over_headcount"
        return None

    # a scan or an admission as it comes

    def passing(self, position: int, event: Row) -> Row:
        """The decision; sent twice, that of the first time."""
        key = (event["gate"], event.get("nonce", ""))
        if "nonce" in event and key in self.answers:
            return {**self.answers[key], "repeat": True}
        row = self.first_answer(position, event)
        if "nonce" in event:
            self.answers[key] = row
        return row

    def view(self, position: int, event: Row) -> View:
        line = self.lines.get(event["gate"])
        if line is None:
            places, time = self.places(position), seconds(event["at"])
            return View(position, position, FOREVER, places, time, None, self.rolling(position))
        device = seconds(event["device"] if "device" in event else event["at"])
        return View(position, line.position, line.list_time, line.places, device, line, False)

    def first_answer(self, position: int, event: Row) -> Row:
        view = self.view(position, event)
        if event["event"] == "admit" and event["by"] not in self.supervisors:
            code = "not_supervisor"
        else:
            code = self.code(event, view)
        allowed = code in ("ok", "not_in")
        after = view.places
        if allowed:
            step = Step(position, event["event"], event["pass"], event, {code})
            if view.line is None:
                self.happened.append(step)
            else:
                view.line.queue.append(step)
            after.move(step)
        return self.written_answer(event, view, code, allowed)

    def written_answer(self, event: Row, view: View, code: str, allowed: bool) -> Row:
        one = self.passes.get(event["pass"])
        row: Row = {"code": code, "clause": clause_of(code), "gate": event["gate"]}
        row.update(result="allow" if allowed else "refuse", repeat=False, **{"pass": event["pass"]})
        row.update(offline=view.line is not None, visit=one.visit if one else None)
        row["in_pass"] = view.places.on_site(one.name) if one else None
        row["in_visit"] = self.in_visit(view.places, one.visit) if one else None
        if view.line is not None:
            row["list_age"] = (view.time - view.line.list_time) // 60
        if one and allowed and (event["event"] == "admit" or event["direction"] == "in"):
            revision = one.revision(event["revision"], FOREVER)
            assert revision is not None
            row.update(escort=revision.fields["escort"], photo=revision.fields["photo"])
        return row

    # the merge

    def merge(self, line: Line) -> list[Row]:
        """The queue put in its true place; every code that no answer and no merge had before."""
        if not line.queue:
            return []
        self.happened = sorted([*self.happened, *line.queue], key=lambda step: step.position)
        conflicts: list[Row] = []
        for step in self.happened:
            if step.kind == "returned" or step.position < line.queue[0].position:
                continue
            code = self.code(step.event, self.true_view(step))
            if code != "ok" and code not in step.codes:
                step.codes.add(code)
                last = self.last_in(step)
                conflicts.append({"scan": step.position, "code": code, "with": last})
        return conflicts

    def true_view(self, step: Step) -> View:
        n = step.position
        places, time = self.places(n), seconds(step.event["at"])
        return View(n, n, FOREVER, places, time, None, self.rolling(n))

    def last_in(self, step: Step) -> int | None:
        before = [
            other.position
            for other in self.happened
            if other.position < step.position
            and other.kind != "returned"
            and other.way == "in"
            and other.pass_name == step.pass_name
        ]
        return before[-1] if before else None

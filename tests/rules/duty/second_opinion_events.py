"""An independent reading of the contract, as literal as possible: what each event of a day on duty does."""

from __future__ import annotations

from typing import Any

from tests.rules.duty.second_opinion import ROLES, Day, Refused, Row, iso, minute_of, sec

After = list[tuple[str, Any, Row]]


class Events(Day):
    """One function an event; it gives the decision's fields and what follows, or raises Refused."""

    def event(self, n: int, e: Row) -> None:
        clause = self.clause_of(e)
        self.after: After = []
        try:
            more = getattr(self, "do_" + e["event"])(e) or {}
        except Refused as no:
            self.say("refused", clause, n, **no.more)
        else:
            self.say("accepted", clause, n, **more)
        for what, its_clause, fields in self.after:
            self.say(what, its_clause, n, **fields)
        self.gaps(n)
        self.unsafe(n)

    def clause_of(self, e: Row) -> str | None:
        kind = e["event"]
        person = self.people.get(e.get("who", ""))
        own = self.own(person) if person else None
        if kind == "sign_on":
            return self.clause("duty", e.get("post", person["home"] if person else None))
        if kind in ("sign_off", "taken_away", "shift", "break_request"):
            return self.clause("duty", own)
        if kind in ("break_start", "break_end", "break_cancel"):
            b = self.breaks.get(e["break"])
            return self.clause("duty", self.own(self.people[b["who"]])) if b else None
        if kind == "stand_in":
            return self.clause("duty", e["post"])
        if kind == "stand_in_cancel":
            s = self.stands.get(e["stand_in"])
            return self.clause("duty", s["post"]) if s else None
        if kind in ("answer", "sign"):
            t = self.tasks.get(e["task"])
            return self.task_clause(t) if t else None
        if kind == "line_open":
            return self.clause(e["kind"], e["post"])
        if kind == "line_close":
            x = self.lines.get(e["line"])
            return self.clause(x["kind"], x["post"]) if x else None
        if kind == "handover_start":
            return self.hand_clause(e)
        if kind in ("handover_answer", "handover_sign"):
            h = self.hands.get(e["handover"])
            return self.hand_clause(h) if h else None
        if kind == "case_open":
            return self.clause(e["kind"], e["post"])
        if kind in ("case_escalate", "case_acknowledge", "case_end"):
            c = self.cases.get(e["case"])
            return self.clause(c["kind"], c["post"]) if c else None
        return self.clause("farewell", own)

    def person(self, e: Row) -> Row:
        if e["who"] not in self.people:
            raise Refused
        return self.people[e["who"]]

    # --- coming and going

    def end_stand_in(self, x: Row) -> None:
        s = self.stand_at(x, self.now)
        if s:
            s["live"] = False

    def do_sign_on(self, e: Row) -> None:
        x = self.person(e)
        if "post" in e and (x["role"] in ("head", "guard") or e["post"] not in self.posts):
            raise Refused
        target = e.get("post", x["home"])
        stands = self.stands_at(x)
        if self.on_break(x) or (x["on"] and x["at"] == target):
            raise Refused
        if stands is not None and stands != target and not self.can_leave(x):
            raise Refused
        if x["on"] or "post" in e:
            self.end_stand_in(x)
        x["on"], x["at"], x["gone"] = True, target, False

    def go(self, x: Row) -> None:
        for b in self.breaks.values():
            if b["who"] == x["who"] and b["status"] == "running":
                b["status"] = "ended"
            if b["who"] == x["who"] and b["status"] == "accepted":
                b["status"] = "cancelled"
        for s in self.stands.values():
            if s["who"] == x["who"]:
                s["live"] = False
        x["farewell"], x["on"], x["at"], x["gone"] = None, False, None, True
        for key, line in self.lines.items():
            if line["open"] and line["owner"] == x["who"]:
                clause = self.clause(line["kind"], line["post"])
                self.after.append(("lines_left", clause, {"to": "lead", "line": key}))

    def do_sign_off(self, e: Row) -> None:
        x = self.person(e)
        if not x["on"]:
            raise Refused
        if not self.can_leave(x):
            y = self.people.get(e.get("relieved_by", ""))
            post = self.stands_at(x)
            if y is None or y is x or y["role"] not in ("receptionist", "lead"):
                raise Refused
            if not y["on"] or self.on_break(y) or self.stands_at(y) == post:
                raise Refused
            if not self.can_leave(y):
                raise Refused
            self.end_stand_in(y)
            y["at"] = post
        self.go(x)

    def do_taken_away(self, e: Row) -> None:
        x = self.person(e)
        clause = self.clause("duty", self.own(x))
        self.after.append(("taken_away", clause, {"to": "lead", "who": x["who"]}))
        self.go(x)

    def do_shift(self, e: Row) -> None:
        x = self.person(e)
        if x["role"] in ("head", "guard"):
            raise Refused
        x["from"], x["to"] = sec(e["from"]), sec(e["to"])

    # --- breaks and stand-ins

    def do_break_request(self, e: Row) -> None:
        start, end = sec(e["from"]), sec(e["to"])
        x = self.people.get(e["who"])
        if x is None or not self.fits(x, start, end):
            raise Refused(**self.advice(x, start, end))
        row = {"who": e["who"], "from": start, "to": end, "end": None}
        self.breaks[e["break"]] = {**row, "status": "accepted", "unsafe": False}

    def do_break_start(self, e: Row) -> Row:
        b = self.breaks.get(e["break"])
        if b is None or b["status"] != "accepted":
            raise Refused
        x = self.people[b["who"]]
        if not x["on"] or self.on_break(x):
            raise Refused
        s, n = minute_of(self.now), b["to"] - b["from"]
        b["status"] = "trial"
        if self.fits(x, s, s + n):
            b["end"] = s + n
        elif b["from"] < s and self.fits(x, s, b["to"]):
            b["end"] = b["to"]
        else:
            no = Refused(**self.advice(x, s, s + n))
            b["status"] = "accepted"
            raise no
        b["status"] = "running"
        x["farewell"] = None
        return {"to": iso(b["end"])}

    def do_break_end(self, e: Row) -> None:
        b = self.breaks.get(e["break"])
        if b is None or b["status"] != "running":
            raise Refused
        b["status"] = "ended"

    def do_break_cancel(self, e: Row) -> None:
        b = self.breaks.get(e["break"])
        if b is None or b["status"] != "accepted":
            raise Refused
        b["status"] = "cancelled"

    def do_stand_in(self, e: Row) -> None:
        x, start, end = self.person(e), sec(e["from"]), sec(e["to"])
        if e["post"] not in self.posts or not self.stand_fits(x, e["post"], start, end):
            raise Refused
        row = {"who": e["who"], "post": e["post"], "from": start, "to": end}
        self.stands[e["stand_in"]] = {**row, "live": True, "unsafe": False}

    def do_stand_in_cancel(self, e: Row) -> None:
        s = self.stands.get(e["stand_in"])
        if s is None or not s["live"] or self.now >= s["to"]:
            raise Refused
        s["live"] = False
        if not self.covered(s["post"], max(s["from"], minute_of(self.now)), s["to"]):
            s["live"] = True
            raise Refused

    # --- checks

    def at_hand(self, x: Row, t: Row) -> bool:
        if self.stands_at(x) == t["post"]:
            return True
        if x["role"] == "lead" and x["on"] and not self.on_break(x):
            return True
        return bool(t["kind"] == "closing" and x["role"] == "guard" and x["on"])

    def task_for(self, e: Row) -> tuple[Row, Row]:
        x, t = self.person(e), self.tasks.get(e["task"])
        if t is None or t["status"] == "done":
            raise Refused
        if (t["start"] is not None and self.now < t["start"]) or not self.at_hand(x, t):
            raise Refused
        return x, t

    def do_answer(self, e: Row) -> None:
        _, t = self.task_for(e)
        if e["item"] not in t["items"]:
            raise Refused
        t["answers"][e["item"]] = e["result"]
        t["signed"] = set()
        if e["result"] == "failed":
            fields = {"to": "lead", "task": e["task"], "item": e["item"]}
            self.after.append(("failed", self.task_clause(t), fields))

    def do_sign(self, e: Row) -> Row:
        x, t = self.task_for(e)
        closing = t["kind"] == "closing"
        for item in t["items"]:
            if item not in t["answers"]:
                raise Refused
            if t["answers"][item] == "failed":
                found = [
                    line
                    for line in self.lines.values()
                    if line["task"] == e["task"] and line["item"] == item
                ]
                if closing:
                    found = [line for line in found if line["open"] and line["kind"] == "repair"]
                    if x["role"] not in ("guard", "lead"):
                        raise Refused
                if not found:
                    raise Refused
        side = "guard" if x["role"] == "guard" else "other"
        if closing and side in t["signed"]:
            raise Refused
        t["signed"].add(side)
        if closing and len(t["signed"]) < 2:
            return {"done": False}
        t["was"], t["status"], t["at"] = t["status"], "done", self.now
        return {"done": True}

    # --- lines and handovers

    def do_line_open(self, e: Row) -> None:
        self.person(e)
        if e["post"] not in self.posts:
            raise Refused
        if "task" in e:
            t = self.tasks.get(e["task"])
            if t is None or t["post"] != e["post"] or e["item"] not in t["items"]:
                raise Refused
        row = {"kind": e["kind"], "post": e["post"], "owner": e["who"], "open": True}
        self.lines[e["line"]] = {**row, "task": e.get("task"), "item": e.get("item")}

    def do_line_close(self, e: Row) -> None:
        x, line = self.person(e), self.lines.get(e["line"])
        if line is None or not line["open"]:
            raise Refused
        if line["owner"] != e["who"] and x["role"] != "lead":
            raise Refused
        line["open"] = False

    def do_handover_start(self, e: Row) -> Row:
        giver, receiver = e["giver"], e["receiver"]
        if e["post"] not in self.posts or giver not in self.people or receiver not in self.people:
            raise Refused
        if not self.people[receiver]["on"] or giver == receiver:
            raise Refused
        for h in self.hands.values():
            if h["post"] == e["post"] and h["status"] == "open":
                h["status"] = "dropped"
        entries = []
        for key, line in self.lines.items():
            if line["open"] and line["post"] == e["post"]:
                owner = line["owner"]
                if owner == giver or owner not in self.people or not self.people[owner]["on"]:
                    entries.append(("line", key))
        entries += [("key", k) for k in e.get("keys", [])]
        entries += [("stock", s["item"]) for s in e.get("stock", [])]
        row = {"post": e["post"], "giver": giver, "receiver": receiver, "at": self.now}
        more = {"status": "open", "entries": entries, "answers": {}, "signed": set()}
        self.hands[e["handover"]] = {**row, **more}
        return {"entries": [{"kind": k, "id": i} for k, i in entries]}

    def do_handover_answer(self, e: Row) -> None:
        x, h = self.person(e), self.hands.get(e["handover"])
        if h is None or h["status"] != "open" or h["receiver"] != e["who"] or not x["on"]:
            raise Refused
        if (e["kind"], e["id"]) not in h["entries"]:
            raise Refused
        h["answers"][(e["kind"], e["id"])] = e["accepts"]
        h["signed"] = set()

    def do_handover_sign(self, e: Row) -> Row:
        x, h = self.person(e), self.hands.get(e["handover"])
        if h is None or h["status"] != "open" or not x["on"]:
            raise Refused
        if any(entry not in h["answers"] for entry in h["entries"]):
            raise Refused
        if e["who"] == h["receiver"]:
            side = "receiving"
        elif e["who"] == h["giver"] or (
            not self.people[h["giver"]]["on"] and x["role"] in ("lead", "head")
        ):
            side = "giving"
        else:
            raise Refused
        if side in h["signed"]:
            raise Refused
        h["signed"].add(side)
        if len(h["signed"]) < 2:
            return {"done": False}
        h["status"] = "done"
        for kind, key in h["entries"]:
            if not h["answers"][(kind, key)]:
                fields = {"to": "lead", "handover": e["handover"], "kind": kind, "id": key}
                self.after.append(("objected", self.hand_clause(h), fields))
            elif kind == "line" and self.lines[key]["open"]:
                self.lines[key]["owner"] = h["receiver"]
        return {"done": True}

    # --- cases and farewells

    def do_case_open(self, e: Row) -> None:
        self.person(e)
        if e["post"] not in self.posts:
            raise Refused
        emergency = e["kind"] == "emergency"
        row = {"kind": e["kind"], "post": e["post"], "open": True, "acknowledged": []}
        more = {"level": 2 if emergency else 0, "since": self.now}
        alerted = list(ROLES) if emergency else []
        self.cases[e["case"]] = {**row, **more, "alerted": alerted}
        for role in alerted:
            fields = {"to": role, "case": e["case"], "level": 2}
            self.after.append(("escalated", self.clause("emergency", e["post"]), fields))

    def case(self, e: Row) -> Row:
        self.person(e)
        c = self.cases.get(e["case"])
        if c is None or not c["open"]:
            raise Refused
        return c

    def do_case_escalate(self, e: Row) -> None:
        c = self.case(e)
        if c["level"] == 2:
            raise Refused
        c["level"], c["since"] = c["level"] + 1, self.now
        role = "lead" if c["level"] == 1 else "head"
        c["alerted"].append(role)
        fields = {"to": role, "case": e["case"], "level": c["level"]}
        self.after.append(("escalated", self.clause(c["kind"], c["post"]), fields))

    def do_case_acknowledge(self, e: Row) -> None:
        c, role = self.case(e), self.person(e)["role"]
        if role not in c["alerted"] or role in c["acknowledged"]:
            raise Refused
        c["acknowledged"].append(role)

    def do_case_end(self, e: Row) -> None:
        self.case(e)["open"] = False

    def do_farewell(self, e: Row) -> None:
        x = self.person(e)
        if self.stands_at(x) is None:
            raise Refused
        x["farewell"] = self.now

    def do_ready(self, e: Row) -> Row:
        x = self.person(e)
        if x["farewell"] is None:
            raise Refused
        minutes = (self.now - x["farewell"]) // 60
        x["farewell"] = None
        return {"minutes": minutes}

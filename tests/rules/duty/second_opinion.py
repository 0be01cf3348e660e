"""An independent reading of the contract, as literal as possible: a day on duty, minute by minute."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

Row = dict[str, Any]
DEFAULTS = {
    "opening_lead": 30,
    "round_minutes": 60,
    "early_minutes": 30,
    "late_minutes": 10,
    "missing_minutes": 30,
    "grace_minutes": 5,
    "gap_minutes": 10,
    "handover_minutes": 15,
    "ready_minutes": 10,
    "dissuade_minutes": 5,
    "ack_minutes": 5,
    "repeats": 3,
}
ITEMS = {
    "opening": ["environment", "goods", "facilities"],
    "round": ["patrol"],
    "closing": ["water", "electricity", "gas", "doors", "windows"],
}
CLAUSES = {
    "duty": ("SF-4.3.7", "SC-4.3.9"),
    "first": ("SF-4.1", "SC-4.1"),
    "last": ("SF-4.7", "SC-4.7"),
    "slip": ("SF-4.3.6", "SC-4.3.8"),
    "repair": ("SF-4.4", "SC-4.4"),
    "disruption": ("SF-4.5", "SC-4.5"),
    "emergency": ("SF-4.6", "SC-4.6"),
    "farewell": ("SF-4.3.5", "SC-4.3.7"),
}
ROLES = ("lead", "head", "guard")
BEIJING = timezone(timedelta(hours=8))


def sec(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


def iso(moment: int) -> str:
    return datetime.fromtimestamp(moment, BEIJING).isoformat()


def minute_of(moment: int) -> int:
    return moment - moment % 60


class Refused(Exception):
    def __init__(self, **more: Any) -> None:
        self.more = more


class Day:
    def __init__(self, day: Row) -> None:
        self.p = {**DEFAULTS, **day.get("policy", {})}
        self.log: list[Row] = []
        self.now = 0
        self.posts: dict[str, Row] = {}
        self.people: dict[str, Row] = {}
        self.tasks: dict[str, Row] = {}
        self.breaks: dict[str, Row] = {}
        self.stands: dict[str, Row] = {}
        self.lines: dict[str, Row] = {}
        self.hands: dict[str, Row] = {}
        self.cases: dict[str, Row] = {}
        for x in day["posts"]:
            self.posts[x["post"]] = {
                **x,
                "opens": sec(x["opens"]),
                "closes": sec(x["closes"]),
                "minimum": x.get("minimum", 1),
                "gap": None,
            }
            self.add_tasks(x["post"], x.get("items", {}))
        for x in day["people"]:
            role = x.get("role", "receptionist")
            works = role in ("receptionist", "lead")
            self.people[x["who"]] = {
                "who": x["who"],
                "role": role,
                "home": x["post"] if role == "receptionist" else None,
                "from": sec(x["from"]) if works else None,
                "to": sec(x["to"]) if works else None,
                "on": False,
                "at": None,
                "gone": False,
                "farewell": None,
            }
        for x in day.get("lines", []):
            self.lines[x["line"]] = {**x, "open": True, "task": None, "item": None}

    def add_tasks(self, name: str, extra: Row) -> None:
        post, p = self.posts[name], self.p
        late, early, gone = (
            p[k] * 60 for k in ("late_minutes", "early_minutes", "missing_minutes")
        )

        def add(key: str, kind: str, due: int, start: int | None, missing: int) -> None:
            items = ITEMS[kind] + extra.get(kind, [])
            if kind == "opening" and post["kind"] == "sales_centre":
                items = [*ITEMS[kind], "guards", *extra.get(kind, [])]
            row = {"post": name, "kind": kind, "due": due, "start": start, "missing": missing}
            more = {"items": items, "late": due + late, "answers": {}, "signed": set()}
            self.tasks[f"{name}/{key}"] = {
                **row,
                **more,
                "status": "pending",
                "was": None,
                "at": None,
            }

        opens, closes = post["opens"], post["closes"]
        add("opening", "opening", opens - p["opening_lead"] * 60, None, opens)
        k = 1
        while p["round_minutes"] and opens + k * p["round_minutes"] * 60 < closes:
            due = opens + k * p["round_minutes"] * 60
            add(f"round/{k}", "round", due, due - early, due + gone)
            k += 1
        add("closing", "closing", closes, closes - early, closes + gone)

    # --- clauses and the log

    def clause(self, about: str, post: str | None) -> str | None:
        if post is None or post not in self.posts:
            return None
        return CLAUSES[about][0 if self.posts[post]["kind"] == "show_flat" else 1]

    def say(self, what: str, clause: str | None, event: int | None, **more: Any) -> None:
        self.log.append(
            {"at": iso(self.now), "event": event, "what": what, "clause": clause, **more}
        )

    def task_clause(self, task: Row) -> str | None:
        return self.clause("last" if task["kind"] == "closing" else "first", task["post"])

    def hand_clause(self, h: Row) -> str | None:
        roles = {k: self.people.get(h[k], {}).get("role") for k in ("giver", "receiver")}
        about = "slip"
        if roles["giver"] == "guard":
            about = "first"
        if roles["receiver"] == "guard":
            about = "last"
        return self.clause(about, h["post"])

    # --- where people are

    def own(self, x: Row) -> str | None:
        return x["at"] if x["on"] else x["home"]

    def on_break(self, x: Row) -> Row | None:
        for b in self.breaks.values():
            if b["who"] == x["who"] and b["status"] == "running":
                return b
        return None

    def stand_at(self, x: Row, m: int) -> Row | None:
        for s in self.stands.values():
            if s["who"] == x["who"] and s["live"] and s["from"] <= m < s["to"]:
                return s
        return None

    def stands_at(self, x: Row) -> str | None:
        if not x["on"] or x["role"] in ("head", "guard") or self.on_break(x):
            return None
        s = self.stand_at(x, self.now)
        return s["post"] if s else self.own(x)

    def is_open(self, post: Row, m: int) -> bool:
        return bool(post["opens"] <= m < post["closes"])

    def cover(self, name: str) -> list[str]:
        return [w for w, x in self.people.items() if self.stands_at(x) == name]

    def emergency(self, name: str) -> bool:
        return any(
            c["post"] == name and c["open"] and c["kind"] == "emergency"
            for c in self.cases.values()
        )

    def can_leave(self, x: Row) -> bool:
        name = self.stands_at(x)
        if name is None or not self.is_open(self.posts[name], self.now) or self.emergency(name):
            return True
        return len(self.cover(name)) - 1 >= self.posts[name]["minimum"]

    # --- the plan

    def expected(self, x: Row, m: int) -> bool:
        grace = self.p["grace_minutes"] * 60
        if x["role"] not in ("receptionist", "lead") or m >= x["to"] or x["gone"]:
            return False
        for b in self.breaks.values():
            if b["who"] == x["who"] and b["status"] == "accepted" and b["from"] <= m < b["to"]:
                return False
        running = self.on_break(x)
        begin = None
        if not x["on"]:
            begin = x["from"]
        elif running:
            begin = running["end"]
        if begin is None:
            return True
        if self.now >= begin + grace:
            return False
        if self.now >= begin:
            return bool(m >= begin + grace)
        return bool(m >= begin)

    def expected_at(self, x: Row, m: int) -> str | None:
        if not self.expected(x, m):
            return None
        s = self.stand_at(x, m)
        return s["post"] if s else self.own(x)

    def covered(self, name: str, start: int, end: int, without: str | None = None) -> bool:
        post = self.posts[name]
        for m in range(start, end, 60):
            if self.is_open(post, m):
                there = 0
                for w, x in self.people.items():
                    if w != without and self.expected_at(x, m) == name:
                        there += 1
                if there < post["minimum"]:
                    return False
        return True

    def fits(self, x: Row, start: int, end: int) -> bool:
        if x["role"] not in ("receptionist", "lead") or start < minute_of(self.now):
            return False
        for m in range(start, end, 60):
            if not self.expected(x, m) or self.stand_at(x, m):
                return False
        own = self.own(x)
        return own is None or self.covered(own, start, end, x["who"])

    def stand_fits(self, x: Row, post: str, start: int, end: int) -> bool:
        return self.own(x) != post and self.fits(x, start, end)

    def advice(self, x: Row | None, start: int, end: int) -> Row:
        could: list[str] = []
        if x is None:
            return {"could_cover": could, "earliest": None}
        own = self.own(x)
        for w, y in self.people.items():
            if own is not None and self.stand_fits(y, own, start, end):
                trial = {"who": w, "post": own, "from": start, "to": end, "live": True}
                self.stands["?trial"] = trial
                if self.fits(x, start, end):
                    could.append(w)
                del self.stands["?trial"]
        earliest = None
        if x["role"] in ("receptionist", "lead"):
            m = start
            while m + (end - start) <= x["to"]:
                if self.fits(x, m, m + end - start):
                    earliest = iso(m)
                    break
                m += 60
        return {"could_cover": could, "earliest": earliest}

    # --- what follows after every event and at every moment of the clock

    def gaps(self, event: int | None) -> None:
        over, new = [], []
        for name, post in self.posts.items():
            gap = (
                self.is_open(post, self.now)
                and not self.emergency(name)
                and len(self.cover(name)) < post["minimum"]
            )
            if gap and post["gap"] is None:
                post["gap"] = self.now
                new.append(name)
            if not gap and post["gap"] is not None:
                post["gap"] = None
                over.append(name)
        for name in over:
            self.say("gap_over", self.clause("duty", name), event, to="lead", post=name)
        for name in new:
            self.say("gap", self.clause("duty", name), event, to="lead", post=name)

    def unsafe(self, event: int | None) -> None:
        for kind, rows in (("break", self.breaks), ("stand_in", self.stands)):
            for key, r in rows.items():
                if kind == "break":
                    waits = r["status"] == "accepted"
                else:
                    waits = r["live"] and self.now < r["from"]
                own = self.own(self.people[r["who"]])
                if not waits or r["unsafe"] or own is None:
                    continue
                if not self.covered(own, max(r["from"], minute_of(self.now)), r["to"]):
                    r["unsafe"] = True
                    say = {"to": "lead", kind: key}
                    self.say("unsafe", self.clause("duty", own), event, **say)

    def clock(self, moment: int) -> None:
        self.now, p = moment, self.p
        for b in self.breaks.values():
            if b["status"] == "accepted" and moment >= b["to"]:
                b["status"] = "lapsed"
        for w, x in self.people.items():
            due = x["from"] is not None and x["from"] + p["grace_minutes"] * 60 == moment
            if due and not x["on"] and not x["gone"]:
                self.say("absent", self.clause("duty", self.own(x)), None, to="lead", who=w)
        for key, b in self.breaks.items():
            if b["status"] == "running" and b["end"] + p["grace_minutes"] * 60 == moment:
                clause = self.clause("duty", self.own(self.people[b["who"]]))
                self.say("overrun", clause, None, to=b["who"], **{"break": key})
        self.gaps(None)
        for name, post in self.posts.items():
            if post["gap"] is not None and post["gap"] + p["gap_minutes"] * 60 == moment:
                self.say("gap_long", self.clause("duty", name), None, to="head", post=name)
        self.unsafe(None)
        self.clock_tasks()
        self.clock_rest()

    def clock_tasks(self) -> None:
        for key, t in self.tasks.items():
            if t["status"] == "pending" and t["late"] == self.now and t["late"] < t["missing"]:
                t["status"] = "late"
                self.say("late", self.task_clause(t), None, to="lead", task=key)
        for key, t in self.tasks.items():
            if t["status"] != "done" and t["missing"] == self.now:
                t["status"] = "missing"
                to = "lead" if t["kind"] == "round" else "head"
                self.say("missing", self.task_clause(t), None, to=to, task=key)
        for key, x in self.lines.items():
            post = self.posts[x["post"]]
            if x["open"] and x["kind"] == "repair" and self.now in (post["opens"], post["closes"]):
                self.say("chase", self.clause("repair", x["post"]), None, to=x["owner"], line=key)

    def clock_rest(self) -> None:
        now, p = self.now, self.p
        for key, h in self.hands.items():
            if h["status"] == "open" and h["at"] + p["handover_minutes"] * 60 == now:
                self.say("handover_late", self.hand_clause(h), None, to="lead", handover=key)
        for w, x in self.people.items():
            if x["farewell"] is not None and x["farewell"] + p["ready_minutes"] * 60 == now:
                clause = self.clause("farewell", self.own(x))
                self.say("not_ready", clause, None, to="lead", who=w)
        for key, c in self.cases.items():
            wait = p["dissuade_minutes"] if c["level"] == 0 else p["ack_minutes"]
            due = c["open"] and c["level"] < 2 and c["since"] + wait * 60 == now
            if due and not (c["level"] == 1 and "lead" in c["acknowledged"]):
                self.rise(key, c, None)
        for key, c in self.cases.items():
            again = [c["since"] + k * p["ack_minutes"] * 60 for k in range(1, p["repeats"] + 1)]
            if c["open"] and c["level"] == 2 and now in again:
                for role in ROLES:
                    if role in c["alerted"] and role not in c["acknowledged"]:
                        clause = self.clause(c["kind"], c["post"])
                        self.say("again", clause, None, to=role, case=key)

    def rise(self, key: str, c: Row, event: int | None) -> None:
        c["level"] += 1
        c["since"] = self.now
        role = "lead" if c["level"] == 1 else "head"
        c["alerted"].append(role)
        clause = self.clause(c["kind"], c["post"])
        self.say("escalated", clause, event, to=role, case=key, level=c["level"])

    def moments(self, last: int, done: int) -> list[int]:
        """The moments at which the clock may have something to say after `done`, up to `last`."""
        p = self.p
        some = set(range(done - done % 60 + 60, last + 1, 60))
        for post in self.posts.values():
            if post["gap"] is not None:
                some.add(post["gap"] + p["gap_minutes"] * 60)
        some |= {h["at"] + p["handover_minutes"] * 60 for h in self.hands.values()}
        for x in self.people.values():
            if x["farewell"] is not None:
                some.add(x["farewell"] + p["ready_minutes"] * 60)
        for c in self.cases.values():
            some.add(c["since"] + p["dissuade_minutes"] * 60)
            for k in range(1, p["repeats"] + 2):
                some.add(c["since"] + k * p["ack_minutes"] * 60)
        return sorted(m for m in some if done < m <= last)

    def run_clock(self, last: int, done: int) -> int:
        while True:
            ahead = self.moments(last, done)
            if not ahead:
                return last
            self.clock(ahead[0])
            done = ahead[0]


def replay(day: Row) -> Row:
    from tests.rules.duty.second_opinion_events import Events

    d = Events(day)
    times = [sec(e["at"]) for e in day["events"]]
    end = sec(day["until"]) if "until" in day else (times[-1] if times else None)
    if end is not None:
        starts = [t["due"] for t in d.tasks.values()] + [end, *times[:1]]
        starts += [x["from"] for x in d.people.values() if x["from"] is not None]
        done = min(starts) - 60
        done -= done % 60
        for n, e in enumerate(day["events"]):
            done = d.run_clock(times[n], done)
            d.now = times[n]
            d.event(n, e)
        d.run_clock(end, done)
        d.now = end
    tasks = {}
    for key, t in d.tasks.items():
        at = None if t["at"] is None else iso(t["at"])
        tasks[key] = {"due": iso(t["due"]), "status": t["status"], "was": t["was"], "at": at}
    posts = {}
    for name, post in d.posts.items():
        gap = None if post["gap"] is None else iso(post["gap"])
        posts[name] = {"on_post": d.cover(name), "gap": gap}
    lines = {k: {"owner": x["owner"], "open": x["open"]} for k, x in d.lines.items()}
    cases = {
        k: {"level": c["level"], "open": c["open"], "acknowledged": c["acknowledged"]}
        for k, c in d.cases.items()
    }
    return {
        "log": d.log,
        "posts": posts,
        "breaks": {k: b["status"] for k, b in d.breaks.items()},
        "tasks": tasks,
        "lines": lines,
        "handovers": {k: h["status"] for k, h in d.hands.items()},
        "cases": cases,
    }

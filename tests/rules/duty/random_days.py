"""Random days on duty that reach deep into the rules, and single faults that make a file malformed."""

from __future__ import annotations

import copy
import random
from typing import Any

from tests.rules.duty.second_opinion import ITEMS, iso, sec

Row = dict[str, Any]
BASE = sec("2026-11-28T09:00:00+08:00")
POLICY = {
    "opening_lead": [0, 10, 30],
    "round_minutes": [0, 30, 45, 60],
    "early_minutes": [0, 10, 30, 60],
    "late_minutes": [1, 5, 10, 30, 40],
    "missing_minutes": [10, 20, 30],
    "grace_minutes": [1, 5, 15],
    "gap_minutes": [1, 5, 10],
    "handover_minutes": [5, 15],
    "ready_minutes": [1, 10],
    "dissuade_minutes": [1, 5],
    "ack_minutes": [1, 2, 5],
    "repeats": [0, 1, 3],
}


class RandomDay:
    def __init__(self, seed: int) -> None:
        self.r = r = random.Random(seed)
        self.names = ["样板间A", "沙盘", "展厅"][: r.choice([1, 2, 2, 3])]
        posts, people = [], []
        for name in self.names:
            opens = BASE + r.choice([0, 0, 0, 15, 30, 60]) * 60
            post = {
                "post": name,
                "kind": r.choice(["show_flat", "sales_centre"]),
                "opens": iso(opens),
                "closes": iso(opens + r.choice([60, 90, 120, 180]) * 60),
            }
            if r.random() < 0.4:
                post["minimum"] = r.choice([1, 2, 2])
            if r.random() < 0.3:
                kind = r.choice(list(ITEMS))
                post["items"] = {kind: ["沙盘", "灯"][: r.choice([1, 2])]}
            posts.append(post)
        self.workers = ["叶", "陈", "吴", "李", "赵", "孙"][: r.randint(2, 6)]
        for who in self.workers:
            people.append({"who": who, "post": r.choice(self.names), **self.shift()})
        self.others = []
        for who, role in (("许", "lead"), ("周", "lead"), ("程", "head"), ("秦", "guard")):
            if r.random() < 0.75:
                self.others.append(who)
                people.append(
                    {"who": who, "role": role, **(self.shift() if role == "lead" else {})}
                )
        r.shuffle(people)
        self.everyone = self.workers + self.others
        self.lines: list[tuple[str, str]] = []
        carried = []
        for n in range(r.choice([0, 0, 1, 2])):
            post, owner = r.choice(self.names), r.choice([*self.everyone, "离职的人"])
            kind = r.choice(["slip", "repair"])
            carried.append({"line": f"c{n}", "kind": kind, "post": post, "owner": owner})
            self.lines.append((f"c{n}", owner))
        policy = {k: r.choice(v) for k, v in POLICY.items() if r.random() < 0.4}
        if r.random() < 0.3:
            policy["round_minutes"] = 0
        self.file: Row = {"policy": policy, "posts": posts, "people": people, "lines": carried}
        self.ids: dict[str, list[str]] = {"b": [], "s": [], "h": [], "k": []}
        self.hands: dict[str, Row] = {}
        self.focus = r.choice(["any", "any", "breaks", "breaks", "checks", "hands", "cases"])
        self.count = 0
        self.events()

    def shift(self) -> Row:
        r = self.r
        start = BASE + r.choice([-30, -30, -30, 0, 0, 30, 60, 5]) * 60
        return {"from": iso(start), "to": iso(start + r.choice([90, 150, 180, 240, 240]) * 60)}

    def who(self) -> str:
        return self.r.choice(self.everyone) if self.r.random() < 0.985 else "无此人"

    def post(self) -> str:
        return self.r.choice(self.names) if self.r.random() < 0.985 else "无此处"

    def span(self) -> Row:
        r = self.r
        start = self.now - self.now % 60 + r.choice([0, 0, 0, 1, 5, 10, 30, 60, -5]) * 60
        if r.random() < 0.4:
            start = BASE + r.choice([0, 15, 30, 60, 90, 120]) * 60
        return {"from": iso(start), "to": iso(start + r.choice([1, 5, 10, 15, 15, 30, 30]) * 60)}

    def new(self, kind: str) -> str:
        self.count += 1
        self.ids[kind].append(f"{kind}{self.count}")
        return self.ids[kind][-1]

    def old(self, kind: str) -> str:
        if not self.ids[kind] or self.r.random() < 0.02:
            return "无"
        return self.r.choice(self.ids[kind][-3:])

    def put(self, event: str, **fields: Any) -> None:
        self.file["events"].append({"at": iso(self.now), "event": event, **fields})

    def events(self) -> None:
        r = self.r
        self.now = BASE + r.choice([-60, -45, -30, -31]) * 60
        self.file["events"] = []
        if r.random() < 0.75:
            for who in self.everyone:
                if r.random() < 0.85:
                    self.put("sign_on", who=who)
        kinds = {
            "breaks": [self.breaks, self.breaks, self.breaks, self.duty, self.stand],
            "checks": [self.checks, self.checks, self.line, self.duty],
            "hands": [self.hand, self.hand, self.line, self.duty],
            "cases": [self.cases, self.cases, self.farewell, self.duty],
            "any": [],
        }[self.focus]
        kinds += [self.duty, self.breaks, self.stand, self.checks, self.line, self.hand]
        kinds += [self.cases, self.farewell]
        for _ in range(r.randint(5, 45)):
            self.now += r.choice([0, 0, 0, 20, 30, 60, 60, 120, 300, 300, 600, 900])
            if r.random() < 0.5:
                self.now -= self.now % 60
                back = [sec(e["at"]) for e in self.file["events"][-1:]]
                self.now = max([self.now, *back])
            r.choice(kinds)()
        if r.random() < 0.7:
            self.file["until"] = iso(self.now + r.choice([0, 0, 1, 59, 600, 3600, 7200]))

    def duty(self) -> None:
        r = self.r
        kind = r.choice(["sign_on"] * 4 + ["sign_off"] * 3 + ["taken_away", "shift"])
        more: Row = {}
        if kind == "sign_on" and r.random() < 0.4:
            more["post"] = self.post()
        if kind == "sign_off" and r.random() < 0.6:
            more["relieved_by"] = self.who()
        if kind == "shift":
            more = self.shift()
        self.put(kind, who=self.who(), **more)

    def breaks(self) -> None:
        kind = self.r.choice(
            ["break_request"] * 3 + ["break_start"] * 3 + ["break_end", "break_cancel"]
        )
        if kind == "break_request":
            meal = self.r.choice(["meal", "rest"])
            self.put(kind, who=self.who(), kind=meal, **{"break": self.new("b")}, **self.span())
        else:
            self.put(kind, **{"break": self.old("b")})

    def stand(self) -> None:
        if self.r.random() < 0.7:
            key = self.new("s")
            self.put("stand_in", stand_in=key, who=self.who(), post=self.post(), **self.span())
        else:
            self.put("stand_in_cancel", stand_in=self.old("s"))

    def task(self) -> tuple[str, list[str]]:
        r, post = self.r, self.r.choice(self.file["posts"])
        kind = r.choice(["opening", "opening", "round", "closing", "closing"])
        items = ITEMS[kind] + post.get("items", {}).get(kind, [])
        if kind == "opening" and post["kind"] == "sales_centre":
            items = [*items, "guards"]
        key = f"{post['post']}/{kind}" + (
            f"/{r.choice([1, 1, 1, 2, 3])}" if kind == "round" else ""
        )
        return key, items

    def checks(self) -> None:
        r = self.r
        task, items = self.task()
        who = self.who()
        whole = r.random() < 0.5
        for item in items if whole else [r.choice(items)]:
            if r.random() < 0.03:
                continue
            result = r.choices(["ok", "failed", "na"], [8, 1, 1])[0]
            more = {"reason": "不适用"} if result == "na" else {}
            self.put("answer", task=task, who=who, item=item, result=result, **more)
            if result == "failed" and r.random() < 0.7:
                self.line(task, item)
        for _ in range(r.choice([0, 1, 2, 3]) if whole else 0):
            self.put("sign", task=task, who=r.choice([who, self.who(), *self.others]))

    def line(self, task: str | None = None, item: str | None = None) -> None:
        r = self.r
        if task is None and r.random() < 0.5 and self.lines:
            key, owner = r.choice(self.lines[-4:])
            self.put("line_close", line=key, who=r.choice([owner, self.who()]))
            return
        if task is None and r.random() < 0.3:
            task, items = self.task()
            item = r.choice([*items, "别的"])
        self.count += 1
        key, owner = f"l{self.count}", self.who()
        self.lines.append((key, owner))
        post = task.split("/")[0] if task and r.random() < 0.9 else self.post()
        more = {"task": task, "item": item} if task else {}
        kind = r.choice(["slip", "repair", "repair"])
        self.put("line_open", line=key, kind=kind, who=owner, post=post, **more)

    def hand(self) -> None:
        r = self.r
        if not self.hands or r.random() < 0.4:
            key = self.new("h")
            h = {"post": self.post(), "giver": self.who(), "receiver": self.who()}
            more: Row = {}
            if r.random() < 0.5:
                more["keys"] = ["A1", "A2"][: r.randint(1, 2)]
            if r.random() < 0.4:
                more["stock"] = [{"item": "鞋套", "count": r.choice([0, 40])}]
            self.hands[key] = {**h, **more}
            self.put("handover_start", handover=key, **h, **more)
            return
        key = self.old("h")
        h = self.hands.get(key, {"post": "", "giver": "叶", "receiver": "陈"})
        entries = [("key", k) for k in h.get("keys", [])]
        entries += [("stock", s["item"]) for s in h.get("stock", [])]
        entries += [("line", k) for k, _ in self.lines if r.random() < 0.8]
        for kind, entry in entries if r.random() < 0.8 else entries[:1]:
            accepts = r.random() < 0.75
            more = {} if accepts else {"reason": "数不对"}
            who = h["receiver"] if r.random() < 0.96 else self.who()
            fields = {"handover": key, "who": who, "kind": kind, "id": entry, "accepts": accepts}
            self.put("handover_answer", **fields, **more)
        for _ in range(r.choice([0, 1, 2, 3])):
            who = r.choice([h["giver"], h["receiver"], self.who()])
            self.put("handover_sign", handover=key, who=who)

    def cases(self) -> None:
        r = self.r
        if not self.ids["k"] or r.random() < 0.3:
            kind = r.choice(["disruption", "emergency"])
            more = {"type": "fire"} if kind == "emergency" else {}
            self.put(
                "case_open", case=self.new("k"), kind=kind, who=self.who(), post=self.post(), **more
            )
            return
        kind = r.choice(["case_escalate", "case_acknowledge", "case_acknowledge", "case_end"])
        who = r.choice([self.who(), *self.others])
        self.put(kind, case=self.old("k"), who=who)

    def farewell(self) -> None:
        self.put(self.r.choice(["farewell", "ready"]), who=self.who())


def random_day(seed: int) -> Row:
    return RandomDay(seed).file


def random_fault(seed: int) -> tuple[Row, str]:
    """A file with one fault, and the place that must be named."""
    r = random.Random(seed)
    day = random_day(seed)
    if not day["events"]:
        day["events"] = [{"at": iso(BASE), "event": "sign_on", "who": "叶"}]
    kind = r.choice(["policy", "posts", "people", "lines", "events", "until", "event", "event"])
    if kind == "event":
        return event_fault(r, day)
    faults: list[tuple[str, Any]] = {
        "policy": [
            ("policy", {"opening_lead": -1}),
            ("policy", {"grace_minutes": 0}),
            ("policy", {"repeats": 101}),
            ("policy", {"repeats": 1.0}),
            ("policy", {"ack_minutes": True}),
            ("policy", {"late_minutes": 1441}),
            ("policy", {"nonsense": 1}),
            ("policy", None),
            ("policy", []),
        ],
        "posts": [
            ("posts", []),
            ("posts", None),
            ("posts", day["posts"] + day["posts"][:1]),
            ("posts", [*day["posts"][1:], {**day["posts"][0], "kind": "garden"}]),
            ("posts", [*day["posts"][1:], {**day["posts"][0], "minimum": 0}]),
            ("posts", [*day["posts"][1:], {**day["posts"][0], "minimum": None}]),
            ("posts", [*day["posts"][1:], {**day["posts"][0], "opens": day["posts"][0]["closes"]}]),
            (
                "posts",
                [*day["posts"][1:], {**day["posts"][0], "opens": "2026-11-28T09:00:30+08:00"}],
            ),
            ("posts", [*day["posts"][1:], {**day["posts"][0], "opens": "2026-11-28T09:00:00"}]),
            (
                "posts",
                [*day["posts"][1:], {**day["posts"][0], "opens": "2026-11-20T09:00:00+08:00"}],
            ),
            ("posts", [*day["posts"][1:], {**day["posts"][0], "items": {"noon": ["x"]}}]),
            ("posts", [*day["posts"][1:], {**day["posts"][0], "items": {"closing": ["water"]}}]),
            ("posts", [*day["posts"][1:], {**day["posts"][0], "items": {"round": ["x", "x"]}}]),
            ("posts", [*day["posts"][1:], {**day["posts"][0], "items": {"round": [""]}}]),
        ],
        "people": [
            ("people", None),
            ("people", day["people"] + day["people"][:1]),
            ("people", [*day["people"], {"who": "新", "role": "cook"}]),
            ("people", [*day["people"], {"who": ""}]),
            ("people", [*day["people"], {"who": "新", "role": "lead"}]),
            ("people", [*day["people"], {"who": "新", "role": None}]),
            ("people", [*day["people"], {"who": "新", "post": "无", **span()}]),
            ("people", [*day["people"], {"who": "新", **span()}]),
        ],
        "lines": [
            ("lines", None),
            ("lines", [carried("无")]),
            ("lines", [carried(day["posts"][0]["post"])] * 2),
            ("lines", [{**carried(day["posts"][0]["post"]), "kind": "note"}]),
            ("lines", [{**carried(day["posts"][0]["post"]), "owner": ""}]),
        ],
        "events": [("events", None), ("events", {})],
        "until": [
            ("until", iso(sec(day["events"][-1]["at"]) - 1)),
            ("until", "x"),
            ("until", None),
        ],
    }[kind]
    key, value = r.choice(faults)
    return {**day, key: value}, key


def span() -> Row:
    return {"from": iso(BASE), "to": iso(BASE + 3600)}


def carried(post: str) -> Row:
    return {"line": "zz", "kind": "slip", "post": post, "owner": "叶"}


def event_fault(r: random.Random, day: Row) -> tuple[Row, str]:
    day = copy.deepcopy(day)
    n = r.randrange(len(day["events"]))
    e = day["events"][n]
    must = [
        k for k in e if k not in ("post", "relieved_by", "task", "item", "keys", "stock", "type")
    ]
    choice = r.randrange(6)
    if choice == 0:
        del e[r.choice([k for k in must if k != "reason"])]
    elif choice == 1:
        e[r.choice([k for k in must if k != "reason"])] = None
    elif choice == 2:
        e["event"] = "dance"
    elif choice == 3:
        e[r.choice(["at", *(k for k in ("from", "to") if k in e)])] = "2026-11-28T09:00:00"
    elif choice == 4:
        first = iso(sec(e["at"]) - 86400)
        day["events"].insert(n + 1, {"at": first, "event": "ready", "who": "叶"})
        return day, f"event {n + 1}"
    else:
        e[r.choice([k for k in must if k not in ("at", "reason")])] = r.choice([7, "", [], 1.5])
    return day, f"event {n}"

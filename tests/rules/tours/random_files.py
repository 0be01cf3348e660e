"""Random weeks of visits: companies, packs, long lives of visits, edges at equal seconds, faults."""

from __future__ import annotations

import random
from functools import lru_cache
from typing import Any

from tests.rules.random_faults import broken
from tests.rules.second_form import AREAS, Row, day_of, seconds, written
from tests.rules.tours.second_opinion import Tours
from tests.rules.tours.second_opinion_form import (
    CLASSES,
    PURPOSES,
    RELATIONS,
    SENDERS,
    SERVED,
    TASKS,
)
from tests.rules.tours.second_opinion_plan import in_plan, owner
from tests.rules.tours.second_opinion_visit import Visit

BASE = seconds("2026-09-21T08:00:00+08:00")
HOUR, DAY = 3600, 86400
RECEPTION, ADMIN = ["苏青", "叶小满"], ["顾北", "叶小满"]
MAKERS, LAB = ["韩工", "贺工"], ["韩工", "白工"]
BOSSES = ["陈总", "罗总监"]
EVERYONE = [*RECEPTION, "顾北", *MAKERS, "白工", *BOSSES, "生人"]
PACK: dict[str, list[Any]] = {
    "class_order": [
        ["institution", "key_account", "important"],
        ["important", "key_account", "institution"],
    ],
    "general_min": [0, 2, 10],
    "lead_days": [
        {"general": 2},
        {"important": 0},
        {"key_account": 3},
        {"important": 1, "institution": 9},
    ],
    "days": ["working", "calendar"],
    "grounds": [
        {"late": "decline"},
        {"small_group": "exception"},
        {"late": "decline", "small_group": "exception"},
    ],
    "key_closed_to": [[], ["general", "important"], ["important", "key_account"]],
    "company_approval": [[], ["institution"], ["key_account", "institution"]],
    "reception_alone": [[], ["official"], ["company", "school"]],
    "souvenirs": ["person", "group"],
    "capacity": ["warn", "stop"],
    "room_buffer": [0, 60],
    "rival_buffer": [0, 30, 120],
    "window_slack": [0, 60],
    "area_hours": [0, 1, 4],
    "company_hours": [0, 1, 4],
    "task_days": [{"guide": 0}, {"analysis": 0, "passes": 0}, {"refreshments": 1, "souvenirs": 2}],
    "due_hour": [0, 8, 12, 23],
    "blocking": [[], ["passes"], ["guide", "refreshments", "souvenirs"]],
}
SERVICE: dict[str, list[Any]] = {
    "serve": ["none", "tea_snacks", "as_directed"],
    **{key: [True, False] for key in ("souvenirs", "senior", "meal", "prepare")},
}


class RandomWeeks:
    """Builds one file event by event, looking at what the second opinion makes of it so far."""

    def __init__(self, seed: int) -> None:
        self.r = r = random.Random(seed)
        self.odd = r.choice([0.1, 0.3, 1.0])  # how much goes wrong in this file
        self.burst = r.choice([0.0, 0.0, 0.0, 0.5])  # how much happens within one second
        self.now = BASE + r.choice([0, HOUR, -9 * HOUR])
        self.focus = r.choice(["any", "any", "neighbours", "days", "changes"])
        self.file: Row = {"packs": self.packs(), "company": self.company(), "events": []}
        self.second = Tours(self.file)
        self.most = r.choice([1, 2, 3, 4, 5])
        self.opened = self.issued = 0
        for _ in range(r.choice([3, 12, 25, 40, 60])):
            self.put()
        if r.random() < 0.4:
            self.file["until"] = self.time(self.now + r.choice([0, 1, HOUR, DAY, 30 * DAY]))

    # the company

    def packs(self) -> list[Row]:
        r = self.r
        days = ["2026-01-01", *r.choice([[], [], ["2026-09-22"], ["2026-09-20", "2026-09-23"]])]
        rows = []
        for n, day in enumerate(days):
            chance = r.choice([0, 0.15, 0.4])
            row: Row = {"version": f"2026-{n}", "from": day}
            row.update({k: r.choice(v) for k, v in PACK.items() if r.random() < chance})
            if r.random() < chance * 2:
                some = r.sample(CLASSES, r.choice([1, 2]))
                row["hospitality"] = {klass: self.service() for klass in some}
            rows.append({**row, **self.bent()})
        return rows

    def bent(self) -> Row:
        """What a file that is about one thing has in its packs."""
        r = self.r
        if self.focus == "neighbours":
            open_house = {"general_min": 0, "lead_days": {"important": 0}, "company_approval": []}
            return {**open_house, "window_slack": 600}
        if self.focus == "days":
            leads = dict.fromkeys(CLASSES, r.choice([1, 2, 3]))
            return {"lead_days": leads, "days": r.choice(["working", "calendar"])}
        if self.focus == "changes":
            return {"company_approval": r.sample(CLASSES, r.choice([0, 1, 2]))}
        return {}

    def service(self) -> Row:
        return {k: self.r.choice(v) for k, v in SERVICE.items() if self.r.random() < 0.5}

    def company(self) -> Row:
        r = self.r
        row: Row = {
            "departments": {
                **{"reception": RECEPTION, "administration": ADMIN},
                **{"生产部": MAKERS, "研发部": LAB},
            },
            "approvers": r.choice([["陈总"], BOSSES, ["陈总", "苏青"]]),
            "areas": self.areas(),
        }
        optional: Row = {
            "seniors": r.choice([[], BOSSES, ["罗总监", "顾北"]]),
            "rooms": [
                {"room": f"{n}号会客室", "capacity": r.choice([4, 8, 12, 12, 30])}
                for n in range(r.choice([0, 1, 1, 2, 3]))
            ],
            "souvenirs": r.choice([0, 1, 2, 10, 40]),
            "off": r.choice([[], ["2026-09-22"], ["2026-09-24", "2026-09-26"]]),
            "work": r.choice([[], ["2026-09-26"], ["2026-09-26", "2026-09-27"]]),
        }
        return {**row, **{k: v for k, v in optional.items() if r.random() < 0.85}}

    def areas(self) -> Row:
        r, rows = self.r, {}
        for area in r.sample(AREAS[:5], r.choice([1, 2, 3, 4])):
            row: Row = {"department": r.choice(["生产部", "研发部", "administration"])}
            if r.random() < 0.6:
                tight = self.focus == "neighbours"
                row["capacity"] = r.choice([8, 12] if tight else [8, 12, 20, 30, 40, 40])
            if r.random() < 0.4:
                row["key"] = r.random() < 0.8
            if r.random() < 0.2:
                row["closed_to"] = r.sample(CLASSES, r.choice([0, 1, 2]))
            rows[area] = row
        return rows

    # time

    def time(self, moment: int) -> str:
        """Mostly as the house writes it, at times at another offset."""
        if self.r.random() < 0.9:
            return written(moment)
        shift = self.r.choice([0, 9, -5])
        there = written(moment + (shift - 8) * HOUR)[:19]
        zone = f"{'-' if shift < 0 else '+'}{abs(shift):02d}:00"
        return there + ("Z" if shift == 0 and self.r.random() < 0.5 else zone)

    def edges(self) -> list[int]:
        """The moments, soon, at which something turns."""
        found = [one.moment for one in self.second.due()]
        found += [v.start for v in self.second.visits.values()]
        return [t for t in found if self.now <= t <= self.now + 3 * DAY]

    def step(self) -> None:
        r = self.r
        if r.random() < self.burst:
            return
        near = self.edges() if r.random() < 0.08 else []
        if near:
            self.now = max(self.now, min(near) + r.choice([-1, 0, 0, 1]))
        else:
            long = r.choice([HOUR, HOUR, 5 * HOUR, DAY])
            self.now += r.choice(
                [0, 0, 0, 0, 0, 0, 1, 60, 60, 600, 600, 600, r.choice([600, long])]
            )

    def window(self) -> tuple[int, int]:
        """A window ahead: few days and hours, so that visits meet."""
        r = self.r
        today = seconds(f"{day_of(self.now).isoformat()}T00:00:00+08:00")
        start = today + r.choice([0, 1, 1, 2, 2, 3, 5, 6, 8]) * DAY
        start += r.choice([9, 9, 10, 10, 11, 12, 14]) * HOUR + r.choice([0, 0, 0, 30, 59]) * 60
        if start <= self.now and r.random() > 0.1 * self.odd:
            start += DAY
        if r.random() < 0.15:
            start = self.now + r.choice([0, 1, 60, HOUR, 4 * HOUR])
        return start, start + r.choice([HOUR // 2, HOUR, HOUR, 2 * HOUR, 3 * HOUR, 26 * HOUR])

    # events

    def put(self) -> None:
        self.step()
        event = self.event()
        if self.r.random() < 0.03 * self.odd and event["event"] not in ("apply", "word", "edit"):
            event["visit"] = "V?"
        event = {"at": self.time(self.now), **event}
        self.file["events"].append(event)
        self.second.take(len(self.file["events"]) - 1, event)

    def event(self) -> Row:
        r = self.r
        alive = [v for v in self.second.visits.values() if not v.ended]
        visits = list(self.second.visits.values())
        likely = 0.2 if len(alive) < self.most else 0.0
        if not visits or r.random() < (likely if alive else 0.5):
            return self.opening()
        v = r.choice(alive if alive and r.random() > 0.1 * self.odd else visits)
        kind, fields = self.next(v)
        return {"event": kind, "visit": v.name, **fields}

    def opening(self) -> Row:
        r = self.r
        self.opened += 1
        start, end = self.window()
        others = [v for v in self.second.visits.values() if not v.ended and v.start > self.now]
        if others and r.random() < (0.9 if self.focus == "neighbours" else 0.6):
            beside = r.choice(others)
            after = beside.end - beside.start
            shifts = [0, 0, 1, 1800, HOUR, -HOUR, after, after]
            if self.focus == "neighbours":
                shifts = [0, after, after, after + 5400, after + 5400]
            start = max(self.now + 60, beside.start + r.choice(shifts))
            end = start + r.choice([HOUR // 2, HOUR, 2 * HOUR])
        areas = list(self.file["company"]["areas"])
        row: Row = {"event": r.choice(["apply", "apply", "word"]), "visit": f"V{self.opened}"}
        row.update(
            {"visitor": "华信", "contact": "林先生", "from": self.time(start), "to": self.time(end)}
        )
        many = [6, 8] if self.focus == "neighbours" else [1, 3, 5, 6, 8, 8, 10, 12, 20, 31]
        row["headcount"] = r.choice(many)
        row["areas"] = r.sample(areas, r.randint(0 if r.random() < 0.2 else 1, len(areas)))
        if r.random() < (0.7 if self.focus == "neighbours" else 0.4):
            row["rivals"] = r.choice(["芯片", "芯片", "电池"])
        if row["event"] == "word":
            department = r.choice(["reception", "生产部", "研发部"])
            row.update(department=department, by=self.one_of(department))
            return row
        row["answers"] = {
            "sender": r.choice([*["company"] * 6, *SENDERS]),
            "relation": r.choice(RELATIONS),
            "purpose": r.choice(PURPOSES),
        }
        if r.random() < 0.4:
            row["applied_by"] = r.choice(EVERYONE)
        return row

    def one_of(self, department: str) -> str:
        if self.r.random() < 0.12 * self.odd:
            return self.r.choice(EVERYONE)
        return str(self.r.choice(self.file["company"]["departments"][department]))

    def boss(self) -> str:
        if self.r.random() < 0.15 * self.odd:
            return self.r.choice(EVERYONE)
        return str(self.r.choice(self.file["company"]["approvers"]))

    def next(self, v: Visit) -> tuple[str, Row]:
        """What is likely for a visit as it stands, or something else."""
        r, status = self.r, self.second.status(v)
        if r.random() < 0.25:
            return self.change(v)
        if status in ("declined", "needs_exception") and r.random() < 0.6:
            return "exception", self.exception(v)
        if status == "awaiting" and v.asked_areas() and r.random() < 0.8:
            return "area", self.area(r.choice(v.asked_areas()))
        if v.company_asked is not None and r.random() < 0.8:
            return "company", self.company_word()
        if status == "approved" and self.focus == "neighbours" and r.random() < 0.35:
            return "edit", self.edit(v)
        if status == "approved" or r.random() < 0.3:
            return self.hosting(v)
        return self.change(v)

    def exception(self, v: Visit) -> Row:
        r, standing = self.r, self.second.grounds(v)
        grounds = standing if standing and r.random() > 0.15 * self.odd else ["small_group", "late"]
        asked_by = r.choice(EVERYONE)
        return {
            "ground": r.choice(grounds),
            "by": self.boss(),
            "asked_by": asked_by,
            "reason": "老客户",
        }

    def area(self, area: str) -> Row:
        r, known = self.r, self.file["company"]["areas"]
        department = known[area]["department"] if area in known else "reception"
        answer = "open" if r.random() < 0.8 else "refused"
        why = {"reason": "检修"} if answer == "refused" or r.random() < 0.1 else {}
        return {"area": area, "by": self.one_of(department), "answer": answer, **why}

    def company_word(self) -> Row:
        answer = "approved" if self.r.random() < 0.93 else "refused"
        why = {"reason": "不便"} if answer == "refused" else {}
        return {"by": self.boss(), "answer": answer, **why}

    def change(self, v: Visit) -> tuple[str, Row]:
        r = self.r
        rest = ["reclass", "area", "area", "company", "withdraw", "exception"]
        rest += ["reclass"] * 5 if self.focus == "changes" else []
        kind = r.choice(["edit"] * 8 + rest)
        if kind == "edit":
            return kind, self.edit(v)
        if kind == "reclass":
            return kind, {"to": r.choice(CLASSES), "by": self.one_of("reception"), "reason": "更正"}
        if kind == "area":
            return kind, self.area(r.choice([*v.areas, *v.areas, r.choice(AREAS)]))
        if kind == "company":
            return kind, self.company_word()
        if kind == "exception":
            return kind, self.exception(v)
        return ("withdraw", {}) if r.random() < 0.4 else ("edit", self.edit(v))

    def edit(self, v: Visit) -> Row:
        r, row = self.r, dict[str, Any]()
        if r.random() < 0.04:
            return {"from": self.time(self.now + r.choice([0, 0, 1]))}
        if v.start <= self.now and r.random() < 0.8:
            return {"to": self.time(v.end + r.choice([-60, 0, 1, 600, HOUR, 4 * HOUR]))}
        shifts = [0, 0, -1800, 1800, -1801, 1801, -HOUR, HOUR, DAY, -DAY]
        others = [o for o in self.second.visits.values() if o is not v and not o.ended]
        others = [o for o in others if day_of(o.start) == day_of(v.start)]
        if others and self.focus == "neighbours" and r.random() < 0.7:
            shift = r.choice(others).start - v.start + r.choice([0, 0, 1800, -1800])
            return {"from": self.time(v.start + shift), "to": self.time(v.end + shift)}
        if r.random() < (0.6 if self.focus in ("neighbours", "days") else 0.35):
            row["from"] = self.time(v.start + r.choice(shifts))
            if r.random() < 0.6:
                shift = seconds(row["from"]) - v.start
                row["to"] = self.time(v.end + shift)
        elif r.random() < 0.3:
            row["to"] = self.time(v.end + r.choice(shifts))
        if r.random() < 0.4:
            row["headcount"] = max(1, v.headcount + r.choice([-6, -2, -1, 0, 1, 4, 12]))
        if not row or r.random() < 0.25:
            areas = list(self.file["company"]["areas"])
            row["areas"] = r.sample(areas, r.randint(0 if r.random() < 0.1 else 1, len(areas)))
        return row

    def hosting(self, v: Visit) -> tuple[str, Row]:
        r = self.r
        kinds = ["send_plan", "task", "task", "permit_photo"]
        kind = r.choice([*kinds, *(["issue"] * 4 if v.sent else ["send_plan"] * 3)])
        if r.random() < 0.05:
            kind = "issue"
        if kind == "send_plan":
            return kind, {"by": self.one_of("reception")}
        if kind == "permit_photo":
            return kind, {"by": self.boss(), "asked_by": r.choice(EVERYONE), "reason": "宣传"}
        return (kind, self.task(v)) if kind == "task" else (kind, self.issue(v))

    def task(self, v: Visit) -> Row:
        r = self.r
        likely = [t for t in in_plan(self.second, v) if t != "passes"]
        task = r.choice(likely) if likely and r.random() > 0.15 * self.odd else r.choice(TASKS[:-1])
        if self.focus == "neighbours" and r.random() < 0.6:
            task = r.choice(["guide", "guide", "senior"])
        row: Row = {"task": task, "by": self.one_of(owner(v, task))}
        if task == "guide":
            row["who"] = r.choice(["苏青", "苏青", "叶小满", "罗总监"])
        if task == "senior":
            seniors = self.second.seniors
            row["who"] = r.choice(seniors) if seniors and r.random() < 0.9 else r.choice(EVERYONE)
        if task == "direction":
            row["serve"] = r.choice(SERVED)
        return row

    def issue(self, v: Visit) -> Row:
        r = self.r
        self.issued += 1
        opened = [a for a, state in v.areas.items() if state == "open"]
        areas = opened if opened and r.random() < 0.85 else list(self.file["company"]["areas"])
        some = r.sample(areas, r.randint(1, len(areas)))
        department = self.file["company"]["areas"][some[0]]["department"]
        persons = r.choice([1, 2, max(1, v.headcount // 2), v.headcount, v.headcount + 1])
        row: Row = {"pass": f"P{self.issued}", "areas": some, "persons": persons, "escort": "苏青"}
        row["by"] = self.one_of(department)
        if r.random() < 0.3:
            row["photo"] = r.random() < 0.6
        return row


@lru_cache(maxsize=256)
def random_file(seed: int) -> Row:
    """A well-formed file, alive; to be read only."""
    return RandomWeeks(seed).file


def random_fault(seed: int) -> str:
    """The text of a file with one thing changed, mostly malformed."""
    return broken(random.Random(f"fault {seed}"), random_file(seed))

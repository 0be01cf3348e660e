"""Random files of the desk that live deep: people mostly do what comes next, sometimes anything at all.

Time goes on by minutes, by days, and often to the very second of a mark that lies ahead, or one beside it.
"""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

from yingbin.rules.desk.desk import Desk
from yingbin.rules.desk.deskfile import EVENTS, read_desk, read_event
from yingbin.rules.desk.matter import Matter
from yingbin.rules.desk.replay import Fold
from yingbin.rules.times import HERE

Row = dict[str, Any]
SUBJECTS = ["water", "door", "noise", "lift"]
HOMES = ["3-2-1801", "1-1-101"]
WINDOWS: list[Any] = [
    [[["08:30", "12:00"], ["13:30", "17:30"]]] * 5 + [[], []],
    [[["00:00", "24:00"]]] * 7,
    [[], [["09:00", "09:20"]], [], [["22:00", "24:00"]], [], [["00:00", "06:00"]], []],
]


def random_people(chance: random.Random) -> Row:
    people: Row = {"clerks": ["苏", "叶", "何"][: chance.choice([1, 2, 3])]}
    people |= {"supervisor": "林", "manager": "顾"}
    if chance.random() < 0.8:
        people["guards"] = ["石", "马"][: chance.choice([0, 1, 2])]
    if chance.random() < 0.9:
        people["departments"] = {
            "工程": {"head": "赵", "members": ["钱", "孙"]},
            "保洁": {"head": "周"},
            "绿化": {"head": "吴", "members": ["郑"]},
        }
    return people


def random_calendar(chance: random.Random) -> Row:
    calendar: Row = {}
    if chance.random() < 0.6:
        calendar["week"] = chance.choice(WINDOWS)
    days = [f"2026-11-{n}" for n in range(20, 31)] + ["2026-12-01", "2026-12-05"]
    chance.shuffle(days)
    if chance.random() < 0.5:
        calendar["holidays"] = days[: chance.choice([0, 1, 3])]
    if chance.random() < 0.5:
        calendar["make_up"] = days[3 : 3 + chance.choice([0, 1, 3])]
    return calendar


def random_row(chance: random.Random) -> Row:
    row: Row = {}
    for name in ("respond", "arrive", "solve", "reply", "accept"):
        if chance.random() < 0.5:
            row[name] = chance.choice([1, 7, 30, 60, 240, 1350])
    for name in ("respond", "arrive"):
        if chance.random() < 0.15:
            row[name] = None
    if chance.random() < 0.5:
        row["ladder"] = sorted(chance.choice([0, 0, 1, 60, 450]) for _ in range(3))
    if chance.random() < 0.4:
        row["always"] = chance.random() < 0.5
    return row


ROWS = ["enquiry", "help", "help_urgent", "paid", "paid_urgent", "suggestion"]
ROWS += ["complaint_minor", "complaint_major", "complaint_grave"]


def random_policy(chance: random.Random, departments: list[str]) -> Row:
    choices: Row = {
        "limits": {row: random_row(chance) for row in ROWS if chance.random() < 0.4},
        "warn_percent": chance.choice([50, 67, 80, 99]),
        "pause_cap": chance.choice([0, 1, 30, 450, 1350]),
        "free_hand_offs": chance.choice([0, 1, 2, 5]),
        "urgent_subjects": chance.choice([[], ["water"], ["lift", "door"]]),
        "repeat_days": chance.choice([0, 1, 30, 3650]),
        "seed": chance.choice(["", "yingbin", "春"]),
        "callback_percent": dict.fromkeys(
            ("enquiry", "help", "paid", "suggestion"), chance.choice([0, 50, 100])
        ),
        "callback_within": {"complaint": chance.choice([1, 60, 1350])},
        "callback_tries": chance.choice([1, 2, 3]),
    }
    if chance.random() < 0.5:
        served = {s: departments[: chance.choice([0, 1, 2])] for s in SUBJECTS}
        choices["scope"] = {s: d for s, d in served.items() if chance.random() < 0.6}
    return {name: value for name, value in choices.items() if chance.random() < 0.5}


class RandomDays:
    """One file in the making: `row` is asked for the next event, `fold` knows how things stand."""

    def __init__(self, seed: int) -> None:
        self.chance = chance = random.Random(seed)
        people = random_people(chance)
        self.departments = list(people.get("departments", {}))
        self.file: Row = {"people": people, "events": []}
        if chance.random() < 0.6:
            self.file["calendar"] = random_calendar(chance)
        if chance.random() < 0.8:
            self.file["policy"] = random_policy(chance, self.departments)
        read = read_desk(self.file)
        self.fold = Fold(Desk(read.office, read.policy, read.calendar))
        self.everyone = sorted(read.office.everyone)
        self.desk_people = sorted(read.office.desk_people)
        self.now = datetime(2026, 11, 23, 8, 0, tzinfo=HERE)

    def live(self, events: int) -> Row:
        for number in range(events):
            self.go_on()
            row = {"at": self.written(), **self.row(number)}
            self.file["events"].append(row)
            self.fold.happen(number, read_event(f"event {number}", row))
        if self.chance.random() < 0.7:
            self.now += timedelta(days=self.chance.choice([0, 1, 9]))
            self.file["until"] = self.written()
        return self.file

    def written(self) -> str:
        if self.chance.random() < 0.1:
            return (self.now - timedelta(hours=8)).strftime("%Y-%m-%dT%H:%M:%SZ")
        return self.now.isoformat()

    def go_on(self) -> None:
        """Mostly minutes; often exactly to what falls due next."""
        kind, ahead = self.chance.random(), self.fold.next_due()
        if kind < 0.25:
            return
        if kind < 0.45 and ahead is not None and ahead - self.now < timedelta(days=5):
            beside = timedelta(seconds=self.chance.choice([-1, 0, 0, 0, 1]))
            self.now = max(self.now, ahead + beside)
            return
        step = self.chance.choice([1, 2, 5, 13, 60] if kind < 0.9 else [240, 1440, 4000])
        self.now += timedelta(minutes=step, seconds=self.chance.choice([0, 0, 0, 29]))

    def row(self, number: int) -> Row:
        matters = list(self.fold.desk.matters.values())
        if not matters or self.chance.random() < (0.3 if len(matters) < 3 else 0.05):
            return self.record(f"m{number}")
        found = self.chance.choice(matters[-4:])
        if self.chance.random() < 0.15:
            return self.anything(found)
        return self.sensible(found)

    def record(self, name: str) -> Row:
        pick = self.chance.choice
        kind = pick(["enquiry", "help", "paid", "paid", "suggestion", "complaint", "complaint"])
        by = pick(self.desk_people if self.chance.random() < 0.95 else self.everyone)
        row: Row = {"event": "record", "matter": name, "by": by, "kind": kind}
        subject = pick(["noise", *SUBJECTS]) if kind == "complaint" else pick(SUBJECTS)
        row |= {"home": pick(HOMES), "subject": subject, "source": "call"}
        if self.chance.random() < 0.2:
            row["urgent"] = pick([True, False])
        if self.chance.random() < (0.4 if kind == "enquiry" else 0.03):
            row["answer"] = "三号楼一层"
        return row

    def anything(self, found: Matter) -> Row:
        event = self.chance.choice([e for e in EVENTS if e != "record"])
        matter = found.id if self.chance.random() < 0.95 else "m?"
        by = self.chance.choice([*self.everyone, "谁"])
        return {"event": event, "matter": matter, "by": by, **self.fields(event, found)}

    def fields(self, event: str, found: Matter) -> Row:
        """What the event needs, mostly what fits."""
        pick, others = self.chance.choice, list(self.fold.desk.matters)
        quoted = found.quote.amount if found.quote else 0
        sum_ = pick([quoted] * 8 + [5])
        fields: dict[str, Row] = {
            "offer": {"to": pick([*self.departments, *self.departments, "没有"])},
            "decline": {"reason": "忙"},
            "assign": {
                "to": pick(self.everyone),
                "reason": "换班",
                "as": pick(["holder", "owner"]),
            },
            "quote": {"amount": pick([0, 5, 5, 12000])},
            "agree": {"agreed": self.chance.random() < 0.6, "amount": sum_},
            "done": {"signed": self.chance.random() < 0.9, "amount": sum_},
            "analyse": {"note": "看过"},
            "assess": {"severity": pick(["minor", "major", "grave"])},
            "investigate": {"note": "查过"},
            "answer": {"text": "这样办"},
            "conclude": {"reason": "已尽力"},
            "pause": {"reason": pick(["resident", "parts", "access", "third_party"])},
            "change": {"reason": "看错了"},
            "cancel": {"reason": pick(["withdrawn", "duplicate"]), "of": pick(others)},
            "reopen": {"reason": "又漏"},
            "reduce": {
                "amount": pick([1, 1, 5]),
                "approved_by": pick(["林", "顾", "林", "顾", "苏"]),
            },
            "call": {"reached": self.chance.random() < 0.5},
        }
        row = dict(fields.get(event, {}))
        if event == "change" and self.chance.random() < 0.6:
            row["kind"] = pick(["enquiry", "help", "paid", "suggestion", "complaint"])
        if event == "change" and self.chance.random() < 0.6:
            row["urgent"] = pick([True, False])
        if event == "call" and row["reached"]:
            row |= {"score": pick(["satisfied", "fairly", "dissatisfied"])}
            row |= {"asked": self.chance.random() < 0.3}
            row |= {"remark": "太慢"} if self.chance.random() < 0.8 else {}
        return row

    def sensible(self, found: Matter) -> Row:
        """What whoever is in charge would do next."""
        event = self.chance.choice(self.next_events(found))
        by = self.chance.choice(self.doers(event, found))
        if self.chance.random() < 0.06:
            by = self.chance.choice(["林", "顾"])
        return {"event": event, "matter": found.id, "by": by, **self.fields(event, found)}

    def next_events(self, found: Matter) -> list[str]:
        kind, stage = found.state.kind, found.stage
        if found.amount and self.chance.random() < 0.15:
            return ["reduce"]
        if stage == "cancelled":
            return ["reopen", "reduce", "tell"]
        if stage == "closed":
            due = found.callback is not None and found.callback.state == "due"
            rest = (
                ["reopen", "reduce"] if found.amount or self.chance.random() < 0.1 else ["reopen"]
            )
            return (
                ["call"] * 6 + rest
                if due
                else [*rest, "call"]
                if self.chance.random() < 0.5
                else rest
            )
        if found.offer and self.chance.random() < 0.7:
            return ["accept", "accept", "decline", "withdraw", "assign"]
        if found.state.pause and self.chance.random() < 0.7:
            return ["resume", "resume", "assign", "reduce", "take"]
        aside = ["offer", "offer", "offer", "pause", "pause", "assign", "take", "change"]
        if self.chance.random() < 0.35:
            return [*aside, "cancel", "reduce"] if self.chance.random() < 0.3 else aside
        if kind == "paid" and stage == "arrived":
            quote = found.quote
            return ["start"] if quote and quote.agreed else ["agree"] * 3 if quote else ["quote"]
        ways: dict[str, dict[str, list[str]]] = {
            "enquiry": {"new": ["answer"]},
            "help": {"new": ["respond", "arrive", "arrive", "answer"], "arrived": ["done"]},
            "paid": {
                "new": ["respond", "quote", "arrive", "arrive", "arrive"],
                "working": ["done", "done", "done", "quote"],
            },
            "suggestion": {
                "new": ["respond", "analyse"],
                "analysed": ["report", "answer"],
                "reported": ["report", "answer", "answer"],
            },
            "complaint": {
                "new": ["respond"],
                "acknowledged": ["assess"],
                "assessed": ["investigate", "investigate", "assess"],
                "investigated": ["answer", "answer", "assess"],
                "proposed": ["tell"],
                "told": ["agree", "agree", "agree", "conclude"],
            },
        }
        return ways[kind].get(stage, ["tell"])

    def doers(self, event: str, found: Matter) -> list[str]:
        state, desk = found.state, self.fold.desk
        if event in ("accept", "decline"):
            if found.offer in desk.office.departments:
                return list(desk.office.departments[found.offer].people)
            return [found.offer or "林"]
        if event in ("arrive", "start", "done"):
            return [state.holder]
        if event == "assign":
            return ["林", "顾", state.owner, desk.office.head_of(state.holder)]
        if event in ("take", "agree", "reopen", "reduce", "cancel"):
            return [*desk.office.clerks, state.owner]
        if event == "call":
            free = sorted(desk.office.callers - found.handled)
            return [*free, *free, "顾", state.owner]
        return ["顾"] if event == "conclude" else [state.owner, state.owner, state.holder]


def random_file(seed: int, events: int = 80) -> Row:
    """A well-formed file; the same for the same seed."""
    return RandomDays(seed).live(events)

"""Random files of the desk that know nothing of the product: the second opinion says what may come next.

Mostly an event that is accepted, sometimes any; mostly some minutes later, often at the very second of a mark,
of the end of a pause or of a window, or one beside it. Estates are odd on purpose: windows that touch, a minute
a week, midnight, leap days, the last days of 2099, holidays in a row, limits of a minute.
"""

import json
import random
from collections.abc import Sequence
from typing import TypeAlias

from .second_opinion import happen
from .second_opinion_allowed import ALLOWED
from .second_opinion_desk import Desk, Matter
from .second_opinion_file import KINDS, SEVERITIES, Event, File
from .second_opinion_reading import FURTHER, Checks, read, read_event
from .second_opinion_time import DAY, moment, written

Json: TypeAlias = dict[str, object]
STARTS = ["2026-11-20T16:20:00Z", "2026-09-28T23:59:58+08:00", "2028-02-28T03:00:00+08:00"]
STARTS += ["2026-12-30T08:29:59+08:00", "2026-11-23T09:00:00+08:00", "2099-12-20T12:00:00+08:00"]
STARTS += ["2000-01-01T00:00:00+08:00", "2026-11-27T17:29:00+08:00"]
OFFICE = [["08:30", "12:00"], ["13:30", "17:30"]]
WEEKS: list[object] = [
    [OFFICE] * 5 + [[], []],
    [OFFICE] * 6 + [[["10:00", "10:01"]]],
    [[["00:00", "24:00"]]] * 7,
    [[["00:00", "06:00"], ["06:00", "07:00"], ["22:00", "24:00"]]] * 3 + [[]] * 4,
    [[], [], [["12:00", "12:45"]], [], [], [["23:59", "24:00"]], [["00:00", "00:01"]]],
]
HOMES = ["3-2-1801", "1-1-101"]
SUBJECTS = ["water", "lift", "门", "noise"]
ROWS = "enquiry help help_urgent paid paid_urgent suggestion complaint_minor complaint_major complaint_grave"
MINUTES = [1, 2, 3, 29, 30, 60, 210, 450, 1350]
OFTEN = "accept decline arrive done answer answer tell tell agree agree conclude call call call reduce reduce"
EVENTS = [
    *ALLOWED,
    *OFTEN.split(),
    "assess",
    "investigate",
    "investigate",
    "analyse",
    "start",
    "reopen",
]
RARELY = {
    "cancel": 0.1,
    "assign": 0.2,
    "change": 0.12,
    "assess": 0.4,
    "take": 0.4,
    "quote": 0.4,
    "offer": 0.4,
}
RARELY |= {"withdraw": 0.1, "pause": 0.4, "reopen": 0.15, "agree": 0.5}


def some(chance: random.Random, choices: Json, share: float = 0.5) -> Json:
    """Some of the keys."""
    return {key: value for key, value in choices.items() if chance.random() < share}


def random_people(chance: random.Random) -> Json:
    """A small estate; sometimes it has a single clerk and no department."""
    departments: Json = {
        "工程": {"head": "赵", "members": ["钱", "孙"]},
        "保洁": {"head": "周"},
        "秩序": {"head": "郑", "members": []},
    }
    return {
        "clerks": chance.choice([["苏"], ["苏", "叶"], ["苏", "叶", "何"]]),
        "supervisor": "林",
        "manager": "顾",
        **some(chance, {"guards": ["石"]}, 0.9),
        **some(chance, {"departments": some(chance, departments, 0.9)}, 0.95),
    }


def random_calendar(chance: random.Random, start: int) -> Json:
    """Days around the start are holidays or made up for."""
    days = [str(written(start + n * DAY))[:10] for n in range(14)]
    kinds = [chance.choice(["", "", "holidays", "make_up"]) for _ in days]
    lists: Json = {
        name: [day for day, kind in zip(days, kinds, strict=True) if kind == name]
        for name in ("holidays", "make_up")
    }
    return some(chance, {"week": chance.choice(WEEKS), **lists}, 0.6)


def random_row(chance: random.Random) -> Json:
    """Limits that are often reached."""
    row: Json = {
        name: chance.choice(MINUTES) for name in ("respond", "arrive", "solve", "reply", "accept")
    }
    if chance.random() < 0.2:
        row["respond"] = None
    if chance.random() < 0.2:
        row["arrive"] = None
    row["ladder"] = sorted(chance.choice([0, 0, 1, 15, 240]) for _ in range(3))
    row["always"] = chance.random() < 0.4
    return some(chance, row)


def random_policy(chance: random.Random, departments: list[str]) -> Json:
    """Every key, sometimes."""
    scope = {subject: some(chance, dict.fromkeys(departments), 0.6) for subject in SUBJECTS[:3]}
    percents: Json = {kind: chance.choice([0, 50, 100]) for kind in KINDS[:4]}
    withins: Json = {kind: chance.choice(MINUTES) for kind in KINDS}
    return some(
        chance,
        {
            "limits": {row: random_row(chance) for row in ROWS.split() if chance.random() < 0.5},
            "warn_percent": chance.choice([50, 51, 67, 83, 99]),
            "pause_cap": chance.choice([0, 1, 2, 45, 210, 450, 1350]),
            "free_hand_offs": chance.choice([0, 1, 3]),
            "urgent_subjects": chance.choice([[], ["门"], ["lift", "water"]]),
            "scope": some(chance, {subject: list(names) for subject, names in scope.items()}, 0.7),
            "repeat_days": chance.choice([0, 1, 30]),
            "seed": chance.choice(["", "迎宾", "yingbin"]),
            "callback_percent": some(chance, percents),
            "callback_within": some(chance, withins),
            "callback_tries": chance.choice([1, 2, 3, 10]),
        },
    )


class Days:
    """One file in the making and its desk as the second opinion sees it."""

    def __init__(self, seed: int | str) -> None:
        self.chance = chance = random.Random(f"days {seed}")
        start = moment(chance.choice(STARTS))
        assert start is not None
        people = random_people(chance)
        departments = people.get("departments", {})
        assert isinstance(departments, dict)
        self.departments = list(departments)
        self.events: list[Json] = []
        self.whole: Json = {"people": people, "events": self.events}
        self.whole |= some(chance, {"calendar": random_calendar(chance, start)}, 0.8)
        self.whole |= some(chance, {"policy": random_policy(chance, self.departments)}, 0.9)
        self.file: File = read(json_bytes(self.whole))
        self.desk, self.now = Desk(self.file), start
        people_of = self.file.people
        self.everybody = [
            *people_of.clerks,
            *people_of.guards,
            people_of.supervisor,
            people_of.manager,
        ]
        for department in people_of.departments.values():
            self.everybody += [department.head, *department.members]

    def live(self, events: int) -> Json:
        """So many events, and mostly a time to which the clock runs on."""
        for index in range(events):
            self.go_on()
            self.desk.advance(self.now)
            row = self.next_row(index)
            self.events.append(row)
            happen(self.desk, index, read_event(Checks(""), row))
        if self.chance.random() < 0.8:
            self.go_on()
            self.move(self.now + self.chance.choice([0, DAY, 9 * DAY]))
            self.whole["until"] = self.clock_face()
        return self.whole

    def move(self, to: int) -> None:
        """On to a later moment, though not past 2099."""
        last = moment("2099-12-31T23:59:59+08:00")
        assert last is not None
        self.now = max(self.now, min(to, last))

    def go_on(self) -> None:
        """Nothing, minutes, a mark ahead, the edge of a window, or a night."""
        way = self.chance.random()
        ahead = [at for m in self.desk.matters.values() for c in m.clocks for at, _ in c.coming[:2]]
        ahead += [m.pause_ends for m in self.desk.matters.values() if m.paused is not None]
        ahead = [at for at in ahead if at < self.now + 9 * DAY]
        if way < 0.25:
            return
        if way < 0.45 and ahead:
            self.move(self.chance.choice(ahead[-9:]) + self.chance.choice([-1, 0, 0, 0, 1]))
        elif way < 0.55:
            windows = self.desk.hours.windows(self.now // DAY)
            edge = self.chance.choice([0, DAY, *[edge for window in windows for edge in window]])
            self.move(self.now // DAY * DAY + edge)
        else:
            minutes = self.chance.choice([0, 1, 3, 10, 45] if way < 0.93 else [300, 1440, 4321])
            self.move(self.now + minutes * 60 + self.chance.choice([0, 0, 1, 30]))

    def clock_face(self) -> str:
        """The moment as this or that part of the world writes it."""
        zone, minutes = self.chance.choice(
            [("+08:00", 0), ("Z", -480), ("-05:30", -810), ("+23:59", 959)]
        )
        return str(written(self.now + minutes * 60))[:19] + zone

    def next_row(self, index: int) -> Json:
        """The next event: the first of some that would be accepted, or whatever comes."""
        matters = list(self.desk.matters.values())[-4:]
        fresh = 0.4 if len(matters) < 3 else 0.04
        if not matters or self.chance.random() < fresh:
            return self.record(f"事{index}" if self.chance.random() < 0.3 else f"m{index}")
        row: Json = {}
        for _ in range(1 if self.chance.random() < 0.12 else 40):
            m = self.chance.choice(matters)
            row = self.row(m, self.chance.choice(EVENTS))
            event = read_event(Checks(""), row)
            if ALLOWED[event.name](self.desk, m, event) and self.wanted(event):
                break
        return row

    def wanted(self, event: Event) -> bool:
        """What ends a matter or passes it round comes less often than it could."""
        return self.chance.random() < RARELY.get(event.name, 1)

    def person(self, m: Matter) -> str:
        """Mostly somebody who has to do with the matter."""
        near = [m.owner, m.holder, self.desk.head(m.holder), self.desk.people.supervisor]
        offered = self.desk.people.departments.get(m.offer or "")
        near += [offered.head, *offered.members] if offered else []
        return self.chance.choice(near if self.chance.random() < 0.7 else [*self.everybody, "谁"])

    def recorder(self) -> str:
        """Mostly somebody of the desk."""
        desk_people = [name for name in self.everybody if self.desk.desk_people(name)]
        return self.chance.choice(desk_people if self.chance.random() < 0.95 else self.everybody)

    def record(self, name: str) -> Json:
        """A new matter."""
        pick = self.chance.choice
        row: Json = {
            "at": self.clock_face(),
            "event": "record",
            "matter": name,
            "by": self.recorder(),
        }
        row |= {
            "kind": pick([*KINDS, "paid", "complaint"]),
            "home": pick(HOMES),
            "subject": pick(SUBJECTS),
        }
        if row["kind"] == "complaint" and self.chance.random() < 0.7:
            row |= {"home": HOMES[0], "subject": "noise"}
        row |= {"source": pick(["call", "guard", "online"]), "else": None}
        row |= some(self.chance, {"urgent": pick([True, False])}, 0.3)
        return row | some(
            self.chance, {"answer": "一楼"}, 0.5 if row["kind"] == "enquiry" else 0.03
        )

    def row(self, m: Matter, name: str) -> Json:
        """An event on a matter with all it needs and some of what it may have."""
        row: Json = {"at": self.clock_face(), "event": name, "by": self.person(m)}
        row["matter"] = m.id if self.chance.random() < 0.97 else "m?"
        for further in FURTHER[name].split():
            key = further.rstrip("?")
            if key == further or key in ("of", "score", "asked") or self.chance.random() < 0.85:
                row[key] = self.value(m, name, key)
        return row

    def value(self, m: Matter, name: str, key: str) -> object:
        """A value of a further field."""
        pick = self.chance.choice
        if key == "amount":
            most = m.amount if name == "reduce" else m.quote or 0
            least = 1 if name == "reduce" else 0
            return max(least, pick([most, most, most, 1, 2, most + 1]))
        if key == "to":
            return pick(self.departments or ["工程"]) if name == "offer" else pick(self.everybody)
        if key == "reason" and name in ("pause", "cancel"):
            return pick(["resident", "parts"] if name == "pause" else ["withdrawn", "duplicate"])
        known: dict[str, Sequence[object]] = {
            "kind": KINDS,
            "severity": SEVERITIES,
            "as": ["holder", "owner"],
            "score": ["satisfied", "fairly", "dissatisfied"],
            "of": list(self.desk.matters),
            "approved_by": ["林", "顾", "苏"],
            "signed": [True, True, True, False],
        }
        booleans = key in ("agreed", "reached", "asked", "urgent")
        return pick([True, False] if booleans else known.get(key, ["如此"]))


def json_bytes(value: object) -> bytes:
    """As a file holds it."""
    return json.dumps(value).encode()


def random_days(seed: int | str, events: int = 60) -> Json:
    """A well-formed file; the same for the same seed."""
    return Days(seed).live(events)

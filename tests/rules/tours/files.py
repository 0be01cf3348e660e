"""Files of corporate visits written shortly, and one at random."""

from __future__ import annotations

import random
from typing import Any

from yingbin.rules.tours.decide import decide

KEY = {"sender": "company", "relation": "partner", "purpose": "alliance"}
IMPORTANT = {"sender": "company", "relation": "frequent", "purpose": "products"}
GENERAL = {"sender": "company", "relation": "none", "purpose": "business"}
OFFICE = {"sender": "office", "relation": "none", "purpose": "survey"}
COMPANY: dict[str, Any] = {
    "departments": {
        "reception": ["苏青", "叶小满"],
        "administration": ["顾北"],
        "生产部": ["韩工", "贺工"],
        "市场部": ["罗总监"],
    },
    "approvers": ["陈总", "许总"],
    "seniors": ["陈总", "罗总监"],
    "areas": {
        "plant": {"department": "生产部"},
        "workshop": {"department": "生产部", "capacity": 30, "key": True},
        "marketing": {"department": "市场部", "closed_to": ["institution"]},
    },
    "rooms": [{"room": "一号会客室", "capacity": 12}, {"room": "大会客室", "capacity": 40}],
    "souvenirs": 2,
    "off": ["2026-10-01"],
    "work": ["2026-10-10"],
}


def t(day: int, clock: str = "09:00") -> str:
    """A time in September 2026."""
    return f"2026-09-{day:02d}T{clock}:00+08:00"


class Visits:
    """A file, step by step; visits come on the 28th from ten to noon unless said otherwise."""

    def __init__(self, **pack: Any) -> None:
        pack = {"version": "1", "from": "2026-01-01", **pack}
        self.file: dict[str, Any] = {"packs": [pack], "company": COMPANY, "events": []}

    def at(
        self, day: int, event: str, visit: str = "V1", clock: str = "09:00", **fields: Any
    ) -> Visits:
        named = {k.rstrip("_"): v for k, v in fields.items()}
        self.file["events"].append({"at": t(day, clock), "event": event, "visit": visit, **named})
        return self

    def apply(
        self, answers: dict[str, str], visit: str = "V1", day: int = 21, **more: Any
    ) -> Visits:
        told = {
            "visitor": "某公司",
            "contact": "王先生",
            "from": t(28, "10:00"),
            "to": t(28, "12:00"),
            "headcount": 8,
            "areas": ["plant", "workshop"],
            "answers": answers,
            **{k.rstrip("_"): v for k, v in more.items()},
        }
        return self.at(day, "apply", visit, **told)

    def approved(self, answers: dict[str, str], visit: str = "V1", **more: Any) -> Visits:
        """Applied for, open in its areas, approved by the company."""
        self.apply(answers, visit, **more)
        said = self.last()
        for area in [a for a, state in said["areas"].items() if state == "asked"]:
            by = COMPANY["departments"][COMPANY["areas"][area]["department"]][0]
            self.at(21, "area", visit, area=area, by=by, answer="open")
        return self.at(21, "company", visit, by="陈总", answer="approved")

    def with_passes(self, answers: dict[str, str]) -> Visits:
        """Approved, the plan sent, a pass for the whole group in each of its areas."""
        self.approved(answers).at(21, "send_plan", by="苏青")
        return self.at(
            21,
            "issue",
            pass_="P1",
            areas=["plant", "workshop"],
            persons=8,
            by="韩工",
            escort="叶小满",
        )

    def run(self) -> dict[str, Any]:
        return decide(self.file)

    def last(self) -> dict[str, Any]:
        number = len(self.file["events"]) - 1
        return next(d for d in self.run()["decisions"] if d["event"] == number)

    def code(self) -> str:
        return str(self.last()["code"])

    def visit(self, name: str = "V1") -> dict[str, Any]:
        return dict(self.run()["visits"][name])

    def records(self, until: str) -> list[str]:
        """Clock records as short lines."""
        self.file["until"] = until
        return [
            f"{d['at'][8:16]} {d['visit']} {d['warning']} {d['about'] or '-'} {d['to']}"
            for d in self.run()["decisions"]
            if d["event"] is None
        ]


def at_random(seed: int, events: int = 60) -> dict[str, Any]:
    """A file of five visits and many people who want something of them."""
    chance = random.Random(seed)
    pack = {
        "capacity": chance.choice(["stop", "warn"]),
        "souvenirs": chance.choice(["group", "person"]),
    }
    made = Visits(**pack, days=chance.choice(["calendar", "working"]))
    people = ["苏青", "顾北", "韩工", "罗总监", "陈总", "许总", "路人"]
    names = [f"V{n}" for n in range(1, 6)]
    waiting = list(names)
    for number in range(events):
        day, clock = 18 + number // 6, f"{9 + number % 6:02d}:{chance.choice(['00', '20', '40'])}"
        window = {"from": t(chance.randint(23, 29), chance.choice(["09:00", "10:00", "13:30"]))}
        window["to"] = window["from"][:11] + chance.choice(["14:00", "15:30"]) + ":00+08:00"
        group = {
            "headcount": chance.choice([3, 5, 6, 8, 12, 20]),
            "areas": chance.sample(list(COMPANY["areas"]), 2),
        }
        by = chance.choice(people)
        if waiting and chance.random() < 0.3:
            answers = chance.choice([KEY, KEY, IMPORTANT, GENERAL, OFFICE])
            rivals = {"rivals": "圈"} if chance.random() < 0.4 else {}
            made.at(
                day,
                "apply",
                waiting.pop(0),
                clock,
                visitor="某",
                contact="某",
                answers=answers,
                **window,
                **group,
                **rivals,
            )
            continue
        kind = chance.choice(
            ["area"] * 8
            + ["company"] * 4
            + [
                "edit",
                "edit",
                "task",
                "task",
                "send_plan",
                "issue",
                "issue",
                "exception",
                "reclass",
                "withdraw",
                "permit_photo",
            ]
        )
        asked: dict[str, dict[str, Any]] = {
            "area": {
                "area": chance.choice(list(COMPANY["areas"])),
                "by": chance.choice(["韩工", "罗总监"]),
                "answer": chance.choice(["open", "open", "refused"]),
                "reason": "检修",
            },
            "company": {
                "by": chance.choice(["陈总", "许总", by]),
                "answer": "refused" if chance.random() < 0.1 else "approved",
                "reason": "x",
            },
            "edit": chance.choice(
                [window, {"headcount": group["headcount"]}, {"areas": group["areas"]}]
            ),
            "task": {
                "task": chance.choice(
                    [
                        "guide",
                        "senior",
                        "analysis",
                        "rehearsal",
                        "meal",
                        "direction",
                        "refreshments",
                        "souvenirs",
                    ]
                ),
                "by": chance.choice(["苏青", "顾北"]),
                "who": chance.choice(["陈总", "叶小满"]),
                "serve": "coffee",
            },
            "send_plan": {"by": "苏青"},
            "issue": {
                "pass": f"P{number}",
                "areas": [chance.choice(list(COMPANY["areas"]))],
                "persons": chance.randint(1, 8),
                "by": chance.choice(["韩工", "罗总监"]),
                "escort": "苏青",
            },
            "exception": {
                "ground": chance.choice(["late", "small_group"]),
                "by": "陈总",
                "asked_by": by,
                "reason": "x",
            },
            "reclass": {
                "to": chance.choice(["important", "general", "key_account", "institution"]),
                "by": "苏青",
                "reason": "x",
            },
            "withdraw": {},
            "permit_photo": {"by": "陈总", "asked_by": by, "reason": "x"},
        }
        made.at(day, kind, chance.choice(names), clock, **asked[kind])
    made.file["until"] = "2026-10-01T00:00:00+08:00"
    return made.file

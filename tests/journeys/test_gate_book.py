"""A guard's device without a line decides just as the rules of the gate do: the browser's scripts beside `gate replay` (CV-4.1)."""

import random
from base64 import b64encode
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.sync_api import Browser, Page

from tests.tours.headquarters import ZONE
from yingbin.rules.gate.gatefile import read_gates
from yingbin.rules.gate.judging import WORDS
from yingbin.rules.gate.passes import Pass
from yingbin.rules.gate.replay import GateDay
from yingbin.rules.tours.verbs import AREA_WORDS
from yingbin.tours.token import PassToken, key_id, signed

SCRIPTS = Path(__file__).parents[2] / "yingbin" / "tours" / "static" / "tours"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
NINE = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
GATES = ({"gate": "北门", "areas": ["plant"], "site": True}, {"gate": "南门", "areas": [], "site": True}, {"gate": "车间门", "areas": ["plant", "workshop"]})  # fmt: skip
HERE, CHIEF, GUARD = "苏青", "周队", "高磊"
HOURS, SCANS = 120, 14
DECIDE = """async (hours) => {
  const RealDate = Date, answers = [];
  let now = 0;
  window.Date = class extends RealDate { static now() { return now; } };
  for (const { list, scans } of hours) {
    await yb.gateBook.renew(list, 0);
    const codes = [];
    for (const { told, at, supervises } of scans) {
      now = at;
      yb.gateBook.list().supervises = supervises;
      const said = await yb.gateBook.decide(told);
      codes.push([said.code, said.inside]);
    }
    answers.push(codes);
  }
  return answers;
}"""


class Hour:
    """A random hour: gates on line, then one of them without; what its device is told, and how the rules answer."""

    def __init__(self, seed: int) -> None:
        self.luck = random.Random(seed)
        self.name, self.at = f"hour-{seed}", NINE
        self.file: dict[str, Any] = {
            "visits": {"V1": 4, "V2": 2}, "gates": list(GATES), "supervisors": [CHIEF], "events": [],
            "passes": [self.paper(n) for n in range(1, 6)],
        }  # fmt: skip
        for _ in range(12):
            self.happens(self.luck.choice(("scan", "scan", "scan", "office")))
        self.off: str = self.luck.choice(GATES)["gate"]  # type: ignore[assignment]
        self.event("offline", gate=self.off)
        self.before = len(self.file["events"])
        while len(self.file["events"]) < self.before + SCANS:
            self.happens(self.luck.choice(("scan", "scan", "scan", "admit")))
        self.play()

    def paper(self, number: int) -> dict[str, Any]:
        begins = NINE + timedelta(minutes=self.luck.choice((-60, -60, 10, 40)))
        ends = begins + timedelta(minutes=self.luck.choice((50, 90, 200)))
        areas = self.luck.choice((["plant"], ["plant", "workshop"], ["plant", "workshop"]))
        return {
            "pass": str(number), "visit": "V1" if number < 4 else "V2", "areas": areas, "from": begins.isoformat(), "to": ends.isoformat(),
            "persons": self.luck.randint(1, 4), "escort": HERE,
        }  # fmt: skip

    def event(self, kind: str, **told: Any) -> None:
        self.at += timedelta(seconds=self.luck.randint(20, 200))
        self.file["events"].append({"at": self.at.isoformat(), "event": kind, **told})

    def happens(self, kind: str) -> None:
        told: dict[str, Any] = {"pass": str(self.luck.randint(1, 5))}
        if kind == "office":
            verb = self.luck.choice(("revoke", "lost", "returned", "reissue"))
            return self.event(verb, by=CHIEF, **told, **({} if verb in ("lost", "returned") else {"reason": "变动"}))  # fmt: skip
        gate = getattr(self, "off", None) or self.luck.choice(GATES)["gate"]
        told |= {"gate": gate, "revision": self.luck.choice((1, 1, 2)), "count": self.luck.choice((1, 1, 2, 3))}  # fmt: skip
        if kind == "admit":
            return self.event(kind, by=self.luck.choice((CHIEF, GUARD)), reason="安排", **told)
        way, led = self.luck.choice(("in", "in", "out")), self.luck.choice((HERE, HERE, "别人"))
        self.event("scan", direction=way, led_by=led, **told)

    def play(self) -> None:
        """What the rules answer, and the list as it was when the line went."""
        day = GateDay(read_gates(self.file))
        self.scans: list[dict[str, Any]] = []
        self.answers: list[list[Any]] = []
        for number, event in enumerate(day.file.events):
            day.happen(number, event)
            if number == self.before - 1:
                self.list = self.taken_along(day)
            elif number >= self.before:
                self.presented(day, number)

    def presented(self, day: GateDay, number: int) -> None:
        told, event = self.file["events"][number], day.file.events[number]
        held = day.site.passes[told["pass"]]
        if told["revision"] not in held.revisions:
            return  # a revision that nobody issued has no code
        said = next(one for one in reversed(day.decisions) if one["event"] == number)
        self.answers.append([said["code"], said["in_pass"]])
        typed = told["revision"] == held.current and self.luck.random() < 0.3
        self.scans.append({
            "at": int(event.at.timestamp() * 1000), "supervises": told.get("by") == CHIEF,
            "told": {
                "code": told["pass"] if typed else code(held, told["revision"]), "way": told.get("direction", "in"), "count": told["count"],
                "other_escort": told.get("led_by", HERE) != HERE, "nonce": f"{self.name}-{number}", "reason": told.get("reason", ""),
            },
        })  # fmt: skip

    def taken_along(self, day: GateDay) -> dict[str, Any]:
        """As `gate_list` makes it."""
        gate, site = day.site.gates[self.off], day.site
        public = KEY.public_key().public_bytes_raw()
        return {
            "at": int(self.moment(self.before - 1).timestamp() * 1000), "device": self.name, "areas": sorted(gate.areas), "on_site": gate.site,
            "policy": vars(day.file.policy), "keys": {key_id(public): b64encode(public).decode()}, "headcounts": day.file.visits,
            "zones": [sorted(zone) for zone in site.places.order], "words": WORDS, "area_words": AREA_WORDS,
            "passes": [self.listed(day, held) for held in site.passes.values()],
        }  # fmt: skip

    def moment(self, number: int) -> datetime:
        return datetime.fromisoformat(self.file["events"][number]["at"])

    def listed(self, day: GateDay, held: Pass) -> dict[str, Any]:
        now, there = held.revisions[held.current], day.site.places.there.get(held.name, {})
        return {
            "number": int(held.name), "revision": held.current, "fates": {str(n): held.fate(n) for n in held.revisions}, "visit": held.visit,
            "persons": now.persons, "areas": sorted(now.areas), "start": int(now.start.timestamp() * 1000),
            "end": int(now.end.timestamp() * 1000), "there": [(sorted(zone), many) for zone, many in there.items() if many],
        }  # fmt: skip


def code(held: Pass, revision: int) -> str:
    """What a code of this revision says."""
    told = held.revisions[revision]
    token = PassToken(
        int(held.name), revision, told.start, told.end, told.areas, told.persons, told.photo
    )
    return signed(token, KEY)


@pytest.fixture
def device(chromium: Browser) -> Iterator[Page]:
    """A page with the gate's scripts, in a place that a browser holds for secure."""
    page = chromium.new_page()
    page.route(
        "http://localhost/", lambda to: to.fulfill(body="<!DOCTYPE html>", content_type="text/html")
    )
    page.goto("http://localhost/")
    for name in ("gate_token.js", "gate_book.js"):
        page.add_script_tag(path=SCRIPTS / name)
    yield page
    page.close()


@pytest.mark.clause("CV-4.1", "CV-4.2")
def test_without_a_line_the_device_answers_every_scan_as_the_rules_do(device: Page) -> None:
    hours = [Hour(seed) for seed in range(HOURS)]
    answers = device.evaluate(DECIDE, [{"list": one.list, "scans": one.scans} for one in hours])
    for hour, said in zip(hours, answers, strict=True):
        assert said == hour.answers, hour.name
    codes = {code for hour in hours for code, _ in hour.answers}
    assert codes >= {
        "ok", "old_revision", "void", "lost", "too_early", "too_late", "wrong_area", "wrong_escort", "already_in", "over_headcount",
        "not_supervisor",
    }  # fmt: skip

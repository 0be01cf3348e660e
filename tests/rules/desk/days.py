"""Days at the desk written shortly: `Day().at("23 09:05", "record", "m1", "苏", kind="help", subject="water")`."""

from __future__ import annotations

from typing import Any

from yingbin.rules.desk.replay import replay

PEOPLE: dict[str, Any] = {
    "clerks": ["苏", "叶"],
    "guards": ["石"],
    "supervisor": "林",
    "manager": "顾",
    "departments": {
        "工程": {"head": "赵", "members": ["钱", "孙"]},
        "保洁": {"head": "周"},
    },
}
HOME = "3-2-1801"


def t(clock: str) -> str:
    """`23 09:05` of November 2026, the 23rd being a Monday; with seconds where given."""
    day, hour = clock.split()
    return f"2026-11-{day}T{hour if hour.count(':') == 2 else hour + ':00'}+08:00"


class Day:
    """A file built event by event; `said`, `matter`, `told` replay it."""

    def __init__(self, **policy: Any) -> None:
        self.file: dict[str, Any] = {"people": PEOPLE, "events": []}
        if policy:
            self.file["policy"] = policy
        self.clock = "23 09:00"

    def at(self, clock: str, event: str, matter: str, by: str, **fields: Any) -> Day:
        named = {name.rstrip("_"): value for name, value in fields.items()}
        if event == "record":
            usual = {"home": HOME, "subject": "door", "source": "call"}
            named = {**usual, **named}
        row = {"at": t(clock), "event": event, "matter": matter, "by": by, **named}
        self.file["events"].append(row)
        self.clock = clock
        return self

    def then(self, event: str, matter: str, by: str, **fields: Any) -> Day:
        """At the same moment as what was before."""
        return self.at(self.clock, event, matter, by, **fields)

    def until(self, clock: str) -> Day:
        self.file["until"] = t(clock)
        return self

    def run(self) -> dict[str, Any]:
        return replay(self.file)

    def said(self, number: int = -1) -> dict[str, Any]:
        """A decision, the last by default."""
        return dict(self.run()["decisions"][number])

    def refused(self) -> str:
        """Why the last event was refused, "" where it wasn't."""
        last = self.said()
        return str(last["because"]) if last["refused"] else ""

    def stands(self, *names: str) -> tuple[Any, ...]:
        """What the last decision says about these."""
        last = self.said()
        return tuple(last[name] for name in names)

    def matter(self, name: str = "m1") -> dict[str, Any]:
        return next(m for m in self.run()["matters"] if m["matter"] == name)

    def clocks(self, name: str = "m1") -> list[str]:
        """`solve met`, `reply running late`, in the order started."""
        found = self.matter(name)["clocks"]
        return [f"{c['clock']} {c['how']}{' late' if c['late'] else ''}" for c in found]

    def due(self, clock: str, name: str = "m1") -> str | None:
        """When the last clock of this name is due, as `23 09:30`."""
        found = [c for c in self.matter(name)["clocks"] if c["clock"] == clock]
        return short(found[-1]["due"]) if found[-1]["due"] else None

    def told(self, *notices: str) -> list[str]:
        """`23 09:09 warn respond 苏`: all notices, or those named."""
        found = [n for n in self.run()["notices"] if not notices or n["notice"] in notices]
        return [line(n) for n in found]

    def told_last(self) -> list[str]:
        """The notices of the last event, without their time: `offered 工程`."""
        number = len(self.file["events"]) - 1
        return [line(n)[9:] for n in self.run()["notices"] if n["event"] == number]


def line(notice: dict[str, Any]) -> str:
    level = str(notice["level"] or "")
    words = [notice["notice"] + level, notice["clock"] or "", notice["to"]]
    return " ".join([short(notice["at"]), *filter(None, words)])


def short(time: str) -> str:
    """`2026-11-23T09:05:00+08:00` as `23 09:05`; seconds where there are any."""
    assert time.endswith("+08:00")
    clock = time[11:19]
    return f"{time[8:10]} {clock[:5] if clock.endswith(':00') else clock}"

"""Days on duty written shortly: `Day().post("样板间A").person("叶", "样板间A").at("09:20", "sign_on", who="叶")`."""

from __future__ import annotations

from typing import Any

from yingbin.rules.duty.replay import replay

DATE = "2026-11-28"


def t(clock: str) -> str:
    """A time of the day, in Beijing; `09:20` or `09:20:30`."""
    return f"{DATE}T{clock if clock.count(':') == 2 else clock + ':00'}+08:00"


class Day:
    """A day's file, built step by step; `log` and `end` replay it."""

    def __init__(self, **policy: int) -> None:
        quiet = {"round_minutes": 0}
        self.file: dict[str, Any] = {
            "policy": {**quiet, **policy},
            "posts": [],
            "people": [],
            "lines": [],
            "events": [],
        }

    def post(self, name: str, kind: str = "show_flat", **more: Any) -> Day:
        hours = {"opens": t("09:00"), "closes": t("18:00")}
        self.file["posts"].append({"post": name, "kind": kind, **hours, **more})
        return self

    def person(self, who: str, post: str | None = None, **more: Any) -> Day:
        role = more.pop("role", "receptionist")
        row: dict[str, Any] = {"who": who, "role": role, **more}
        if role in ("receptionist", "lead"):
            row = {"from": t("08:30"), "to": t("18:00"), **row}
        if post is not None:
            row["post"] = post
        self.file["people"].append(row)
        return self

    def line(self, name: str, kind: str, post: str, owner: str) -> Day:
        self.file["lines"].append({"line": name, "kind": kind, "post": post, "owner": owner})
        return self

    def at(self, clock: str, event: str, **fields: Any) -> Day:
        times = {k: t(v) for k, v in fields.items() if k in ("from_", "to")}
        times = {k.rstrip("_"): v for k, v in times.items()}
        rest = {k.rstrip("_"): v for k, v in fields.items() if k not in ("from_", "to")}
        self.file["events"].append({"at": t(clock), "event": event, **rest, **times})
        return self

    def until(self, clock: str) -> Day:
        self.file["until"] = t(clock)
        return self

    def run(self) -> dict[str, Any]:
        return replay(self.file)

    def log(self) -> list[str]:
        """The log as short lines: `09:05 absent 李`."""
        return [short(entry) for entry in self.run()["log"]]

    def last(self) -> dict[str, Any]:
        """The decision on the last event."""
        number = len(self.file["events"]) - 1
        decisions = [e for e in self.run()["log"] if e["event"] == number]
        return dict(decisions[0])

    def accepted(self) -> bool:
        return bool(self.last()["what"] == "accepted")


def short(entry: dict[str, Any]) -> str:
    subject = next(
        (
            str(entry[name])
            for name in ("who", "post", "task", "line", "break", "stand_in", "case", "handover")
            if name in entry
        ),
        "",
    )
    return " ".join(
        x for x in (entry["at"][11:16], entry["what"], subject, entry.get("to", "")) if x
    )


def pair() -> Day:
    """样板间A with 叶, and the sales centre's 展厅 (two must stand) with 陈, 吴, 李; 许 leads, 程 heads, 秦 guards."""
    day = Day().post("样板间A").post("展厅", "sales_centre", minimum=2).person("叶", "样板间A")
    for who in ("陈", "吴", "李"):
        day.person(who, "展厅")
    return day.person("许", role="lead").person("程", role="head").person("秦", role="guard")


def morning() -> Day:
    """The same with everybody signed on at half past eight and both opening checks signed."""
    day = pair()
    for who in ("叶", "陈", "吴", "李", "许", "程", "秦"):
        day.at("08:29", "sign_on", who=who)
    for post, who in (("样板间A", "叶"), ("展厅", "陈")):
        items = ["environment", "goods", "facilities", *(["guards"] if post == "展厅" else [])]
        for item in items:
            day.at("08:30", "answer", task=f"{post}/opening", who=who, item=item, result="ok")
        day.at("08:30", "sign", task=f"{post}/opening", who=who)
    return day

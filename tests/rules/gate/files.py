"""Days at the gates written shortly."""

from __future__ import annotations

from typing import Any

from yingbin.rules.gate.replay import replay


def t(clock: str) -> str:
    return f"2026-09-21T{clock if clock.count(':') == 2 else clock + ':00'}+08:00"


class Gates:
    """G1 leads onto the site and the plant, G2 into the workshop, G3 is the back door. P1 of V1 is for four."""

    def __init__(self, **policy: int) -> None:
        self.file: dict[str, Any] = {
            "policy": policy,
            "visits": {"V1": 6, "V2": 2},
            "passes": [
                self.paper("P1", "V1", 4),
                self.paper("P2", "V1", 4),
                self.paper("P3", "V2", 2),
            ],
            "gates": [
                {"gate": "G1", "areas": ["plant"], "site": True},
                {"gate": "G2", "areas": ["workshop"]},
                {"gate": "G3", "areas": [], "site": True},
            ],
            "supervisors": ["周队长"],
            "security": ["周队长", "郑主管"],
            "events": [],
        }

    @staticmethod
    def paper(name: str, visit: str, persons: int) -> dict[str, Any]:
        return {
            "pass": name,
            "visit": visit,
            "areas": ["plant", "workshop"],
            "from": t("09:00"),
            "to": t("12:00"),
            "persons": persons,
            "escort": "苏青",
            "photo": False,
        }

    def at(self, clock: str, event: str, **fields: Any) -> Gates:
        named = {k.rstrip("_"): v for k, v in fields.items()}
        self.file["events"].append({"at": t(clock), "event": event, **named})
        return self

    def scan(self, clock: str, gate: str = "G1", paper: str = "P1", **more: Any) -> Gates:
        return self.at(
            clock, "scan", gate=gate, **{"pass": paper, "revision": 1, "direction": "in", **more}
        )

    def out(self, clock: str, gate: str = "G1", paper: str = "P1", **more: Any) -> Gates:
        return self.scan(clock, gate, paper, direction="out", **more)

    def run(self) -> dict[str, Any]:
        return replay(self.file)

    def last(self) -> dict[str, Any]:
        number = len(self.file["events"]) - 1
        return next(d for d in self.run()["decisions"] if d["event"] == number)

    def records(self) -> list[str]:
        """Clock records as short lines."""
        return [
            f"{d['at'][11:16]} {d['warning']} {d.get('pass') or d['gate']} {d['to']}"
            for d in self.run()["decisions"]
            if d["event"] is None
        ]

    def conflicts(self) -> list[tuple[int, str, int | None]]:
        """What the last merge found."""
        return [(c["scan"], c["code"], c["with"]) for c in self.last()["conflicts"]]

    def admit(self, clock: str, gate: str = "G1", paper: str = "P1", **more: Any) -> Gates:
        told = {"revision": 1, "by": "周队长", "reason": "路上堵车", **more}
        return self.at(clock, "admit", gate=gate, **{"pass": paper, **told})

    def code(self) -> str:
        return str(self.last()["code"])

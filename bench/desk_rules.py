"""The desk's rules alone: a file of so many events through `desk replay`, seconds and memory."""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from . import place

Row = tuple[str, str, str]
BEGINS = datetime(2026, 3, 2, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
PEOPLE = {
    "clerks": ["苏", "叶"], "supervisor": "林", "manager": "顾", "guards": ["石"],
    "departments": {"工程": {"head": "赵", "members": ["钱", "孙"]}},
}  # fmt: skip
# What happens to a matter after it was recorded, in minutes; who does it.
LIVES: dict[str, tuple[tuple[int, str, str, dict[str, Any]], ...]] = {
    "help": (
        (4, "offer", "苏", {"to": "工程"}), (9, "accept", "钱", {}), (40, "arrive", "钱", {}),
        (95, "done", "钱", {}), (130, "tell", "苏", {}),
    ),
    "complaint": (
        (6, "respond", "苏", {}), (15, "assess", "苏", {"severity": "minor"}), (90, "investigate", "苏", {"note": "看了监控"}),
        (140, "answer", "苏", {"text": "停工"}), (150, "tell", "苏", {}), (170, "agree", "苏", {"agreed": True}),
    ),
    "paid": (
        (3, "offer", "苏", {"to": "工程"}), (8, "accept", "孙", {}), (50, "arrive", "孙", {}), (55, "quote", "孙", {"amount": 8000}),
        (60, "agree", "孙", {"agreed": True, "amount": 8000}), (62, "start", "孙", {}),
        (110, "done", "孙", {"amount": 8000, "signed": True}), (130, "tell", "苏", {}),
    ),
}  # fmt: skip
KINDS = ("help", "help", "help", "complaint", "help", "paid")
APART = 20  # minutes from one matter to the next


def events(many: int) -> list[dict[str, Any]]:
    """So many events of matters that overlap, in the order in which they happen."""
    found: list[tuple[datetime, int, dict[str, Any]]] = []
    for n, row in enumerate(_each(many)):
        found.append((datetime.fromisoformat(row["at"]), n, row))
    return [row for _, _, row in sorted(found)][:many]


def _each(many: int) -> Iterator[dict[str, Any]]:
    for n in range(many // 6 + 1):
        kind, one = KINDS[n % len(KINDS)], f"M{n}"
        at = BEGINS + timedelta(minutes=APART * n)
        home, subject = f"{n}-2-1801", ("leak", "noise", "lift")[n % 3]
        yield _row(at, "record", "苏", one, {"kind": kind, "home": home, "subject": subject, "source": "call"})  # fmt: skip
        for after, event, who, more in LIVES[kind]:
            yield _row(at + timedelta(minutes=after), event, who, one, more)


def _row(at: datetime, event: str, by: str, one: str, more: dict[str, Any]) -> dict[str, Any]:
    return {"at": at.isoformat(), "event": event, "by": by, "matter": one, **more}


def measure(many: int = 10_000) -> list[Row]:
    """Rows of (what, figure, aim)."""
    from yingbin.rules.desk.replay import replay

    told = {"people": PEOPLE, "calendar": {"week": [[["00:00", "24:00"]]] * 7}, "events": events(many)}  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "days.json"
        path.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        began = time.perf_counter()
        words = [sys.executable, "-m", "yingbin.rules.cli", "desk", "replay", str(path)]
        done = subprocess.run(words, cwd=place.ROOT, capture_output=True, check=True)
        whole = time.perf_counter() - began
    answer = json.loads(done.stdout)
    began = time.process_time()
    replay(told)
    alone = time.process_time() - began
    refused = sum(one["refused"] for one in answer["decisions"])
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    return [
        (f"{many:,} events, `desk replay`", f"{whole:.1f} s, {most} MB", ""),
        ("… of the rules alone", f"{alone:.2f} s, {1000 * alone / many:.3f} ms an event", ""),
        ("… decisions, refused, notices", f"{len(answer['decisions']):,}, {refused}, {len(answer['notices']):,}", ""),
    ]  # fmt: skip

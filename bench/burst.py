"""A burst pipe at an estate: 300 homes call, come and write within an hour; all hang on one fault and are answered together.

    DATABASE_URL=… python -m bench.burst [homes]      seconds per record, the last hundred beside the first; the answering of all

By the very actions the clerk's screen calls, what is known asked first under the lock as there. In a database of its own beside
the one DATABASE_URL names, made and dropped here. Exits 1 when a matter is lost or an answer is missing.
"""

import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from bench import place
from bench.arrivals import show

Row = tuple[str, str, str]
DATABASE = "bench_burst"
PEOPLE = (
    ("苏", "desk_clerk", False), ("叶", "desk_clerk", False), ("林", "desk_supervisor", False),
    ("顾", "desk_manager", False), ("赵", "department_head", True), ("钱", "department", True),
)  # fmt: skip


class Office:
    """The office of the bench: who works there, and what time it is."""

    def __init__(self, began: datetime) -> None:
        from yingbin.people.models import Assignment, Department, Site, Staff

        self.now, self.keys = began, count(1)
        site = Site.objects.create(
            kind="management_office", code="burst", name="湖畔管理处", short_name="湖畔"
        )
        works = Department.objects.create(site=site, name="工程部")
        self.site, self.works, self.people = site.id, f"department:{works.id}", {}
        for n, (name, role, of_works) in enumerate(PEOPLE):
            who = Staff.objects.create(account=f"b{n}", name=name)
            self.people[name] = who.id
            since, own = began - timedelta(days=9), works if of_works else None
            Assignment.objects.create(site=site, staff=who, role=role, since=since, department=own)

    def do(self, verb: Callable[..., Any], by: str, **told: object) -> Any:
        """Somebody does something now."""
        from yingbin.journal.action import Acting

        return verb(Acting(self.site, f"burst{next(self.keys)}", self.people[by], self.now), **told)


def _told(office: Office, n: int) -> Any:
    from yingbin.desk.actions.happen import Record
    from yingbin.desk.places import of_words

    home = f"{1 + n % 3}-{1 + n % 2}-{n:03d}"
    source = ("call", "visit", "letter", "call")[n % 4]
    words = ("家里没水了", "厨房突然没水", "停水了，什么时候来")[n % 3]
    return Record(
        kind="help", place=of_words(office.site, home), subject="water", source=source, title=words
    )


def _calls(office: Office, homes: int) -> tuple[UUID, list[tuple[float, float]]]:
    """All of them within an hour, by both clerks in turn; the fault, and the seconds of each record, by the clock and of the processor."""
    from yingbin.desk.actions.register import register
    from yingbin.desk.actions.verbs import happen
    from yingbin.desk.ticks import tick

    head: UUID = office.do(register, "苏", told=_told(office, 0)).matter
    office.do(happen, "苏", event="offer", matter_id=head, fields={"to": office.works})
    office.do(happen, "钱", event="accept", matter_id=head)
    spent = []
    for n in range(1, homes):
        office.now += timedelta(seconds=3600 / homes)
        told, begun, work = _told(office, n), time.perf_counter(), time.process_time()
        office.do(register, "苏叶"[n % 2], told=told, parent=head)
        spent.append((time.perf_counter() - begun, time.process_time() - work))
        if n % 25 == 0:
            tick(office.now)
    return head, spent


def _answered(office: Office, head: UUID) -> tuple[int, float]:
    """The works mend it, the supervisor answers everybody, a hundred in a write; how many writes, how many seconds."""
    from yingbin.desk.actions.register import answer_attached
    from yingbin.desk.actions.verbs import happen
    from yingbin.desk.attached import attached_to

    for event in ("arrive", "done"):
        office.now += timedelta(minutes=20)
        office.do(happen, "钱", event=event, matter_id=head)
    begun, writes = time.perf_counter(), 0
    while left := [r.matter_id for r in attached_to(office.site, head) if not r.matter.closed_at]:
        office.do(answer_attached, "林", parent=head, text="总管修好了，来水了。", told=tuple(left[:100]))  # fmt: skip
        writes += 1
    return writes, time.perf_counter() - begun


def _faults(office: Office, homes: int) -> list[str]:
    """What was lost: every home has a number of its own and an answer, and the rules bear all of it out."""
    from yingbin.desk.checking import Replayed
    from yingbin.desk.models import DeskMatter

    rows = DeskMatter.objects.filter(site_id=office.site).select_related("matter")
    found = list(Replayed(office.site).faults())
    if len({row.number for row in rows}) != homes:
        found.append(f"{len(rows)} of {homes} homes")
    unanswered = [row.said for row in rows if row.matter.stage not in ("solved", "closed")]
    return found + [f"{one} has no answer" for one in unanswered if one]


def _means(spent: list[tuple[float, float]]) -> tuple[float, float]:
    wall, work = zip(*spent, strict=True)
    return sum(wall) / len(wall), sum(work) / len(work)


def measure(homes: int = 300) -> tuple[list[Row], list[str]]:
    """Rows of (what, figure, aim), and what was lost."""
    from django.core.management import call_command

    from yingbin.people.calendar import ZONE

    call_command("migrate", verbosity=0)
    office = Office(datetime(2026, 11, 23, 9, tzinfo=ZONE))
    head, spent = _calls(office, homes)
    writes, seconds = _answered(office, head)
    third = max(len(spent) // 3, 1)
    (first, early), (last, late) = (_means(part) for part in (spent[:third], spent[-third:]))
    rows = [
        (f"{homes} homes of one burst pipe, recorded and attached", f"{sum(wall for wall, _ in spent):.1f} s", ""),
        ("… one record: the first third / the last third", f"{first * 1000:.0f} / {last * 1000:.0f} ms", ""),
        ("… the same, of the processor, the program's part", f"{early * 1000:.0f} / {late * 1000:.0f} ms", ""),
        ("… ratio of the last third to the first, of the processor", f"{late / early:.2f}", "≤ 1.2"),
        (f"all answered and told, in {writes} writes", f"{seconds:.1f} s", ""),
        ("… of one home", f"{seconds / homes * 1000:.0f} ms", ""),
    ]  # fmt: skip
    return rows, _faults(office, homes)


def main() -> int:
    """Makes the database, plays the hour, drops it."""
    place.drop(DATABASE)
    place.admin(f"create database {DATABASE}")
    try:
        place.use(DATABASE)
        rows, faults = measure(*map(int, sys.argv[1:2]))
        show(rows)
        print("\n".join(faults) or "nothing was lost")
        return bool(faults)
    finally:
        place.close()
        place.drop(DATABASE)


if __name__ == "__main__":
    sys.exit(main())

"""One check of one site: the journal read once, then every row held against its entries, both ways.

Constant memory: entries and rows pass in chunks; what joins them, the subjects, lies in a temporary table.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from .chain import Chain, number_faults
from .guards import all_guards, guard_faults
from .held import Facts, Found, Held, Row, Seen, Subjects, Witnesses, with_rows, witnesses
from .models import CheckResult, Entry

ENTRIES, ROWS = 2000, 500  # in memory at once
# Which kind of row (by place), whether it must have one, the subject, the number and clock of the entry.
Subject = tuple[int, bool, str, int, datetime]
Asked = dict[str, list[tuple[int, bool, Subjects]]]
SHOWN = 200  # faults of one kind that are listed; the rest is counted


@dataclass
class Line:
    """One line of the result: what was held, how many, what doesn't fit, how long it took (seconds)."""

    what: str
    held: int = 0
    faults: int = 0
    seconds: float = 0.0
    found: list[Found] = field(default_factory=list)

    def add(self, one: Found) -> None:
        """One more fault; beyond the first ones only counted."""
        self.faults += 1
        if len(self.found) < SHOWN:
            self.found.append(one)


def check_site(site_id: UUID) -> list[Line]:
    """Everything the journal of a site witnesses; a line for each kind of thing, all in one picture."""
    with _picture():
        made, facts = witnesses(site_id), Facts()
        every = [held for w in made for held in w.held]
        lines = [_read_journal(site_id, made, every, facts)]
        lines += _hold_all(site_id, every, facts)
        lines += [_run(also.what, also.run, also.many) for w in made for also in w.also]
        return [*lines, _run("数据库的保护", _guards, lambda: len(all_guards().triggers))]


def _guards() -> Iterator[Found]:
    return (Found("数据库的保护", words) for words in guard_faults())


def keep_result(*, site_id: UUID, at: datetime, lines: list[Line]) -> None:
    """Keeps what a check came to, in place of the one before; names rows by number, never people."""
    told = [
        {
            "what": x.what,
            "held": x.held,
            "faults": x.faults,
            "found": [str(f) for f in x.found[:20]],
        }
        for x in lines
        if x.held or x.faults
    ]
    faults = sum(x.faults for x in lines)
    kept = {"at": at, "held": sum(x.held for x in lines), "lines": told, "faults": faults}
    if not faults:
        kept["clean_at"] = at
    CheckResult.objects.update_or_create(site_id=site_id, defaults=kept)


def last_check(site_id: UUID) -> CheckResult | None:
    """What the last check of a site came to; None before the first."""
    return CheckResult.objects.filter(site_id=site_id).first()


@contextmanager
def _picture() -> Iterator[None]:
    """All reads see the same moment; a write that commits meanwhile isn't in it."""
    alone = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if alone:
            cursor.execute("set transaction isolation level repeatable read")
        cursor.execute("drop table if exists pg_temp.journal_check")
        cursor.execute(
            "create temporary table journal_check"
            " (held smallint, born boolean, subject text, seq bigint, clock timestamptz)"
            " on commit drop"
        )
        yield
        cursor.execute("drop table pg_temp.journal_check")


def _run(what: str, run: Callable[[], Iterable[Found]], many: Callable[[], int]) -> Line:
    line, began = Line(what), time.monotonic()
    for one in run():
        line.add(one)
    line.held, line.seconds = many(), time.monotonic() - began
    return line


# The journal, once


def _read_journal(site_id: UUID, made: list[Witnesses], every: list[Held], facts: Facts) -> Line:
    line, began, chain = Line("记录链"), time.monotonic(), Chain(site_id)
    walks = [w.walk for w in made if w.walk]
    asked = _asked(every)
    for seq in _chunks(site_id):
        subjects: list[Subject] = []
        for entry in seq:
            chain.take(entry)
            seen = _seen(entry)
            _note(chain, seen, walks, facts)
            subjects += _subjects(chain, seen, asked)
        _keep(subjects)
    _index()
    for one in [*chain.end(), *number_faults(site_id, chain.size, made)]:
        line.add(one)
    line.held, line.seconds = chain.size, time.monotonic() - began
    return line


def _chunks(site_id: UUID) -> Iterator[list[Entry]]:
    rows = iter(Entry.objects.filter(site_id=site_id).order_by("seq").iterator(ENTRIES))
    while chunk := list(islice(rows, ENTRIES)):
        yield chunk


def read_through(site_id: UUID) -> Iterator[Seen]:
    """Every entry of a site in order, as the checks read it."""
    for chunk in _chunks(site_id):
        yield from map(_seen, chunk)


def _seen(entry: Entry) -> Seen:
    return Seen(
        entry.site_id,
        entry.seq,
        entry.at,
        entry.kind,
        entry.actor,
        entry.clause,
        entry.body,
        entry.receipt,
        entry.at,
    )


def _asked(every: list[Held]) -> Asked:
    asked: Asked = defaultdict(list)
    for n, held in enumerate(every):
        for part in (held.born, held.stands, held.later):
            for kind, subjects in part.items():
                asked[kind].append((n, part is held.born, subjects))
    return asked


def _note(chain: Chain, seen: Seen, walks: Iterable[Callable[[Seen], None]], facts: Facts) -> None:
    for note in [facts.note, *walks]:
        try:
            note(seen)
        except Exception as error:  # whatever a forged body provokes is a fault, never a crash
            words = f"读不懂：{type(error).__name__}"
            chain.faults.append(Found(f"第 {seen.seq} 条", words, seen.seq))


def _subjects(chain: Chain, seen: Seen, asked: Asked) -> list[Subject]:
    found: list[Subject] = []
    for n, born, subjects in asked.get(seen.kind, ()):
        try:
            found += [(n, born, s, seen.seq, seen.clock) for s in subjects(seen)]
        except Exception as error:  # as above
            words = f"读不懂：{type(error).__name__}"
            chain.faults.append(Found(f"第 {seen.seq} 条", words, seen.seq))
    return found


def _keep(subjects: list[Subject]) -> None:
    with connection.cursor() as cursor:
        into = "copy journal_check (held, born, subject, seq, clock) from stdin"
        with cursor.copy(into) as copy:
            for row in subjects:
                copy.write_row(row)


def _index() -> None:
    with connection.cursor() as cursor:
        cursor.execute("create index on journal_check (held, subject)")
        cursor.execute("analyze journal_check")


# The rows, and what has none


def _hold_all(site_id: UUID, every: list[Held], facts: Facts) -> list[Line]:
    lines = [Line(held.what) for held in every]
    there = {id(held) for held in with_rows(site_id, every)}
    for n, held in enumerate(every):
        if id(held) in there:
            lines[n] = _hold(site_id, n, held, facts)
    for n in _unmet():
        for one in _without_row(n, every[n], facts):
            lines[n].add(one)
    return lines


def _hold(site_id: UUID, n: int, held: Held, facts: Facts) -> Line:
    line, began = Line(held.what), time.monotonic()
    rows = _rows(held.rows(site_id))
    while chunk := list(islice(rows, ROWS)):
        line.held += len(chunk)
        for one in _hold_chunk(site_id, n, held, chunk, facts):
            line.add(one)
    line.seconds = time.monotonic() - began
    return line


def _rows(wanted: QuerySet[Row]) -> Iterator[Row]:
    """A few in one question, many by a cursor."""
    few = list(wanted[: ROWS + 1])
    return iter(few) if len(few) <= ROWS else iter(wanted.iterator(ROWS))


def _hold_chunk(
    site_id: UUID, n: int, held: Held, chunk: list[Row], facts: Facts
) -> Iterator[Found]:
    named = [(row, list(held.subjects(row))) for row in chunk]
    by_subject = _told(site_id, n, {s for _, subjects in named for s in subjects})
    for row, subjects in named:
        seen = {e.seq: e for s in subjects for e in by_subject.get(s, ())}
        yield from _row(held, row, [seen[seq] for seq in sorted(seen)], facts)


def _row(held: Held, row: Row, seen: list[Seen], facts: Facts) -> Iterator[Found]:
    grounds = [e for e in seen if e.kind in held.born or e.kind in held.stands]
    last = grounds[0].seq if grounds else None
    if not grounds and not held.excused(row):
        words = "记录链里没有这一条，是绕过程序加进来的"
        yield Found(f"{held.what} {held.place(row)}", words, getattr(row, "seq", None), held.page)
        return
    try:
        said = list(held.faults(row, seen, facts))
    except Exception as error:  # a row forged into something unreadable is a fault, never a crash
        said = [f"读不懂：{type(error).__name__}"]
    for words in said:
        yield Found(f"{held.what} {held.place(row)}", words, last, held.page)


def _told(site_id: UUID, n: int, subjects: set[str]) -> dict[str, list[Seen]]:
    """The entries that speak of these subjects; what has met its row is crossed off."""
    wanted = list(subjects)
    where = "from journal_check where held = %s and subject = any(%s)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"with met as (delete {where} and born returning subject, seq, clock)"
            f" select * from met union all select subject, seq, clock {where} and not born",
            [n, wanted, n, wanted],
        )
        met = cursor.fetchall()
    entries = Entry.objects.filter(site_id=site_id, seq__in={seq for _, seq, _ in met})
    by_seq = {e.seq: _seen(e) for e in entries}
    found: dict[str, list[Seen]] = defaultdict(list)
    for subject, seq, clock in met:
        by_seq[seq].clock = clock
        found[subject].append(by_seq[seq])
    return found


def _unmet() -> list[int]:
    """The kinds of rows of which an entry speaks of one that isn't there."""
    with connection.cursor() as cursor:
        cursor.execute("select distinct held from journal_check where born order by held")
        return [int(row[0]) for row in cursor.fetchall()]


def _without_row(n: int, held: Held, facts: Facts) -> Iterator[Found]:
    """Subjects that an entry speaks of and no row answers to."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select subject, min(seq) from journal_check where held = %s and born"
            " group by subject order by 2",
            [n],
        )
        while lost := cursor.fetchmany(ROWS):
            for subject, seq in lost:
                if not held.forgiven(subject, facts):
                    words = f"记录链第 {seq} 条见过，库里没有了"
                    yield Found(held.what, words, seq, held.page)

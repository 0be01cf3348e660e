"""The residents' one box with 200,000 people and 2 million matters, and a list of 50,000 homes brought in.

    python -m bench.estate find [people] [matters]     p50 and p95 of each way of asking, in milliseconds; what processors
                                                       spent on one, the database's part; questions asked;
                                                       the same in one plain statement
    python -m bench.estate import [rows]               seconds, memory, longest lock

Each runs in a database of its own beside the one DATABASE_URL names, made and dropped here. `find` exits 1 when a p95 is
above 50 ms.
"""

import random
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from bench import place, search
from bench.desk_lists import cpu
from bench.importing import most_memory

if TYPE_CHECKING:
    from collections.abc import Callable

    from yingbin.journal.action import Acting

BUILDINGS, ENTRANCES, FLOORS, DOORS = 200, 4, 25, 4
HOMES = BUILDINGS * ENTRANCES * FLOORS * DOORS
LIMIT_MS = 50.0
ROUNDS = 100


def _id(table: int) -> str:
    """In SQL: the id of the n-th row of a table of the bench."""
    return f"('{table:08x}-0000-0000-0000-' || lpad(to_hex(n), 12, '0'))::uuid"


# Who lives where: everybody in one home, one in fifty in two more; one tenancy in nine is over.
FILL = (
    f"""insert into desk_building (id, site_id, name, seq)
        select {_id(0x21)}, %(site)s, n::text, 1 from generate_series(1, {BUILDINGS}) n""",
    f"""insert into desk_home (id, site_id, building_id, entrance, room, label, delivery, seq)
        select {_id(0x22)}, %(site)s, ('00000021-0000-0000-0000-' || lpad(to_hex(b), 12, '0'))::uuid, e::text, room,
               b || '-' || e || '-' || room, 'lived_in', 1
          from (select row_number() over () as n, b, e, f || lpad(d::text, 2, '0') as room
                  from generate_series(1, {BUILDINGS}) b, generate_series(1, {ENTRANCES}) e,
                       generate_series(1, {FLOORS}) f, generate_series(1, {DOORS}) d) x""",
    f"""insert into desk_tenancy (id, site_id, home_id, customer_id, capacity, until, at, seq)
        select gen_random_uuid(), %(site)s, ('00000022-0000-0000-0000-' || lpad(to_hex(1 + (n * 7 + k * 31337) %% {HOMES}), 12, '0'))::uuid,
               ('00000001-0000-0000-0000-' || lpad(to_hex(n), 12, '0'))::uuid,
               (array['owner', 'family', 'tenant'])[1 + n %% 3],
               case when n %% 9 = 0 then date '2026-01-01' end, now(), 1
          from generate_series(1, %(people)s) n, generate_series(0, 2) k
         where k = 0 or n %% 50 = 0""",
    f"""insert into matters_matter (id, site_id, number, kind, grade, title, detail, about, clause, customer_id, subject_app, opened_at,
               salt, grams, state, stage, owner_id, owner_group, holder_group, offered_group, hand_offs, level, due_at, due_clock, paused, closed_at)
        select {_id(0x23)}, %(site)s, n, (array['help', 'enquiry', 'paid', 'complaint'])[1 + n %% 4], 'normal', '电梯又停了', '', '{{}}', 'SD-4.1',
               ('00000001-0000-0000-0000-' || lpad(to_hex(1 + n %% %(people)s), 12, '0'))::uuid, '', now() - n * interval '1 minute',
               '', '{{}}', case when n %% 200 = 0 then 'open' else 'closed' end, '',
               ('00000009-0000-0000-0000-' || lpad(to_hex(n %% 40), 12, '0'))::uuid, '', '', '', 0, 0,
               case when n %% 200 = 0 then now() end, '', '', case when n %% 200 <> 0 then now() - n * interval '1 minute' end
          from generate_series(1, %(matters)s) n""",
    f"""insert into desk_deskmatter (id, site_id, matter_id, seq, year, number, home, home_id, place, place_salt, subject, source, caller, salt,
               amount, quote_agreed, responded, disagreed, reopened, handled, callback, callback_attempts, callback_score, events, moved_at)
        select {_id(0x24)}, %(site)s, {_id(0x23)}, n, 2026, n, h, h::uuid, '', '', 'lift', 'call', '', '', 0, false, true, 0, false, '{{}}', '', '[]',
               '', 1, now()
          from (select n, '00000022-0000-0000-0000-' || lpad(to_hex(1 + n %% {HOMES}), 12, '0') as h from generate_series(1, %(matters)s) n) x""",
)  # fmt: skip


def find(name: str, people: int = 200_000, matters: int = 2_000_000) -> int:
    """Fills an office, asks in every way, tells."""
    import psycopg
    from django.core.management import call_command

    from yingbin.people.models import Site

    call_command("migrate", verbosity=0)
    site = Site.objects.create(
        kind="management_office", code="bench", name="望江花园管理处", short_name="望江"
    )
    begun = time.perf_counter()
    told = {"site": site.id, "people": people, "matters": matters}
    with psycopg.connect(place.database(name)) as raw:
        search._copy(raw, site.id, people)
        for statement in FILL:
            raw.execute(statement, told)  # type: ignore[arg-type]
        raw.commit()
    with psycopg.connect(place.database(name), autocommit=True) as raw:
        raw.execute("vacuum analyze")
    took = time.perf_counter() - begun
    print(f"{people:,} people, {HOMES:,} homes, {matters:,} matters in {took:.0f} s\n", flush=True)
    return _asked(site.id, people)


def _ways(people: int) -> dict[str, list[str]]:
    from yingbin.people.pinyin import spelled

    dice = random.Random(7)
    some = [dice.randint(1, people) for _ in range(ROUNDS)]
    names, phones = [search._name(n) for n in some], [search._phone(n) for n in some]
    rooms = [
        (1 + n % BUILDINGS, 1 + n % ENTRANCES, f"{1 + n % FLOORS}0{1 + n % DOORS}") for n in some
    ]
    return {
        "phone, whole": [p.removeprefix("+86") for p in phones],
        "phone, last four": [p[-4:] for p in phones],
        "home, 3-2-1801": [f"{b}-{e}-{r}" for b, e, r in rooms],
        "home, 3栋2单元1801室": [f"{b}栋{e}单元{r}室" for b, e, r in rooms],
        "home without entrance": [f"{b}栋{r}" for b, _, r in rooms],
        "home half typed": [f"{b}-{e}-{r[:-1]}" for b, e, r in rooms],
        "room alone": [r for _, _, r in rooms],
        "name": names,
        "surname": [n[0] * 2 if len(n) < 2 else n[:2] for n in names],
        "pinyin": [spelled(n)[0] for n in names],
        "initials": [spelled(n)[1] for n in names],
        "name and home": [f"{n} {b}-{e}-{r}" for n, (b, e, r) in zip(names, rooms, strict=True)],
        "nobody": [f"{n}甲乙" for n in names],
    }  # fmt: skip


# What the box can't be quicker than: whom or what an index gives, their home, its open matters, unordered and unnamed.
_OPEN = """ left join desk_deskmatter d on d.home_id = h.id
 left join matters_matter m on m.id = d.matter_id and m.closed_at is null limit 40"""
_HERE = (
    " left join desk_tenancy t on t.customer_id = w.id left join desk_home h on h.id = t.home_id"
)
_RAW_HOME = f"select h.label, m.title from desk_home h{_OPEN.replace(' limit', ' where h.site_id = %s and h.label = %s limit')}"
_RAW_PERSON = "with w as ({who}) select w.id, h.label, m.title from w" + _HERE + _OPEN


def _raw(site: UUID) -> "Callable[[str], object]":
    """The same asked in one plain statement, which is told what the text means."""
    from django.db import connection

    from yingbin.customers import terms

    def ask(text: str) -> object:
        one = terms.of_query(site, text)
        sql, value = _RAW_PERSON.format(who=search._RAW_NAME), list(one.terms)
        if text.count("-") == 2:
            sql, value = _RAW_HOME, text  # type: ignore[assignment]
        elif one.digits:
            sql, value = _RAW_PERSON.format(who=search._RAW_PHONE), one.digits[::-1] + "%"  # type: ignore[assignment]
        with connection.cursor() as cursor:
            cursor.execute(sql, [site, value])
            return cursor.fetchall()

    return ask


def _asked(site: UUID, people: int) -> int:
    from yingbin.desk.queries.onebox import found
    from yingbin.people.queries import Badge
    from yingbin.people.roles import ROLES

    badge = Badge(UUID(int=1), site, frozenset({"desk_clerk"}), ROLES["desk_clerk"].allows)
    print(f"{'':26}{'p50':>8}{'p95':>8}{'max':>8}{'cpu':>8}{'of db':>8}{'asks':>6}{'raw p50':>9}{'p95':>8}{'cpu':>7}")  # fmt: skip
    worst = 0.0
    for what, texts in _ways(people).items():
        ours = _measured(lambda text: found(site, text, badge), texts)
        raw = _measured(_raw(site), texts)
        worst = max(worst, ours.p95)
        print(
            f"{what:26}{ours.p50:8.1f}{ours.p95:8.1f}{ours.most:8.1f}{ours.busy:8.1f}{ours.of_db:8.1f}{ours.asks:6}"
            f"{raw.p50:9.1f}{raw.p95:8.1f}{raw.busy:7.1f}", flush=True,
        )  # fmt: skip
    print(f"\nworst p95 {worst:.1f} ms, limit {LIMIT_MS:.0f} ms")
    return int(worst > LIMIT_MS)


@dataclass(frozen=True)
class Took:
    """Milliseconds of one question by the clock; of processors, and of these the database's; statements at most."""

    p50: float
    p95: float
    most: float
    busy: float
    of_db: float
    asks: int


def _measured(ask: "Callable[[str], object]", texts: list[str]) -> Took:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    asks = 0
    for text in texts[:10]:  # warms what is asked once, too
        with CaptureQueriesContext(connection) as log:
            ask(text)
            asks = max(asks, len(log))
    backend, took = connection.connection.info.backend_pid, []
    busy, of_db = time.process_time(), cpu(backend)
    for text in texts:
        begun = time.perf_counter()
        ask(text)
        took.append((time.perf_counter() - begun) * 1000)
    busy, of_db = (1000 * x / len(texts) for x in (time.process_time() - busy, cpu(backend) - of_db))  # fmt: skip
    return Took(*search._marks(took), max(took), busy + of_db, of_db, asks)


# A list brought in


def company_list(rows: int) -> bytes:
    """As property companies keep it: a title, merged buildings, spellings of every kind, owners and numbers in one cell."""
    from openpyxl import Workbook

    dice = random.Random(3)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("业主")
    sheet.append(["望江花园业主信息表"])
    sheet.append(
        ["序号", "房号", "业主姓名", "联系电话", "建筑面积", "入住状态", "交房日期", "备注"]
    )
    for n in range(rows):
        b, rest = divmod(n, ENTRANCES * FLOORS * DOORS)
        e, rest = divmod(rest, FLOORS * DOORS)
        f, d = divmod(rest, DOORS)
        b, e, room = b + 1, e + 1, f"{f + 1}{d + 1:02d}"
        home = dice.choice(
            (f"{b}-{e}-{room}", f"{b}栋{e}单元{room}室", f"{b}#{e}-{room}", f"{b}号楼{e}单元{room}")
        )
        names = [search._name(n)] + ([search._name(n + 10**6)] if n % 7 == 0 else [])
        numbers = [search._phone(n).removeprefix("+86") for n in range(n, n + len(names))]
        phone: Any = float(numbers[0]) if len(numbers) == 1 and n % 3 else "/".join(numbers)
        sheet.append(
            [
                n + 1,
                home,
                "、".join(names),
                phone,
                60 + n % 90,
                dice.choice(("已入住", "空置", "装修中", "")),
                "2021.6.30",
                "",
            ]
        )
    out = BytesIO()
    book.save(out)
    return out.getvalue()  # fmt: skip


def bring_in(rows: int = 50_000) -> int:
    """One list from upload to undo, as the worker does it."""
    from yingbin.importing import actions
    from yingbin.importing.models import ImportRun
    from yingbin.importing.queries import counts

    acting = _manager()
    before, data = _list(rows)
    taken = partial(actions.take_as_proposed, kind="estate", file_name="业主.xlsx", data=data)
    run = ImportRun.objects.get(id=_timed("read", lambda: taken(acting("up"))))
    print("report  ", counts(run))
    go = actions.apply_import.given(run_id=run.id, whole=False, receivers=False)
    _timed("apply", lambda: go(acting("apply")))
    print("taken   ", counts(run))
    print(f"peak memory {most_memory():.0f} MB, {most_memory() - before:.0f} MB more than before")
    back = actions.undo_import.given(run_id=run.id, why="bench")
    _timed("undo", lambda: back(acting("undo")))
    run.refresh_from_db()
    print("state   ", run.state, counts(run).kept, "kept")
    return 0


def _manager() -> "Callable[[str], Acting]":
    """An empty office, and whoever keeps its estate, under a key each time."""
    from django.core.management import call_command
    from django.utils import timezone

    from yingbin.journal.action import Acting
    from yingbin.people.models import Site
    from yingbin.web.demo import build

    call_command("migrate", verbosity=0)
    crew = build.found(timezone.now())
    site = Site.objects.create(
        kind="management_office", code="bench", name="望江花园管理处", short_name="望江"
    )
    who = next(iter(crew.ids.values()))
    return lambda key: Acting(site.id, f"bench-{key}", who, timezone.now())


def _list(rows: int) -> tuple[float, bytes]:
    """The list, made by another process so that its memory isn't counted; MB in use before."""
    with ProcessPoolExecutor(1, get_context("spawn")) as other:
        data = other.submit(company_list, rows).result()
    Path("/proc/self/clear_refs").write_text("5")  # forget the peak of making the people
    before = most_memory()
    print(
        f"{rows:,} rows, file {len(data) / 1e6:.1f} MB, {before:.0f} MB in use before", flush=True
    )
    return before, data


def _timed(name: str, start: Any) -> Any:
    from django.db import connection

    from yingbin.importing import ticks
    from yingbin.importing.queries import at_work

    connection.ensure_connection()
    backend = connection.connection.info.backend_pid
    busy, of_db = time.process_time(), cpu(backend)
    begun, longest = time.perf_counter(), 0.0
    done = start()
    while True:
        one = time.perf_counter()
        if not ticks.tick() and not at_work():
            break
        longest = max(longest, time.perf_counter() - one)
    seconds = time.perf_counter() - begun
    busy, of_db = time.process_time() - busy, cpu(backend) - of_db
    print(
        f"{name:8} {seconds:6.1f} s, of processors {busy:.1f} + {of_db:.1f} of the database,"
        f" longest tick {longest:.2f} s",
        flush=True,
    )
    return done


def main() -> int:
    """Makes the database, runs what was asked, drops it."""
    what, *numbers = sys.argv[1:] or ["find"]
    name = f"bench_estate_{what}"
    place.drop(name)
    place.admin(f"create database {name}")
    try:
        place.use(name)
        if what == "find":
            return find(name, *map(int, numbers))
        return bring_in(*map(int, numbers))
    finally:
        place.close()
        place.drop(name)


if __name__ == "__main__":
    sys.exit(main())

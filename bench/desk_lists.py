"""Lists and search of the desk after ten thousand and after two million matters: does the past make them dearer?

Two databases of one office, alike but for their past, with the same four hundred open matters. Pages are answered in this
process, middleware and templates included, here and there in turns; the clock counts and what processors spent, the
database's part included, since that depends less on whatever else the machine does.
"""

import os
import random
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import psycopg

from . import place

if TYPE_CHECKING:
    from .desk import Office

Row = tuple[str, str, str]
OPEN, ROUNDS, OFTEN = 400, 7, 6
WHERE = (
    "厨房", "客厅", "主卧", "卫生间", "阳台", "楼道", "大堂", "电梯厅", "地下车库", "北门", "南门", "单元门口", "花园", "天台",
    "儿童乐园", "快递柜旁", "三楼", "六楼", "十八楼", "顶楼",
)  # fmt: skip
WHAT = (
    "水管漏水", "灯不亮", "门禁刷不开", "下水道返味", "电梯异响", "墙面渗水", "地砖空鼓", "对讲机没声音", "消防栓漏水", "窗户关不严",
    "插座没电", "水压太低", "噪音扰民", "有人占车位", "垃圾没清", "树枝挡窗", "蚊虫很多", "玻璃裂了", "信箱锁坏", "监控对着家门",
    "暖气不热", "马桶堵塞", "空调滴水", "宠物没拴绳", "装修太吵", "物业费怎么算", "门锁换芯", "扶手松动", "井盖响", "路面积水",
)  # fmt: skip

TITLES = [f"{where}{what}" for where in WHERE for what in WHAT]
random.Random(5).shuffle(TITLES)  # the first are said most

_ID = "('{table:08x}-0000-0000-0000-' || lpad(to_hex({n}), 12, '0'))::uuid"


def _id(table: int, n: str = "n") -> str:
    return _ID.format(table=table, n=n)


_OPEN = "n > %(many)s - %(open)s"
_AT = "now() - (%(many)s - n) * interval '9 minutes'"
FILL = (
    f"""insert into matters_matter (id, site_id, number, kind, grade, title, detail, about, clause, subject_app, opened_by, opened_at, salt,
               grams, state, stage, owner_id, owner_group, holder_id, holder_group, offered_group, hand_offs, level, due_at, due_clock,
               paused, closed_at)
        select {_id(0x23)}, %(site)s, n, (array['help', 'enquiry', 'paid', 'suggestion', 'complaint'])[1 + n %% 5], 'normal', w.title, '',
               '{{}}', 'SD-4.1', '', %(clerk)s, {_AT}, repeat('0', 32), w.grams,
               case when {_OPEN} then 'open' else 'closed' end, '', %(clerk)s, '', %(clerk)s, '', '', 0, 0,
               case when {_OPEN} then now() + interval '1 day' end, case when {_OPEN} then 'solve' else '' end, '',
               case when not {_OPEN} then {_AT} + interval '2 hours' end
          from generate_series(1, %(many)s) n join bench_words w on w.k = (%(words)s * pow((n::bigint * 7919 %% 10007) / 10007.0, 2))::int""",
    f"""insert into desk_deskmatter (id, site_id, matter_id, seq, year, number, home, home_id, place, place_salt, subject, source, caller,
               salt, amount, quote_agreed, responded, disagreed, reopened, handled, callback, callback_attempts, callback_score,
               events, moved_at)
        select {_id(0x24)}, %(site)s, {_id(0x23)}, n, 2000 + n / 100000, n %% 100000 + 1, h, h::uuid, n %% 200 || '-2-1801', '', 'lift', 'call',
               '', '', 0, false, true, 0, false, array[%(clerk)s::uuid], '', '[]', '', 1, {_AT}
          from (select n, '00000022-0000-0000-0000-' || lpad(to_hex(1 + n %% 80000), 12, '0') as h
                  from generate_series(1, %(many)s) n) x""",
    f"""insert into desk_deskevent (id, site_id, matter_id, index, seq, at, by, event, fields, words, salt, because, clause, office_id)
        select {_id(0x25)}, %(site)s, {_id(0x24)}, 0, n, {_AT}, %(clerk)s, 'record', '{{}}', '{{}}', '', '登记。', 'SD-4.1', %(office)s
          from generate_series(1, %(many)s) n""",
)  # fmt: skip
TABLES = ("matters_matter", "desk_deskmatter", "desk_deskevent")


def fill(name: str, one: "Office", many: int) -> float:
    """So many matters behind an office; seconds it took."""
    began = time.perf_counter()
    with psycopg.connect(place.database(name), autocommit=True) as line:
        line.execute("set session_replication_role = replica")
        line.execute("set maintenance_work_mem = '512MB'")
        told = {"site": one.site, "clerk": one.clerk, "many": many, "open": OPEN}
        told |= {"words": _words(line, one.site), "office": one.site}
        kept = _without_indexes(line)
        for statement in FILL:
            line.execute(statement, told)  # type: ignore[arg-type]
        for index in kept:
            line.execute(index.encode())
        line.execute("vacuum analyze")
    return time.perf_counter() - began


def _words(line: Any, site: Any) -> int:
    """What residents say, the frequent first, with the pairs of characters that find it; how many."""
    from yingbin.matters.grams import grams

    line.execute("create temp table bench_words (k int primary key, title text, grams varchar[])")
    with line.cursor() as cursor:
        for k, title in enumerate(TITLES):
            cursor.execute("insert into bench_words values (%s, %s, %s)", (k, title, grams(site, title)))  # fmt: skip
    return len(TITLES) - 1


def _without_indexes(line: Any) -> list[str]:
    """Drops what can be built anew quicker than kept up; its definitions."""
    rows = line.execute(
        "select i.indexname, i.indexdef from pg_indexes i left join pg_constraint c on c.conname = i.indexname"
        " where i.tablename = any(%s) and c.oid is null", (list(TABLES),),
    ).fetchall()  # fmt: skip
    for name, _ in rows:
        line.execute(f'drop index "{name}"')
    return [sql for _, sql in rows]


PAGES = {
    "登记表, open": "?which=open",
    "登记表, all": "?which=all",
    "登记表, all, page 3": "?which=all&page=3",
    "登记表, a kind": "?which=all&kind=paid",
    "登记表, its number": "?which=all&words=2000-0017",
    "search, two frequent characters": "?which=all&words=漏水",
    "search, two rare characters": "?which=all&words=井盖",
    "search, six characters": f"?which=all&words={TITLES[3]}",
    "search, nothing": "?which=all&words=飞碟",
    "search, open": "?which=open&words=漏水",
    "我的": "mine/",
}


def measure(few: int = 10_000, many: int = 2_000_000) -> list[Row]:
    """Rows of (what, figure, aim)."""
    from . import desk

    (one,) = desk.found("bench_desk_few", 1)
    place.copy("bench_desk_few", "bench_desk_many")
    place.use("bench_desk_few")
    took = {
        name: fill(name, one, n) for name, n in (("bench_desk_few", few), ("bench_desk_many", many))
    }
    print(f"{few:,} and {many:,} matters filled in {sum(took.values()):.0f} s", flush=True)
    times: dict[tuple[str, str], list[tuple[float, float]]] = {}
    asked: dict[tuple[str, str], int] = {}
    for n in range(-1, ROUNDS):
        for base in took:
            place.use(base)
            for what, address in PAGES.items():
                get = _opens(address)
                if n < 0:
                    asked[what, base] = _questions(get)
                    continue
                times.setdefault((what, base), []).append(_timed(get))
    place.close()
    if not os.environ.get("BENCH_KEEP"):
        place.drop(*took)
    return [row for what in PAGES for row in _rows(what, times, asked)]


def _rows(
    what: str, times: dict[tuple[str, str], list[tuple[float, float]]], asked: dict[tuple[str, str], int]
) -> list[Row]:  # fmt: skip
    few, many = times[what, "bench_desk_few"], times[what, "bench_desk_many"]
    wall, busy = (median(b[k] / a[k] for a, b in zip(few, many, strict=True)) for k in (0, 1))
    here, there = (median(t[0] for t in one) for one in (few, many))
    spent = median(t[1] for t in many)
    figure = f"{here:.0f} → {there:.0f} ms ({spent:.0f} of processors)"
    return [
        (what, f"{figure:38} × {wall:.2f}, {busy:.2f}", "≤ 1.2"),
        *([(f"{what}: QUESTIONS GROW", f"{asked[what, 'bench_desk_few']} → {asked[what, 'bench_desk_many']}", "the same")]
          if asked[what, "bench_desk_few"] != asked[what, "bench_desk_many"] else []),
    ]  # fmt: skip


def _opens(address: str) -> Callable[[], object]:
    from django.test import Client

    from yingbin.people.models import Staff

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(Staff.objects.get(account="desk_clerk0"), backend="yingbin.people.backends.AccountOrPhone")  # fmt: skip

    def get() -> None:
        answer = client.get(f"/s/o0/desk/{address}")
        assert answer.status_code == 200, answer.status_code

    get()  # what is asked once a process or a session is asked now
    return get


def _questions(get: Callable[[], object]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        get()
    return len(asked)


def _timed(get: Callable[[], object]) -> tuple[float, float]:
    """Middle milliseconds by the clock, and those of processors, the database's part included."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        backend = int(cursor.fetchone()[0])
    walls = []
    busy = time.process_time() + cpu(backend)
    for _ in range(OFTEN):
        began = time.perf_counter()
        get()
        walls.append((time.perf_counter() - began) * 1000)
    return median(walls), (time.process_time() + cpu(backend) - busy) * 1000 / OFTEN


def cpu(process: int) -> float:
    """Seconds of a processor that a process of this machine has used, to the hundredth."""
    told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")

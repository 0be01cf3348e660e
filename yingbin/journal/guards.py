"""Whether the database still refuses what it has to refuse, by the very means our migrations made (TQ-3).

A guard counts only when it is on, is the trigger we made, and calls the function we made: each is held against
what a freshly migrated database has. An app whose migrations make guards names its `Guards` in its wing; a test
holds them all against a fresh database.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Guard:
    """A trigger as a migration made it, `enable always`: its table, the function it calls, before what."""

    table: str
    function: str
    before: str = "DELETE OR UPDATE"

    def definition(self, name: str) -> str:
        """The trigger as PostgreSQL tells it back where it is as we made it."""
        each = "STATEMENT" if self.before == "TRUNCATE" else "ROW"
        return (
            f"CREATE TRIGGER {name} BEFORE {self.before} ON {self.table}"
            f" FOR EACH {each} EXECUTE FUNCTION {self.function}()"
        )


def rows_and_whole(function: str, *tables: str, **called: str) -> dict[str, Guard]:
    """The two triggers of tables that stay whole: `<table>_rows` and `<table>_whole`; or called otherwise, name=table."""
    found = {}
    for name, table in {**{table: table for table in tables}, **called}.items():
        found[f"{name}_rows"] = Guard(table, function)
        found[f"{name}_whole"] = Guard(table, function, "TRUNCATE")
    return found


@dataclass(frozen=True)
class Guards:
    """What an app's migrations made: triggers by name, and the SHA-256 of each function's source."""

    triggers: Mapping[str, Guard] = field(default_factory=dict)
    functions: Mapping[str, str] = field(default_factory=dict)

    def __or__(self, other: "Guards") -> "Guards":
        return Guards({**self.triggers, **other.triggers}, {**self.functions, **other.functions})


_OWN = Guards(
    rows_and_whole("journal_refuse", "journal_entry", "journal_dayroot", "journal_checkpoint"),
    {"journal_refuse": "02082d0d62360a6761bb77641c565125be1343d3955d0bce8043051df5423887"},
)


@cache
def all_guards() -> Guards:
    """The journal's own and those of every app."""
    found = _OWN
    for path in settings.YINGBIN_GUARDS:
        found |= import_string(path)
    return found


class _Standing(NamedTuple):
    """A trigger as the database has it."""

    name: str
    table: str
    on: bool
    definition: str


def guard_faults() -> list[str]:
    """What of the guards is gone, off, changed or got round, in words; the database's owner can do all that."""
    standing = {t.name: t for t in _triggers()}
    return [
        *_of_triggers(standing),
        *_of_functions(),
        *(
            f"数据表 {t.table} 上多了一个触发器 {t.name}：它可能在写入时改动内容，请查明是谁加的"
            for t in standing.values()
            if t.name not in all_guards().triggers
        ),
        *_bypasses(),
    ]


def _of_triggers(standing: dict[str, _Standing]) -> Iterator[str]:
    lost = "里面的内容可能被改过，请逐行核对"
    for name, guard in all_guards().triggers.items():
        found = standing.get(name)
        if found is None or found.table != guard.table or not found.on:
            yield f"数据表 {guard.table} 的保护 {name} 被关掉或拆掉了：{lost}"
        elif found.definition != guard.definition(name):
            yield f"数据表 {guard.table} 的保护 {name} 被换成了别的：{lost}"


def _triggers() -> list[_Standing]:
    """Every trigger of ours or anybody's on the tables of this schema."""
    sql = (
        "select tgname, relname, tgenabled = 'A', pg_get_triggerdef(t.oid, true)"
        " from pg_trigger t join pg_class c on c.oid = t.tgrelid"
        " where not tgisinternal and c.relnamespace = current_schema()::regnamespace"
        " order by tgname"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [_Standing(*row) for row in cursor.fetchall()]


def _of_functions() -> Iterator[str]:
    """A guard's function does what our migrations wrote, in its caller's name, owned by the tables' owner."""
    sql = (
        "select p.proname, encode(sha256(convert_to(p.prosrc, 'UTF8')), 'hex'), l.lanname = 'plpgsql'"
        " and not p.prosecdef and p.proconfig is null,"
        " p.proowner = (select relowner from pg_class where oid = 'journal_entry'::regclass)"
        " from pg_proc p join pg_language l on l.oid = p.prolang"
        " where p.pronamespace = current_schema()::regnamespace and p.proname = any(%s)"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(all_guards().functions)])
        found = {row[0]: row[1:] for row in cursor.fetchall()}
    for name, digest in all_guards().functions.items():
        source, plain, ours = found.get(name, ("", False, False))
        if source != digest or not plain:
            yield f"保护所用的函数 {name} 被改过：它可能什么都不拦，内容请逐行核对"
        elif not ours:
            yield f"保护所用的函数 {name} 换了主人：主人随时能改它"


def _bypasses() -> Iterator[str]:
    """Rules that rewrite statements, and row security that hides rows, on guarded tables."""
    sql = (
        "select c.relname, exists (select from pg_rewrite r where r.ev_class = c.oid),"
        " c.relrowsecurity from pg_class c"
        " where c.relnamespace = current_schema()::regnamespace and c.relname = any(%s)"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [sorted({guard.table for guard in all_guards().triggers.values()})])
        for table, rewritten, hidden in cursor.fetchall():
            if rewritten:
                yield f"数据表 {table} 上有改写语句的规则：写入可能被换掉，请查明是谁加的"
            if hidden:
                yield f"数据表 {table} 开了行级隐藏：核对看不到的行可能存在"

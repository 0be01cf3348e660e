"""Whether the database still refuses what it has to refuse, by the very means our migrations made (TQ-3).

A guard counts only when it is on, is the trigger we made, and calls the function we made: each is held against
what a freshly migrated database has. A test holds the list below against one.
"""

from collections.abc import Iterator
from typing import NamedTuple

from django.db import connection

# Trigger, with the table it guards: made by the migrations, `enable always`.
GUARDS = {
    "journal_entry_rows": "journal_entry",
    "journal_entry_whole": "journal_entry",
    "journal_dayroot_rows": "journal_dayroot",
    "journal_dayroot_whole": "journal_dayroot",
    "journal_checkpoint_rows": "journal_checkpoint",
    "journal_checkpoint_whole": "journal_checkpoint",
    "register_entry_rows": "floor_registerentry",
    "register_entry_whole": "floor_registerentry",
    "register_words_rows": "floor_registerwords",
    "register_words_gone": "floor_registerwords",
    "register_words_whole": "floor_registerwords",
    "floor_turnevent_rows": "floor_turnevent",
    "floor_turnevent_whole": "floor_turnevent",
    "floor_turndecision_rows": "floor_turndecision",
    "floor_turndecision_whole": "floor_turndecision",
    "floor_undone_rows": "floor_undone",
    "floor_undone_whole": "floor_undone",
    "floor_nudge_rows": "floor_nudge",
    "floor_nudge_whole": "floor_nudge",
    "floor_reopening_rows": "floor_reopening",
    "floor_reopening_whole": "floor_reopening",
    "files_storedfile_rows": "files_storedfile",
    "files_storedfile_whole": "files_storedfile",
}
# What each function does, as the SHA-256 of its source.
FUNCTIONS = {
    "journal_refuse": "02082d0d62360a6761bb77641c565125be1343d3955d0bce8043051df5423887",
    "floor_register_refuse": "9921379df11818829100e41dd5e9563fe8dcb8f83b6331a4a06c2fa594dcaf5b",
    "floor_register_words_erase": "313fe9854e19c7c4c8a94980cdd0c1bda33cc36b03070a6e4bd69b17071e8efa",
    "floor_decided_refuse": "d1edae6c7ebe6368831890615df35fbac4bf2868894c983446d8e0c3f5cc5d2c",
    "files_refuse": "230ae0ef6f4a99cb73a277942cd4b7b82a804d8abb853297dabc29748cf5ce54",
}
_BEFORE = {"register_words_rows": "UPDATE", "register_words_gone": "DELETE"}


class _Standing(NamedTuple):
    """A trigger as the database has it."""

    name: str
    table: str
    on: bool
    definition: str


def definition(name: str) -> str:
    """The trigger as PostgreSQL tells it back where it is as we made it."""
    table = GUARDS[name]
    what = "TRUNCATE" if name.endswith("_whole") else _BEFORE.get(name, "DELETE OR UPDATE")
    each = "STATEMENT" if name.endswith("_whole") else "ROW"
    return (
        f"CREATE TRIGGER {name} BEFORE {what} ON {table}"
        f" FOR EACH {each} EXECUTE FUNCTION {function_of(name)}()"
    )


def function_of(name: str) -> str:
    """The function that a guard calls."""
    if name == "register_words_rows":
        return "floor_register_words_erase"
    family = {
        "journal": "journal_refuse",
        "register": "floor_register_refuse",
        "files": "files_refuse",
    }
    return family.get(name.partition("_")[0], "floor_decided_refuse")


def guard_faults() -> list[str]:
    """What of the guards is gone, off, changed or got round, in words; the database's owner can do all that."""
    standing = {t.name: t for t in _triggers()}
    return [
        *_of_triggers(standing),
        *_of_functions(),
        *(
            f"数据表 {t.table} 上多了一个触发器 {t.name}：它可能在写入时改动内容，请查明是谁加的"
            for t in standing.values()
            if t.name not in GUARDS
        ),
        *_bypasses(),
    ]


def _of_triggers(standing: dict[str, _Standing]) -> Iterator[str]:
    lost = "里面的内容可能被改过，请逐行核对"
    for name, table in GUARDS.items():
        found = standing.get(name)
        if found is None or found.table != table or not found.on:
            yield f"数据表 {table} 的保护 {name} 被关掉或拆掉了：{lost}"
        elif found.definition != definition(name):
            yield f"数据表 {table} 的保护 {name} 被换成了别的：{lost}"


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
        cursor.execute(sql, [list(FUNCTIONS)])
        found = {row[0]: row[1:] for row in cursor.fetchall()}
    for name, digest in FUNCTIONS.items():
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
        cursor.execute(sql, [sorted(set(GUARDS.values()))])
        for table, rewritten, hidden in cursor.fetchall():
            if rewritten:
                yield f"数据表 {table} 上有改写语句的规则：写入可能被换掉，请查明是谁加的"
            if hidden:
                yield f"数据表 {table} 开了行级隐藏：核对看不到的行可能存在"

"""Whether the database still refuses what it has to refuse (TQ-3)."""

from django.db import connection

# Trigger, with the table it guards: made by the migrations, `enable always`.
GUARDS = {
    "journal_entry_rows": "journal_entry",
    "journal_entry_whole": "journal_entry",
    "journal_dayroot_rows": "journal_dayroot",
    "journal_dayroot_whole": "journal_dayroot",
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
}


def guard_faults() -> list[str]:
    """Guards that are gone or switched off, in words; whoever owns the database can do that, unseen otherwise."""
    sql = (
        "select tgname, relname from pg_trigger t join pg_class c on c.oid = t.tgrelid"
        " where not tgisinternal and tgenabled = 'A' and c.relnamespace = current_schema()::regnamespace"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        standing = set(cursor.fetchall())
    return [
        f"数据表 {table} 的保护 {name} 被关掉或拆掉了：里面的内容可能被改过，请逐行核对"
        for name, table in GUARDS.items()
        if (name, table) not in standing
    ]

"""What happened in the queue and what was decided is final too; all guards hold in every session.

TRUNCATE is refused too, except in a session that declares its database disposable (the tests').
"""

from django.db import migrations

FINAL = ["floor_turnevent", "floor_turndecision", "floor_undone"]
REGISTER = [
    ("floor_registerentry", "register_entry_rows"),
    ("floor_registerentry", "register_entry_whole"),
    ("floor_registerwords", "register_words_rows"),
    ("floor_registerwords", "register_words_gone"),
    ("floor_registerwords", "register_words_whole"),
]
FUNCTION = """
create function floor_decided_refuse() returns trigger language plpgsql as $$
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  raise exception 'what was decided is final: % on % refused', tg_op, tg_table_name
    using errcode = 'insufficient_privilege';
end $$;
"""
TABLE = """
create trigger {0}_rows before update or delete on {0}
  for each row execute function floor_decided_refuse();
create trigger {0}_whole before truncate on {0}
  for each statement execute function floor_decided_refuse();
alter table {0} enable always trigger {0}_rows;
alter table {0} enable always trigger {0}_whole;
"""
GUARD = FUNCTION + "".join(TABLE.format(table) for table in FINAL)
UNGUARD = (
    "".join(f"drop trigger {t}_rows on {t}; drop trigger {t}_whole on {t};" for t in FINAL)
    + "drop function floor_decided_refuse();"
)


def register(way: str) -> str:
    """The statements that set the register's guards to `enable always` or back to `enable`."""
    return "\n".join(f"alter table {table} {way} trigger {name};" for table, name in REGISTER)


class Migration(migrations.Migration):
    """Guards against changes to what was decided."""

    dependencies = [("floor", "0008_register_imports")]
    operations = [
        migrations.RunSQL(GUARD, UNGUARD),
        migrations.RunSQL(register("enable always"), register("enable")),
    ]

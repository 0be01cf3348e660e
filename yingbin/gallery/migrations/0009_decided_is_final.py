"""What happened in the queue and what was decided is final too; all guards hold in every session.

A customer's erasure may take the free words of a reason away, and nothing else.

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
  if tg_op = 'UPDATE' and tg_table_name = 'floor_turnevent' then
    if old.salt <> '' and new.salt = '' and new.event->>'reason' = '（已按本人要求删除）'
       and new.event - 'reason' = old.event - 'reason'
       and to_jsonb(new) - 'event' - 'salt' = to_jsonb(old) - 'event' - 'salt' then
      return new;
    end if;
  elsif tg_op = 'UPDATE' and tg_table_name = 'floor_turndecision' then
    if position('（已按本人要求删除）' in new.because) > 0
       and to_jsonb(new) - 'because' = to_jsonb(old) - 'because'
       and exists (select 1 from floor_turnevent e where e.id = new.event_id
                   and e.salt = '' and e.event->>'reason' = '（已按本人要求删除）') then
      return new;
    end if;
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

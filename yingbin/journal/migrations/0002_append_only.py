"""The database itself refuses to change or delete entries and signed roots.

TRUNCATE is refused too, except in a session that declares its database disposable (the tests').
"""

from django.db import migrations

GUARD = """
create function journal_refuse() returns trigger language plpgsql as $$
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  raise exception 'the journal is append-only: % on % refused', tg_op, tg_table_name
    using errcode = 'insufficient_privilege';
end $$;
create trigger journal_entry_rows before update or delete on journal_entry
  for each row execute function journal_refuse();
create trigger journal_entry_whole before truncate on journal_entry
  for each statement execute function journal_refuse();
create trigger journal_dayroot_rows before update or delete on journal_dayroot
  for each row execute function journal_refuse();
create trigger journal_dayroot_whole before truncate on journal_dayroot
  for each statement execute function journal_refuse();
"""
UNGUARD = """
drop trigger journal_entry_rows on journal_entry;
drop trigger journal_entry_whole on journal_entry;
drop trigger journal_dayroot_rows on journal_dayroot;
drop trigger journal_dayroot_whole on journal_dayroot;
drop function journal_refuse();
"""


class Migration(migrations.Migration):
    """Guards against changes to what was recorded."""

    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]

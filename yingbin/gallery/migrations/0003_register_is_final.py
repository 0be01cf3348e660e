"""The database itself refuses to change a signed register row; its words can only be erased, once and whole.

TRUNCATE is refused too, except in a session that declares its database disposable (the tests').
"""

from django.db import migrations

GUARD = """
create function floor_register_refuse() returns trigger language plpgsql as $$
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  raise exception 'the visitors'' register is final: % on % refused', tg_op, tg_table_name
    using errcode = 'insufficient_privilege';
end $$;
create function floor_register_words_erase() returns trigger language plpgsql as $$
begin
  if old.erased_at is null and new.erased_at is not null and new.words is null and new.salt = ''
     and new.entry_id = old.entry_id and new.site_id = old.site_id then
    return new;
  end if;
  raise exception 'the visitors'' register is final: words can only be erased'
    using errcode = 'insufficient_privilege';
end $$;
create trigger register_entry_rows before update or delete on floor_registerentry
  for each row execute function floor_register_refuse();
create trigger register_entry_whole before truncate on floor_registerentry
  for each statement execute function floor_register_refuse();
create trigger register_words_rows before update on floor_registerwords
  for each row execute function floor_register_words_erase();
create trigger register_words_gone before delete on floor_registerwords
  for each row execute function floor_register_refuse();
create trigger register_words_whole before truncate on floor_registerwords
  for each statement execute function floor_register_refuse();
"""
UNGUARD = """
drop trigger register_entry_rows on floor_registerentry;
drop trigger register_entry_whole on floor_registerentry;
drop trigger register_words_rows on floor_registerwords;
drop trigger register_words_gone on floor_registerwords;
drop trigger register_words_whole on floor_registerwords;
drop function floor_register_refuse();
drop function floor_register_words_erase();
"""


class Migration(migrations.Migration):
    """Guards against changes to what was signed."""

    dependencies = [("floor", "0002_register")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]

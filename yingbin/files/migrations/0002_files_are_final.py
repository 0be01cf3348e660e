"""The database itself refuses to change what a file is, to attach it twice, or to bring it back; rows stay for ever.

TRUNCATE is refused too, except in a session that declares its database disposable (the tests').
"""

from django.db import migrations

GUARD = """
create function files_refuse() returns trigger language plpgsql as $$
declare
  may_change text[] := array['about_id', 'customer_id', 'attached_at', 'gone_at', 'gone_why', 'wiped_at'];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and to_jsonb(old) - may_change = to_jsonb(new) - may_change
     and (old.attached_at is null
          or (new.attached_at, new.about_id) is not distinct from (old.attached_at, old.about_id))
     and (old.gone_at is null
          or (new.gone_at, new.gone_why) is not distinct from (old.gone_at, old.gone_why))
     and (old.wiped_at is null or new.wiped_at is not distinct from old.wiped_at) then
    return new;
  end if;
  raise exception 'what a file is is final: % on % refused', tg_op, tg_table_name
    using errcode = 'insufficient_privilege';
end $$;
create trigger files_storedfile_rows before update or delete on files_storedfile
  for each row execute function files_refuse();
create trigger files_storedfile_whole before truncate on files_storedfile
  for each statement execute function files_refuse();
alter table files_storedfile enable always trigger files_storedfile_rows;
alter table files_storedfile enable always trigger files_storedfile_whole;
"""
UNGUARD = """
drop trigger files_storedfile_rows on files_storedfile;
drop trigger files_storedfile_whole on files_storedfile;
drop function files_refuse();
"""


class Migration(migrations.Migration):
    """Guards against changes to what was taken in."""

    dependencies = [("files", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]

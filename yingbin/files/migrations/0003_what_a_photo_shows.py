"""A file may be attached as something, such as a photo before or after; once it is attached that stays so, too."""

from django.db import migrations, models

GUARD = """
create or replace function files_refuse() returns trigger language plpgsql as $$
declare
  may_change text[] := array['about_id', 'customer_id', 'attached_at', 'purpose', 'gone_at', 'gone_why', 'wiped_at'];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and to_jsonb(old) - may_change = to_jsonb(new) - may_change
     and (old.attached_at is null
          or (new.attached_at, new.about_id, new.purpose)
             is not distinct from (old.attached_at, old.about_id, old.purpose))
     and (old.gone_at is null
          or (new.gone_at, new.gone_why) is not distinct from (old.gone_at, old.gone_why))
     and (old.wiped_at is null or new.wiped_at is not distinct from old.wiped_at) then
    return new;
  end if;
  raise exception 'what a file is is final: % on % refused', tg_op, tg_table_name
    using errcode = 'insufficient_privilege';
end $$;
"""
AS_BEFORE = """
create or replace function files_refuse() returns trigger language plpgsql as $$
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
"""


class Migration(migrations.Migration):
    """What a photo shows, and its guard."""

    dependencies = [("files", "0002_files_are_final")]
    operations = [
        migrations.AddField(
            model_name="storedfile",
            name="purpose",
            field=models.CharField(blank=True, default="", max_length=20, verbose_name="拍的什么"),
            preserve_default=False,
        ),
        migrations.RunSQL(GUARD, AS_BEFORE),
    ]

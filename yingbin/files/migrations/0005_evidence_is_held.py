"""Evidence is held: while it is, nothing lets go of the file, and it is released before, in a step of its own."""

from django.db import migrations, models

BODY = """
declare
  may_change text[] := array['about_id', 'customer_id', 'attached_at', 'purpose', 'held', 'gone_at', 'gone_why', 'wiped_at'];
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and to_jsonb(old) - may_change = to_jsonb(new) - may_change
     and (old.attached_at is null
          or (new.attached_at, new.about_id, new.purpose)
             is not distinct from (old.attached_at, old.about_id, old.purpose))
     and not ((old.held or new.held) and new.gone_at is not null)
     and (old.gone_at is null
          or (new.gone_at, new.gone_why) is not distinct from (old.gone_at, old.gone_why))
     and (old.wiped_at is null or new.wiped_at is not distinct from old.wiped_at) then
    return new;
  end if;
  raise exception 'what a file is is final: % on % refused', tg_op, tg_table_name
    using errcode = 'insufficient_privilege';
end """
BEFORE = """
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
end """
_AGAIN = "create or replace function files_refuse() returns trigger language plpgsql as $${body}$$;"


class Migration(migrations.Migration):
    """Held files, and their guard."""

    dependencies = [("files", "0004_by_digest")]
    operations = [
        migrations.AddField(
            model_name="storedfile",
            name="held",
            field=models.BooleanField(default=False, verbose_name="封存"),
        ),
        migrations.RunSQL(_AGAIN.format(body=BODY), _AGAIN.format(body=BEFORE)),
    ]

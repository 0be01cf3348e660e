"""What the desk did about a receiver who doesn't come, and every reopening with its reason, are final too."""

from django.db import migrations

FINAL = ["floor_nudge", "floor_reopening"]
TABLE = """
create trigger {0}_rows before update or delete on {0}
  for each row execute function floor_decided_refuse();
create trigger {0}_whole before truncate on {0}
  for each statement execute function floor_decided_refuse();
alter table {0} enable always trigger {0}_rows;
alter table {0} enable always trigger {0}_whole;
"""
GUARD = "".join(TABLE.format(table) for table in FINAL)
UNGUARD = "".join(f"drop trigger {t}_rows on {t}; drop trigger {t}_whole on {t};" for t in FINAL)


class Migration(migrations.Migration):
    """Guards against changes to facts that are never corrected in place."""

    dependencies = [("floor", "0013_words_are_committed")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]

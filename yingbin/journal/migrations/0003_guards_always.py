"""The guards hold in every session, also in one that plays a replica to get round its triggers."""

from django.db import migrations

GUARDS = [
    ("journal_entry", "journal_entry_rows"),
    ("journal_entry", "journal_entry_whole"),
    ("journal_dayroot", "journal_dayroot_rows"),
    ("journal_dayroot", "journal_dayroot_whole"),
]


def guarding(way: str) -> str:
    """The statements that set all guards to `enable always` or back to `enable`."""
    return "\n".join(f"alter table {table} {way} trigger {name};" for table, name in GUARDS)


class Migration(migrations.Migration):
    """Guards that no setting of a session switches off."""

    dependencies = [("journal", "0002_append_only")]
    operations = [migrations.RunSQL(guarding("enable always"), guarding("enable"))]

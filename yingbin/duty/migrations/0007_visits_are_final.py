"""A flat's facts, a sheet handed over and its matching stay as they were written; only words can be erased."""

from django.db import migrations

from yingbin.journal.finals import Final
from yingbin.sheets.finals import final


class Migration(migrations.Migration):
    dependencies = [("duty", "0006_visits_of_show_flats")]
    operations = [
        Final("duty_flatfacts").operation(),
        Final("duty_visitmatching").operation(),
        Final("duty_matchsettlement", erasable=("word", "salt")).operation(),
        Final("duty_matchconfirmation", erasable=("word", "salt")).operation(),
        migrations.RunSQL(
            final("duty_visitsheet", "duty_visitsheetwords"), migrations.RunSQL.noop
        ),
    ]

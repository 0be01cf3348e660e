"""What happened in a day on duty is final; only words in it can be erased."""

from django.db import migrations

from yingbin.journal.finals import Final


class Migration(migrations.Migration):
    dependencies = [("duty", "0001_initial")]
    operations = [
        Final("duty_dutyevent", erasable=("words", "salt")).operation(),
        Final("duty_dutyalert").operation(),
    ]

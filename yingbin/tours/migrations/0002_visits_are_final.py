"""The office of then and what happened is final; only words in it can be erased."""

from django.db import migrations

from yingbin.journal.finals import Final


class Migration(migrations.Migration):
    dependencies = [("tours", "0001_visits")]
    operations = [
        Final("tours_touroffice").operation(),
        Final("tours_tourevent", erasable=("words", "salt")).operation(),
    ]

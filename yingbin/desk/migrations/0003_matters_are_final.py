"""The office of then, what happened and what was written is final; only words in it can be erased."""

from django.db import migrations

from yingbin.journal.finals import Final


class Migration(migrations.Migration):
    dependencies = [("desk", "0002_matters")]
    operations = [
        Final("desk_deskoffice").operation(),
        Final("desk_deskevent", erasable=("words", "salt")).operation(),
        Final("desk_desknote", erasable=("words", "salt")).operation(),
    ]

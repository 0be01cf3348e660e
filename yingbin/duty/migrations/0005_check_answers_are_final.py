"""Versions of check lists, answers and what was sent back are final; a lead's word can be erased."""

from django.db import migrations

from yingbin.journal.finals import Final


class Migration(migrations.Migration):
    dependencies = [("duty", "0004_check_lists")]
    operations = [
        Final("duty_checklist").operation(),
        Final("duty_checkanswer").operation(),
        Final("duty_checkreturn", erasable=("word", "salt")).operation(),
    ]

"""Why a day of the cash box didn't balance may name a resident: the word can be emptied like others of theirs."""

from django.db import migrations

from yingbin.journal.finals import Final


class Migration(migrations.Migration):
    dependencies = [("desk", "0009_call_sheet_copies")]
    operations = [
        Final("desk_cashday", erasable=("why", "salt")).changes(Final("desk_cashday")),
    ]

"""Sheets of people are imports like any other now; their own table goes."""

from django.db import migrations


class Migration(migrations.Migration):
    """Drops the table once what waited in it has moved."""

    dependencies = [("people", "0008_policies_from_a_date"), ("importing", "0004_sheets_of_people")]
    operations = [migrations.DeleteModel("StaffSheet")]

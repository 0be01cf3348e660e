"""Colleagues are found by every likely reading of their names."""

from django.db import migrations, models

from yingbin.people.spellings import found_by


def name_all(apps, schema_editor):
    """Makes what the search box finds for everybody, leavers too."""
    staff = apps.get_model("people", "Staff")
    some = []
    for one in staff.objects.only("id", "name").iterator(500):
        one.sought = found_by(one.name)
        some.append(one)
        if len(some) == 500:
            staff.objects.bulk_update(some, ["sought"])
            some.clear()
    staff.objects.bulk_update(some, ["sought"])


class Migration(migrations.Migration):
    """One column with a constant default, filled in chunks."""

    dependencies = [("people", "0005_several_windows_a_day")]

    operations = [
        migrations.AddField(
            model_name="staff",
            name="sought",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.RunPython(name_all, migrations.RunPython.noop),
    ]

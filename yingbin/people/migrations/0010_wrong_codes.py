"""Wrong sign-in codes are kept for every kind of place; their table stays where it is."""

import django.db.models.deletion
from django.db import migrations, models

import yingbin.people.ids


class Migration(migrations.Migration):
    """Knows the table of the gallery, which nothing changes."""

    dependencies = [("people", "0009_sheets_moved"), ("floor", "0020_case_copies")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="WrongCode",
                    fields=[
                        ("id", models.UUIDField(default=yingbin.people.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ("staff_id", models.UUIDField()),
                        ("at", models.DateTimeField()),
                        ("site", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.site")),
                    ],
                    options={"db_table": "floor_wrongcode"},
                ),
                migrations.AddIndex(
                    model_name="wrongcode",
                    index=models.Index(fields=["site", "staff_id", "at"], name="floor_wrong_site_id_37d323_idx"),
                ),
            ]
        )
    ]

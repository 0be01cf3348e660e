"""Check lists that a company has for all its places of a kind."""

from django.db import migrations, models

from yingbin.journal.finals import Final
from yingbin.people.ids import uuid7

KINDS = [("opening", "开门检查"), ("round", "巡查"), ("closing", "关门检查")]


class Migration(migrations.Migration):
    dependencies = [("duty", "0015_incident_notes_typed")]

    operations = [
        migrations.AddField("checklist", "shared", models.BooleanField(default=False)),
        migrations.CreateModel(
            name="SharedCheckList",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("company_id", models.UUIDField()),
                ("place", models.CharField(max_length=20)),
                ("kind", models.CharField(choices=KINDS, max_length=8)),
                ("version", models.PositiveIntegerField()),
                ("body", models.JSONField()),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("salt", models.CharField(max_length=32)),
                ("seq", models.BigIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("company_id", "place", "kind", "version"),
                        name="shared_list_version_once",
                    )
                ],
            },
        ),
        Final("duty_sharedchecklist").operation(),
    ]

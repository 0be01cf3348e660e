"""Imports of any kind: columns are mapped before a file is read, and names that are no colleague's are assigned."""

import django.db.models.deletion
from django.db import migrations, models

# What was uploaded before was read as it was proposed.
MAPPED = "update importing_importrun set mapped_at = uploaded_at, mapped_by = uploaded_by"


class Migration(migrations.Migration):
    """Adds the kind, the mapping, its memory, and the names."""

    dependencies = [("importing", "0001_from_the_gallery"), ("people", "0001_initial")]
    operations = [
        migrations.RenameField("importrow", "customer_id", "subject_id"),
        migrations.RenameField("importrow", "gave_receiver", "gave"),
        migrations.AlterField(
            "importrow",
            "verdict",
            models.CharField(
                choices=[
                    ("new", "新的"),
                    ("known", "并入已有"),
                    ("again", "重复，不再收"),
                    ("refused", "不能收"),
                    ("skipped", "跳过"),
                ],
                max_length=7,
            ),
        ),
        migrations.AddField(
            "importrun",
            "kind",
            models.CharField(default="register", max_length=20),
            preserve_default=False,
        ),
        migrations.AddField("importrun", "mapped_at", models.DateTimeField(null=True)),
        migrations.AddField("importrun", "mapped_by", models.UUIDField(null=True)),
        migrations.RunSQL(MAPPED, migrations.RunSQL.noop),
        migrations.AddField("importfile", "survey", models.JSONField(default=dict)),
        migrations.RemoveIndex("importrun", "import_by_time"),
        migrations.AddIndex(
            "importrun",
            models.Index(fields=["site", "kind", "uploaded_at"], name="import_by_kind"),
        ),
        migrations.CreateModel(
            name="NamedPerson",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40)),
                ("lines", models.PositiveIntegerField(default=0)),
                ("staff_id", models.UUIDField(null=True)),
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="named",
                        to="importing.importrun",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("of", "name"), name="import_name_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="MappingMemory",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("heading", models.CharField(max_length=40)),
                ("taken_as", models.CharField(blank=True, max_length=20)),
                ("since", models.DateTimeField()),
                ("by", models.UUIDField()),
                (
                    "site",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.site",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("site", "kind", "heading"), name="mapping_once"
                    )
                ],
            },
        ),
    ]

"""A copy of the calls back that left the house is a fact that stays."""

import django.db.models.deletion
from django.db import migrations, models

import yingbin.people.ids
from yingbin.journal.finals import Final


class Migration(migrations.Migration):
    dependencies = [("desk", "0008_causes_of_complaints"), ("people", "0010_wrong_codes")]
    operations = [
        migrations.CreateModel(
            name="CallSheetCopy",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=yingbin.people.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("why", models.CharField(max_length=200, verbose_name="用途")),
                (
                    "form",
                    models.CharField(
                        choices=[("sheet", "Excel"), ("paper", "A4 打印"), ("pdf", "PDF")],
                        max_length=5,
                    ),
                ),
                ("since", models.DateField(null=True)),
                ("until", models.DateField(null=True)),
                ("rows", models.PositiveIntegerField()),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("seq", models.BigIntegerField()),
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
            options={"abstract": False},
        ),
        Final("desk_callsheetcopy").operation(),
    ]

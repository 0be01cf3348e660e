"""Whoever has a task says that they are on the way."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("desk", "0010_a_days_difference_is_erased")]
    operations = [
        migrations.AlterField(
            "desknote",
            "what",
            models.CharField(
                choices=[("remark", "备注"), ("guidance", "指导"), ("on_the_way", "在路上")], max_length=10
            ),
        ),
    ]

"""What each visit waits for, so that 待办 is counted in one question; those that go on are looked at anew by the clock."""

from django.db import migrations, models
from django.utils import timezone


def look_anew(apps, schema_editor):
    """The clock writes it down, at its next second."""
    rows = apps.get_model("tours", "TourVisit").objects.exclude(
        status__in=("withdrawn", "refused", "lapsed", "over")
    )
    rows.update(next_clock_at=timezone.now())


class Migration(migrations.Migration):

    dependencies = [
        ('tours', '0010_many_passes_are_printed'),
    ]

    operations = [
        migrations.AddField(
            model_name='tourvisit',
            name='waits',
            field=models.JSONField(default=list),
        ),
        migrations.RunPython(look_anew, migrations.RunPython.noop),
    ]

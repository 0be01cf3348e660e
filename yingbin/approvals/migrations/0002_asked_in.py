"""A request says which kind of entry tells of its asking, so that those of before keep their evidence."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column; every request so far was asked in an `approval.asked`."""

    dependencies = [("approvals", "0001_initial")]
    operations = [
        migrations.AddField(
            "approval", "asked_in", models.CharField(default="approval.asked", max_length=30)
        )
    ]

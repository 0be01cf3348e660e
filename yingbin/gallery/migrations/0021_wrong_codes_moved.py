"""Wrong sign-in codes belong to `people` now; nothing changes in the database."""

from django.db import migrations


class Migration(migrations.Migration):
    """Forgets the model, not its rows."""

    dependencies = [("floor", "0020_case_copies"), ("people", "0010_wrong_codes")]
    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel("WrongCode")])
    ]

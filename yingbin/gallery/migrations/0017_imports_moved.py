"""The tables of imports belong to the app `importing` now; nothing changes in the database."""

from django.db import migrations


class Migration(migrations.Migration):
    """Forgets the models, not their rows."""

    dependencies = [("floor", "0016_agencies"), ("importing", "0001_from_the_gallery")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel("ImportRow"),
                migrations.DeleteModel("ImportFile"),
                migrations.DeleteModel("RegisterImport"),
            ]
        )
    ]

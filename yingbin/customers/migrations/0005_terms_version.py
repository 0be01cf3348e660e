"""Which terms a card has: those of an earlier version are made anew by the worker, while people search on."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A column with a constant default: no row is rewritten and no row looked at."""

    dependencies = [("customers", "0004_words_are_committed")]

    operations = [
        migrations.AddField(
            model_name="customer",
            name="terms_version",
            field=models.SmallIntegerField(db_default=1, default=2),
        )
    ]

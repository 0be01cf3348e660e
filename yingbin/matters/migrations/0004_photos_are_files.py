"""Photos of a matter are files attached to it; the table of before held ids alone, and no page ever wrote one."""

from django.db import migrations


class Migration(migrations.Migration):
    """The table of photos goes."""

    dependencies = [("matters", "0003_holders_and_words")]
    operations = [migrations.DeleteModel("MatterPhoto")]

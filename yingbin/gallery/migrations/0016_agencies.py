"""渠道 is an agency in code, so that it isn't taken for a channel of notices; its tables keep their names."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Names in Django's state alone: nothing in the database moves."""

    dependencies = [("floor", "0015_skipped_lines")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RenameModel("Channel", "Agency"),
                migrations.AlterModelTable("agency", "floor_channel"),
                migrations.RenameModel("ChannelRegistration", "AgencyRegistration"),
                migrations.AlterModelTable("agencyregistration", "floor_channelregistration"),
                migrations.RenameField("agencyregistration", "channel", "agency"),
                migrations.AlterField(
                    "agencyregistration",
                    "agency",
                    models.ForeignKey(
                        db_column="channel_id",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registrations",
                        to="floor.agency",
                    ),
                ),
            ],
        ),
    ]

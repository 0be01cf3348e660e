"""A line may belong to another site than its file, and keeps what it means by ids."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two columns more; empty for whatever was brought in before."""

    dependencies = [("importing", "0002_any_kind")]
    operations = [
        migrations.AddField("importrow", "meant", models.JSONField(null=True)),
        migrations.AddField("importrow", "place_id", models.UUIDField(null=True)),
    ]

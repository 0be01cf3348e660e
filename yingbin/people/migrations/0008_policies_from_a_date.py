"""A site's policy may be signed today and hold from a later day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """When a version was signed, beside since when it holds."""

    dependencies = [("people", "0007_site_policies")]
    operations = [
        migrations.AddField(
            model_name="sitepolicy", name="signed_at", field=models.DateTimeField(null=True)
        ),
    ]

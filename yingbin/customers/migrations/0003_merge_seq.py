from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0002_consent_wording")]

    operations = [
        migrations.AddField(
            model_name="merge",
            name="seq",
            field=models.BigIntegerField(null=True),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("duty", "0014_forgotten_questions")]

    operations = [
        migrations.AddField(
            model_name="incidentnote", name="typed_at", field=models.DateTimeField(null=True)
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tours', '0010_many_passes_are_printed'),
    ]

    operations = [
        migrations.AddField('gatedevice', 'phone', models.UUIDField(null=True)),
        migrations.AddField('gatedevice', 'held_at', models.DateTimeField(null=True)),
        migrations.AddField('gatedevice', 'held_by', models.UUIDField(null=True)),
    ]

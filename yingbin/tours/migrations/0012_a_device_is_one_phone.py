from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tours', '0011_what_waits_for_whom'),
    ]

    operations = [
        migrations.AddField('gatedevice', 'phone', models.UUIDField(null=True)),
        migrations.AddField('gatedevice', 'held_at', models.DateTimeField(null=True)),
        migrations.AddField('gatedevice', 'held_by', models.UUIDField(null=True)),
    ]

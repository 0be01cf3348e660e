"""Somebody stays out of a matter that is about them."""

import django.db.models.deletion
import yingbin.people.ids
from django.db import migrations, models

from yingbin.journal.finals import Final


class Migration(migrations.Migration):

    dependencies = [
        ('matters', '0004_photos_are_files'),
        ('people', '0010_wrong_codes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Recusal',
            fields=[
                ('id', models.UUIDField(default=yingbin.people.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('staff_id', models.UUIDField()),
                ('seq', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('by', models.UUIDField(null=True)),
                ('matter', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='recusals', to='matters.matter')),
                ('site', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.site')),
            ],
        ),
        migrations.CreateModel(
            name='RecusalEnd',
            fields=[
                ('id', models.UUIDField(default=yingbin.people.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('seq', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('by', models.UUIDField(null=True)),
                ('recusal', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='end', to='matters.recusal')),
                ('site', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.site')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='recusal',
            index=models.Index(fields=['matter', 'staff_id'], name='matter_recusals'),
        ),
        migrations.AddIndex(
            model_name='recusal',
            index=models.Index(fields=['site', 'staff_id'], name='matter_recusals_of'),
        ),
        Final("matters_recusal").operation(),
        Final("matters_recusalend").operation(),
    ]

"""Evidence of breaches, its release, and copies of the record for legal; all final."""

import django.db.models.deletion
import yingbin.people.ids
from django.db import migrations, models

from yingbin.tours.guards import BREACH_COPIES, BREACH_STEPS


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0010_wrong_codes'),
        ('tours', '0006_guests'),
    ]

    operations = [
        migrations.CreateModel(
            name='BreachCopy',
            fields=[
                ('id', models.UUIDField(default=yingbin.people.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('by', models.UUIDField()),
                ('why', models.CharField(max_length=200, verbose_name='用途')),
                ('form', models.CharField(choices=[('sheet', 'Excel'), ('paper', 'A4 打印'), ('pdf', 'PDF')], max_length=5)),
                ('since', models.DateField(null=True)),
                ('until', models.DateField(null=True)),
                ('rows', models.PositiveIntegerField()),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('seq', models.BigIntegerField()),
                ('breach', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='tours.gatebreach')),
                ('site', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.site')),
            ],
            options={
                'indexes': [models.Index(fields=['site', 'seq'], name='tours_breach_copy_order')],
            },
        ),
        migrations.CreateModel(
            name='BreachStep',
            fields=[
                ('id', models.UUIDField(default=yingbin.people.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('what', models.CharField(choices=[('evidence', '取证'), ('released', '解除封存')], max_length=8)),
                ('photos', models.PositiveSmallIntegerField(default=0)),
                ('words', models.JSONField(default=dict)),
                ('salt', models.CharField(blank=True, max_length=32)),
                ('at', models.DateTimeField()),
                ('by', models.UUIDField()),
                ('seq', models.BigIntegerField()),
                ('breach', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='tours.gatebreach')),
                ('site', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.site')),
            ],
            options={
                'indexes': [models.Index(fields=['site', 'seq'], name='tours_breach_step_order')],
            },
        ),
        BREACH_STEPS.operation(),
        BREACH_COPIES.operation(),
    ]

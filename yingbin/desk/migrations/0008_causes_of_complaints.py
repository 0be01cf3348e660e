"""Causes of complaints, final but for their words."""

import django.db.models.deletion
import yingbin.people.ids
from django.db import migrations, models

from yingbin.journal.finals import Final


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0007_call_backs_and_answers'),
        ('people', '0010_wrong_codes'),
    ]

    operations = [
        migrations.CreateModel(
            name='ComplaintCause',
            fields=[
                ('id', models.UUIDField(default=yingbin.people.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('seq', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('by', models.UUIDField()),
                ('cause', models.CharField(choices=[('manner', '态度不好'), ('slow', '来得慢、办得慢'), ('quality', '没有办好'), ('untold', '没有答复、说不清'), ('fees', '收费有争议'), ('facility', '设施设备'), ('place', '环境、保洁、秩序'), ('neighbour', '邻里、装修'), ('rules', '规定不合理'), ('outside', '外单位的事'), ('unfounded', '不属实或是误会'), ('other', '其他')], max_length=12, verbose_name='原因')),
                ('words', models.CharField(blank=True, max_length=500)),
                ('salt', models.CharField(blank=True, max_length=32)),
                ('matter', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='causes', to='desk.deskmatter')),
                ('site', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.site')),
            ],
            options={
                'indexes': [models.Index(fields=['matter', 'seq'], name='desk_cause_of_matter'), models.Index(fields=['site', 'seq'], name='desk_cause_order')],
            },
        ),
        Final("desk_complaintcause", erasable=("words", "salt")).operation(),
    ]

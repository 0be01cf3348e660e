"""What reception prepares for a visit, fact by fact, final but for its words."""

import django.db.models.deletion
import yingbin.people.ids
from django.db import migrations, models

from yingbin.tours.guards import HOSTING


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0010_wrong_codes'),
        ('tours', '0007_breaches_are_kept'),
    ]

    operations = [
        migrations.CreateModel(
            name='HostingEvent',
            fields=[
                ('id', models.UUIDField(default=yingbin.people.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('index', models.PositiveIntegerField()),
                ('seq', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('by', models.UUIDField(null=True)),
                ('kind', models.CharField(choices=[('note', '来宾分析'), ('rehearsal', '预演'), ('ask', '请领导陪同'), ('answer', '陪同答复'), ('drop', '不用陪同'), ('direction', '公司指示的茶点'), ('meal', '宴请'), ('route', '参观路线'), ('warning', '到时间')], max_length=10)),
                ('fields', models.JSONField(default=dict)),
                ('words', models.JSONField(default=dict)),
                ('salt', models.CharField(blank=True, max_length=32)),
                ('mark', models.CharField(blank=True, max_length=80)),
                ('site', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.site')),
                ('visit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='hosting', to='tours.tourvisit')),
            ],
            options={
                'indexes': [models.Index(fields=['site', 'seq'], name='tours_hosting_order')],
                'constraints': [models.UniqueConstraint(fields=('visit', 'index'), name='tours_hosting_once'), models.UniqueConstraint(condition=models.Q(('mark', ''), _negated=True), fields=('visit', 'mark'), name='tours_hosting_told_once')],
            },
        ),
        HOSTING.operation(),
    ]

"""信息传递单, 报修, 损坏: what they say beyond their matters; assets, and faults told by scanning a label."""

import django.db.models.deletion
import yingbin.people.ids
from django.db import migrations, models

from yingbin.journal.finals import Final


class Migration(migrations.Migration):

    dependencies = [
        ('duty', '0009_handovers'),
        ('matters', '0004_photos_are_files'),
        ('people', '0009_sheets_moved'),
    ]

    operations = [
        migrations.CreateModel(
            name='Asset',
            fields=[
                ('id', models.UUIDField(default=yingbin.people.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField(verbose_name='编号')),
                ('name', models.CharField(max_length=40, verbose_name='名称')),
                ('place', models.CharField(blank=True, max_length=60, verbose_name='位置')),
                ('notes', models.CharField(blank=True, max_length=2000, verbose_name='操作说明')),
                ('supplier', models.CharField(blank=True, max_length=40, verbose_name='供应商')),
                ('contact', models.CharField(blank=True, max_length=60, verbose_name='联系方式')),
                ('warranty_until', models.DateField(null=True, verbose_name='保修到')),
                ('mark', models.CharField(max_length=32, unique=True)),
                ('given_up_at', models.DateTimeField(null=True)),
                ('salt', models.CharField(max_length=32)),
                ('seq', models.BigIntegerField()),
                ('post', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
                ('site', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.site')),
            ],
        ),
        migrations.CreateModel(
            name='FaultReport',
            fields=[
                ('id', models.UUIDField(default=yingbin.people.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('words', models.CharField(max_length=300, verbose_name='什么故障')),
                ('state', models.CharField(choices=[('waiting', '待确认'), ('confirmed', '已转报修'), ('dismissed', '不成立')], default='waiting', max_length=12)),
                ('made_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.UUIDField(null=True)),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='为什么不成立')),
                ('matter_id', models.UUIDField(null=True)),
                ('salt', models.CharField(max_length=32)),
                ('seq', models.BigIntegerField()),
                ('asset', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='faults', to='duty.asset')),
                ('site', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.site')),
            ],
        ),
        migrations.CreateModel(
            name='LineDetail',
            fields=[
                ('id', models.UUIDField(default=yingbin.people.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('supplier', models.CharField(blank=True, max_length=40, verbose_name='供应商')),
                ('value', models.PositiveIntegerField(null=True, verbose_name='估价')),
                ('cause', models.CharField(blank=True, choices=[('child', '儿童'), ('customer', '客户'), ('staff', '我方人员'), ('unknown', '不清楚')], max_length=8, verbose_name='原因')),
                ('present', models.CharField(blank=True, max_length=200, verbose_name='在场的人')),
                ('happened_at', models.DateTimeField(null=True, verbose_name='发生时间')),
                ('salt', models.CharField(blank=True, max_length=32)),
                ('seq', models.BigIntegerField()),
                ('asset', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='duty.asset')),
                ('matter', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='line', to='matters.matter')),
                ('site', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.site')),
            ],
        ),
        migrations.AddConstraint(
            model_name='asset',
            constraint=models.UniqueConstraint(fields=('site', 'number'), name='asset_number_once'),
        ),
        migrations.AddIndex(
            model_name='faultreport',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['site', 'made_at'], name='faults_waiting'),
        ),
        migrations.AddIndex(
            model_name='faultreport',
            index=models.Index(fields=['site', '-made_at'], name='faults_of_site'),
        ),
        migrations.AddIndex(
            model_name='linedetail',
            index=models.Index(fields=['site', 'seq'], name='duty_linede_site_id_82e3e4_idx'),
        ),
        Final("duty_linedetail", erasable=("present", "salt")).operation(),
    ]

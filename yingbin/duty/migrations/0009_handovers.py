"""交接班: what a handover began with, its signatures, what was added; final, but for words that can be erased."""
import django.db.models.deletion
import yingbin.people.ids
from django.db import migrations, models

from yingbin.journal.finals import Final


class Migration(migrations.Migration):

    dependencies = [
        ('duty', '0008_incidents'),
        ('people', '0009_sheets_moved'),
    ]

    operations = [
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.UUIDField(default=yingbin.people.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('giver', models.UUIDField(verbose_name='交班人')),
                ('receiver', models.UUIDField(verbose_name='接班人')),
                ('at', models.DateTimeField()),
                ('facilities', models.CharField(blank=True, max_length=300, verbose_name='设施状况')),
                ('expected', models.JSONField(default=dict)),
                ('also', models.JSONField(default=list)),
                ('seq', models.BigIntegerField()),
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='begins', to='duty.dutyevent')),
                ('log', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='handovers', to='duty.dutylog')),
                ('post', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
                ('site', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.site')),
            ],
            options={
                'indexes': [models.Index(fields=['log'], name='handover_of_day'), models.Index(fields=['site', 'post', 'at'], name='handover_of_post')],
            },
        ),
        migrations.CreateModel(
            name='HandoverNote',
            fields=[
                ('id', models.UUIDField(default=yingbin.people.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('handover', models.UUIDField()),
                ('what', models.CharField(choices=[('addition', '补充'), ('refusal', '拒签')], max_length=8)),
                ('by', models.UUIDField()),
                ('about', models.UUIDField(null=True)),
                ('at', models.DateTimeField()),
                ('words', models.CharField(max_length=300)),
                ('salt', models.CharField(max_length=32)),
                ('seq', models.BigIntegerField()),
                ('log', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='duty.dutylog')),
                ('site', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.site')),
            ],
            options={
                'indexes': [models.Index(fields=['site', 'handover'], name='notes_of_handover'), models.Index(fields=['log'], name='handover_notes_of_day')],
            },
        ),
        migrations.CreateModel(
            name='HandoverSignature',
            fields=[
                ('id', models.UUIDField(default=yingbin.people.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('handover', models.UUIDField()),
                ('side', models.CharField(choices=[('giving', '交班'), ('receiving', '接班')], max_length=9)),
                ('by', models.UUIDField(verbose_name='签名人')),
                ('at', models.DateTimeField()),
                ('signed', models.CharField(choices=[('glass', '屏上签名'), ('password', '密码确认'), ('paper', '纸质签名')], max_length=8)),
                ('strokes', models.JSONField(default=list)),
                ('device', models.UUIDField(null=True)),
                ('completes', models.BooleanField()),
                ('seq', models.BigIntegerField()),
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='signed', to='duty.dutyevent')),
                ('site', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.site')),
            ],
            options={
                'indexes': [models.Index(fields=['site', 'handover'], name='signatures_of_handover')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('completes', True)), fields=('handover',), name='handover_done_once')],
            },
        ),
        Final("duty_handover").operation(),
        Final("duty_handoversignature").operation(),
        Final("duty_handovernote", erasable=("words", "salt")).operation(),
    ]

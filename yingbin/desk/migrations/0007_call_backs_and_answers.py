"""Answers to call-backs, and the base of answers; what was said, written and used is final."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import yingbin.people.ids
from django.db import migrations, models

from yingbin.journal.finals import Final


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0006_paid_service_is_final'),
        ('matters', '0004_photos_are_files'),
        ('people', '0010_wrong_codes'),
    ]

    operations = [
        migrations.CreateModel(
            name='AnswerEntry',
            fields=[
                ('id', models.UUIDField(default=yingbin.people.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField(verbose_name='编号')),
                ('seq', models.BigIntegerField()),
                ('subject', models.CharField(max_length=30, verbose_name='事项')),
                ('question', models.CharField(max_length=80, verbose_name='问题')),
                ('answer', models.CharField(max_length=1000, verbose_name='答案')),
                ('valid_until', models.DateField(null=True)),
                ('vouched_by', models.UUIDField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('changed_at', models.DateTimeField()),
                ('grams', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=6), default=list, size=None)),
                ('used', models.PositiveIntegerField(default=0, verbose_name='用过')),
                ('used_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='AnswerUse',
            fields=[
                ('id', models.UUIDField(default=yingbin.people.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField()),
                ('seq', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('by', models.UUIDField()),
            ],
        ),
        migrations.CreateModel(
            name='AnswerVersion',
            fields=[
                ('id', models.UUIDField(default=yingbin.people.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField()),
                ('seq', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('by', models.UUIDField()),
                ('subject', models.CharField(max_length=30)),
                ('question', models.CharField(max_length=80)),
                ('answer', models.CharField(max_length=1000)),
                ('valid_until', models.DateField(null=True)),
                ('salt', models.CharField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name='CallAnswer',
            fields=[
                ('id', models.UUIDField(default=yingbin.people.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('seq', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('by', models.UUIDField()),
                ('points', models.PositiveSmallIntegerField(verbose_name='分数')),
                ('asked', models.BooleanField(default=False)),
                ('wanted', models.CharField(blank=True, max_length=1000)),
                ('salt', models.CharField(blank=True, max_length=32)),
                ('told', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
            ],
        ),
        migrations.AddIndex(
            model_name='deskevent',
            index=models.Index(condition=models.Q(('event', 'call')), fields=['site', '-seq'], name='desk_event_calls'),
        ),
        migrations.AddIndex(
            model_name='deskmatter',
            index=models.Index(fields=['site', 'moved_at'], name='desk_moved'),
        ),
        migrations.AddField(
            model_name='answerentry',
            name='site',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.site'),
        ),
        migrations.AddField(
            model_name='answeruse',
            name='entry',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='desk.answerentry'),
        ),
        migrations.AddField(
            model_name='answeruse',
            name='matter',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='desk.deskmatter'),
        ),
        migrations.AddField(
            model_name='answeruse',
            name='site',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.site'),
        ),
        migrations.AddField(
            model_name='answerversion',
            name='entry',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='desk.answerentry'),
        ),
        migrations.AddField(
            model_name='answerversion',
            name='grown_from',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='desk.deskmatter'),
        ),
        migrations.AddField(
            model_name='answerversion',
            name='site',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.site'),
        ),
        migrations.AddField(
            model_name='callanswer',
            name='event',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='desk.deskevent'),
        ),
        migrations.AddField(
            model_name='callanswer',
            name='matter',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='call_answers', to='desk.deskmatter'),
        ),
        migrations.AddField(
            model_name='callanswer',
            name='site',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.site'),
        ),
        migrations.AddIndex(
            model_name='answerentry',
            index=models.Index(fields=['site', '-used', 'number'], name='desk_answer_used_most'),
        ),
        migrations.AddIndex(
            model_name='answerentry',
            index=models.Index(fields=['site', 'subject'], name='desk_answer_of_subject'),
        ),
        migrations.AddIndex(
            model_name='answerentry',
            index=django.contrib.postgres.indexes.GinIndex(fields=['grams'], name='desk_answer_grams'),
        ),
        migrations.AddConstraint(
            model_name='answerentry',
            constraint=models.UniqueConstraint(fields=('site', 'number'), name='desk_answer_number_once'),
        ),
        migrations.AddIndex(
            model_name='answeruse',
            index=models.Index(fields=['entry', '-seq'], name='desk_answer_use'),
        ),
        migrations.AddIndex(
            model_name='answeruse',
            index=models.Index(fields=['site', 'seq'], name='desk_answer_use_order'),
        ),
        migrations.AddIndex(
            model_name='answerversion',
            index=models.Index(fields=['site', 'seq'], name='desk_answer_order'),
        ),
        migrations.AddConstraint(
            model_name='answerversion',
            constraint=models.UniqueConstraint(fields=('entry', 'version'), name='desk_answer_version_once'),
        ),
        migrations.AddIndex(
            model_name='callanswer',
            index=models.Index(fields=['site', 'seq'], name='desk_call_order'),
        ),
        migrations.AddIndex(
            model_name='callanswer',
            index=models.Index(fields=['matter', 'seq'], name='desk_call_of_matter'),
        ),
        migrations.AddIndex(
            model_name='callanswer',
            index=models.Index(condition=models.Q(('asked', True)), fields=['site', '-seq'], name='desk_call_asked'),
        ),
        Final("desk_callanswer", erasable=("wanted", "salt")).operation(),
        Final("desk_answerversion").operation(),
        Final("desk_answeruse").operation(),
    ]

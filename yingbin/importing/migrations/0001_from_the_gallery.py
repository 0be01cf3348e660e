"""The gallery's imports become everybody's: the tables move house with all their rows."""

import django.db.models.deletion
from django.db import migrations, models

import yingbin.people.ids

MOVED = (
    ("floor_registerimport", "importing_importrun"),
    ("floor_importfile", "importing_importfile"),
    ("floor_importrow", "importing_importrow"),
)
THERE = "".join(f"alter table {old} rename to {new};" for old, new in MOVED)
BACK = "".join(f"alter table {new} rename to {old};" for old, new in MOVED)


class Migration(migrations.Migration):
    """Takes over the gallery's tables as they are."""

    initial = True
    dependencies = [("floor", "0015_skipped_lines"), ("people", "0001_initial")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(THERE, BACK)],
            state_operations=[
            migrations.CreateModel(
                name='ImportRun',
                fields=[
                    ('id', models.UUIDField(default=yingbin.people.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('file_name', models.CharField(max_length=120, verbose_name='文件')),
                    ('sha256', models.CharField(max_length=64)),
                    ('size', models.PositiveIntegerField()),
                    ('options', models.JSONField(default=dict)),
                    ('uploaded_at', models.DateTimeField()),
                    ('uploaded_by', models.UUIDField()),
                    ('expected', models.PositiveIntegerField(default=0)),
                    ('rows', models.PositiveIntegerField(default=0)),
                    ('read_at', models.DateTimeField(null=True)),
                    ('failed_why', models.CharField(blank=True, max_length=300)),
                    ('dropped_at', models.DateTimeField(null=True)),
                    ('whole', models.BooleanField(default=False)),
                    ('receivers', models.BooleanField(default=False)),
                    ('applied_at', models.DateTimeField(null=True)),
                    ('applied_by', models.UUIDField(null=True)),
                    ('done', models.PositiveIntegerField(default=0)),
                    ('finished_at', models.DateTimeField(null=True)),
                    ('undone_at', models.DateTimeField(null=True)),
                    ('undone_by', models.UUIDField(null=True)),
                    ('undone_why', models.CharField(blank=True, max_length=200, verbose_name='为什么撤销')),
                    ('withdrawn', models.PositiveIntegerField(default=0)),
                    ('withdrawn_at', models.DateTimeField(null=True)),
                    ('emptied_at', models.DateTimeField(null=True)),
                    ('site', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.site')),
                ],
            ),
            migrations.CreateModel(
                name='ImportFile',
                fields=[
                    ('belongs_to', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='file', serialize=False, to='importing.importrun')),
                    ('data', models.BinaryField()),
                ],
            ),
            migrations.CreateModel(
                name='ImportRow',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('n', models.PositiveIntegerField()),
                    ('sheet', models.CharField(blank=True, max_length=40)),
                    ('line', models.PositiveIntegerField(verbose_name='行')),
                    ('verdict', models.CharField(choices=[('new', '新客户'), ('known', '并入已有客户'), ('again', '重复，不再收'), ('refused', '不能收'), ('skipped', '不是登记，跳过')], max_length=7)),
                    ('phone', models.CharField(blank=True, max_length=20)),
                    ('cells', models.JSONField(null=True)),
                    ('told', models.JSONField(null=True)),
                    ('faults', models.JSONField(default=list)),
                    ('warnings', models.JSONField(default=list)),
                    ('same_as', models.PositiveIntegerField(null=True)),
                    ('customer_id', models.UUIDField(null=True)),
                    ('created', models.BooleanField(default=False)),
                    ('gave_receiver', models.BooleanField(default=False)),
                    ('number', models.PositiveIntegerField(null=True)),
                    ('seq', models.BigIntegerField(null=True)),
                    ('kept_why', models.CharField(blank=True, max_length=80)),
                    ('of', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='importing.importrun')),
                ],
            ),
            migrations.AddIndex(
                model_name='importrun',
                index=models.Index(fields=['site', 'uploaded_at'], name='import_by_time'),
            ),
            migrations.AddIndex(
                model_name='importrun',
                index=models.Index(condition=models.Q(('undone_at__isnull', False)), fields=['site'], name='import_undone'),
            ),
            migrations.AddIndex(
                model_name='importrow',
                index=models.Index(fields=['of', 'verdict', 'n'], name='import_row_by_verdict'),
            ),
            migrations.AddIndex(
                model_name='importrow',
                index=models.Index(condition=models.Q(('phone', ''), _negated=True), fields=['of', 'phone'], name='import_row_by_phone'),
            ),
            migrations.AddConstraint(
                model_name='importrow',
                constraint=models.UniqueConstraint(fields=('of', 'n'), name='import_row_once'),
            ),
            ],
        ),
    ]

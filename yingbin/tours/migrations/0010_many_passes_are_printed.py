"""Passes that are printed many at once, and the parts that are ready."""

import django.db.models.deletion
import yingbin.people.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0010_wrong_codes'),
        ('tours', '0009_clearings'),
    ]

    operations = [
        migrations.CreateModel(
            name='PassPrinting',
            fields=[
                ('id', models.UUIDField(default=yingbin.people.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('day', models.DateField(null=True, verbose_name='哪天的')),
                ('card', models.BooleanField(default=False, verbose_name='单张')),
                ('at', models.DateTimeField()),
                ('by', models.UUIDField()),
                ('total', models.PositiveIntegerField()),
                ('drawn', models.PositiveIntegerField(default=0)),
                ('upto', models.PositiveIntegerField(default=0)),
                ('finished_at', models.DateTimeField(null=True)),
                ('forgotten_at', models.DateTimeField(null=True)),
                ('site', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.site')),
                ('visit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='printings', to='tours.tourvisit')),
            ],
        ),
        migrations.CreateModel(
            name='PassPrintPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('first', models.PositiveIntegerField()),
                ('last', models.PositiveIntegerField()),
                ('passes', models.PositiveIntegerField()),
                ('data', models.BinaryField()),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='tours.passprinting')),
            ],
        ),
        migrations.AddIndex(
            model_name='passprinting',
            index=models.Index(condition=models.Q(('finished_at__isnull', True)), fields=['at'], name='tours_printing_now'),
        ),
        migrations.AddIndex(
            model_name='passprinting',
            index=models.Index(fields=['site', 'at'], name='tours_printing_newest'),
        ),
        migrations.AddConstraint(
            model_name='passprinting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('day__isnull', False), ('visit__isnull', True)), models.Q(('day__isnull', True), ('visit__isnull', False)), _connector='OR'), name='tours_printing_of_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='passprintpart',
            constraint=models.UniqueConstraint(fields=('of', 'number'), name='tours_part_once'),
        ),
    ]

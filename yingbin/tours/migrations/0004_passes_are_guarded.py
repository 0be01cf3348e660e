"""What happened at the gates is final, and no pass is made before approval or for an area that isn't open."""

from django.db import migrations

from yingbin.tours.guards import GATE_EVENTS, PAPERS, REVISION_GUARD, REVISION_UNGUARD


class Migration(migrations.Migration):
    dependencies = [("tours", "0003_passes_and_gate")]
    operations = [
        GATE_EVENTS.operation(),
        PAPERS.operation(),
        migrations.RunSQL(REVISION_GUARD, REVISION_UNGUARD),
    ]

"""Every matter of before is held by its owner, says what it is about, and is found by its words."""

import hashlib
import unicodedata
from base64 import b32encode
from itertools import pairwise

from django.db import migrations

FILL = """
update matters_matter set
    holder_id = owner_id,
    subject_app = case when subject_id is null then '' else 'gallery.visit' end,
    due_clock = case when due_at is null then '' else 'due' end
"""


def pairs(site_id, *texts):
    """As `matters.grams` cuts them today."""
    mark = b32encode(hashlib.sha256(site_id.bytes).digest())[:4].decode()
    found = set()
    for text in texts:
        folded = unicodedata.normalize("NFKC", text).casefold()
        for word in "".join(c if c.isalnum() else " " for c in folded).split():
            found |= {mark + a + b for a, b in pairwise(word)}
    return sorted(found)


def find_by_words(apps, schema_editor):
    """Cuts title and detail of each matter into pairs."""
    matter = apps.get_model("matters", "Matter")
    changed = []
    for row in matter.objects.only("site_id", "title", "detail").iterator(chunk_size=1000):
        row.grams = pairs(row.site_id, row.title, row.detail)
        changed.append(row)
        if len(changed) == 1000:
            matter.objects.bulk_update(changed, ["grams"])
            changed = []
    matter.objects.bulk_update(changed, ["grams"])


class Migration(migrations.Migration):
    dependencies = [("matters", "0002_several_clocks")]

    operations = [
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunPython(find_by_words, migrations.RunPython.noop, elidable=False),
    ]

from django.db import migrations

from ..guards import REQUESTS


class Migration(migrations.Migration):
    dependencies = [("approvals", "0002_asked_in")]

    operations = [REQUESTS.operation()]

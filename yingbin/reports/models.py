"""The certificate of a day: what was checked, what held, signed once and kept."""

from django.db import models

from yingbin.people.ids import uuid7
from yingbin.people.models import Site


class DayCertificate(models.Model):
    """One closing's certificate: the findings, the journal's size and head then, the signature."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    at = models.DateTimeField()
    body = models.JSONField()
    holds = models.BooleanField()
    signature = models.CharField(max_length=128)
    key_id = models.CharField(max_length=16)
    seq = models.BigIntegerField()
    receipt = models.CharField(max_length=16)
    # Which closing of the day it is about: a day that was opened again gets another certificate.
    closing = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["site", "day", "closing"], name="one_certificate_a_closing"
            )
        ]

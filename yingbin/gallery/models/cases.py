"""争议: who disputes whose customer it is, what each says, and the manager's ruling with what it changes (TQ-11)."""

from django.db import models

from yingbin.people.rows import SiteRow
from yingbin.sheets.models import SheetCopy


class Dispute(SiteRow):
    """A dispute about one customer; `number` counts from 1 in the site, `parties` are staff ids."""

    number = models.PositiveIntegerField()
    customer_id = models.UUIDField()
    opened_by = models.UUIDField()
    opened_at = models.DateTimeField()
    parties = models.JSONField()
    seq = models.BigIntegerField()
    receipt = models.CharField(max_length=16)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "number"], name="dispute_number_once")
        ]
        indexes = [models.Index(fields=["site", "customer_id"], name="dispute_of_customer")]


class Statement(SiteRow):
    """What one party says, signed with name and time; never changed, a further word is a further row."""

    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="statements")
    by = models.UUIDField()
    at = models.DateTimeField()
    words = models.CharField(max_length=1000, blank=True)
    salt = models.CharField(max_length=32, blank=True)
    seq = models.BigIntegerField()
    receipt = models.CharField(max_length=16)


class Ruling(SiteRow):
    """The manager's ruling; a later one refers to the one it replaces. No earlier decision is altered.

    `effects`: {"receiver": staff id or null, "adjust": [{"who", "count", "turns"}]}. `applied_at` is null
    while the adjustments wait for the next opening.
    """

    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="rulings")
    at = models.DateTimeField()
    by = models.UUIDField()
    for_whom = models.UUIDField(null=True)
    reason = models.CharField(max_length=1000, blank=True)
    salt = models.CharField(max_length=32, blank=True)
    effects = models.JSONField(default=dict)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="replaced_by"
    )
    applied_at = models.DateTimeField(null=True)
    seq = models.BigIntegerField()
    receipt = models.CharField(max_length=16)

    class Meta:
        indexes = [
            models.Index(
                fields=["site"], condition=models.Q(applied_at__isnull=True), name="ruling_pending"
            )
        ]


class CaseCopy(SheetCopy, SiteRow):
    """A customer's case file left the house on paper; of a dispute, where it was that dispute's."""

    customer_id = models.UUIDField()
    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, null=True, related_name="copies")

    class Meta:
        indexes = [models.Index(fields=["site", "customer_id"], name="case_copy_of_customer")]

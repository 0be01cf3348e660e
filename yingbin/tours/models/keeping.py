"""What was cleared because it had been kept long enough: when, by whom, by which policy, how much."""

from django.db import models

from yingbin.people.rows import SiteRow


class VisitClearing(SiteRow):
    """Some visits were made anonymous at once. days, version: of the policy that held; visits, guests, cards: how many.

    Which visits they were stands in the journal.
    """

    seq = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    days = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    visits = models.PositiveIntegerField()
    guests = models.PositiveIntegerField()
    cards = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["site", "seq"], name="tours_clearing_order")]

"""The private address under which somebody's calendar program reads their own roster."""

from django.db import models
from django.db.models import Q

from yingbin.people.models import Staff
from yingbin.people.rows import SiteRow


class RosterFeed(SiteRow):
    """日历订阅: whoever knows the address reads one person's shifts, nothing else.

    The secret itself is kept nowhere: `digest` is its SHA-256. revoked_at: the address opens nothing since.
    """

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)
    digest = models.BinaryField(unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    seq = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["site", "staff"],
                condition=Q(revoked_at__isnull=True),
                name="one_roster_feed_a_person",
            )
        ]

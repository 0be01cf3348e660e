"""Many passes on their way to the printer (CV-4.1)."""

from django.db import models
from django.db.models import Q

from yingbin.people.rows import SiteRow

from .visits import TourVisit


class PassPrinting(SiteRow):
    """The passes of a day, or of one visit, drawn part by part; what was drawn is thrown away a day later.

    total: how many were out as it began. drawn: how many are on paper or under way to it; upto: the number of the
    last pass of the last part.
    """

    visit = models.ForeignKey(
        TourVisit, on_delete=models.PROTECT, null=True, related_name="printings"
    )
    day = models.DateField("哪天的", null=True)
    card = models.BooleanField("单张", default=False)
    at = models.DateTimeField()
    by = models.UUIDField()
    total = models.PositiveIntegerField()
    drawn = models.PositiveIntegerField(default=0)
    upto = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(visit__isnull=True, day__isnull=False)
                | Q(visit__isnull=False, day__isnull=True),
                name="tours_printing_of_one_thing",
            )
        ]
        indexes = [
            models.Index(
                fields=["at"], condition=Q(finished_at__isnull=True), name="tours_printing_now"
            ),
            models.Index(fields=["site", "at"], name="tours_printing_newest"),
        ]


class PassPrintPart(models.Model):
    """A part as PDF: from pass `first` to pass `last`, so many of them."""

    of = models.ForeignKey(PassPrinting, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    passes = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "number"], name="tours_part_once")]

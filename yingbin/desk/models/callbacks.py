"""回访: what a resident said when they were called back, beside the event of the contract (SD-4.3, SD-4.4)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from yingbin.people.rows import SiteRow

from .matters import DeskEvent, DeskMatter


class CallAnswer(SiteRow):
    """The answers of a call that reached the resident; never changed, but for words that may be erased.

    points: 1 to 5. asked: whether anything was asked of them, wanted: what, in their words; both are read by nobody
    but `told`, those whom the rules named, and whoever supervises the office.
    """

    matter = models.ForeignKey(
        DeskMatter, on_delete=models.PROTECT, related_name="call_answers", db_index=False
    )
    event = models.OneToOneField(DeskEvent, on_delete=models.PROTECT, related_name="answers")
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField()
    points = models.PositiveSmallIntegerField("分数")
    asked = models.BooleanField(default=False)
    wanted = models.CharField(max_length=1000, blank=True)
    salt = models.CharField(max_length=32, blank=True)
    told = ArrayField(models.UUIDField(), default=list)

    class Meta:
        indexes = [
            models.Index(fields=["site", "seq"], name="desk_call_order"),
            models.Index(fields=["matter", "seq"], name="desk_call_of_matter"),
            models.Index(
                fields=["site", "-seq"], condition=models.Q(asked=True), name="desk_call_asked"
            ),
        ]

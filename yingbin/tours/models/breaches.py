"""What is known of a breach beside its report and its confirmation: evidence, its release, copies for legal (CV-4.2)."""

from django.db import models

from yingbin.people.rows import SiteRow
from yingbin.sheets.models import SheetCopy

from .gate import GateBreach


class BreachStep(SiteRow):
    """Evidence was added to a breach, or security released it from being kept. Final.

    words: what somebody wrote with it, under `note`. photos: how many came along; they are attached to the breach.
    """

    class What(models.TextChoices):
        """What was done."""

        EVIDENCE = "evidence", "取证"
        RELEASED = "released", "解除封存"

    breach = models.ForeignKey(GateBreach, on_delete=models.PROTECT, related_name="steps")
    what = models.CharField(max_length=8, choices=What.choices)
    photos = models.PositiveSmallIntegerField(default=0)
    words = models.JSONField(default=dict)
    salt = models.CharField(max_length=32, blank=True)
    at = models.DateTimeField()
    by = models.UUIDField()
    seq = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["site", "seq"], name="tours_breach_step_order")]


class BreachCopy(SheetCopy, SiteRow):
    """The record of a breach was handed out, for legal: who took it, when, why, what exactly."""

    breach = models.ForeignKey(GateBreach, on_delete=models.PROTECT, related_name="copies")

    class Meta:
        indexes = [models.Index(fields=["site", "seq"], name="tours_breach_copy_order")]

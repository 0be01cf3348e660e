"""The visitors' register leaves the house only by these facts: who took it, when, why, what exactly (TQ-3)."""

from django.db import models

from yingbin.people.rows import SiteRow


class RegisterExport(SiteRow):
    """A copy of the register with full numbers was handed out, as a sheet or on paper."""

    class Form(models.TextChoices):
        """What was handed out."""

        SHEET = "sheet", "Excel"
        PAPER = "paper", "A4 打印"

    at = models.DateTimeField()
    by = models.UUIDField()
    why = models.CharField("用途", max_length=200)
    form = models.CharField(max_length=5, choices=Form.choices)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    rows = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, blank=True)
    seq = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["site", "at"], name="register_export_by_time")]

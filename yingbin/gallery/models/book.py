"""The visitors' register leaves the house only by these facts: who took it, when, why, what exactly (TQ-3)."""

from django.db import models

from yingbin.people.rows import SiteRow
from yingbin.sheets.models import SheetCopy


class RegisterExport(SheetCopy, SiteRow):
    """A copy of the register with full numbers was handed out, as a sheet or on paper."""

    class Meta:
        indexes = [models.Index(fields=["site", "at"], name="register_export_by_time")]

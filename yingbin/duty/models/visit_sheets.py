"""《样板间客户接待记录表》 of a day: handed over signed, matched with the gallery's register, confirmed by sales (SF-4.3.2)."""

from django.db import models

from yingbin.people.rows import SiteRow
from yingbin.sheets.models import SheetCopy, SheetRow, SheetWords


class VisitSheet(SheetRow, SiteRow):
    """A day's sheet, signed by the receptionist who hands it to the lead; a later one corrects it."""

    of_day = models.DateField()
    visits = models.PositiveIntegerField()
    people = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["site", "of_day"])]


class VisitSheetWords(SheetWords):
    """What the receptionist said with it."""

    entry = models.OneToOneField(
        VisitSheet, on_delete=models.PROTECT, primary_key=True, related_name="written"
    )


class VisitSheetCopy(SheetCopy, SiteRow):
    """A copy of the sheet with whole numbers was handed out."""


class VisitMatching(SiteRow):
    """对接: a day's sheet laid beside the gallery's register of that day; the last one of a sheet counts.

    pairs: ids alone, as `rules.matching` found them: which kind, the group here, the group there.
    """

    sheet = models.ForeignKey(VisitSheet, on_delete=models.PROTECT, related_name="matchings")
    day = models.DateField()
    gallery_id = models.UUIDField()
    pairs = models.JSONField()
    at = models.DateTimeField()
    by = models.UUIDField()
    seq = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["gallery_id", "day"], name="matching_at_gallery")]


class MatchSettlement(SiteRow):
    """A difference is settled with a word; the last one of a pair counts. same: whether likely the same is."""

    matching = models.ForeignKey(VisitMatching, on_delete=models.PROTECT, related_name="settled")
    index = models.PositiveIntegerField()
    same = models.BooleanField(null=True)
    word = models.CharField("说明", max_length=100)
    salt = models.CharField(max_length=32, blank=True)
    at = models.DateTimeField()
    by = models.UUIDField()
    seq = models.BigIntegerField()


class MatchConfirmation(SiteRow):
    """The sales department confirms a matching, or sends it back with a word; the last one counts."""

    matching = models.ForeignKey(VisitMatching, on_delete=models.PROTECT, related_name="answered")
    agreed = models.BooleanField()
    word = models.CharField("说明", max_length=100, blank=True)
    salt = models.CharField(max_length=32, blank=True)
    at = models.DateTimeField()
    by = models.UUIDField()
    seq = models.BigIntegerField()

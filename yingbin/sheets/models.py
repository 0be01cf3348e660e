"""The tables of a sheet: its signed rows, what stands in them in people's words, the copies that left the house.

An app's own models stand on these three and add what is theirs, with the site's columns of `SiteRow`:

    class KeyLoan(SheetRow, SiteRow): ...
    class KeyLoanWords(SheetWords): entry = OneToOneField(KeyLoan, primary_key=True, related_name="written")
    class KeyLoanCopy(SheetCopy, SiteRow): ...

A row is a fact nobody may change, not even with the database's own tools (`finals.final`); its words can be
erased on request, once and whole, while the row, its number, its signature and its commitment stay.
"""

from django.db import models


class SheetRow(models.Model):
    """One signed row; `number` counts from 1 in the site, without gaps.

    A correction is a new row whose `corrects` points to the old one. `digest`: the salted commitment of the
    words, as the journal holds it. `strokes`: the signer's signature on the glass (see `ink`).
    """

    class Signed(models.TextChoices):
        """How the signer signed."""

        GLASS = "glass", "屏上签名"
        PASSWORD = "password", "密码确认"
        PAPER = "paper", "纸质签名"

    number = models.PositiveIntegerField("序号")
    day = models.DateField("日期")
    at = models.DateTimeField("时间")
    signed = models.CharField(max_length=8, choices=Signed.choices)
    signed_by = models.UUIDField("签名人", null=True)
    strokes = models.JSONField(default=list)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="corrected_by"
    )
    digest = models.CharField(max_length=80)
    seq = models.BigIntegerField()
    receipt = models.CharField(max_length=16, blank=True)

    class Meta:
        abstract = True


class SheetWords(models.Model):
    """What stands in a row in people's words; null after erasure, together with the salt.

    The app's model adds `entry`, one to one with its row, as primary key and `written` on the row.
    """

    site_id = models.UUIDField()
    words = models.JSONField(null=True)
    salt = models.CharField(max_length=32, blank=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class SheetCopy(models.Model):
    """A copy with everything in full was handed out: who took it, when, why, of which days, what exactly."""

    class Form(models.TextChoices):
        """What was handed out."""

        SHEET = "sheet", "Excel"
        PAPER = "paper", "A4 打印"
        PDF = "pdf", "PDF"

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
        abstract = True

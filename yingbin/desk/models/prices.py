"""The price list of an office by versions, and quotes made by it, which residents accept before work (SD-4.2.3).

Amounts are in fen, quantities in hundredths of their unit. All rows are final: another price is another version,
another quote another row.
"""

from django.db import models

from yingbin.people.rows import SiteRow

from .matters import DeskMatter


class PriceList(SiteRow):
    """价目: what an office asks for its work from a day on. items: as `prices.Priced` reads them, in their order."""

    version = models.PositiveIntegerField("版本")
    valid_from = models.DateField("从哪天起")
    items = models.JSONField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "version"], name="desk_prices_once")]


class Quote(SiteRow):
    """The lines beside an event `quote` of the contract, and the price list that they were reckoned by.

    index: that of the event. lines: as `prices.Line` reads them, without free words; words: names and reasons of
    lines that stand in no list, by `name 2` and `reason 2`.
    """

    matter = models.ForeignKey(
        DeskMatter, on_delete=models.PROTECT, related_name="quotes", db_index=False
    )
    index = models.PositiveIntegerField()
    prices = models.ForeignKey(PriceList, on_delete=models.PROTECT, null=True, related_name="+")
    lines = models.JSONField()
    total = models.PositiveBigIntegerField()
    words = models.JSONField(default=dict)
    salt = models.CharField(max_length=32, blank=True)
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "index"], name="desk_quote_once")]
        indexes = [models.Index(fields=["site", "seq"], name="desk_quote_order")]


class QuoteCode(SiteRow):
    """A code of six digits for one quote, which the resident says to accept it; only its keyed hash is kept.

    tries: wrong ones. seq: of the entry that made it.
    """

    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="codes", db_index=False)
    digest = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        indexes = [
            models.Index(fields=["quote", "seq"], name="desk_code_of_quote"),
            models.Index(fields=["site", "seq"], name="desk_code_order"),
        ]


class QuoteAnswer(SiteRow):
    """What the resident said to a quote, and how. outdated: another price list held by then; the quote stays."""

    class How(models.TextChoices):
        """How it was told."""

        GLASS = "glass", "屏上签名"
        CODE = "code", "验证码"
        WORD = "word", "口头"

    quote = models.OneToOneField(Quote, on_delete=models.PROTECT, related_name="answer")
    agreed = models.BooleanField()
    how = models.CharField(max_length=5, choices=How.choices)
    strokes = models.JSONField(default=list)
    outdated = models.BooleanField(default=False)
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["site", "seq"], name="desk_quote_answers")]

"""What work at a resident's home took: material from the office's own stock, hours, the resident's signature."""

from django.db import models

from yingbin.people.rows import SiteRow

from .matters import DeskMatter


class StockItem(SiteRow):
    """A material that an office keeps. left: how many, in hundredths of its unit; low: below this somebody buys."""

    name = models.CharField("材料", max_length=40)
    unit = models.CharField("单位", max_length=10)
    low = models.PositiveBigIntegerField("少于多少要补", default=0)
    left = models.BigIntegerField("还有", default=0)
    seq = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "name"], name="desk_stock_name")]
        indexes = [models.Index(fields=["site", "seq"], name="desk_stock_order")]


class StockMove(SiteRow):
    """Material came in, went out on a matter, or was counted. many: the change, in hundredths; left: after it."""

    class What(models.TextChoices):
        """What it was."""

        IN = "in", "入库"
        OUT = "out", "领用"
        COUNT = "count", "盘点"

    item = models.ForeignKey(
        StockItem, on_delete=models.PROTECT, related_name="moves", db_index=False
    )
    what = models.CharField(max_length=5, choices=What.choices)
    many = models.BigIntegerField()
    left = models.BigIntegerField()
    matter = models.ForeignKey(
        DeskMatter, on_delete=models.PROTECT, null=True, related_name="materials", db_index=False
    )
    words = models.CharField("说明", max_length=200, blank=True)
    salt = models.CharField(max_length=32, blank=True)
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        indexes = [
            models.Index(fields=["item", "-seq"], name="desk_moves_of_item"),
            models.Index(fields=["matter", "seq"], name="desk_moves_of_matter"),
            models.Index(fields=["site", "seq"], name="desk_move_order"),
        ]


class Completion(SiteRow):
    """The work is finished and the resident signed for it; number: 完工单, counted in the year.

    index: of the event `done`. minutes: how long it took.
    """

    matter = models.ForeignKey(
        DeskMatter, on_delete=models.PROTECT, related_name="completions", db_index=False
    )
    index = models.PositiveIntegerField()
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField("完工单号")
    minutes = models.PositiveIntegerField("用了多少分钟")
    amount = models.PositiveBigIntegerField()
    strokes = models.JSONField(default=list)
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["site", "year", "number"], name="desk_completion_number"
            ),
            models.UniqueConstraint(fields=["matter", "index"], name="desk_completion_once"),
        ]
        indexes = [models.Index(fields=["site", "seq"], name="desk_completion_order")]

    @property
    def said(self) -> str:
        """Its number as people say it."""
        return f"W{self.year}-{self.number:05d}"

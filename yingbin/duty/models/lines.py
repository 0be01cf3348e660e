"""What a slip, a repair or a damage says beyond its matter."""

from django.db import models

from yingbin.matters.models import Matter
from yingbin.people.rows import SiteRow

from .assets import Asset


class LineDetail(SiteRow):
    """Of which asset and which supplier a line is; of a damage what it is worth, who was there, who caused it.

    Written with the line and never changed, but for words that are erased with their customer. value: in yuan.
    """

    class Cause(models.TextChoices):
        """Who caused a damage."""

        CHILD = "child", "儿童"
        CUSTOMER = "customer", "客户"
        STAFF = "staff", "我方人员"
        UNKNOWN = "unknown", "不清楚"

    matter = models.OneToOneField(Matter, on_delete=models.PROTECT, related_name="line")
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, null=True, related_name="lines")
    supplier = models.CharField("供应商", max_length=40, blank=True)
    value = models.PositiveIntegerField("估价", null=True)
    cause = models.CharField("原因", max_length=8, choices=Cause.choices, blank=True)
    present = models.CharField("在场的人", max_length=200, blank=True)
    happened_at = models.DateTimeField("发生时间", null=True)
    salt = models.CharField(max_length=32, blank=True)
    seq = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["site", "seq"])]

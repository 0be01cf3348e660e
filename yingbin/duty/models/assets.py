"""设备: what a place has, with its label; and faults that somebody without a login told by scanning it."""

from django.db import models
from django.db.models import Q

from yingbin.people.models import Post
from yingbin.people.rows import SiteRow


class Asset(SiteRow):
    """A thing of the place that can break; `number` counts from 1 there and stands on its label.

    post: where it stands, as far as that is a post, and place in words; notes: how it is operated, for whoever is on
    duty (SF-4.4); mark: what its label's QR code holds; contact: a name and number at the supplier's.
    """

    number = models.PositiveIntegerField("编号")
    name = models.CharField("名称", max_length=40)
    kind = models.CharField("类别", max_length=20, blank=True)
    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    place = models.CharField("位置", max_length=60, blank=True)
    notes = models.CharField("操作说明", max_length=2000, blank=True)
    supplier = models.CharField("供应商", max_length=40, blank=True)
    contact = models.CharField("联系方式", max_length=60, blank=True)
    bought_on = models.DateField("购置日期", null=True)
    warranty_until = models.DateField("保修到", null=True)
    mark = models.CharField(max_length=32, unique=True)
    given_up_at = models.DateTimeField(null=True)
    salt = models.CharField(max_length=32)
    seq = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "number"], name="asset_number_once")]


class FaultReport(SiteRow):
    """A fault told by scanning a label without a login: unconfirmed until somebody on duty looks (SF-4.4)."""

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", "待确认"
        CONFIRMED = "confirmed", "已转报修"
        DISMISSED = "dismissed", "不成立"

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="faults")
    words = models.CharField("什么故障", max_length=300)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    made_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    reason = models.CharField("为什么不成立", max_length=200, blank=True)
    matter_id = models.UUIDField(null=True)
    salt = models.CharField(max_length=32)
    seq = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(
                fields=["site", "made_at"], condition=Q(state="waiting"), name="faults_waiting"
            ),
            models.Index(fields=["site", "-made_at"], name="faults_of_site"),
        ]

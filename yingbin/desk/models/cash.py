"""收款: money taken and given back against a matter, what was let off, and the days of the cash box. In fen; final."""

from django.db import models
from django.db.models import F, Q

from yingbin.people.rows import SiteRow

from .matters import DeskMatter


class Reduction(SiteRow):
    """A waiver or refund that was approved, beside the event `reduce` of the contract. index: that of the event."""

    class What(models.TextChoices):
        """Whether money was still owed or had been paid."""

        WAIVER = "waiver", "减免"
        REFUND = "refund", "退款"

    matter = models.ForeignKey(
        DeskMatter, on_delete=models.PROTECT, related_name="reductions", db_index=False
    )
    index = models.PositiveIntegerField()
    what = models.CharField(max_length=6, choices=What.choices)
    amount = models.PositiveBigIntegerField()
    approval_id = models.UUIDField(unique=True)
    approved_by = models.UUIDField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "index"], name="desk_reduction_once"),
            models.CheckConstraint(
                condition=~Q(approved_by=F("by")), name="desk_nobody_approves_their_own"
            ),
        ]
        indexes = [models.Index(fields=["site", "seq"], name="desk_reduction_order")]


class Payment(SiteRow):
    """Money that changed hands. amount: taken in, or less than nothing for money given back.

    number: of its receipt, counted in the year. day: whose sheet it stands on. corrects: the row it takes back whole,
    as it was written by mistake.
    """

    class Way(models.TextChoices):
        """How it was paid."""

        CASH = "cash", "现金"
        WECHAT = "wechat", "微信"
        ALIPAY = "alipay", "支付宝"
        TRANSFER = "transfer", "转账"

    matter = models.ForeignKey(
        DeskMatter, on_delete=models.PROTECT, related_name="payments", db_index=False
    )
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField("收据号")
    day = models.DateField("日期")
    way = models.CharField("方式", max_length=8, choices=Way.choices)
    amount = models.BigIntegerField("金额")
    reduction = models.OneToOneField(
        Reduction, on_delete=models.PROTECT, null=True, related_name="refund"
    )
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="corrected_by"
    )
    why = models.CharField("为什么冲销", max_length=200, blank=True)
    salt = models.CharField(max_length=32, blank=True)
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField()
    receipt = models.CharField(max_length=16)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "year", "number"], name="desk_receipt_number"),
            models.CheckConstraint(condition=~Q(amount=0), name="desk_payment_of_something"),
        ]
        indexes = [
            models.Index(fields=["matter", "seq"], name="desk_payments_of_matter"),
            models.Index(fields=["site", "day"], name="desk_payments_of_day"),
            models.Index(fields=["site", "seq"], name="desk_payment_order"),
        ]

    @property
    def said(self) -> str:
        """The receipt's number as people say it."""
        return f"S{self.year}-{self.number:05d}"


class CashDay(SiteRow):
    """收款日报: a day of the cash box, counted and signed by whoever closes it. A correction is a new row of the day.

    opening + taken - returned is what should lie there; kept: what stays in the box for the next day, the rest is
    handed over. ways: what was taken and given back by each way of paying, `{"wechat": [300, 0]}`. why: a difference.
    """

    day = models.DateField("日期")
    version = models.PositiveSmallIntegerField(default=1)
    opening = models.PositiveBigIntegerField("备用金")
    taken = models.PositiveBigIntegerField()
    returned = models.PositiveBigIntegerField()
    counted = models.PositiveBigIntegerField("清点")
    kept = models.PositiveBigIntegerField("留作备用金")
    ways = models.JSONField()
    why = models.CharField("差额原因", max_length=200, blank=True)
    salt = models.CharField(max_length=32, blank=True)
    strokes = models.JSONField(default=list)
    signed = models.CharField(max_length=8)
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField()
    receipt = models.CharField(max_length=16)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "day", "version"], name="desk_cash_day_once")
        ]
        indexes = [models.Index(fields=["site", "seq"], name="desk_cash_day_order")]

    @property
    def expected(self) -> int:
        """What should lie in the box."""
        return self.opening + self.taken - self.returned

    @property
    def difference(self) -> int:
        """What is too much, or less than nothing where it is too little."""
        return self.counted - self.expected

    @property
    def handed_over(self) -> int:
        """What leaves the box."""
        return self.counted - self.kept


class CashHandover(SiteRow):
    """Somebody else counted a closed day's money again and took it over."""

    cash_day = models.OneToOneField(CashDay, on_delete=models.PROTECT, related_name="handover")
    strokes = models.JSONField(default=list)
    signed = models.CharField(max_length=8)
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField()
    receipt = models.CharField(max_length=16)

    class Meta:
        indexes = [models.Index(fields=["site", "seq"], name="desk_cash_handovers")]

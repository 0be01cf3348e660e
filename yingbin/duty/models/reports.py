"""《物品损坏报告单》 sent to the developer's department: to whom, by whom, when, and what became of it."""

from django.db import models
from django.db.models import Q

from yingbin.matters.models import Matter
from yingbin.people.rows import SiteRow


class ReportSending(SiteRow):
    """A damage's report is sent by mail, or was handed over by hand; `number` counts from 1 for each damage.

    to_whom: the address, or who took it. sha256: of the PDF that went. attempts, next_try_at: of the worker's tries.
    """

    class Way(models.TextChoices):
        """How it goes."""

        MAIL = "mail", "邮件"
        HAND = "hand", "自己送的"

    class State(models.TextChoices):
        """How far it is."""

        QUEUED = "queued", "正在发送"
        FAILED = "failed", "没有发成，会再试"
        SENT = "sent", "已发出"
        GIVEN_UP = "given_up", "没有发成"

    matter = models.ForeignKey(
        Matter, on_delete=models.PROTECT, related_name="sendings", db_index=False
    )
    number = models.PositiveIntegerField()
    way = models.CharField(max_length=4, choices=Way.choices)
    to_whom = models.CharField("发给谁", max_length=100)
    state = models.CharField(max_length=8, choices=State.choices)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    error = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()
    by = models.UUIDField()
    salt = models.CharField(max_length=32, blank=True)
    seq = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "number"], name="report_sending_once")
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"], condition=Q(next_try_at__isnull=False), name="report_due"
            )
        ]

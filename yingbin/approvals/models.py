"""Requests and what became of them."""

from django.db import models
from django.db.models import Q

from yingbin.people.rows import SiteRow

ASKED_IN = "approval.asked"


class Approval(SiteRow):
    """Something asked, for oneself or `for_whom`; `words` why, `answer` what was said to it.

    about: what it is asked for, as the kind's app knows it, JSON-able and without personal data; customer_id: whose
    words these may hold. asked_in: the kind of the journal's entry that tells of the asking; requests that had a table
    of their own before keep theirs.
    """

    class Status(models.TextChoices):
        """How it stands."""

        ASKED = "asked", "等审批"
        GRANTED = "granted", "已批准"
        DECLINED = "declined", "未批准"
        WITHDRAWN = "withdrawn", "已收回"
        LAPSED = "lapsed", "已过期"

    number = models.PositiveIntegerField("编号")
    kind = models.CharField("类别", max_length=30)
    title = models.CharField("申请", max_length=80)
    words = models.CharField("理由", max_length=500, blank=True)
    about = models.JSONField(default=dict)
    customer_id = models.UUIDField(null=True)
    asked_by = models.UUIDField()
    for_whom = models.UUIDField(null=True)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    told_late_at = models.DateTimeField(null=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ASKED)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=500, blank=True)
    salt = models.CharField(max_length=32)
    asked_in = models.CharField(max_length=30, default=ASKED_IN)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "number"], name="approval_number_once"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("asked_by")),
                name="nobody_decides_their_own",
            ),
        ]
        indexes = [
            models.Index(
                fields=["site", "kind"], condition=Q(status="asked"), name="approval_asked"
            ),
            models.Index(fields=["site", "asked_by"], name="approval_of_asker"),
            models.Index(fields=["due_at"], condition=Q(status="asked"), name="approval_due"),
        ]

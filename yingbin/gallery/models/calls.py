"""来电与报备: enquiries by phone with who took them, and agencies that register a customer before the visit."""

from django.db import models
from django.db.models import Q

from yingbin.people.rows import SiteRow

from .register import Source


class Call(SiteRow):
    """An enquiry by phone (TQ-1): who rang, who took it, what they asked. A call never moves the queue."""

    at = models.DateTimeField()
    taken_by = models.UUIDField("接听人")
    recorded_by = models.UUIDField()
    customer_id = models.UUIDField(null=True)
    called = models.CharField("来电人", max_length=40, blank=True)
    asked = models.CharField("问了什么", max_length=500, blank=True)
    source = models.CharField("获知途径", max_length=8, choices=Source.choices, blank=True)
    next_contact = models.DateTimeField("约好再联系", null=True)
    salt = models.CharField(max_length=32, blank=True)
    seq = models.BigIntegerField()
    receipt = models.CharField(max_length=16)

    class Meta:
        indexes = [
            models.Index(fields=["site", "at"], name="call_by_time"),
            models.Index(fields=["site", "taken_by", "at"], name="call_of_taker"),
            models.Index(fields=["site", "customer_id", "seq"], name="call_of_customer"),
        ]


class Agency(SiteRow):
    """An agency or partner that brings customers (渠道)."""

    name = models.CharField("渠道", max_length=60)
    contact = models.CharField("联系人", max_length=60, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "floor_channel"
        constraints = [
            models.UniqueConstraint(
                fields=["site", "name"], condition=Q(ended_at__isnull=True), name="channel_once"
            )
        ]


class AgencyRegistration(SiteRow):
    """An agency registered a customer before the visit; `standing` is what was found then, and stays."""

    class Standing(models.TextChoices):
        """What the registration was worth at the moment it was made."""

        VALID = "valid", "有效"
        KNOWN = "known", "客户早先已来访或登记"
        TAKEN = "taken", "已由别的渠道报备"

    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="registrations", db_column="channel_id"
    )
    customer_id = models.UUIDField()
    at = models.DateTimeField()
    by = models.UUIDField()
    valid_until = models.DateTimeField()
    standing = models.CharField(max_length=5, choices=Standing.choices)
    seq = models.BigIntegerField()
    receipt = models.CharField(max_length=16)

    class Meta:
        db_table = "floor_channelregistration"
        indexes = [
            models.Index(fields=["site", "customer_id", "seq"], name="channel_of_customer"),
            models.Index(fields=["site", "at"], name="channel_by_time"),
        ]

"""Notices to people on screen, and the outbox for the site's group robots and mail."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from yingbin.people.ids import uuid7
from yingbin.people.rows import SiteRow


class Notice(SiteRow):
    """One notice to one person. `batch` is shared by all who were told the same thing at once.

    `dedupe` names the thing told; a person is told the same thing once, however often it is said. `listed`: what it
    tells of stands in 待办 as a line of its own, where it is counted; the notice isn't, a second time.
    """

    batch = models.UUIDField()
    to_id = models.UUIDField()
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=80)
    body = models.CharField(max_length=500, blank=True)
    link = models.CharField(max_length=200, blank=True)
    urgent = models.BooleanField(default=False)
    listed = models.BooleanField(default=False)
    must_acknowledge = models.BooleanField(default=False)
    clause = models.CharField(max_length=12, blank=True)
    dedupe = models.CharField(max_length=120, blank=True)
    made_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["site", "to_id", "dedupe"],
                condition=~Q(dedupe=""),
                name="told_once",
            )
        ]
        indexes = [
            models.Index("site", "to_id", F("made_at").desc(), name="notice_of_person"),
            models.Index(
                fields=["site", "to_id"],
                condition=Q(seen_at__isnull=True),
                name="notice_unseen",
            ),
        ]


class ChannelChoice(SiteRow):
    """A channel of this installation that the site uses; `kinds` empty: for every kind of notice.

    The channel's address is a secret and stands in the settings, never here.
    """

    name = models.CharField("渠道", max_length=40)
    kinds = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    chosen_at = models.DateTimeField()
    chosen_by = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "name"], name="channel_once_a_site")]


class Delivery(SiteRow):
    """One message to one channel: a group is told once, not once for each of its members.

    `device` names the phone of a message by Web Push, `topic` which earlier one it replaces there.
    `to` are the people told: a group robot mentions those who agreed to it.
    """

    class State(models.TextChoices):
        """Where the message stands; `failed` will be tried again at `next_try_at`."""

        QUEUED = "queued", "待发送"
        SENT = "sent", "已发送"
        FAILED = "failed", "将重试"
        GIVEN_UP = "given_up", "已放弃"

    batch = models.UUIDField()
    channel = models.CharField(max_length=40)
    device = models.UUIDField(null=True)
    topic = models.CharField(max_length=32, blank=True)
    to = ArrayField(models.UUIDField(), default=list, blank=True)
    title = models.CharField(max_length=120)
    body = models.CharField(max_length=500, blank=True)
    link = models.CharField(max_length=200, blank=True)
    urgent = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    last_error = models.CharField(max_length=120, blank=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "channel", "device"],
                name="delivered_once_a_channel",
                nulls_distinct=False,
            )
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(state__in=["queued", "failed"]),
                name="delivery_due",
            ),
            models.Index("site", F("made_at").desc(), name="delivery_recent"),
        ]


class PushDevice(models.Model):
    """A browser in which a person allowed being called; it lives as long as the session it was allowed in.

    `endpoint` and the two keys come from the browser's push service: whoever has them may call this device,
    so they are shown nowhere.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    staff_id = models.UUIDField(db_index=True)
    session_key = models.CharField(max_length=40)
    words = models.CharField("设备", max_length=60)
    endpoint = models.CharField(max_length=600, unique=True)
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=40)
    allowed_at = models.DateTimeField()
    last_sent_at = models.DateTimeField(null=True)


class GroupMention(models.Model):
    """This person agreed to be mentioned in groups: there is a row, or there is none.

    `feishu_id`: Feishu's robots know people by its own ids only, not by phone.
    """

    staff_id = models.UUIDField(primary_key=True)
    feishu_id = models.CharField("飞书用户 ID", max_length=64, blank=True)
    agreed_at = models.DateTimeField()


class RingTrial(SiteRow):
    """One trial whether a person's phone rings: what was sent, when, and what the person said of it."""

    staff_id = models.UUIDField()
    tried_at = models.DateTimeField()
    devices = models.PositiveSmallIntegerField()
    groups = models.PositiveSmallIntegerField()
    answered_at = models.DateTimeField(null=True)
    rang = models.BooleanField(null=True)
    on_device = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = [models.Index("site", "staff_id", F("tried_at").desc(), name="ring_trials")]


class Webhook(SiteRow):
    """An address that is sent what happens, in the journal's order; `after` is the last entry it was sent.

    Its secret is kept nowhere: it is derived from the installation's secret and the id.
    """

    url = models.CharField("地址", max_length=300)
    kinds = ArrayField(models.CharField(max_length=40), default=list)
    after = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    next_try_at = models.DateTimeField()
    failures = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=120, blank=True)
    last_sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_try_at"], condition=Q(ended_at__isnull=True), name="webhook_due"
            )
        ]

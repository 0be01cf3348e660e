"""Days on duty as lists of events, with what follows from them."""

from django.db import models
from django.db.models import Q

from yingbin.people.rows import SiteRow
from yingbin.rules.gone import ERASED


class DutyLog(SiteRow):
    """当班日志: a day on duty of a site. The day turns at four in the morning.

    opening: what the day began with, as the contract of `duty replay` has it, people, posts and lines by their ids.
    standing: how things stood after the last event, kept so that many sites are one query. told: how many
    consequences have been stored. next_at: the next moment at which something may fall due. trouble: what needs
    somebody, worst first, so that a page over many places reads no more than that; None in days of before.
    """

    day = models.DateField()
    began_at = models.DateTimeField()
    opening = models.JSONField()
    standing = models.JSONField(default=dict)
    trouble = models.JSONField(null=True)
    told = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "day"], name="one_duty_log_a_day")]
        indexes = [
            models.Index(
                fields=["next_at"], condition=Q(next_at__isnull=False), name="duty_log_due"
            ),
            models.Index(fields=["day", "site"], condition=~Q(trouble=[]), name="duty_log_trouble"),
        ]


class DutyEvent(SiteRow):
    """Something that happened or was asked, in the order of the day; never changed.

    facts: the fields of the contract, ids for names. words: a reason or what somebody wrote, kept apart because it
    may name a customer. accepted: only a break that was asked for is kept although it was refused. typed_at: when
    it was typed on a phone that had no line, where that is earlier than its arrival.
    """

    log = models.ForeignKey(
        DutyLog, on_delete=models.PROTECT, related_name="events", db_index=False
    )
    index = models.PositiveIntegerField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    made_at = models.DateTimeField()
    typed_at = models.DateTimeField(null=True)
    by = models.UUIDField(null=True)
    event = models.CharField(max_length=20)
    facts = models.JSONField()
    words = models.JSONField(default=dict)
    salt = models.CharField(max_length=32, blank=True)
    accepted = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["log", "index"], name="duty_event_once")]
        indexes = [models.Index(fields=["site", "seq"])]

    @property
    def reason(self) -> str:
        """What was said with it; that it was erased, where it was and the contract asks for one."""
        told = self.facts
        asked = told.get("result") == "na" or told.get("accepts") is False
        return str(self.words.get("reason", "")) or (ERASED if asked else "")


class DutyAlert(SiteRow):
    """A consequence of the day: a gap, somebody absent, a check that is late; `to` a role or a person's id."""

    log = models.ForeignKey(
        DutyLog, on_delete=models.PROTECT, related_name="alerts", db_index=False
    )
    index = models.PositiveIntegerField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    what = models.CharField(max_length=16)
    to = models.CharField(max_length=40)
    clause = models.CharField(max_length=12, blank=True)
    because = models.CharField(max_length=300)
    facts = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["log", "index"], name="duty_alert_once")]
        indexes = [models.Index(fields=["site", "seq"])]

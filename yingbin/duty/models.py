"""Posts that must be manned, the roster, and days on duty as lists of events with what follows from them."""

from django.db import models
from django.db.models import F, Q

from yingbin.people.models import Post, Staff
from yingbin.people.rows import SiteRow


class PostRule(SiteRow):
    """What a post asks for: its kind, how many must stand there while it is open, and its hours.

    opens, closes: only where they differ from the site's own hours. It begins with the next day on duty.
    """

    class Kind(models.TextChoices):
        """Which procedure the post follows."""

        SHOW_FLAT = "show_flat", "样板间"
        SALES_CENTRE = "sales_centre", "销售中心"

    post = models.OneToOneField(Post, on_delete=models.PROTECT, related_name="rule")
    kind = models.CharField("类型", max_length=12, choices=Kind.choices)
    minimum = models.PositiveSmallIntegerField("至少几人在岗", default=1)
    opens = models.TimeField("开门", null=True, blank=True)
    closes = models.TimeField("关门", null=True, blank=True)
    given_up_at = models.DateTimeField(null=True)
    seq = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["site"])]
        constraints = [
            models.CheckConstraint(condition=Q(minimum__gte=1), name="somebody_at_a_post"),
            models.CheckConstraint(
                condition=Q(opens__isnull=True, closes__isnull=True) | Q(closes__gt=F("opens")),
                name="post_closes_after_opening",
            ),
        ]


class ShiftKind(SiteRow):
    """A shift of the roster, 早 09:00–17:00; one that ends before it begins goes over midnight."""

    mark = models.CharField("代号", max_length=4)
    title = models.CharField("名称", max_length=20)
    begins = models.TimeField("上班")
    ends = models.TimeField("下班")
    given_up_at = models.DateTimeField(null=True)
    seq = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["site", "mark"],
                condition=Q(given_up_at__isnull=True),
                name="shift_mark_once_a_site",
            )
        ]


class RosterCell(SiteRow):
    """One person's day in the roster: a shift (none: 休) at a post, as drafted; and as last published."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    shift = models.ForeignKey(
        ShiftKind, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    published_shift = models.ForeignKey(
        ShiftKind, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    published_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "day", "staff"], name="one_shift_a_day")
        ]


class DutyLog(SiteRow):
    """当班日志: a day on duty of a site. The day turns at four in the morning.

    opening: what the day began with, as the contract of `duty replay` has it, people, posts and lines by their ids.
    standing: how things stood after the last event, kept so that many sites are one query. told: how many
    consequences have been stored. next_at: the next moment at which something may fall due.
    """

    day = models.DateField()
    began_at = models.DateTimeField()
    opening = models.JSONField()
    standing = models.JSONField(default=dict)
    told = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "day"], name="one_duty_log_a_day")]
        indexes = [
            models.Index(
                fields=["next_at"], condition=Q(next_at__isnull=False), name="duty_log_due"
            )
        ]


class DutyEvent(SiteRow):
    """Something that happened or was asked, in the order of the day; never changed.

    facts: the fields of the contract, ids for names. words: a reason or what somebody wrote, kept apart because it
    may name a customer. accepted: only a break that was asked for is kept although it was refused.
    """

    log = models.ForeignKey(
        DutyLog, on_delete=models.PROTECT, related_name="events", db_index=False
    )
    index = models.PositiveIntegerField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    made_at = models.DateTimeField()
    by = models.UUIDField(null=True)
    event = models.CharField(max_length=20)
    facts = models.JSONField()
    words = models.JSONField(default=dict)
    salt = models.CharField(max_length=32, blank=True)
    accepted = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["log", "index"], name="duty_event_once")]
        indexes = [models.Index(fields=["site", "seq"])]


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

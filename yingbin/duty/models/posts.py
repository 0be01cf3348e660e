"""Posts that must be manned, shifts, and the roster."""

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

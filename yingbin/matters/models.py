"""Matters: whatever someone owes an answer to. The steps are its history, the row their fold."""

from django.db import models
from django.db.models import Q

from yingbin.people.rows import SiteRow


class Matter(SiteRow):
    """One matter with one owner and one due time; `number` counts from 1 in the site.

    From `state` on, the columns are the fold of the steps by `rules.matters`, kept so that lists
    are one query. `about` holds what a wing adds (units wanted, …).
    """

    number = models.PositiveIntegerField("编号")
    kind = models.CharField("类别", max_length=20)
    title = models.CharField("事项", max_length=80)
    detail = models.CharField("说明", max_length=1000, blank=True)
    about = models.JSONField(default=dict)
    clause = models.CharField(max_length=12, blank=True)
    customer_id = models.UUIDField(null=True)
    visit_id = models.UUIDField(null=True)
    opened_by = models.UUIDField(null=True)
    opened_at = models.DateTimeField()
    salt = models.CharField(max_length=32)
    state = models.CharField(max_length=12)
    owner_id = models.UUIDField()
    offered_to = models.UUIDField(null=True)
    hand_offs = models.PositiveSmallIntegerField(default=0)
    level = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    next_clock_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "number"], name="matter_number_once")
        ]
        indexes = [
            models.Index(
                fields=["site", "owner_id", "due_at"],
                condition=Q(closed_at__isnull=True),
                name="matter_open_of_owner",
            ),
            models.Index(
                fields=["site", "offered_to"],
                condition=Q(closed_at__isnull=True, offered_to__isnull=False),
                name="matter_offered",
            ),
            models.Index(
                fields=["next_clock_at"],
                condition=Q(next_clock_at__isnull=False),
                name="matter_clock",
            ),
            models.Index(fields=["site", "visit_id"], name="matter_of_visit"),
            models.Index(fields=["site", "customer_id"], name="matter_of_customer"),
        ]


class MatterStep(SiteRow):
    """One thing that happened to a matter, `open` the first; never changed. by null: the clock."""

    matter = models.ForeignKey(
        Matter, on_delete=models.PROTECT, related_name="steps", db_index=False
    )
    index = models.PositiveIntegerField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    verb = models.CharField(max_length=16)
    to = models.UUIDField(null=True)
    due_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=1000, blank=True)
    salt = models.CharField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "index"], name="matter_step_once")]

"""Matters: whatever someone owes an answer to. The steps are its history, the row their fold."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from yingbin.people.rows import SiteRow


class Matter(SiteRow):
    """One matter; `number` counts from 1 in the site. The owner owes the answer, the holder has the task.

    `subject_app` and `subject_id` say what it is about (a visit, a home, a post); `about` holds what a wing adds
    (units wanted, …); `grams` finds it by its words. From `state` on, the columns are the fold of the steps by
    `rules.matters`, kept so that lists are one query: owner, holder and who it is offered to are each a person or,
    in the column beside, a department, a role or a post; `due_at` is of the clock that is due next.
    """

    number = models.PositiveIntegerField("编号")
    kind = models.CharField("类别", max_length=20)
    grade = models.CharField("级别", max_length=20, default="normal")
    title = models.CharField("事项", max_length=80)
    detail = models.CharField("说明", max_length=1000, blank=True)
    about = models.JSONField(default=dict)
    clause = models.CharField(max_length=12, blank=True)
    customer_id = models.UUIDField(null=True)
    subject_app = models.CharField(max_length=30, blank=True)
    subject_id = models.UUIDField(null=True)
    opened_by = models.UUIDField(null=True)
    opened_at = models.DateTimeField()
    salt = models.CharField(max_length=32)
    grams = ArrayField(models.CharField(max_length=6), default=list)
    state = models.CharField(max_length=12)
    stage = models.CharField(max_length=20, blank=True)
    owner_id = models.UUIDField(null=True)
    owner_group = models.CharField(max_length=60, blank=True)
    holder_id = models.UUIDField(null=True)
    holder_group = models.CharField(max_length=60, blank=True)
    offered_to = models.UUIDField(null=True)
    offered_group = models.CharField(max_length=60, blank=True)
    hand_offs = models.PositiveSmallIntegerField(default=0)
    level = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    due_clock = models.CharField(max_length=20, blank=True)
    paused = models.CharField(max_length=20, blank=True)
    resumes_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    next_clock_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "number"], name="matter_number_once"),
            models.CheckConstraint(
                condition=Q(owner_id__isnull=False, owner_group="")
                | (Q(owner_id__isnull=True) & ~Q(owner_group="")),
                name="matter_has_one_owner",
            ),
        ]
        indexes = [
            models.Index(
                fields=["site", "owner_id", "due_at"],
                condition=Q(closed_at__isnull=True),
                name="matter_open_of_owner",
            ),
            models.Index(
                fields=["site", "holder_id"],
                condition=Q(closed_at__isnull=True),
                name="matter_open_of_holder",
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
            models.Index(fields=["site", "subject_id"], name="matter_of_subject"),
            models.Index(fields=["site", "customer_id"], name="matter_of_customer"),
            GinIndex(fields=["grams"], name="matter_grams"),
        ]


class MatterStep(SiteRow):
    """One thing that happened to a matter, `open` the first; never changed. by null: the clock.

    `facts` is what was decided with the calendar and the limits of then: clocks, pauses, whether it counts.
    """

    matter = models.ForeignKey(
        Matter, on_delete=models.PROTECT, related_name="steps", db_index=False
    )
    index = models.PositiveIntegerField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    verb = models.CharField(max_length=16)
    to = models.UUIDField(null=True)
    to_group = models.CharField(max_length=60, blank=True)
    due_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=1000, blank=True)
    salt = models.CharField(max_length=32)
    facts = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "index"], name="matter_step_once")]


class MatterLink(SiteRow):
    """A matter belongs to another: as part of it, caused by it, or as the same thing told twice."""

    class How(models.TextChoices):
        """What the other is to it."""

        PARENT = "parent", "属于"
        CAUSE = "caused_by", "起因是"
        SAME = "duplicate_of", "重复于"

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="links")
    how = models.CharField(max_length=12, choices=How.choices)
    other = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="linked_from")
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    seq = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "how", "other"], name="matter_link_once")
        ]


class Recusal(SiteRow):
    """Somebody stays out of a matter, because it is about them: they don't see it and have no part in it.

    It holds until a `RecusalEnd` ends it. by null: it followed from another matter's.
    """

    matter = models.ForeignKey(
        Matter, on_delete=models.PROTECT, related_name="recusals", db_index=False
    )
    staff_id = models.UUIDField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["matter", "staff_id"], name="matter_recusals"),
            models.Index(fields=["site", "staff_id"], name="matter_recusals_of"),
        ]


class RecusalEnd(SiteRow):
    """It wasn't about them after all."""

    recusal = models.OneToOneField(Recusal, on_delete=models.PROTECT, related_name="end")
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

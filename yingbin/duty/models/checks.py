"""Check lists in their versions, what a check was answered with, and what a lead sent back."""

from django.db import models
from django.db.models import Q

from yingbin.people.ids import uuid7
from yingbin.people.rows import SiteRow

from .day import DutyEvent, DutyLog


class CheckKind(models.TextChoices):
    """Which check of the day."""

    OPENING = "opening", "开门检查"
    ROUND = "round", "巡查"
    CLOSING = "closing", "关门检查"


class CheckList(SiteRow):
    """检查模板: one version of what a check of a site asks; never changed.

    body: its sections and items, see `rules.checklists`. shipped: as the program brings it, nobody changed it yet;
    shared: as the company has it for all places of this kind. A day on duty names the versions that it began with.
    """

    kind = models.CharField(max_length=8, choices=CheckKind.choices)
    version = models.PositiveIntegerField()
    body = models.JSONField()
    shipped = models.BooleanField(default=False)
    shared = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    salt = models.CharField(max_length=32)
    seq = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["site", "kind", "version"], name="check_list_version_once"
            )
        ]


class SharedCheckList(models.Model):
    """公司统一的检查模板: one version of what a check asks at all places of a kind that have no list of their own; never changed.

    Kept in the company's journal. place: the kind of place; a place takes the newest as a version of its own with its next day.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    company_id = models.UUIDField()
    place = models.CharField(max_length=20)
    kind = models.CharField(max_length=8, choices=CheckKind.choices)
    version = models.PositiveIntegerField()
    body = models.JSONField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    salt = models.CharField(max_length=32)
    seq = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company_id", "place", "kind", "version"], name="shared_list_version_once"
            )
        ]


class CheckDraft(SiteRow):
    """What a lead is changing in a check list before it becomes its next version."""

    kind = models.CharField(max_length=8, choices=CheckKind.choices)
    body = models.JSONField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "kind"], name="one_draft_of_a_check_list")
        ]


class CheckAnswer(SiteRow):
    """What an item was answered with beyond ok, not ok and not applicable; photos are attached to it.

    event: the answer in the day that it belongs to; null where it was asked again after the check was signed off,
    then `sent_back` says by which word of a lead. task, item: as the contract names them.
    """

    log = models.ForeignKey(
        DutyLog, on_delete=models.PROTECT, related_name="answers", db_index=False
    )
    event = models.OneToOneField(
        DutyEvent, on_delete=models.PROTECT, null=True, related_name="answer"
    )
    sent_back = models.OneToOneField(
        "CheckReturn", on_delete=models.PROTECT, null=True, related_name="redone"
    )
    task = models.CharField(max_length=80)
    item = models.CharField(max_length=40)
    result = models.CharField(max_length=6)
    number = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    count = models.PositiveIntegerField(null=True)
    choice = models.CharField(max_length=40, blank=True)
    strokes = models.JSONField(default=list)
    photos = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    seq = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["log"], name="check_answer_of_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(event__isnull=False) | Q(sent_back__isnull=False),
                name="check_answer_was_asked_for",
            )
        ]


class CheckReturn(SiteRow):
    """A lead sends an item back with a word: it is asked again. answered: the answer that isn't good enough."""

    log = models.ForeignKey(
        DutyLog, on_delete=models.PROTECT, related_name="returns", db_index=False
    )
    answered = models.ForeignKey(
        DutyEvent, on_delete=models.PROTECT, related_name="sent_back", db_index=False
    )
    task = models.CharField(max_length=80)
    item = models.CharField(max_length=40)
    word = models.CharField("哪里不行", max_length=100)
    salt = models.CharField(max_length=32)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    seq = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["log"], name="check_return_of_day")]

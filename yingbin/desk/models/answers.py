"""答案库: answers that were given and are worth giving again (SD-4.2.1)."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from yingbin.people.rows import SiteRow

from .matters import DeskMatter


class AnswerEntry(SiteRow):
    """A question with its answer as it is now: the fold of its versions and of how often it was used.

    grams find it by two characters; valid_until: the last day on which it is proposed, null for always.
    """

    number = models.PositiveIntegerField("编号")
    seq = models.BigIntegerField()
    subject = models.CharField("事项", max_length=30)
    question = models.CharField("问题", max_length=80)
    answer = models.CharField("答案", max_length=1000)
    valid_until = models.DateField(null=True)
    vouched_by = models.UUIDField()
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    grams = ArrayField(models.CharField(max_length=6), default=list)
    used = models.PositiveIntegerField("用过", default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "number"], name="desk_answer_number_once")
        ]
        indexes = [
            models.Index(fields=["site", "-used", "number"], name="desk_answer_used_most"),
            models.Index(fields=["site", "subject"], name="desk_answer_of_subject"),
            GinIndex(fields=["grams"], name="desk_answer_grams"),
        ]


class AnswerVersion(SiteRow):
    """An entry as somebody wrote and vouched for it; never changed. grown_from: the enquiry it was an answer to."""

    entry = models.ForeignKey(
        AnswerEntry, on_delete=models.PROTECT, related_name="versions", db_index=False
    )
    version = models.PositiveIntegerField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField()
    subject = models.CharField(max_length=30)
    question = models.CharField(max_length=80)
    answer = models.CharField(max_length=1000)
    valid_until = models.DateField(null=True)
    grown_from = models.ForeignKey(
        DeskMatter, on_delete=models.PROTECT, null=True, related_name="+"
    )
    salt = models.CharField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "version"], name="desk_answer_version_once")
        ]
        indexes = [models.Index(fields=["site", "seq"], name="desk_answer_order")]


class AnswerUse(SiteRow):
    """A version was given to a resident as the answer to an enquiry; never changed."""

    entry = models.ForeignKey(
        AnswerEntry, on_delete=models.PROTECT, related_name="uses", db_index=False
    )
    version = models.PositiveIntegerField()
    matter = models.ForeignKey(DeskMatter, on_delete=models.PROTECT, related_name="+")
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        indexes = [
            models.Index(fields=["entry", "-seq"], name="desk_answer_use"),
            models.Index(fields=["site", "seq"], name="desk_answer_use_order"),
        ]

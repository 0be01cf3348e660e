"""Disruptions, emergencies and drills as the screens know them: steps, who did what when, words, the report."""

from django.db import models
from django.db.models import F, Q

from yingbin.people.models import Post
from yingbin.people.rows import SiteRow
from yingbin.sheets.models import SheetCopy


class EmergencyProcedure(SiteRow):
    """处置步骤: one version of what this place does in an emergency of one type; the latest counts. Final.

    Without a row the shipped steps of `procedures.py` count, which are version 0.
    """

    type = models.CharField("类型", max_length=20)
    version = models.PositiveIntegerField()
    steps = models.JSONField()
    why = models.CharField("改了什么", max_length=200)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    seq = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["site", "type", "version"], name="procedure_version_once"
            )
        ]


class Incident(SiteRow):
    """扰乱秩序、突发事件、演练. A real one has the id of its case in the contract; a drill has no case there.

    outside: a real one at an hour or place where no day on duty is under way, so that it has no case either. steps:
    as they stood when it began, with their version. over_at: when it ended. next_at: when the chain of one without a
    case is told again.
    """

    class Kind(models.TextChoices):
        """The two kinds of the contract."""

        DISRUPTION = "disruption", "扰乱秩序"
        EMERGENCY = "emergency", "突发事件"

    number = models.PositiveIntegerField("编号")
    drill = models.BooleanField("演练", default=False)
    outside = models.BooleanField("不在当班时间", default=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    type = models.CharField("类型", max_length=20, blank=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    steps = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    over_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    seq = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "number"], name="incident_number_once"),
            models.CheckConstraint(
                condition=Q(drill=False) | Q(kind="emergency"), name="drill_is_of_an_emergency"
            ),
        ]
        indexes = [
            models.Index("site", F("at").desc(), name="incident_of_site"),
            models.Index(
                fields=["site"], condition=Q(over_at__isnull=True), name="incident_under_way"
            ),
            models.Index(fields=["next_at"], condition=Q(next_at__isnull=False), name="drill_due"),
        ]


class IncidentNote(SiteRow):
    """What was done in an incident, in order: a step, words, its end, its report; of a drill also who heard. Final.

    typed_at: when it was typed, where it had to wait for a line.
    """

    class What(models.TextChoices):
        """What somebody did."""

        STEP = "step", "做完一步"
        UNSTEP = "unstep", "这一步还没有做完"
        WORDS = "words", "补充"
        HEARD = "heard", "知道了"
        AGAIN = "again", "再次通知"
        OVER = "over", "处理完了"
        REPORT = "report", "报告"

    incident = models.ForeignKey(
        Incident, on_delete=models.PROTECT, related_name="notes", db_index=False
    )
    number = models.PositiveIntegerField()
    what = models.CharField(max_length=8, choices=What.choices)
    step = models.PositiveSmallIntegerField(null=True)
    role = models.CharField(max_length=12, blank=True)
    words = models.JSONField(default=dict)
    salt = models.CharField(max_length=32, blank=True)
    at = models.DateTimeField()
    typed_at = models.DateTimeField(null=True)
    by = models.UUIDField(null=True)
    seq = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "number"], name="incident_note_once")
        ]
        indexes = [models.Index(fields=["site", "seq"])]


class IncidentCopy(SheetCopy, SiteRow):
    """A report on A4 was handed out: who took it, when, why, what exactly."""

    incident = models.ForeignKey(
        Incident, on_delete=models.PROTECT, related_name="copies", db_index=False
    )

    class Meta:
        indexes = [models.Index(fields=["incident"])]

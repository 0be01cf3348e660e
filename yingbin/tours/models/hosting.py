"""What reception prepares for a visit beyond what the rules decide, fact by fact (CV-3.3.2 to CV-3.3.4)."""

from django.db import models
from django.db.models import Q

from yingbin.people.rows import SiteRow

from .visits import TourVisit


class HostingEvent(SiteRow):
    """A fact of a visit's preparation, in the order of the journal; never changed, the last of a kind counts.

    fields: ids, figures, times; words: what somebody wrote, which may be erased. by: none for the clock.
    mark: what is told once only, as a reminder of one due time; "" for what may come again.
    """

    class Kind(models.TextChoices):
        """What was written down."""

        NOTE = "note", "来宾分析"
        REHEARSAL = "rehearsal", "预演"
        ASK = "ask", "请领导陪同"
        ANSWER = "answer", "陪同答复"
        DROP = "drop", "不用陪同"
        DIRECTION = "direction", "公司指示的茶点"
        MEAL = "meal", "宴请"
        ROUTE = "route", "参观路线"
        WARNING = "warning", "到时间"

    visit = models.ForeignKey(
        TourVisit, on_delete=models.PROTECT, related_name="hosting", db_index=False
    )
    index = models.PositiveIntegerField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    fields = models.JSONField(default=dict)
    words = models.JSONField(default=dict)
    salt = models.CharField(max_length=32, blank=True)
    mark = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visit", "index"], name="tours_hosting_once"),
            models.UniqueConstraint(
                fields=["visit", "mark"], condition=~Q(mark=""), name="tours_hosting_told_once"
            ),
        ]
        indexes = [models.Index(fields=["site", "seq"], name="tours_hosting_order")]

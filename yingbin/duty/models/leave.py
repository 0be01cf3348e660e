"""Days on which somebody is on leave."""

from django.db import models
from django.db.models import F, Q

from yingbin.people.models import Staff
from yingbin.people.rows import SiteRow


class Leave(SiteRow):
    """请假: whole days, granted by a lead; why stands in the request alone. ended_at: taken back since."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)
    first = models.DateField()
    last = models.DateField()
    approval_id = models.UUIDField()
    seq = models.BigIntegerField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last__gte=F("first")), name="leave_ends_after_it_begins"
            ),
            models.UniqueConstraint(fields=["approval_id"], name="one_leave_a_request"),
        ]
        indexes = [models.Index(fields=["site", "last"], name="duty_leave_by_day")]

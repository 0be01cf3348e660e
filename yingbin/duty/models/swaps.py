"""Two people who want to swap their days."""

from django.db import models
from django.db.models import F, Q

from yingbin.people.models import Staff
from yingbin.people.rows import SiteRow


class ShiftSwap(SiteRow):
    """换班: what two people have on `day`, and on `other_day`, changes hands once both and a lead want it.

    approval_id: the request to the lead, made when the other has agreed.
    """

    class Status(models.TextChoices):
        """How it stands."""

        ASKED = "asked", "等对方同意"
        AGREED = "agreed", "等领班同意"
        DECLINED = "declined", "对方不换"
        WITHDRAWN = "withdrawn", "已收回"
        DONE = "done", "已换"
        NOT_GRANTED = "not_granted", "领班没有同意"

    asked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)
    with_whom = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    other_day = models.DateField()
    asked_at = models.DateTimeField()
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.ASKED)
    approval_id = models.UUIDField(null=True)
    seq = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(asked_by=F("with_whom")), name="nobody_swaps_with_themselves"
            ),
            models.UniqueConstraint(
                fields=["site", "asked_by", "with_whom", "day", "other_day"],
                condition=Q(status__in=["asked", "agreed"]),
                name="one_open_swap_of_these_days",
            ),
        ]
        indexes = [models.Index(fields=["site", "asked_at"], name="duty_swap_by_time")]

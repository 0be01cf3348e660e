"""Why a complaint came about (SD-4.2.5); what is done about it is a matter of its own (`desk.corrections`)."""

from django.db import models

from yingbin.people.rows import SiteRow

from .matters import DeskMatter


class ComplaintCause(SiteRow):
    """The cause of a complaint, from the list and in words; never changed, a better one is another row, the last counts."""

    class Cause(models.TextChoices):
        """Where it went wrong."""

        MANNER = "manner", "态度不好"
        SLOW = "slow", "来得慢、办得慢"
        QUALITY = "quality", "没有办好"
        UNTOLD = "untold", "没有答复、说不清"
        FEES = "fees", "收费有争议"
        FACILITY = "facility", "设施设备"
        PLACE = "place", "环境、保洁、秩序"
        NEIGHBOUR = "neighbour", "邻里、装修"
        RULES = "rules", "规定不合理"
        OUTSIDE = "outside", "外单位的事"
        UNFOUNDED = "unfounded", "不属实或是误会"
        OTHER = "other", "其他"

    matter = models.ForeignKey(
        DeskMatter, on_delete=models.PROTECT, related_name="causes", db_index=False
    )
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField()
    cause = models.CharField("原因", max_length=12, choices=Cause.choices)
    words = models.CharField(max_length=500, blank=True)
    salt = models.CharField(max_length=32, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["matter", "seq"], name="desk_cause_of_matter"),
            models.Index(fields=["site", "seq"], name="desk_cause_order"),
        ]

"""What a reception leaves behind: needs told, steps done (TQ-2), and the signed visitors' register (TQ-3).

A register row is a fact nobody may change, not even with the database's own tools; what the customer
wrote stands beside it, so that it can be erased on request while the row, its number, its signature
and its commitment in the journal stay.
"""

from typing import ClassVar

from django.db import models

from yingbin.people.rows import SiteRow
from yingbin.sheets.models import SheetRow, SheetWords

from .days import Visit


class Rooms(models.TextChoices):
    """How many bedrooms."""

    ONE = "1", "一房"
    TWO = "2", "两房"
    THREE = "3", "三房"
    FOUR = "4", "四房"
    MORE = "5", "五房及以上"


class FloorWish(models.TextChoices):
    """Which part of the building."""

    LOW = "low", "低楼层"
    MIDDLE = "middle", "中楼层"
    HIGH = "high", "高楼层"
    ANY = "any", "楼层不限"


class Purpose(models.TextChoices):
    """What the flat is for."""

    FIRST = "first", "首次置业"
    BETTER = "better", "改善居住"
    PARENTS = "parents", "给父母住"
    CHILD = "child", "给子女住"
    INVEST = "invest", "投资"
    OTHER = "other", "其他用途"


class Source(models.TextChoices):
    """How the customer heard of us (获知途径)."""

    PASSING = "passing", "路过"
    FRIEND = "friend", "朋友介绍"
    OWNER = "owner", "老业主介绍"
    ONLINE = "online", "网络"
    OUTDOOR = "outdoor", "户外广告"
    PRESS = "press", "报纸电视"
    CALL = "call", "来电"
    CHANNEL = "channel", "渠道"
    OTHER = "other", "其他途径"


class Needs(SiteRow):
    """What a customer looks for, as told at a moment; the row with the highest `seq` of a visit counts.

    Areas in m², budgets in 万元. `said`: what was said, in words; `salt` makes its commitment unguessable.
    """

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, null=True, related_name="needs")
    customer_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    by = models.UUIDField()
    seq = models.BigIntegerField()
    area_min = models.PositiveSmallIntegerField("面积从", null=True)
    area_max = models.PositiveSmallIntegerField("面积到", null=True)
    rooms = models.CharField("户型", max_length=1, choices=Rooms.choices, blank=True)
    floor_wish = models.CharField("楼层", max_length=6, choices=FloorWish.choices, blank=True)
    budget_min = models.PositiveIntegerField("预算从", null=True)
    budget_max = models.PositiveIntegerField("预算到", null=True)
    purpose = models.CharField("用途", max_length=8, choices=Purpose.choices, blank=True)
    source = models.CharField("获知途径", max_length=8, choices=Source.choices, blank=True)
    said = models.CharField("谈话要点", max_length=500, blank=True)
    salt = models.CharField(max_length=32, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["site", "visit", "seq"], name="needs_of_visit"),
            models.Index(fields=["site", "customer_id", "seq"], name="needs_of_customer"),
            models.Index(fields=["site", "at"], name="needs_by_time"),
        ]


class Step(SiteRow):
    """One of the four steps of a reception was done (TQ-2.1 – 2.4), with what was shown, given and said."""

    class Which(models.TextChoices):
        """The steps in their order."""

        MODEL = "model", "沙盘讲解"
        FLAT = "flat", "看样板间"
        TALK = "talk", "洽谈"
        FAREWELL = "farewell", "送客"

    CLAUSES: ClassVar = {
        "model": "TQ-2.1",
        "flat": "TQ-2.2",
        "talk": "TQ-2.3",
        "farewell": "TQ-2.4",
    }

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="steps")
    which = models.CharField("步骤", max_length=8, choices=Which.choices)
    at = models.DateTimeField()
    by = models.UUIDField()
    seq = models.BigIntegerField()
    things = models.JSONField("带看的房、给的资料", default=list)
    note = models.CharField("备注", max_length=500, blank=True)
    next_contact = models.DateTimeField("约好再联系", null=True)
    salt = models.CharField(max_length=32, blank=True)

    class Meta:
        indexes = [models.Index(fields=["site", "visit", "seq"], name="step_of_visit")]

    @property
    def clause(self) -> str:
        """The clause that this step is done under."""
        return self.CLAUSES[self.which]


class RegisterEntry(SheetRow, SiteRow):
    """One signed row of 《来访客户登记表》 (TQ-3), at a visit or from an old register."""

    class Hand(models.TextChoices):
        """Who wrote the row."""

        CUSTOMER = "customer", "客户自填"
        DICTATED = "dictated", "客户口述"
        DECLINED = "declined", "客户不愿登记"
        IMPORTED = "imported", "旧登记册导入"

    signed_by = models.UUIDField("接待人", null=True)
    visit = models.ForeignKey(
        Visit, on_delete=models.PROTECT, null=True, related_name="register_entries"
    )
    customer_id = models.UUIDField(null=True)
    hand = models.CharField(max_length=8, choices=Hand.choices)
    import_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "number"], name="register_number_once")
        ]
        indexes = [
            models.Index(fields=["site", "day", "number"], name="register_by_day"),
            models.Index(fields=["site", "customer_id"], name="register_of_customer"),
            models.Index(fields=["site", "visit"], name="register_of_visit"),
            models.Index(fields=["site", "signed_by", "at"], name="register_of_receiver"),
        ]


class RegisterWords(SheetWords):
    """What stands in a register row in the customer's words.

    `words` holds name, title, phone (E.164), lives (where they live), group_size, first_visit, source,
    needs in words, note, why (of a correction or a refusal), strokes (the customer's own signature),
    receiver (the name in an imported row).
    """

    entry = models.OneToOneField(
        RegisterEntry, on_delete=models.PROTECT, primary_key=True, related_name="written"
    )

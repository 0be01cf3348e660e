"""The estate: phases, buildings, homes; who lives in them and who owns them, from when until when.

A resident is a card of `customers`: names, telephones, masking, looks and erasure are there. Here stands only what
binds a card to a home, and what the desk should know of a person.
"""

from datetime import date

from django.db import models
from django.db.models import F, Q

from yingbin.people.rows import SiteRow

# What a matter about a home names as its subject: `Subject(HOME, home.id)`.
HOME = "desk.home"


class Phase(SiteRow):
    """A part of the estate that was built together: 一期, 海棠苑."""

    name = models.CharField("期或组团", max_length=20)
    seq = models.BigIntegerField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["site", "name"], condition=Q(removed_at=None), name="phase_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Building(SiteRow):
    """A building; `name` is what stands in a home's label: 3, B, 翠竹阁."""

    phase = models.ForeignKey(Phase, on_delete=models.PROTECT, null=True, db_index=False)
    name = models.CharField("楼栋", max_length=20)
    seq = models.BigIntegerField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["site", "phase", "name"],
                condition=Q(removed_at=None),
                nulls_distinct=False,
                name="building_once",
            )
        ]

    @property
    def called(self) -> str:
        """As people here say it: 3 栋, B 座, 翠竹阁."""
        if self.name.isdecimal():
            return f"{self.name} 栋"
        return f"{self.name} 座" if self.name.isascii() else self.name

    def __str__(self) -> str:
        return self.called


class Home(SiteRow):
    """A home, shop or garage: building, entrance (单元, often none) and room; `label` writes them in the one form.

    seq: the journal's entry that made it; changed_seq: the last one that changed area or delivery.
    removed_at: the import that brought it in was taken back.
    """

    class Delivery(models.TextChoices):
        """How far it is handed over and lived in."""

        UNKNOWN = "", "未填"
        UNSOLD = "unsold", "未售"
        SOLD = "sold", "已售未交付"
        DELIVERED = "delivered", "已交付"
        FITTING = "fitting", "装修中"
        LIVED_IN = "lived_in", "已入住"
        EMPTY = "empty", "空置"

    building = models.ForeignKey(Building, on_delete=models.PROTECT, related_name="homes")
    entrance = models.CharField("单元", max_length=12, blank=True)
    room = models.CharField("房号", max_length=16)
    label = models.CharField("房屋", max_length=60)
    area = models.DecimalField("面积", max_digits=8, decimal_places=2, null=True)
    delivery = models.CharField("状态", max_length=10, choices=Delivery.choices, blank=True)
    delivered_on = models.DateField("交付日期", null=True)
    seq = models.BigIntegerField()
    changed_seq = models.BigIntegerField(null=True)
    import_id = models.UUIDField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["site", "label"], condition=Q(removed_at=None), name="home_once"
            )
        ]
        indexes = [
            models.Index(fields=["site", "room"], name="home_by_room"),
            models.Index(
                fields=["import_id"], condition=Q(import_id__isnull=False), name="home_of_import"
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Tenancy(SiteRow):
    """A person lives in a home or owns it: `since` where it is known, `until` the day they left.

    customer_id: their card. ended_seq, ended_at, ended_by: who wrote down that they leave.
    """

    class Capacity(models.TextChoices):
        """As what."""

        OWNER = "owner", "业主"
        TENANT = "tenant", "租户"
        FAMILY = "family", "家属"
        COMPANY = "company", "公司租户"

    home = models.ForeignKey(Home, on_delete=models.PROTECT, related_name="tenancies")
    customer_id = models.UUIDField()
    capacity = models.CharField("身份", max_length=8, choices=Capacity.choices)
    since = models.DateField("从", null=True)
    until = models.DateField("到", null=True)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    seq = models.BigIntegerField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    ended_seq = models.BigIntegerField(null=True)
    import_id = models.UUIDField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["home", "customer_id", "capacity"],
                condition=Q(until=None, removed_at=None),
                name="tenancy_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
                name="tenancy_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["site", "customer_id"], name="tenancy_of_person")]

    def is_over(self, today: date) -> bool:
        """Whether they have left by this day; on the day itself they still move."""
        return self.until is not None and self.until < today


class ResidentNote(SiteRow):
    """What one should know of a person before speaking to them, and who may read it."""

    class About(models.TextChoices):
        """What it is about; the words say more."""

        HEARING = "hearing", "听力不便"
        WECHAT = "wechat", "喜欢微信联系"
        HOURS = "hours", "方便的时间"
        CARE = "care", "需要照顾"
        OTHER = "other", "其他"

    class Readers(models.TextChoices):
        """Who may read it."""

        DESK = "desk", "前台都能看"
        WORK = "work", "上门的同事也能看"
        LEADS = "leads", "只有主管和主任能看"

    customer_id = models.UUIDField()
    about = models.CharField("哪方面", max_length=8, choices=About.choices)
    text = models.CharField("说明", max_length=120, blank=True)
    readers = models.CharField("谁能看", max_length=6, choices=Readers.choices)
    salt = models.CharField(max_length=32)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    seq = models.BigIntegerField()
    removed_at = models.DateTimeField(null=True)
    removed_seq = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["site", "customer_id"], name="note_of_resident")]

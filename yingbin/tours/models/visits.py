"""A corporate visit with all the rules know of it, and every event of the contract in the order of the journal."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from yingbin.people.rows import SiteRow


class TourOffice(SiteRow):
    """The company and its packs as they were from this entry of the journal on; a change is the next version.

    company, packs: in the form of `contracts/tours-and-gate.md`, people by their ids, departments as `reception`,
    `administration` and by their ids; `souvenirs` counts all that were ever supplied.
    """

    version = models.PositiveIntegerField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    company = models.JSONField()
    packs = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "version"], name="tours_office_once")
        ]


class TourVisit(SiteRow):
    """One visit. The columns from `status` to `souvenirs` and `state` are the fold of its events by `rules.tours`.

    number: within the year, as the list counts. words: what the visitor wrote, by field; each may be erased.
    applied_by: the colleague who asked for the guest or gave a department's word; none where the visitor applied.
    open_areas: what a pass may cover. state: everything of `rules.tours.visit.Visit` that has no column.
    key_digest: SHA-256 of the private link's secret, which is kept nowhere.
    waits: what it waits for, by `tours.waiting`, so that 待办 is counted in one question; ids, areas, times.
    """

    class Status(models.TextChoices):
        """Where a visit stands; the last four have ended."""

        DECLINED = "declined", "已谢绝"
        NEEDS_EXCEPTION = "needs_exception", "要特批"
        AWAITING = "awaiting", "等答复"
        APPROVED = "approved", "已批准"
        WITHDRAWN = "withdrawn", "已取消"
        REFUSED = "refused", "未获批准"
        LAPSED = "lapsed", "已作废"
        OVER = "over", "已结束"

    class Klass(models.TextChoices):
        """The four classes (CV-2)."""

        GENERAL = "general", "一般客户"
        IMPORTANT = "important", "重要客户"
        KEY_ACCOUNT = "key_account", "大客户"
        INSTITUTION = "institution", "机关团体"

    class How(models.TextChoices):
        """Who asked for it."""

        VISITOR = "visitor", "来访人申请"
        COLLEAGUE = "colleague", "同事代申请"
        WORD = "word", "部门通知"

    seq = models.BigIntegerField()
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField("编号")
    opened_at = models.DateTimeField()
    how = models.CharField("来源", max_length=10, choices=How.choices)
    applied_by = models.UUIDField(null=True)
    customer_id = models.UUIDField(null=True)
    visitor = models.CharField("来访单位", max_length=80, blank=True)
    contact = models.CharField("联系人", max_length=40, blank=True)
    words = models.JSONField(default=dict)
    salt = models.CharField(max_length=32, blank=True)
    language = models.CharField(max_length=2, default="zh")
    terms = models.CharField(max_length=20, blank=True)
    key_digest = models.BinaryField(null=True, unique=True)

    status = models.CharField("状态", max_length=16, choices=Status.choices)
    klass = models.CharField("类别", max_length=12, choices=Klass.choices)
    version = models.CharField(max_length=40)
    starts_at = models.DateTimeField("来访时间")
    ends_at = models.DateTimeField()
    headcount = models.PositiveIntegerField("人数")
    open_areas = ArrayField(models.CharField(max_length=16), default=list)
    room = models.CharField("房间", max_length=40, blank=True)
    souvenirs = models.PositiveIntegerField(default=0)
    state = models.JSONField(default=dict)
    waits = models.JSONField(default=list)
    events = models.PositiveIntegerField(default=0)
    moved_at = models.DateTimeField()
    next_clock_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "year", "number"], name="tours_number_once"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="tours_has_a_span"
            ),
        ]
        indexes = [
            models.Index(fields=["site", "seq"], name="tours_opened"),
            models.Index(fields=["site", "starts_at"], name="tours_by_day"),
            models.Index(fields=["site", "ends_at"], name="tours_by_end"),
            models.Index(
                fields=["site"],
                condition=~Q(status__in=["withdrawn", "refused", "lapsed", "over"]),
                name="tours_going_on",
            ),
            models.Index(
                fields=["next_clock_at"],
                condition=Q(next_clock_at__isnull=False),
                name="tours_due",
            ),
            models.Index(
                fields=["customer_id"],
                condition=Q(customer_id__isnull=False),
                name="tours_of_customer",
            ),
        ]

    @property
    def said(self) -> str:
        """Its number as people say it."""
        return f"{self.year}-{self.number:04d}"


class TourEvent(SiteRow):
    """An accepted event of the contract or a record of its clock, in the order of the journal; never changed.

    fields: those of the contract but for free words, ids for people; words: what somebody wrote, which may be
    erased. because: the rules' sentence, ids for names. by: none for the visitor and for the clock.
    event `clock`: a record of the clock, its fields `warning`, `about`, `moment` and `to`.
    """

    visit = models.ForeignKey(
        TourVisit, on_delete=models.PROTECT, related_name="log", db_index=False
    )
    index = models.PositiveIntegerField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    event = models.CharField(max_length=12)
    fields = models.JSONField(default=dict)
    words = models.JSONField(default=dict)
    salt = models.CharField(max_length=32, blank=True)
    because = models.CharField(max_length=400)
    clause = models.CharField(max_length=12)
    office = models.ForeignKey(TourOffice, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visit", "index"], name="tours_event_once")]
        indexes = [models.Index(fields=["site", "seq"], name="tours_event_order")]

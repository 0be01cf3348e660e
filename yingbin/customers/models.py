"""Customers of a site: one person, many phones and names; consent, reveals, merges, receivers.

Facts are rows with who and when. A merge moves nothing: it points one card at another, so undoing
it leaves both as they were. People of other floors are referred to by id, without a constraint.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Reverse

from yingbin.pages.phones import masked
from yingbin.people.rows import SiteRow

# Counts how often the terms of a name were changed; cards with older ones are made findable anew by the worker.
TERMS_VERSION = 2


class Title(models.TextChoices):
    """How a customer is addressed."""

    NONE = "", "未填"
    MR = "mr", "先生"
    MS = "ms", "女士"


def with_title(name: str, title: str) -> str:
    """The name as people say it: 张三先生, but John Smith 先生."""
    gap = " " if title and name.isascii() else ""
    return f"{name}{gap}{title}"


class Customer(SiteRow):
    """One person known to a site; `number` counts from 1 in the site.

    `terms` is what the search box finds, made from the names by `terms.of_names`. `merged_into` is
    the end of the chain of merges, never a card that is itself merged away. `last_seen_at` orders
    results.
    """

    number = models.PositiveIntegerField("编号")
    title = models.CharField("称呼", max_length=2, choices=Title.choices, blank=True, default="")
    note = models.CharField("备注", max_length=500, blank=True)
    terms = ArrayField(models.CharField(max_length=32), default=list)
    terms_version = models.SmallIntegerField(default=TERMS_VERSION, db_default=1)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="merged", db_index=False
    )
    registered_at = models.DateTimeField()
    registered_by = models.UUIDField(null=True)
    last_seen_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)
    erased_why = models.CharField("删除依据", max_length=200, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "number"], name="customer_number_once")
        ]
        indexes = [
            # A short pending list: it is read by every search.
            GinIndex(fields=["terms"], name="customer_terms", gin_pending_list_limit=256),
            models.Index("site", F("last_seen_at").desc(), name="customer_recent"),
            models.Index(
                fields=["merged_into"],
                condition=Q(merged_into__isnull=False),
                name="customer_merged",
            ),
        ]

    def __str__(self) -> str:
        return f"客户 {self.number}"


class CustomerName(SiteRow):
    """A name the customer goes by. `salt` makes the journal's commitment to it unguessable."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="names")
    name = models.CharField("姓名", max_length=40)
    primary = models.BooleanField(default=False)
    salt = models.CharField(max_length=32)
    added_at = models.DateTimeField()
    added_by = models.UUIDField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "name"],
                condition=Q(removed_at__isnull=True),
                name="customer_name_once",
            ),
            models.UniqueConstraint(
                fields=["customer"],
                condition=Q(primary=True, removed_at__isnull=True),
                name="customer_one_primary_name",
            ),
        ]
        indexes = [models.Index(fields=["site", "name"], name="customer_name_whole")]

    def __str__(self) -> str:
        return f"客户姓名 {self.id}"


class CustomerPhone(SiteRow):
    """A phone of the customer. A family may share one, so it is not unique in the site."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="phones")
    e164 = models.CharField("电话", max_length=20)
    reversed = models.GeneratedField(
        expression=Reverse("e164"),
        output_field=models.CharField(max_length=20),
        db_persist=True,
    )
    primary = models.BooleanField(default=False)
    salt = models.CharField(max_length=32)
    added_at = models.DateTimeField()
    added_by = models.UUIDField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "e164"],
                condition=Q(removed_at__isnull=True),
                name="customer_phone_once",
            ),
            models.UniqueConstraint(
                fields=["customer"],
                condition=Q(primary=True, removed_at__isnull=True),
                name="customer_one_primary_phone",
            ),
        ]
        indexes = [
            models.Index(
                fields=["site", "reversed"],
                opclasses=["uuid_ops", "varchar_pattern_ops"],
                name="customer_phone_suffix",
            )
        ]

    def __str__(self) -> str:
        return masked(self.e164)


class ReceiverOfRecord(SiteRow):
    """Whose customer this is (TQ-8, TQ-9): the row with the highest `seq` of a customer counts.

    `staff_id` null: nobody's any more. A hand-over of all customers of someone who left is a row
    for each customer under one `seq`.
    """

    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, related_name="receivers", db_index=False
    )
    staff_id = models.UUIDField(null=True)
    seq = models.BigIntegerField()
    since = models.DateTimeField()
    by = models.UUIDField(null=True)
    reason = models.CharField("原因", max_length=200)
    # Salt of the commitment to the reason; none on rows of before and on imported ones.
    salt = models.CharField(max_length=32, blank=True, default="", db_default="")
    visit_id = models.UUIDField(null=True)
    clause = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["customer", "seq"], name="receiver_once_a_seq")
        ]
        indexes = [models.Index(fields=["site", "staff_id"], name="receiver_of_whom")]


class Consent(SiteRow):
    """The customer agreed or withdrew under a version of the wording; the highest `seq` counts."""

    class How(models.TextChoices):
        """How the customer said so."""

        SPOKEN = "spoken", "口头同意"
        SCREEN = "screen", "本人在屏幕上确认"
        PAPER = "paper", "纸质签字"

    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, related_name="consents", db_index=False
    )
    given = models.BooleanField()
    wording_version = models.CharField(max_length=20)
    how = models.CharField("方式", max_length=8, choices=How.choices)
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["customer", "seq"], name="consent_once_a_seq")
        ]


class Reveal(SiteRow):
    """Someone looked at a full number: who, when, why."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="reveals")
    phone = models.ForeignKey(
        CustomerPhone, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    by = models.UUIDField()
    at = models.DateTimeField()
    why = models.CharField("用途", max_length=80)

    class Meta:
        indexes = [
            models.Index("site", F("at").desc(), name="reveal_recent"),
            models.Index("site", "by", F("at").desc(), name="reveal_by_whom"),
        ]


class ConsentWording(SiteRow):
    """What a site tells customers before it keeps their number; never changed, only followed by a newer one."""

    version = models.CharField(max_length=20)
    text = models.CharField("告知内容", max_length=600)
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "version"], name="wording_version_once")
        ]


class Merge(SiteRow):
    """Two cards are one person: `source` is shown under `into` until this is undone."""

    into = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="merges_in")
    source = models.ForeignKey(
        Customer, on_delete=models.PROTECT, related_name="merges_out", db_index=False
    )
    why = models.CharField("依据", max_length=200)
    salt = models.CharField(max_length=32, blank=True, default="", db_default="")
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    seq = models.BigIntegerField(null=True)  # none on merges of before the number was kept
    undone_at = models.DateTimeField(null=True)
    undone_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source"],
                condition=Q(undone_at__isnull=True),
                name="merged_once_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(into=F("source")), name="not_merged_into_itself"),
        ]


class NotSamePerson(SiteRow):
    """Two cards that look alike are different people; they are not proposed again."""

    first = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="pair_dismissed_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="pair_in_order"),
        ]

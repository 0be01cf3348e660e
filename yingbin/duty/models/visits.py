"""Visitors of a show flat: groups that came, whether they were referred, the flat's facts, the code at the door."""

from django.db import models
from django.db.models import Q

from yingbin.people.models import Post
from yingbin.people.rows import SiteRow


class ShowVisit(SiteRow):
    """A group that came to a show flat; `number` counts from 1 each day (SF-4.3.2).

    One that registered itself by the code at the door waits until a receptionist confirms it: till then `called` and
    `phone` are what it wrote under `wording`; afterwards they stand on the customer's card. been_to_sales: whether
    they were at the sales office before, None while nobody asked.
    """

    class Source(models.TextChoices):
        """Who wrote them down."""

        DESK = "desk", "接待员登记"
        CODE = "code", "客人扫码"

    number = models.PositiveIntegerField("序号")
    day = models.DateField()
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    source = models.CharField(max_length=4, choices=Source.choices)
    arrived_at = models.DateTimeField("到访时间")
    recorded_by = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.UUIDField(null=True)
    turned_down_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField("离开时间", null=True)
    seen_off_by = models.UUIDField(null=True)
    group_size = models.PositiveSmallIntegerField("人数", default=1)
    been_to_sales = models.BooleanField("是否到过售楼处", null=True)
    customer_id = models.UUIDField(null=True)
    called = models.CharField("姓名", max_length=40, blank=True)
    phone = models.CharField("电话", max_length=20, blank=True)
    wording = models.CharField(max_length=20, blank=True)
    note = models.CharField("备注", max_length=200, blank=True)
    # Salt of the commitments to these words in the journal; gone with them.
    salt = models.CharField(max_length=32, blank=True)
    seq = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "day", "number"], name="show_visit_once_a_day")
        ]
        indexes = [
            models.Index(
                fields=["site", "customer_id"],
                condition=Q(customer_id__isnull=False),
                name="show_visit_of_customer",
            )
        ]


class VisitReferral(SiteRow):
    """A group that never saw the sales office is sent there (SF-4.3.3).

    asked: the gallery hasn't answered yet; queued: it stands in the gallery's queue; kept: no gallery takes it now,
    so the contact is kept and followed up by the matter. No constraint leads to the gallery's rows.
    """

    class State(models.TextChoices):
        """How far it is."""

        ASKED = "asked", "正在转到售楼处"
        QUEUED = "queued", "已排进售楼处"
        KEPT = "kept", "已留联系方式，待回访"

    visit = models.OneToOneField(ShowVisit, on_delete=models.PROTECT, related_name="referral")
    gallery_id = models.UUIDField(null=True)
    state = models.CharField(max_length=6, choices=State.choices)
    at = models.DateTimeField()
    by = models.UUIDField()
    gallery_visit = models.UUIDField(null=True)
    gallery_number = models.PositiveIntegerField(null=True)
    receiver = models.UUIDField(null=True)
    because = models.CharField(max_length=300, blank=True)
    matter_id = models.UUIDField(null=True)
    settled_at = models.DateTimeField(null=True)
    seq = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["at"], condition=Q(state="asked"), name="referral_unanswered")
        ]


class FlatFacts(SiteRow):
    """户型资料: a version of what is known of a show flat and may be said; the highest counts (SF-4.3.3).

    answers: pairs of a question and what may be answered. pictures: ids of files of this flat.
    """

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    version = models.PositiveIntegerField()
    layout = models.CharField("户型", max_length=60)
    area = models.CharField("建筑面积", max_length=60)
    structure = models.CharField("房屋结构", max_length=200, blank=True)
    advantages = models.CharField("优势", max_length=1000, blank=True)
    answers = models.JSONField(default=list)
    pictures = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.UUIDField()
    seq = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "post", "version"], name="flat_facts_once")
        ]


class GuestCode(SiteRow):
    """The code at a show flat's door. Its number goes up when it is renewed, and the old one opens nothing."""

    post = models.OneToOneField(Post, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField()
    seq = models.BigIntegerField()

"""A matter of the desk beside what all matters have, and every event of the contract in the order of the journal."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from yingbin.matters.models import Matter
from yingbin.people.rows import SiteRow


class DeskOffice(SiteRow):
    """The office as it was from this entry of the journal on; never changed, a change is the next version.

    people, policy, calendar: in the form of `contracts/desk-replay.md`, people by their ids and departments as
    matters name them, `department:<id>`.
    """

    version = models.PositiveIntegerField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    people = models.JSONField()
    policy = models.JSONField()
    calendar = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "version"], name="desk_office_once")]


class DeskMatter(SiteRow):
    """What the desk knows of a matter beside its steps; the fold of its events by `rules.desk`.

    number: within the year, as the register counts. home: the key under which matters are of the same home, a home's
    id or the tag of a place that is none; place: how it is said. caller: who told it, as they called themselves.
    amounts in fen. handled: who had a part in it, and so can't call back.
    """

    class Source(models.TextChoices):
        """How it came in (SD-4.1)."""

        CALL = "call", "来电"
        VISIT = "visit", "来访"
        LETTER = "letter", "来信"
        GUARD = "guard", "治安员"
        ONLINE = "online", "网上"
        OTHER = "other", "其他"

    class Callback(models.TextChoices):
        """Where a call-back stands."""

        DUE = "due", "待回访"
        DONE = "done", "已回访"
        UNREACHABLE = "unreachable", "联系不上"
        VOID = "void", "不再回访"

    matter = models.OneToOneField(Matter, on_delete=models.PROTECT, related_name="desk")
    seq = models.BigIntegerField()
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField("编号")
    home = models.CharField(max_length=80)
    home_id = models.UUIDField(null=True)
    place = models.CharField("地点", max_length=60)
    place_salt = models.CharField(max_length=32)
    subject = models.CharField("事项", max_length=30)
    source = models.CharField("来源", max_length=10, choices=Source.choices)
    caller = models.CharField("来电来访人", max_length=40, blank=True)
    salt = models.CharField(max_length=32, blank=True)
    linked = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="repeats")
    amount = models.PositiveBigIntegerField(default=0)
    quote = models.PositiveBigIntegerField(null=True)
    quote_agreed = models.BooleanField(default=False)
    responded = models.BooleanField(default=False)
    disagreed = models.PositiveSmallIntegerField(default=0)
    reopened = models.BooleanField(default=False)
    handled = ArrayField(models.UUIDField(), default=list)
    callback = models.CharField(max_length=12, choices=Callback.choices, blank=True)
    callback_due_at = models.DateTimeField(null=True)
    callback_attempts = models.JSONField(default=list)
    callback_score = models.CharField(max_length=12, blank=True)
    events = models.PositiveIntegerField(default=1)
    moved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "year", "number"], name="desk_number_once")
        ]
        indexes = [
            models.Index(fields=["site", "seq"], name="desk_recorded"),
            models.Index(fields=["site", "home", "subject", "seq"], name="desk_of_home"),
            models.Index(fields=["home_id"], name="desk_of_house"),
            models.Index(
                fields=["site", "callback_due_at"],
                condition=Q(callback="due"),
                name="desk_callbacks",
            ),
            models.Index(fields=["site", "moved_at"], name="desk_moved"),
        ]

    @property
    def said(self) -> str:
        """Its number as people say it."""
        return f"{self.year}-{self.number:04d}"


class DeskEvent(SiteRow):
    """An accepted event of the contract, in the order of the journal; never changed.

    fields: those of the contract but for free words, ids for people; words: what somebody wrote, which may be
    erased. because: the rules' sentence, ids for names. office: the one it was decided by.
    """

    matter = models.ForeignKey(
        DeskMatter, on_delete=models.PROTECT, related_name="log", db_index=False
    )
    index = models.PositiveIntegerField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField()
    event = models.CharField(max_length=12)
    fields = models.JSONField(default=dict)
    words = models.JSONField(default=dict)
    salt = models.CharField(max_length=32, blank=True)
    because = models.CharField(max_length=400)
    clause = models.CharField(max_length=12)
    office = models.ForeignKey(DeskOffice, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "index"], name="desk_event_once")]
        indexes = [
            models.Index(fields=["site", "seq"], name="desk_event_order"),
            models.Index(
                fields=["site", "-seq"], condition=Q(event="call"), name="desk_event_calls"
            ),
        ]


class DeskNote(SiteRow):
    """Something written beside a matter that moves nothing: a remark, the supervisor's word to a clerk (SD-3.3), or that
    whoever has the task is on the way."""

    class What(models.TextChoices):
        """What it is."""

        REMARK = "remark", "备注"
        GUIDANCE = "guidance", "指导"
        ON_THE_WAY = "on_the_way", "在路上"

    matter = models.ForeignKey(
        DeskMatter, on_delete=models.PROTECT, related_name="notes", db_index=False
    )
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField()
    what = models.CharField(max_length=10, choices=What.choices)
    to = models.UUIDField(null=True)
    words = models.CharField(max_length=1000, blank=True)
    salt = models.CharField(max_length=32, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["matter", "seq"], name="desk_note_of_matter"),
            models.Index(fields=["site", "seq"], name="desk_note_order"),
        ]

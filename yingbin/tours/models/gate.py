"""The gates of a site, the devices that stand at them, and everything that happened there (CV-4.1 to CV-4.3)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from yingbin.people.rows import SiteRow

from .passes import VisitorPass
from .visits import TourVisit


class Gate(SiteRow):
    """A gate and the areas it leads to; by one `on_site` one enters and leaves the site. It is changed by a new one."""

    name = models.CharField("门岗", max_length=20)
    areas = ArrayField(models.CharField(max_length=16))
    on_site = models.BooleanField("进出厂区", default=False)
    seq = models.BigIntegerField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["site", "name"],
                condition=Q(closed_at__isnull=True),
                name="tours_gate_once",
            )
        ]

    def __str__(self) -> str:
        return self.name


class GateDevice(SiteRow):
    """A phone or tablet at a gate. Each goes off line by itself, so the rules know each as a gate of its own.

    number: at its gate; the first is the gate's own, for pages without a script. heard_at, waiting: when it last
    asked for the list, and how many scans it then still held; told by the device, witnessed by nobody.
    phone: the one browser that is this device (`phones.py`), null where none is; held_at, held_by: since when, who.
    """

    gate = models.ForeignKey(Gate, on_delete=models.PROTECT, related_name="devices")
    number = models.PositiveSmallIntegerField()
    seq = models.BigIntegerField()
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)
    heard_at = models.DateTimeField(null=True)
    waiting = models.PositiveIntegerField(default=0)
    phone = models.UUIDField(null=True)
    held_at = models.DateTimeField(null=True)
    held_by = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gate", "number"], name="tours_device_once")]

    def __str__(self) -> str:
        return self.gate.name if self.number == 1 else f"{self.gate.name}·{self.number}号机"


class GateEvent(SiteRow):
    """An event of the gate's contract with the rules' answer, refused ones too; never changed.

    number: in the order in which it was written down; at: true time, earlier than that for what a gate did without a
    line. fields: of the contract, but for pass, visit, gate, by and words; words: free words and persons' names,
    which may be erased. answer: what the rules said besides. context: by which figures they decided: the policy,
    headcounts, whether whoever did it supervises or is of security. since: the event that asked, of a clash.
    """

    number = models.PositiveIntegerField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    event = models.CharField(max_length=12)
    device = models.ForeignKey(
        GateDevice, on_delete=models.PROTECT, null=True, related_name="log", db_index=False
    )
    visit = models.ForeignKey(
        TourVisit, on_delete=models.PROTECT, null=True, related_name="at_gates", db_index=False
    )
    visitor_pass = models.ForeignKey(
        VisitorPass, on_delete=models.PROTECT, null=True, related_name="log"
    )
    by = models.UUIDField(null=True)
    nonce = models.CharField(max_length=40, blank=True)
    fields = models.JSONField(default=dict)
    words = models.JSONField(default=dict)
    salt = models.CharField(max_length=32, blank=True)
    code = models.CharField(max_length=20)
    clause = models.CharField(max_length=12, blank=True)
    because = models.CharField(max_length=400)
    answer = models.JSONField(default=dict)
    context = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "number"], name="tours_gate_event_once"),
            models.UniqueConstraint(
                fields=["device", "nonce"], condition=~Q(nonce=""), name="tours_scan_once"
            ),
        ]
        indexes = [
            models.Index(fields=["site", "at"], name="tours_gate_by_time"),
            models.Index(fields=["visit", "at"], name="tours_gate_by_visit"),
            models.Index(fields=["device", "at"], name="tours_gate_by_device"),
            models.Index(
                fields=["site", "number"],
                condition=Q(event__in=["roll_start", "roll_end"]),
                name="tours_rolls",
            ),
        ]

    @property
    def words_said(self) -> list[str]:
        """Which free words came with it; they may be erased meanwhile."""
        return list(self.fields.get("words", ()))

    @property
    def is_allowed(self) -> bool:
        """Whether somebody was let through."""
        return self.code in ("ok", "not_in")


class GateClash(SiteRow):
    """A scan made without a line that would have been answered otherwise with one; an alarm until somebody says what it was.

    code: why it would have been refused; beside: the pass's last way in before it. merge: the event that found it.
    """

    scan = models.ForeignKey(GateEvent, on_delete=models.PROTECT, related_name="clashes")
    code = models.CharField(max_length=20)
    beside = models.ForeignKey(
        GateEvent, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    merge = models.ForeignKey(
        GateEvent, on_delete=models.PROTECT, related_name="found", db_index=False
    )
    seq = models.BigIntegerField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.UUIDField(null=True)
    finding = models.CharField(max_length=200, blank=True)
    salt = models.CharField(max_length=32, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scan", "code"], name="tours_clash_once")]
        indexes = [
            models.Index(
                fields=["site"], condition=Q(settled_at__isnull=True), name="tours_clashes_open"
            )
        ]


class GateBreach(SiteRow):
    """Somebody led visitors without approval, which counts as leaking trade secrets (CV-4.2); confirmed by security.

    leader: a colleague; who else it was stands in the event's words. number: as people say it, counted at the site.
    """

    number = models.PositiveIntegerField()
    event = models.OneToOneField(GateEvent, on_delete=models.PROTECT, related_name="breach")
    leader = models.UUIDField(null=True)
    confirmed = models.OneToOneField(
        GateEvent, on_delete=models.PROTECT, null=True, related_name="confirmed_breach"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "number"], name="tours_breach_once")]

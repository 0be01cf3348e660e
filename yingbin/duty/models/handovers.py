"""交接班 beyond the contract: what was filled in by itself, signatures on the glass, what was added later."""

from django.db import models
from django.db.models import Q

from yingbin.journal.commit import committed
from yingbin.people.models import Post
from yingbin.people.rows import SiteRow
from yingbin.sheets.ink import drawn
from yingbin.sheets.models import SheetRow

from .day import DutyEvent, DutyLog


class Handover(SiteRow):
    """What a handover began with besides its entries; its id is the handover's. Frozen.

    facilities: how the post's checks stood. expected: how many there should be of what was counted, by name.
    also: what the receiver should know (visitors inside, questions, damage): kind, words without personal data,
    and the matter if it is one, whose title is read anew each time.
    """

    event = models.OneToOneField(DutyEvent, on_delete=models.PROTECT, related_name="begins")
    log = models.ForeignKey(
        DutyLog, on_delete=models.PROTECT, related_name="handovers", db_index=False
    )
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    giver = models.UUIDField("交班人")
    receiver = models.UUIDField("接班人")
    at = models.DateTimeField()
    facilities = models.CharField("设施状况", max_length=300, blank=True)
    expected = models.JSONField(default=dict)
    also = models.JSONField(default=list)
    seq = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["log"], name="handover_of_day"),
            models.Index(fields=["site", "post", "at"], name="handover_of_post"),
        ]

    def told(self) -> dict[str, object]:
        """What the journal keeps of it."""
        return {
            "handover": str(self.id),
            "event": str(self.event_id),
            "facilities": self.facilities,
            "expected": self.expected,
            "also": self.also,
        }


class HandoverSignature(SiteRow):
    """Somebody signed for a side: strokes on the glass (`sheets.ink`), or how else they did.

    device: on whose phone or tablet, where it wasn't the signer's own. completes: with it both sides had signed.
    """

    class Side(models.TextChoices):
        """Which side."""

        GIVING = "giving", "交班"
        RECEIVING = "receiving", "接班"

    handover = models.UUIDField()
    event = models.OneToOneField(DutyEvent, on_delete=models.PROTECT, related_name="signed")
    side = models.CharField(max_length=9, choices=Side.choices)
    by = models.UUIDField("签名人")
    at = models.DateTimeField()
    signed = models.CharField(max_length=8, choices=SheetRow.Signed.choices)
    strokes = models.JSONField(default=list)
    device = models.UUIDField(null=True)
    completes = models.BooleanField()
    seq = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["site", "handover"], name="signatures_of_handover")]
        constraints = [
            models.UniqueConstraint(
                fields=["handover"], condition=Q(completes=True), name="handover_done_once"
            )
        ]

    def told(self) -> dict[str, object]:
        """What the journal keeps of it: the strokes as their hash."""
        return {
            "handover": str(self.handover),
            "event": str(self.event_id),
            "side": str(self.side),
            "signed": str(self.signed),
            "signature": drawn(self.strokes),
            "device": str(self.device) if self.device else None,
            "completes": self.completes,
        }


class HandoverNote(SiteRow):
    """Words beside a handover: an addition after both signed (补充), or that somebody would not sign (拒签).

    about: who would not. words: as written; they can be erased, never changed.
    """

    class What(models.TextChoices):
        """What the words are."""

        ADDITION = "addition", "补充"
        REFUSAL = "refusal", "拒签"

    handover = models.UUIDField()
    log = models.ForeignKey(DutyLog, on_delete=models.PROTECT, related_name="+", db_index=False)
    what = models.CharField(max_length=8, choices=What.choices)
    by = models.UUIDField()
    about = models.UUIDField(null=True)
    at = models.DateTimeField()
    words = models.CharField(max_length=300)
    salt = models.CharField(max_length=32)
    seq = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["site", "handover"], name="notes_of_handover"),
            models.Index(fields=["log"], name="handover_notes_of_day"),
        ]

    def told(self) -> dict[str, object]:
        """What the journal keeps of it: a commitment to the words."""
        return {
            "handover": str(self.handover),
            "what": str(self.what),
            "about": str(self.about) if self.about else None,
            "words": committed({"words": self.words}, self.salt),
        }

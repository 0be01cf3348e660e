"""Passes: one stands for so many persons of a visit in some areas; each change of it is a revision (CV-4.1)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from yingbin.people.rows import SiteRow

from .visits import TourVisit


class Fate(models.TextChoices):
    """What became of a revision; the four add up to what was issued."""

    OUTSTANDING = "outstanding", "在外"
    VOID = "void", "作废"
    LOST = "lost", "挂失"
    RETURNED = "returned", "已交还"


class VisitorPass(SiteRow):
    """A pass. Its columns from `revision` on are those of its current revision.

    number: as people say it, counted at the site; the code on the pass carries it. escort: who leads its persons.
    """

    visit = models.ForeignKey(TourVisit, on_delete=models.PROTECT, related_name="passes")
    number = models.PositiveIntegerField("证号")
    seq = models.BigIntegerField()
    revision = models.PositiveSmallIntegerField("第几版", default=1)
    fate = models.CharField("去向", max_length=12, choices=Fate.choices)
    areas = ArrayField(models.CharField(max_length=16))
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    persons = models.PositiveIntegerField("人数")
    escort = models.UUIDField()
    photo = models.BooleanField("准许拍照", default=False)
    # What was told of its current revision: nothing, that its persons overstay, that it should be back by now.
    alarm = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "number"], name="tours_pass_once"),
            models.CheckConstraint(condition=Q(fate__in=Fate.values), name="tours_pass_has_a_fate"),
        ]
        indexes = [
            models.Index(
                fields=["site", "ends_at"],
                condition=Q(fate="outstanding"),
                name="tours_pass_out",
            ),
            models.Index(
                fields=["ends_at"],
                condition=Q(fate="outstanding", alarm__lt=2),
                name="tours_pass_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} 号证"


class PassRevision(SiteRow):
    """One revision of a pass: what it says, which never changes, and what became of it.

    seq, at, by: of the entry that issued it; fate_seq, fate_at, fate_by: of the last that changed its fate.
    """

    visitor_pass = models.ForeignKey(
        VisitorPass, on_delete=models.PROTECT, related_name="revisions", db_index=False
    )
    number = models.PositiveSmallIntegerField()
    areas = ArrayField(models.CharField(max_length=16))
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    persons = models.PositiveIntegerField()
    escort = models.UUIDField()
    photo = models.BooleanField(default=False)
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    fate = models.CharField(max_length=12, choices=Fate.choices)
    fate_seq = models.BigIntegerField()
    fate_at = models.DateTimeField()
    fate_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visitor_pass", "number"], name="tours_revision_once"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="tours_revision_has_a_span"
            ),
            models.CheckConstraint(
                condition=Q(fate__in=Fate.values), name="tours_revision_has_a_fate"
            ),
        ]
        indexes = [models.Index(fields=["site", "seq"], name="tours_revision_order")]


class PassPaper(SiteRow):
    """A revision was printed, or handed out to a guest: facts of their own, each with who and when."""

    class What(models.TextChoices):
        """What was done with it."""

        PRINTED = "printed", "打印"
        HANDED_OUT = "handed_out", "发出"

    revision = models.ForeignKey(PassRevision, on_delete=models.PROTECT, related_name="papers")
    what = models.CharField(max_length=10, choices=What.choices)
    at = models.DateTimeField()
    by = models.UUIDField()
    seq = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["site", "seq"], name="tours_paper_order")]


class PassPlace(SiteRow):
    """How many persons of a pass are in a zone: the areas its gate leads to, none for "on site, elsewhere"."""

    visitor_pass = models.ForeignKey(VisitorPass, on_delete=models.PROTECT, related_name="places")
    zone = ArrayField(models.CharField(max_length=16))
    persons = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visitor_pass", "zone"], name="tours_place_once"),
            models.CheckConstraint(condition=Q(persons__gt=0), name="tours_place_is_somebody"),
        ]
        indexes = [models.Index(fields=["site"], name="tours_on_site")]

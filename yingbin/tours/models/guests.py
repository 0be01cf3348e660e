"""Who comes with a visit: a list of persons, each line final; one who is replaced or struck off stays known as such (CV-4.1)."""

from django.db import models

from yingbin.people.rows import SiteRow

from .visits import TourVisit


class TourGuest(SiteRow):
    """A person on a visit's list. Their words may be erased; nothing else changes but that they are no longer on it.

    number: in the order of writing, within the visit. paper: the last four of an identity paper, for telling people
    apart at the gate. care_of: the guardian or teacher who answers for a minor. instead: whom they came in place of,
    which `allowed_by` allowed at the gate, and why. by: none where the visitor wrote the list.
    """

    class Stands(models.TextChoices):
        """Whether they are on the list."""

        LISTED = "listed", "在名单上"
        GONE = "gone", "不在名单上"

    visit = models.ForeignKey(
        TourVisit, on_delete=models.PROTECT, db_index=False, related_name="guests"
    )
    number = models.PositiveIntegerField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    name = models.CharField("姓名", max_length=40, blank=True)
    phone = models.CharField("电话", max_length=30, blank=True)
    role = models.CharField("身份", max_length=30, blank=True)
    paper = models.CharField("证件尾号", max_length=4, blank=True)
    minor = models.BooleanField("未成年", default=False)
    care_of = models.CharField("监护人或带队老师", max_length=40, blank=True)
    instead = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    allowed_by = models.UUIDField(null=True)
    why = models.CharField("为什么换", max_length=100, blank=True)
    salt = models.CharField(max_length=32, blank=True)
    stands = models.CharField(max_length=6, choices=Stands.choices, default=Stands.LISTED)
    gone_seq = models.BigIntegerField(null=True)
    gone_at = models.DateTimeField(null=True)
    gone_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visit", "number"], name="tours_guest_once"),
        ]
        indexes = [models.Index(fields=["site", "seq"], name="tours_guest_order")]

    @property
    def words(self) -> dict[str, str]:
        """What names them, by field."""
        return {name: getattr(self, name) for name in WORDS}


WORDS = ("name", "phone", "role", "paper", "care_of", "why")


class GuestLook(SiteRow):
    """Somebody looked at a guest's full telephone number, and said what for."""

    guest = models.ForeignKey(TourGuest, on_delete=models.PROTECT, related_name="looks")
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField()
    why = models.CharField(max_length=20)

    class Meta:
        indexes = [models.Index(fields=["site", "seq"], name="tours_look_order")]

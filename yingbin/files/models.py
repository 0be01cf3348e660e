"""A row for every file; its bytes lie in the storage under a name that tells nothing."""

from django.db import models
from django.db.models import Q

from yingbin.people.rows import SiteRow


class StoredFile(SiteRow):
    """A picture or a scan that somebody took in; what it is never changes.

    `owner` and `about_id` say to what it is attached, once, and `purpose` as what, where its owner tells such apart.
    `held`: it is evidence; until it is released nothing lets go of it, not even its owner's time limit or an erasure.
    `gone_at`: from then on nobody sees it, and its bytes leave the storage (`wiped_at`). No name of the file as it was on the phone: that may tell of people.
    """

    class Gone(models.TextChoices):
        REMOVED = "removed", "上传的人去掉的"
        ORPHANED = "orphaned", "没有用上"
        ERASED = "erased", "按客户要求删除"
        EXPIRED = "expired", "到了保存期限"

    seq = models.BigIntegerField()
    owner = models.CharField(max_length=20)
    media_type = models.CharField("类型", max_length=20)
    name = models.CharField(max_length=140, unique=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField("字节")
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    taken_by = models.UUIDField()
    taken_at = models.DateTimeField()
    about_id = models.UUIDField(null=True)
    purpose = models.CharField("拍的什么", max_length=20, blank=True)
    customer_id = models.UUIDField(null=True)
    attached_at = models.DateTimeField(null=True)
    held = models.BooleanField("封存", default=False)
    gone_at = models.DateTimeField(null=True)
    gone_why = models.CharField(max_length=10, choices=Gone.choices, blank=True)
    wiped_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["site", "owner", "about_id"], name="file_of_thing"),
            models.Index(
                fields=["taken_at"],
                condition=Q(attached_at__isnull=True, gone_at__isnull=True),
                name="file_loose",
            ),
            models.Index(
                fields=["gone_at"],
                condition=Q(gone_at__isnull=False, wiped_at__isnull=True),
                name="file_to_wipe",
            ),
            models.Index(
                fields=["customer_id"],
                condition=Q(customer_id__isnull=False),
                name="file_of_customer",
            ),
            models.Index(
                fields=["owner", "attached_at"],
                condition=Q(attached_at__isnull=False, gone_at__isnull=True),
                name="file_kept",
            ),
            # The same paper scanned twice is said to be.
            models.Index(
                fields=["site", "sha256"],
                condition=Q(attached_at__isnull=False, gone_at__isnull=True),
                name="file_by_digest",
            ),
        ]

    @property
    def is_picture(self) -> bool:
        """Whether it can be shown on a page; a scan in PDF is only handed out."""
        return self.media_type == "image/jpeg"

    @property
    def small(self) -> str:
        """Where the storage keeps the small picture."""
        return f"{self.name}.small"

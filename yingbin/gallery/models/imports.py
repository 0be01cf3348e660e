"""An old register brought in: the file, its rows as they were read, what became of each (TQ-3).

The file is forgotten once it is read, what stands in a taken row once it is taken; the rows themselves stay
and say which register row and which card each line of the file became.
"""

from django.db import models
from django.db.models import Q

from yingbin.people.rows import SiteRow


class RegisterImport(SiteRow):
    """One file of an existing register, from upload to the register or back out of it.

    `rows` counts what was read, `expected` what the file seems to hold; `done` is how far applying has
    come. Undone is a later fact: what was taken stays in the tables and is shown nowhere.
    """

    file_name = models.CharField("文件", max_length=120)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    options = models.JSONField(default=dict)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.UUIDField()
    expected = models.PositiveIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0)
    read_at = models.DateTimeField(null=True)
    failed_why = models.CharField(max_length=300, blank=True)
    dropped_at = models.DateTimeField(null=True)
    whole = models.BooleanField(default=False)
    receivers = models.BooleanField(default=False)
    applied_at = models.DateTimeField(null=True)
    applied_by = models.UUIDField(null=True)
    done = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.UUIDField(null=True)
    undone_why = models.CharField("为什么撤销", max_length=200, blank=True)
    withdrawn = models.PositiveIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True)
    emptied_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["site", "uploaded_at"], name="import_by_time"),
            models.Index(
                fields=["site"], condition=Q(undone_at__isnull=False), name="import_undone"
            ),
        ]

    @property
    def state(self) -> str:
        """reading, failed, read, dropped, applying, applied, undoing or undone."""
        if self.undone_at:
            return "undone" if self.withdrawn_at else "undoing"
        if self.dropped_at:
            return "dropped"
        if self.failed_why:
            return "failed"
        if self.applied_at:
            return "applied" if self.finished_at else "applying"
        return "read" if self.read_at else "reading"


class ImportFile(models.Model):
    """The uploaded file, until it is read."""

    belongs_to = models.OneToOneField(
        RegisterImport, on_delete=models.CASCADE, primary_key=True, related_name="file"
    )
    data = models.BinaryField()


class ImportRow(models.Model):
    """One line of the file. `told`: what was understood, `cells`: what stands there; both forgotten later.

    Before applying, `verdict` is a forecast; afterwards what happened. `same_as`: the line of the file,
    `number`: the register row that it became or repeats. `kept_why`: why a card stays after an undo.
    """

    class Verdict(models.TextChoices):
        """What becomes of a line."""

        NEW = "new", "新客户"
        KNOWN = "known", "并入已有客户"
        AGAIN = "again", "重复，不再收"
        REFUSED = "refused", "不能收"
        SKIPPED = "skipped", "不是登记，跳过"

    of = models.ForeignKey(RegisterImport, on_delete=models.CASCADE, related_name="lines")
    n = models.PositiveIntegerField()
    sheet = models.CharField(max_length=40, blank=True)
    line = models.PositiveIntegerField("行")
    verdict = models.CharField(max_length=7, choices=Verdict.choices)
    phone = models.CharField(max_length=20, blank=True)
    cells = models.JSONField(null=True)
    told = models.JSONField(null=True)
    faults = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    same_as = models.PositiveIntegerField(null=True)
    customer_id = models.UUIDField(null=True)
    created = models.BooleanField(default=False)
    gave_receiver = models.BooleanField(default=False)
    number = models.PositiveIntegerField(null=True)
    seq = models.BigIntegerField(null=True)
    kept_why = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "n"], name="import_row_once")]
        indexes = [
            models.Index(fields=["of", "verdict", "n"], name="import_row_by_verdict"),
            models.Index(
                fields=["of", "phone"], condition=~Q(phone=""), name="import_row_by_phone"
            ),
        ]

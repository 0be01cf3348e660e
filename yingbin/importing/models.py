"""A file brought in: its rows as they were read, what became of each, what its columns were taken for.

The file is forgotten once it is read, what stands in a taken row once it is taken; the rows themselves stay
and say what each line of the file became.
"""

from django.db import models
from django.db.models import Q

from yingbin.people.models import Site
from yingbin.people.rows import SiteRow


class ImportRun(SiteRow):
    """One file from upload to where it belongs, or back out of it; `kind` names the importer.

    `rows` counts what was read, `expected` what the file seems to hold; `done` is how far applying has
    come. Undone is a later fact: what was taken stays in the tables and is shown nowhere.
    """

    kind = models.CharField(max_length=20)
    file_name = models.CharField("文件", max_length=120)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    options = models.JSONField(default=dict)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.UUIDField()
    expected = models.PositiveIntegerField(default=0)
    mapped_at = models.DateTimeField(null=True)
    mapped_by = models.UUIDField(null=True)
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
            models.Index(fields=["site", "kind", "uploaded_at"], name="import_by_kind"),
            models.Index(
                fields=["site"], condition=Q(undone_at__isnull=False), name="import_undone"
            ),
        ]

    @property
    def state(self) -> str:
        """asking, reading, failed, read, dropped, applying, applied, undoing or undone."""
        if self.undone_at:
            return "undone" if self.withdrawn_at else "undoing"
        if self.dropped_at:
            return "dropped"
        if self.failed_why:
            return "failed"
        if self.applied_at:
            return "applied" if self.finished_at else "applying"
        if self.read_at:
            return "read"
        return "reading" if self.mapped_at else "asking"


class ImportFile(models.Model):
    """The uploaded file and what was seen in it, until it is read."""

    belongs_to = models.OneToOneField(
        ImportRun, on_delete=models.CASCADE, primary_key=True, related_name="file"
    )
    data = models.BinaryField()
    survey = models.JSONField(default=dict)


class ImportRow(models.Model):
    """One line of the file. `told`: what was understood, `cells`: what stands there; both forgotten later.

    Before applying, `verdict` is a forecast; afterwards what happened. `same_as`: the line of the file,
    `number`: the row that it became or repeats; `subject_id`: who or what it is about, `created` by it or not.
    `gave`: a person named in it was given what it is about. `phone`: by which an erasure finds it.
    `kept_why`: why what it made stays after an undo. `place_id`: the site it belongs to, where that is not the
    file's. `meant`: what it means by ids, as taking in and taking back need it; never a person's words.
    """

    class Verdict(models.TextChoices):
        """What becomes of a line."""

        NEW = "new", "新的"
        KNOWN = "known", "并入已有"
        AGAIN = "again", "重复，不再收"
        REFUSED = "refused", "不能收"
        SKIPPED = "skipped", "跳过"

    of = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="lines")
    n = models.PositiveIntegerField()
    sheet = models.CharField(max_length=40, blank=True)
    line = models.PositiveIntegerField("行")
    verdict = models.CharField(max_length=7, choices=Verdict.choices)
    phone = models.CharField(max_length=20, blank=True)
    cells = models.JSONField(null=True)
    told = models.JSONField(null=True)
    meant = models.JSONField(null=True)
    place_id = models.UUIDField(null=True)
    faults = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    same_as = models.PositiveIntegerField(null=True)
    subject_id = models.UUIDField(null=True)
    created = models.BooleanField(default=False)
    gave = models.BooleanField(default=False)
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


class NamedPerson(models.Model):
    """A name that stands in lines for a colleague and is none's; `staff_id`: whom a person says it means."""

    of = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="named")
    name = models.CharField(max_length=40)
    lines = models.PositiveIntegerField(default=0)
    staff_id = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "name"], name="import_name_once")]


class MappingMemory(models.Model):
    """What a heading was taken for last time, at a site, for a kind of import."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=20)
    heading = models.CharField(max_length=40)
    taken_as = models.CharField(max_length=20, blank=True)
    since = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "kind", "heading"], name="mapping_once")
        ]

"""The journal's tables: a ledger row a site (its lock and its head), entries, stored responses, signed roots.

Signed roots are those of closed days, and checkpoints made also during the day and sent out of the house.
"""

from django.db import models


class Ledger(models.Model):
    """The site's lock and the head of its chain. `seq` is the number of the last entry; live screens poll it."""

    site_id = models.UUIDField(primary_key=True)
    seq = models.BigIntegerField(default=0)
    head = models.BinaryField()


class Entry(models.Model):
    """One entry of a site's chain; the database refuses to change or delete it."""

    pk = models.CompositePrimaryKey("site_id", "seq")
    site_id = models.UUIDField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    actor = models.CharField(max_length=40)
    clause = models.CharField(max_length=12, null=True)  # noqa: DJ001 (null is part of what is hashed)
    body = models.JSONField()
    prev = models.BinaryField()
    hash = models.BinaryField()
    receipt = models.CharField(max_length=9)

    class Meta:
        indexes = [models.Index(fields=["site_id", "receipt"], name="journal_receipt")]


class StoredResponse(models.Model):
    """What a key was answered with; commits together with its effect."""

    pk = models.CompositePrimaryKey("site_id", "key")
    site_id = models.UUIDField()
    key = models.CharField(max_length=80)
    verb = models.CharField(max_length=40)
    fingerprint = models.BinaryField()
    response = models.JSONField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="journal_response_age")]


class CheckResult(models.Model):
    """What the last check of a site came to; one row a site. `lines`: what, held, faults, found in words.

    clean_at: when a check last found nothing; None where none ever did.
    """

    site_id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    clean_at = models.DateTimeField(null=True)
    held = models.BigIntegerField()
    faults = models.PositiveIntegerField()
    lines = models.JSONField()


class DayRoot(models.Model):
    """A signed RFC 6962 root over all entries of a site up to `size`, made when a day is closed.

    `frontier` holds the subtree hashes of which the root is made, so that the next root reads only what is new.
    """

    pk = models.CompositePrimaryKey("site_id", "size")
    site_id = models.UUIDField()
    size = models.BigIntegerField()
    day = models.DateField()
    root = models.BinaryField()
    head = models.BinaryField()
    frontier = models.JSONField()
    signature = models.BinaryField()
    key_id = models.CharField(max_length=16)
    signed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["site_id", "day"], name="journal_root_day")]


class Checkpoint(models.Model):
    """A signed line over all entries of a site up to `size`, made also during the day (C2SP checkpoint).

    `text` is the line as it goes out; `frontier` as in a day's root.
    """

    pk = models.CompositePrimaryKey("site_id", "size")
    site_id = models.UUIDField()
    size = models.BigIntegerField()
    root = models.BinaryField()
    frontier = models.JSONField()
    text = models.TextField()
    made_at = models.DateTimeField()


class Departure(models.Model):
    """A checkpoint on its way out of the house, to one receiver; `left_at` once it was received there.

    `way` names the receiver (`channel:NAME`, `witness:NAME`); `ref` the message that carries it; `answer`
    what a witness signed.
    """

    site_id = models.UUIDField()
    size = models.BigIntegerField()
    way = models.CharField(max_length=120)
    ref = models.UUIDField(null=True)
    answer = models.TextField(blank=True)
    made_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site_id", "size", "way"], name="journal_departs_once")
        ]
        indexes = [
            models.Index(
                fields=["made_at"],
                condition=models.Q(left_at__isnull=True),
                name="journal_on_its_way",
            ),
        ]

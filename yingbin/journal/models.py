"""The journal's tables: a ledger row a site (its lock and its head), entries, stored responses, signed roots."""

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
    """What the last check of a site came to; one row a site. `lines`: what, held, faults, found in words."""

    site_id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
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

"""Checkpoints: signed lines over all entries so far, made also during the day, and how long nothing has left the house.

Made by the worker, outside every write: every hundred entries, an hour after the first entry not covered, at a
closing and at the day's end, for every site. Twice makes them once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from . import keys, merkle, notes
from .models import Checkpoint, DayRoot, Departure, Entry, Ledger

EVERY_ENTRIES = 100
EVERY = timedelta(hours=1)
DAY_ENDS = 55  # minute of the last hour at which a day's last line is made


@dataclass(frozen=True)
class Window:
    """What could still be rewritten unseen: entries since the last line that left the house.

    since: when the oldest of them was written, None where there is none; entries: how many; last: the last
    line that left, None where none ever did; set_up: whether lines are sent out at all.
    """

    entries: int
    since: datetime | None
    last: Departure | None
    set_up: bool

    def minutes(self, at: datetime) -> int:
        """How long the window is now."""
        return max(int((at - self.since).total_seconds() // 60), 0) if self.since else 0


def origin(site_id: UUID) -> str:
    """The name under which a site's lines are signed; one a site, for good."""
    return f"{settings.YINGBIN_ORIGIN}/{site_id}"


def log_key(site_id: UUID) -> notes.VerifierKey:
    """The public key of a site's lines, as a witness is told it."""
    public = keys.public_bytes(keys.signing_key())
    return notes.VerifierKey(origin(site_id), notes.NOTE_KEY, public)


def latest(site_id: UUID) -> Checkpoint | None:
    """The newest checkpoint of a site."""
    return Checkpoint.objects.filter(site_id=site_id).order_by("size").last()


def at_size(site_id: UUID, size: int) -> Checkpoint | None:
    """The checkpoint over so many entries, if there is one."""
    return Checkpoint.objects.filter(site_id=site_id, size=size).first()


def recent(site_id: UUID, limit: int = 50) -> list[Checkpoint]:
    """The newest checkpoints of a site."""
    return list(Checkpoint.objects.filter(site_id=site_id).order_by("-size")[:limit])


def make(site_id: UUID, at: datetime) -> Checkpoint | None:
    """Signs all entries that are there now; None where the last line covers them."""
    with transaction.atomic():
        ledger = Ledger.objects.filter(site_id=site_id).first()
        size = ledger.seq if ledger else 0
        known, covered = _known(site_id)
        if size == 0 or Checkpoint.objects.filter(site_id=site_id, size=size).exists():
            return None
        frontier, _ = merkle.extend(known, covered, _hashes(site_id, covered, size))
        made = _signed(site_id, size, frontier, at)
        # Two workers at the same moment make the same line; the first one stands.
        Checkpoint.objects.bulk_create([made], ignore_conflicts=True)
    return made


def _known(site_id: UUID) -> tuple[list[bytes], int]:
    """The frontier of the newest line or day's root, and how many entries it covers."""
    line = latest(site_id)
    day = DayRoot.objects.filter(site_id=site_id).order_by("size").last()
    newest = max((r for r in (line, day) if r is not None), key=lambda r: r.size, default=None)
    if newest is None:
        return [], 0
    return [bytes.fromhex(h) for h in newest.frontier], newest.size


def _signed(site_id: UUID, size: int, frontier: list[bytes], at: datetime) -> Checkpoint:
    root, name = merkle.root(frontier), origin(site_id)
    body = notes.body_of(name, size, root)
    signature = keys.signing_key().sign(body.encode())
    return Checkpoint(
        site_id=site_id,
        size=size,
        root=root,
        frontier=[h.hex() for h in frontier],
        text=f"{body}\n{notes.signature_line(name, log_key(site_id).id, signature)}",
        made_at=at,
    )


def _hashes(site_id: UUID, after: int, upto: int) -> Iterator[bytes]:
    rows = Entry.objects.filter(site_id=site_id, seq__gt=after, seq__lte=upto).order_by("seq")
    return (bytes(h) for h in rows.values_list("hash", flat=True).iterator(2000))


def proof(site_id: UUID, old: int, size: int) -> list[bytes]:
    """That the first `old` entries are still the first of the first `size`; reads all of them."""
    if not 0 <= old <= size:
        raise ValueError("the old size is beyond the line")
    return merkle.consistency([merkle.leaf(h) for h in _hashes(site_id, 0, size)], old)


_DUE = """
select l.site_id, l.seq - coalesce(c.size, 0), e.at, coalesce(d.size, 0) > coalesce(c.size, 0)
  from journal_ledger l
  left join lateral (select size from journal_checkpoint where site_id = l.site_id
                      order by size desc limit 1) c on true
  left join lateral (select size from journal_dayroot where site_id = l.site_id
                      order by size desc limit 1) d on true
  join journal_entry e on e.site_id = l.site_id and e.seq = coalesce(c.size, 0) + 1
 where l.seq > coalesce(c.size, 0)
"""


def make_due(now: datetime) -> list[Checkpoint]:
    """Makes the lines that are due at any site; those made."""
    with connection.cursor() as cursor:
        cursor.execute(_DUE)
        rows = cursor.fetchall()
    due = [site for site, count, first, closed in rows if closed or _is_due(now, count, first)]
    made = [make(site, now) for site in due]
    return [one for one in made if one is not None]


def _is_due(now: datetime, count: int, first: datetime) -> bool:
    """An hour old, a hundred entries, or the day of the first of them is over (or as good as)."""
    here, then = timezone.localtime(now), timezone.localtime(first)
    evening = here.hour == 23 and here.minute >= DAY_ENDS
    return count >= EVERY_ENTRIES or now - first >= EVERY or evening or here.date() != then.date()


def departures(site_id: UUID, sizes: list[int]) -> list[Departure]:
    """What became of these checkpoints outside."""
    return list(Departure.objects.filter(site_id=site_id, size__in=sizes).order_by("size", "way"))


def window(site_id: UUID, *, set_up: bool) -> Window:
    """How much could be rewritten unseen right now; three small reads."""
    ledger = Ledger.objects.filter(site_id=site_id).first()
    gone = Departure.objects.filter(site_id=site_id, left_at__isnull=False)
    last = gone.order_by("size").last()
    covered, seq = (last.size if last else 0), (ledger.seq if ledger else 0)
    first = Entry.objects.filter(site_id=site_id, seq=covered + 1).first()
    return Window(max(seq - covered, 0), first.at if first else None, last, set_up)

"""Signed roots: closing a day signs the tree of all entries so far, so that no tail can be cut unseen."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from . import keys, merkle
from .canonical import canonical, stamp
from .models import DayRoot
from .write import Pen


@dataclass(frozen=True)
class SignedRoot:
    """What was signed: the root of the first `size` entries of a site."""

    size: int
    root: bytes
    signature: bytes


def statement(
    *, site_id: UUID, day: date, size: int, root: bytes, head: bytes, signed_at: datetime
) -> dict[str, object]:
    """The words that are signed."""
    return {
        "site": str(site_id),
        "day": day.isoformat(),
        "size": size,
        "root": root.hex(),
        "head": head.hex(),
        "signed_at": stamp(signed_at),
    }


def close_day_root(pen: Pen, day: date) -> SignedRoot:
    """Signs the tree of all entries of the pen's site, including those of the write under way.

    Reads only entries that came after the last root.
    """
    last = DayRoot.objects.filter(site_id=pen.site_id).order_by("size").last()
    known = [bytes.fromhex(h) for h in last.frontier] if last else []
    size = last.size if last else 0
    pending = [row[8] for row in pen.rows]
    stored = _hashes(pen.site_id, size, pen.seq - len(pending))
    frontier, size = merkle.extend(known, size, _chained(stored, pending))
    root = merkle.root(frontier)
    signed = _sign(pen, day, size, root)
    DayRoot.objects.create(
        site_id=pen.site_id,
        size=size,
        day=day,
        root=root,
        head=pen.head,
        frontier=[h.hex() for h in frontier],
        signature=signed[0],
        key_id=signed[1],
        signed_at=pen.at,
    )
    return SignedRoot(size, root, signed[0])


def last_root(site_id: UUID, day: date) -> DayRoot | None:
    """The signed root of a day, or None while it isn't closed."""
    return DayRoot.objects.filter(site_id=site_id, day=day).order_by("size").last()


def _sign(pen: Pen, day: date, size: int, root: bytes) -> tuple[bytes, str]:
    key = keys.signing_key()
    words = statement(
        site_id=pen.site_id, day=day, size=size, root=root, head=pen.head, signed_at=pen.at
    )
    return key.sign(canonical(words)), keys.key_id(keys.public_bytes(key))


def _chained(first: Iterable[bytes], then: Iterable[bytes]) -> Iterator[bytes]:
    yield from first
    yield from then


def _hashes(site_id: UUID, after: int, upto: int) -> list[bytes]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select hash from journal_entry where site_id = %s and seq > %s and seq <= %s order by seq",
            [site_id, after, upto],
        )
        return [bytes(row[0]) for row in cursor.fetchall()]

"""日历订阅: a private address for one's own roster, shown once, revoked at once."""

import hashlib
import secrets
from uuid import UUID

from yingbin.journal.action import Acting, action
from yingbin.journal.write import Pen
from yingbin.people.ids import uuid7
from yingbin.rules.decision import Refused

from ..models import RosterFeed


def make_feed(acting: Acting) -> str:
    """A new address's secret; the one before opens nothing any more.

    It is kept nowhere, and isn't part of the write's stored answer: the same key again gives another.
    """
    feed = _make(acting)
    secret = secrets.token_urlsafe(32)
    rows = RosterFeed.objects.filter(id=feed, revoked_at__isnull=True)
    if not rows.update(digest=digest_of(secret)):
        raise Refused("SF-3.2", "这个订阅地址已经停用，请刷新页面重新做一个。")
    return secret


@action("duty.make_feed")
def _make(pen: Pen) -> UUID:
    who = UUID(pen.by)
    for row in _standing(pen, who):
        _revoke(pen, row)
    row = RosterFeed(
        id=uuid7(),
        site_id=pen.site_id,
        staff_id=who,
        # Nobody learns this one: whoever asked gets the secret made after this write.
        digest=digest_of(secrets.token_urlsafe(32)),
        made_at=pen.at,
    )
    body = {"feed": str(row.id), "staff": str(who)}
    row.seq = pen.append("duty.feed_made", body, clause="SF-3.2").seq
    row.save(force_insert=True)
    return row.id


def _standing(pen: Pen, who: UUID) -> list[RosterFeed]:
    rows = RosterFeed.objects.filter(site_id=pen.site_id, staff_id=who, revoked_at__isnull=True)
    return list(rows)


def _revoke(pen: Pen, row: RosterFeed) -> None:
    row.revoked_at = pen.at
    row.save(update_fields=["revoked_at"])
    pen.append("duty.feed_revoked", {"feed": str(row.id)}, clause="SF-3.2")


@action("duty.revoke_feed")
def revoke_feed(pen: Pen) -> None:
    """One's own address opens nothing any more."""
    rows = _standing(pen, UUID(pen.by))
    if not rows:
        raise Refused("SF-3.2", "没有在用的订阅地址，可能已经停用。")
    for row in rows:
        _revoke(pen, row)


def digest_of(secret: str) -> bytes:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).digest()

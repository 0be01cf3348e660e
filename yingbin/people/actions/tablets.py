"""Tablets that several people share: declared by someone with a password, known by a secret."""

import secrets
from datetime import datetime
from uuid import UUID

from yingbin.journal.write import Pen
from yingbin.rules.decision import Refused

from ..ids import uuid7
from ..models import SharedTablet
from ..queries import sealed
from .record import recorded


def share_tablet(
    *, site_id: UUID, key: str, by: UUID, at: datetime, name: str
) -> tuple[SharedTablet, str]:
    """Declares this tablet shared. Returns its row and its cookie's secret, kept nowhere else.

    The same key again gives the same tablet a new secret: the answer with the first may be lost.
    """
    title = name.strip()
    if not title:
        raise Refused(None, "请给这台平板起个名字，例如「前台平板」。")

    def work(pen: Pen) -> dict[str, str]:
        row = SharedTablet.objects.create(
            id=uuid7(), site_id=site_id, name=title[:40], added_by_id=by, added_at=at
        )
        pen.append("tablet.shared", {"tablet": str(row.id)})
        return {"tablet": str(row.id)}

    done = recorded(
        site_id=site_id,
        key=key,
        verb="share_tablet",
        by=by,
        at=at,
        payload={"name": title},
        work=work,
    )
    row = SharedTablet.objects.get(id=done["tablet"], site_id=site_id)
    secret = secrets.token_urlsafe(32)
    row.secret_hash = sealed(secret)
    row.save(update_fields=["secret_hash"])
    return row, secret


def retire_tablet(
    *, site_id: UUID, key: str, by: UUID, at: datetime, tablet_id: UUID
) -> dict[str, str]:
    """The tablet is no longer shared: nobody is switched to on it. Refuses one retired before."""

    def work(pen: Pen) -> dict[str, str]:
        rows = SharedTablet.objects.filter(site_id=site_id, id=tablet_id, retired_at=None)
        if not rows.update(retired_at=at, retired_by_id=by):
            raise Refused(None, "这台平板已经停用了。")
        pen.append("tablet.retired", {"tablet": str(tablet_id)})
        return {}

    told = {"tablet": str(tablet_id)}
    return recorded(
        site_id=site_id, key=key, verb="retire_tablet", by=by, at=at, payload=told, work=work
    )

"""Tablets that several people share: declared by someone with a password, known by a secret."""

import secrets
from dataclasses import dataclass
from uuid import UUID

from yingbin.journal.action import Acting, action
from yingbin.journal.write import Pen
from yingbin.rules.decision import Refused

from ..ids import uuid7
from ..models import SharedTablet
from ..queries import sealed
from .known import site_here


@dataclass(frozen=True)
class NewTablet:
    """A tablet declared shared, and its cookie's secret, kept nowhere else."""

    row: SharedTablet
    secret: str


def share_tablet(acting: Acting, *, name: str) -> NewTablet:
    """Declares this tablet shared.

    The same key again gives the same tablet a new secret: the answer with the first may be lost.
    """
    tablet_id = _share(acting, name=name.strip())
    row, secret = SharedTablet.objects.get(id=tablet_id), secrets.token_urlsafe(32)
    row.secret_hash = sealed(secret)
    row.save(update_fields=["secret_hash"])
    return NewTablet(row, secret)


@action("share_tablet")
def _share(pen: Pen, *, name: str) -> UUID:
    if not name:
        raise Refused(None, "请给这台平板起个名字，例如「前台平板」。", about="name")
    row = SharedTablet.objects.create(
        id=uuid7(),
        site_id=site_here(pen.site_id).id,
        name=name[:40],
        added_by_id=UUID(pen.by),
        added_at=pen.at,
    )
    pen.append("tablet.shared", {"tablet": str(row.id)})
    return row.id


@action("retire_tablet")
def retire_tablet(pen: Pen, *, tablet_id: UUID) -> None:
    """The tablet is no longer shared: nobody is switched to on it. Refuses one retired before."""
    rows = SharedTablet.objects.filter(site_id=pen.site_id, id=tablet_id, retired_at=None)
    if not rows.update(retired_at=pen.at, retired_by_id=UUID(pen.by)):
        raise Refused(None, "这台平板已经停用了，不用再停。")
    pen.append("tablet.retired", {"tablet": str(tablet_id)})

"""设备: kept with place, operating notes, supplier and warranty; each has a label of its own (SF-4.4, SC-4.4)."""

import secrets
from datetime import date
from uuid import UUID

from yingbin.files.actions import attach
from yingbin.journal.action import action
from yingbin.journal.commit import commit_to
from yingbin.journal.write import Pen
from yingbin.people.rows import next_number
from yingbin.rules.decision import Refused

from ..files import ASSET
from ..models import Asset, PostRule

CLAUSE = "SF-4.4"
GONE = "没有这台设备，或者已经停用。请刷新页面。"


@action("duty.keep_asset")
def keep_asset(
    pen: Pen,
    *,
    name: str,
    post: UUID | None = None,
    place: str = "",
    notes: str = "",
    supplier: str = "",
    contact: str = "",
    kind: str = "",
    bought_on: date | None = None,
    warranty_until: date | None = None,
    photos: tuple[UUID, ...] = (),
    asset: UUID | None = None,
    number: int | None = None,
    revives: bool = False,
) -> UUID:
    """A new asset, or what is known of one now; its number and label stay.

    number: of a new one, where a list gave it one. revives: one that was given up is there again.
    """
    if not name.strip():
        raise Refused(CLAUSE, "请写设备名称，例如 中央空调。", about="name")
    if post and not PostRule.objects.filter(site_id=pen.site_id, post_id=post).exists():
        raise Refused(CLAUSE, "没有这个岗位，请从列表里选。", about="post")
    row = _row(pen, asset, number=number, revives=revives)
    row.given_up_at = None
    row.name, row.post_id, row.warranty_until = name.strip()[:40], post, warranty_until
    row.place, row.notes = place.strip()[:60], notes.strip()[:2000]
    row.kind, row.bought_on = kind.strip()[:20], bought_on
    row.supplier, row.contact = supplier.strip()[:40], contact.strip()[:60]
    _write(pen, row)
    if photos:
        attach(pen, about=(ASSET.id, row.id), files=photos)
    return row.id


def _row(
    pen: Pen, asset: UUID | None, *, number: int | None = None, revives: bool = False
) -> Asset:
    rows = Asset.objects.filter(site_id=pen.site_id)
    if asset is None:
        if number and rows.filter(number=number).exists():
            raise Refused(CLAUSE, f"{number} 号已经有设备了，请换一个编号。", about="number")
        chosen = number or next_number(Asset, pen.site_id)
        return Asset(site_id=pen.site_id, number=chosen, mark=secrets.token_urlsafe(12))
    found = rows.filter(id=asset).first()
    if found is None or (found.given_up_at is not None and not revives):
        raise Refused(CLAUSE, GONE)
    return found


def _write(pen: Pen, row: Asset) -> None:
    kept = commit_to(place=row.place, notes=row.notes, contact=row.contact)
    body: dict[str, object] = {
        "asset": str(row.id), "number": row.number, "name": row.name,
        "post": str(row.post_id) if row.post_id else None, "supplier": row.supplier,
        "kind": row.kind, "bought_on": row.bought_on.isoformat() if row.bought_on else None,
        "warranty_until": row.warranty_until.isoformat() if row.warranty_until else None,
        "given_up": row.given_up_at is not None, "words": kept.words,
    }  # fmt: skip
    row.salt = kept.salt
    row.seq = pen.append("duty.asset", body, clause=CLAUSE).seq
    row.save()


@action("duty.give_up_asset")
def give_up_asset(pen: Pen, *, asset: UUID) -> None:
    """停用: it is there no more; its history stays, its label leads nowhere."""
    row = _row(pen, asset)
    row.given_up_at = pen.at
    _write(pen, row)

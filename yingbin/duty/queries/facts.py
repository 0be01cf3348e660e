"""户型资料 read: the card of a flat that holds, its pictures, its versions."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from yingbin.files.owners import Owner
from yingbin.files.queries import Shown, files_of
from yingbin.people.queries import Badge, names_of

from ..models import FlatFacts, PostRule

FLAT = "duty.flat"


@dataclass(frozen=True)
class FactCard:
    """A version of a flat's card. answers: pairs of question and answer."""

    post: UUID
    version: int
    layout: str
    area: str
    structure: str
    advantages: str
    answers: tuple[tuple[str, str], ...]
    pictures: tuple[UUID, ...]
    at: datetime
    by: str


def facts_of(site_id: UUID, post_id: UUID) -> FactCard | None:
    """The card that holds; None where nobody wrote one."""
    row = _rows(site_id, post_id).first()
    return _card(row, "") if row else None


def pictures_of(site_id: UUID, card: FactCard | None) -> list[Shown]:
    """The pictures of a version, in its order, as far as they are still there."""
    if card is None or not card.pictures:
        return []
    kept = {one.id: one for one in files_of(site_id, FLAT, [card.post]).get(card.post, ())}
    return [kept[one] for one in card.pictures if one in kept]


def versions_of(site_id: UUID, post_id: UUID) -> list[FactCard]:
    """Every version, the newest first, with whoever wrote it."""
    rows = list(_rows(site_id, post_id)[:50])
    names = names_of({row.by for row in rows})
    return [_card(row, names.get(str(row.by), "")) for row in rows]


def _rows(site_id: UUID, post_id: UUID) -> QuerySet[FlatFacts]:
    return FlatFacts.objects.filter(site_id=site_id, post_id=post_id).order_by("-version")


def _card(row: FlatFacts, by: str) -> FactCard:
    return FactCard(
        post=row.post_id,
        version=row.version,
        layout=row.layout,
        area=row.area,
        structure=row.structure,
        advantages=row.advantages,
        answers=tuple((q, a) for q, a in row.answers),
        pictures=tuple(UUID(p) for p in row.pictures),
        at=row.at,
        by=by,
    )


def _sees(badge: Badge, post_id: UUID) -> bool:
    """Whoever takes visitors round, or leads, at the flat's own site."""
    if not badge.may("visits.record") or badge.site_id is None:
        return False
    return PostRule.objects.filter(site_id=badge.site_id, post_id=post_id).exists()


PICTURES = Owner(FLAT, "户型照片", may_add=("duty.lead",), may_see=_sees)

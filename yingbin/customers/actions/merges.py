"""Two cards that are one person: shown as one, and apart again when that was a mistake.

Nothing is moved: names, phones and visits stay with the card they were written on, and the cards
merged away point at the one that is shown. So undoing leaves every card as it was, in any order of
undoing.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from yingbin.journal.commit import committed, new_salt
from yingbin.journal.write import Pen
from yingbin.people.rows import actor
from yingbin.rules.decision import Refused

from ..models import Customer, Merge, NotSamePerson
from .desk import card, one_write


def merge_customers(*, pen: Pen, into_id: UUID, source_id: UUID, why: str) -> Merge:
    """Shows the card `source_id` under `into_id` from now on (inside a write)."""
    into, source = card(pen, into_id), card(pen, source_id)
    if into.id == source.id:
        raise Refused(None, "这两张卡片已经是同一位客户了。")
    if not why.strip():
        raise Refused(None, "请写一句怎么确认是同一位客户的，例如“本人确认”。")
    made = Merge(
        site_id=pen.site_id,
        into=into,
        source=source,
        why=why.strip()[:200],
        salt=new_salt(),
        at=pen.at,
        by=actor(pen),
    )
    body = {"merge": str(made.id), "into": str(into.id), "source": str(source.id)}
    words = committed({"why": made.why}, made.salt)
    made.seq = pen.append("customer.merged", {**body, "words": words}).seq
    made.save(force_insert=True)
    _point(pen.site_id, {into.id, source.id})
    return made


def undo_merge_of(*, pen: Pen, merge_id: UUID) -> Merge:
    """Takes a merge back: both cards are as they were, with what was written on each since."""
    made = Merge.objects.filter(site_id=pen.site_id, id=merge_id).first()
    if made is None:
        raise Refused(None, "没有找到这次合并，请回到客户卡片。")
    if made.undone_at is not None:
        raise Refused(None, "这次合并已经撤销过了，不用再撤。")
    made.undone_at, made.undone_by = pen.at, actor(pen)
    made.save(update_fields=["undone_at", "undone_by"])
    _point(pen.site_id, {made.into_id, made.source_id})
    body = {"merge": str(made.id), "into": str(made.into_id), "source": str(made.source_id)}
    pen.append("customer.merge_undone", body)
    return made


def _point(site_id: UUID, touched: set[UUID]) -> None:
    """Points every card near those touched at the end of its chain of standing merges."""
    standing = Merge.objects.filter(site_id=site_id, undone_at__isnull=True)
    family, edge = set(touched), set(touched)
    links: dict[UUID, UUID] = {}
    while edge:
        near = standing.filter(source_id__in=edge) | standing.filter(into_id__in=edge)
        found = dict(near.values_list("source_id", "into_id"))
        links |= found
        edge = (found.keys() | set(found.values())) - family
        family |= edge
    for one in Customer.objects.filter(site_id=site_id, id__in=family):
        end = _end(one.id, links)
        if one.merged_into_id != end:
            one.merged_into_id = end
            one.save(update_fields=["merged_into"])


def _end(start: UUID, links: dict[UUID, UUID]) -> UUID | None:
    here = start
    while here in links:
        here = links[here]
    return None if here == start else here


def merge(
    *, site_id: UUID, key: str, by: UUID, at: datetime, into_id: UUID, source_id: UUID, why: str
) -> dict[str, Any]:
    """Merges two cards as a write of its own: `{"merge": id, "customer": the card now shown}`."""

    def work(pen: Pen) -> dict[str, Any]:
        made = merge_customers(pen=pen, into_id=into_id, source_id=source_id, why=why)
        return {"merge": str(made.id), "customer": str(made.into_id)}

    payload = {"into": str(into_id), "source": str(source_id), "why": why}
    return one_write(
        site_id=site_id, key=key, verb="merge", by=by, at=at, payload=payload, work=work
    )


def undo_merge(
    *, site_id: UUID, key: str, by: UUID, at: datetime, merge_id: UUID
) -> dict[str, Any]:
    """Takes a merge back as a write of its own."""

    def work(pen: Pen) -> dict[str, Any]:
        made = undo_merge_of(pen=pen, merge_id=merge_id)
        return {"merge": str(made.id), "customer": str(made.into_id)}

    payload = {"merge": str(merge_id)}
    return one_write(
        site_id=site_id, key=key, verb="undo_merge", by=by, at=at, payload=payload, work=work
    )


def dismiss_pair(
    *, site_id: UUID, key: str, by: UUID, at: datetime, one_id: UUID, other_id: UUID
) -> dict[str, Any]:
    """These two are different people: they aren't proposed for merging again."""

    def work(pen: Pen) -> dict[str, Any]:
        pair = sorted({card(pen, one_id).id, card(pen, other_id).id})
        if len(pair) != 2:
            raise Refused(None, "这两张卡片已经合并了。")
        NotSamePerson.objects.get_or_create(
            first_id=pair[0],
            second_id=pair[1],
            defaults={"site_id": pen.site_id, "at": pen.at, "by": actor(pen)},
        )
        pen.append("customer.not_same", {"pair": [str(p) for p in pair]})
        return {"pair": [str(p) for p in pair]}

    payload = {"pair": sorted([str(one_id), str(other_id)])}
    return one_write(
        site_id=site_id, key=key, verb="not_same", by=by, at=at, payload=payload, work=work
    )

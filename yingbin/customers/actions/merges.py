"""Two cards that are one person: shown as one, and apart again when that was a mistake.

Nothing is moved: names, phones and visits stay with the card they were written on, and the cards
merged away point at the one that is shown. So undoing leaves every card as it was, in any order of
undoing.
"""

from dataclasses import dataclass
from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.commit import committed, new_salt
from yingbin.journal.write import Pen
from yingbin.people.rows import actor
from yingbin.rules.decision import Refused

from ..models import Customer, Merge, NotSamePerson
from .desk import card


@dataclass(frozen=True)
class JointCard:
    """A merge, and the card that is shown from now on."""

    merge: UUID
    customer: UUID


@action("customers.merge")
def merge(pen: Pen, *, into_id: UUID, source_id: UUID, why: str) -> JointCard:
    """Shows the card `source_id` under `into_id` from now on."""
    into, source = card(pen, into_id), card(pen, source_id)
    if into.id == source.id:
        raise Refused(None, "这两张卡片已经是同一位客户了，不用再合并。")
    if not why.strip():
        raise Refused(None, "请写一句怎么确认是同一位客户的，例如“本人确认”。", about="why")
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
    return JointCard(made.id, into.id)


@action("customers.undo_merge")
def undo_merge(pen: Pen, *, merge_id: UUID) -> None:
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


@action("customers.not_same")
def dismiss_pair(pen: Pen, *, one_id: UUID, other_id: UUID) -> None:
    """These two are different people: they aren't proposed for merging again."""
    pair = sorted({card(pen, one_id).id, card(pen, other_id).id})
    if len(pair) != 2:
        raise Refused(None, "这两张卡片已经合并了，请刷新页面。")
    NotSamePerson.objects.get_or_create(
        first_id=pair[0],
        second_id=pair[1],
        defaults={"site_id": pen.site_id, "at": pen.at, "by": actor(pen)},
    )
    pen.append("customer.not_same", {"pair": [str(p) for p in pair]})

"""What belongs to a matter beside its steps: other matters."""

from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.people.rows import actor
from yingbin.rules.decision import Refused

from ..models import Matter, MatterLink


@action("matters.link")
def link(pen: Pen, *, matter_id: UUID, how: str, other_id: UUID) -> UUID:
    """Says that a matter is part of another, caused by it, or the same thing told twice; the link's id.

    Raises `Refused` for a matter of another site, for itself, for a second time, and for a circle.
    """
    matter, other = _one(pen, matter_id), _one(pen, other_id)
    if how not in MatterLink.How.values:
        raise Refused(matter.clause, "请选两件事是什么关系。")
    if matter.id == other.id or _leads_back(other, matter, how):
        raise Refused(matter.clause, "两件事不能互相属于对方，请重新选。")
    if MatterLink.objects.filter(matter=matter, how=how, other=other).exists():
        raise Refused(matter.clause, "这两件事已经这样连着了。")
    body = {"matter": str(matter.id), "how": how, "other": str(other.id)}
    line = pen.append("matter.linked", body, clause=matter.clause)
    return MatterLink.objects.create(
        site_id=pen.site_id, matter=matter, how=how, other=other,
        at=pen.at, by=actor(pen), seq=line.seq,
    ).id  # fmt: skip


def _leads_back(other: Matter, matter: Matter, how: str) -> bool:
    """Whether from the other, by links of this kind, one comes to this matter."""
    seen: set[UUID] = set()
    ahead = {other.id}
    while ahead - seen:
        seen |= ahead
        rows = MatterLink.objects.filter(matter__in=ahead, how=how)
        ahead = set(rows.values_list("other_id", flat=True))
    return matter.id in seen


def _one(pen: Pen, matter_id: UUID) -> Matter:
    found = Matter.objects.filter(site_id=pen.site_id, id=matter_id).first()
    if found is None:
        raise Refused(None, "没有找到这件事，请回到事项列表。")
    return found

"""接待四步 (TQ-2): what the customer looks for, what was shown and given, what was agreed."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.commit import new_salt, salted
from yingbin.journal.write import Pen
from yingbin.matters.actions import open_matter
from yingbin.people.calendar import ZONE
from yingbin.rules.decision import Refused

from ..kinds import visited
from ..models import Needs, Step, Visit
from . import tell
from .open_day import seat
from .receptions import last_word, visit_today


@dataclass(frozen=True)
class NeedsTold:
    """What a customer looks for: areas in m², budgets in 万元, the rest by code; `said` in words."""

    area_min: int | None = None
    area_max: int | None = None
    rooms: str = ""
    floor_wish: str = ""
    budget_min: int | None = None
    budget_max: int | None = None
    purpose: str = ""
    source: str = ""
    said: str = ""

    @property
    def said_something(self) -> bool:
        """Whether anything was told at all."""
        return any(v not in ("", None) for v in asdict(self).values())


@action("needs")
def note_needs(pen: Pen, *, visit_id: UUID, needs: NeedsTold) -> UUID:
    """TQ-2.1: keeps what the customer looks for; the latest telling counts, earlier ones stay."""
    visit = own_visit(pen, visit_id)
    if not needs.said_something:
        raise Refused("TQ-2.1", "还没有填任何需求，请问到一项记一项。")
    return keep_needs(pen, needs, visit=visit, customer_id=visit.customer_id).id


def keep_needs(
    pen: Pen, needs: NeedsTold, *, visit: Visit | None, customer_id: UUID | None
) -> Needs:
    """A telling of needs inside a write; its words stay out of the journal."""
    if needs.area_min and needs.area_max and needs.area_min > needs.area_max:
        raise Refused("TQ-2.1", "面积的下限比上限大，请对调一下。", "area_min")
    if needs.budget_min and needs.budget_max and needs.budget_min > needs.budget_max:
        raise Refused("TQ-2.1", "预算的下限比上限大，请对调一下。", "budget_min")
    values = asdict(needs) | {"said": needs.said.strip()[:500]}
    salt = new_salt() if values["said"] else ""
    body = {k: v for k, v in values.items() if k != "said" and v not in ("", None)}
    if salt:
        body["said"] = salted(values["said"], salt)
    body |= {"visit": str(visit.id) if visit else None}
    body |= {"customer": str(customer_id) if customer_id else None}
    line = pen.append("needs.told", body, clause="TQ-2.1")
    return Needs.objects.create(
        site_id=pen.site_id,
        visit=visit,
        customer_id=customer_id,
        at=pen.at,
        by=UUID(pen.by),
        seq=line.seq,
        salt=salt,
        **values,
    )


def own_visit(pen: Pen, visit_id: UUID) -> Visit:
    """A visit of today received by whoever acts; refuses everyone else."""
    visit = visit_today(pen, seat(pen), visit_id)
    standing = last_word(pen.site_id, visit.id)
    if standing is None or str(standing.receiver) != pen.by:
        raise Refused("TQ-2.1", "这批客户由别的同事接待，请接待人本人来记。")
    return visit


@action("step")
def do_step(
    pen: Pen,
    *,
    visit_id: UUID,
    which: str,
    things: tuple[str, ...] = (),
    note: str = "",
    next_contact: datetime | None = None,
) -> UUID:
    """TQ-2.1 – 2.4: a step of the reception was done; a next contact agreed becomes a follow-up."""
    visit = own_visit(pen, visit_id)
    if which not in Step.CLAUSES:
        raise Refused(None, "没有这一步，页面可能已过时，请刷新看看。")
    if next_contact is not None and next_contact <= pen.at:
        raise Refused("TQ-2.4", "约好再联系的时间已经过去了，请选一个以后的时间。", "next_contact")
    step = _keep_step(pen, visit, which, things, note.strip()[:500], next_contact)
    if next_contact is not None:
        _follow_up(pen, visit, note, next_contact)
    return step.id


def _keep_step(
    pen: Pen,
    visit: Visit,
    which: str,
    things: tuple[str, ...],
    note: str,
    next_contact: datetime | None,
) -> Step:
    salt = new_salt() if note else ""
    body: dict[str, object] = {"visit": str(visit.id), "step": which, "things": list(things)}
    if salt:
        body["note"] = salted(note, salt)
    if next_contact:
        body["next"] = next_contact.isoformat()
    line = pen.append("reception.step", body, clause=Step.CLAUSES[which])
    return Step.objects.create(
        site_id=pen.site_id,
        visit=visit,
        which=which,
        at=pen.at,
        by=UUID(pen.by),
        seq=line.seq,
        things=list(things),
        note=note,
        next_contact=next_contact,
        salt=salt,
    )


def _follow_up(pen: Pen, visit: Visit, note: str, due: datetime) -> None:
    came = visit.arrived_at.astimezone(ZONE)
    open_matter(
        pen=pen,
        kind="follow_up",
        title=f"约好再联系：{came.month}月{came.day}日到访{visit.number}的客户",
        detail=note,
        customer_id=visit.customer_id,
        subject=visited(visit.id),
        owner=UUID(pen.by),
        agreed_at=due,
        clause="TQ-2.4",
    )


@action("fault")
def report_fault(pen: Pen, *, visit_id: UUID, where: str, what: str) -> UUID:
    """TQ-2.2: damage or dirt seen in the show flat is reported on the spot (SF-4.3.4); gives the matter's id."""
    visit = own_visit(pen, visit_id)
    if not what.strip():
        raise Refused("TQ-2.2", "请写一句看到了什么，例如：客厅茶几有裂纹、阳台地面有水。", "what")
    place = where.strip() or "样板间"
    matter = open_matter(
        pen=pen,
        kind="flat_fault",
        title=f"{place}：{what.strip()}"[:80],
        detail=what.strip(),
        subject=visited(visit.id),
        owner=tell.caretaker(pen),
        clause="SF-4.3.4",
    )
    return matter.id

"""争议: opened, answered, ruled on by the manager; a ruling becomes an adjustment, never a changed past (TQ-11)."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from yingbin.customers.actions import set_receiver
from yingbin.customers.queries import family, receiver_of_record
from yingbin.journal.action import Acting, action
from yingbin.journal.commit import new_salt, salted
from yingbin.journal.write import KeyReused, Pen
from yingbin.notices.actions import tell
from yingbin.people.ids import SYSTEM
from yingbin.people.queries import names_of, staff_with_role, supervisors
from yingbin.people.rows import next_number
from yingbin.rules.decision import Refused

from ..models import Dispute, QueueState, Ruling, Statement
from .supervision import adjust_account


@dataclass(frozen=True)
class Correction:
    """One account a ruling corrects: counted receptions and turns, earned positive, owed negative."""

    who: UUID
    count: int = 0
    turns: int = 0

    def kept(self) -> dict[str, str | int]:
        """As the ruling keeps it."""
        return {"who": str(self.who), "count": self.count, "turns": self.turns}


@dataclass(frozen=True)
class DisputeNumber:
    """The dispute that was opened, and its number at the site."""

    dispute: UUID
    number: int


@dataclass(frozen=True)
class WordReceipt:
    """A statement or a ruling as it was kept, and the code that proves it."""

    id: UUID
    receipt: str


@action("open_dispute")
def open_dispute(pen: Pen, *, customer_id: UUID, parties: list[UUID], words: str) -> DisputeNumber:
    """Opens a dispute about whose customer this is; the other parties and the manager are told."""
    ids = family(pen.site_id, customer_id)
    if not ids:
        raise Refused("TQ-11", "没有找到这位客户，请重新查找。")
    everyone = _parties(pen, parties)
    if not words.strip():
        raise Refused("TQ-11", "请写清楚争什么：什么时候、怎么联系过这位客户。", "words")
    if _open_one(pen.site_id, ids):
        raise Refused("TQ-11", "这位客户已经有一件没有裁定的争议，请在那一件里补充。")
    dispute = _keep_dispute(pen, ids[0], [str(p) for p in everyone])
    _state(pen, dispute, words)
    _tell(pen, dispute, "客户归属有争议，请说明您的经过")
    return DisputeNumber(dispute.id, dispute.number)


def _keep_dispute(pen: Pen, customer_id: UUID, parties: list[str]) -> Dispute:
    number = next_number(Dispute, pen.site_id)
    body = {"customer": str(customer_id), "parties": parties, "number": number}
    line = pen.append("dispute.opened", body, clause="TQ-11")
    return Dispute.objects.create(
        site_id=pen.site_id,
        number=number,
        customer_id=customer_id,
        opened_by=UUID(pen.by),
        opened_at=pen.at,
        parties=parties,
        seq=line.seq,
        receipt=line.receipt,
    )


def _parties(pen: Pen, parties: list[UUID]) -> list[UUID]:
    """The people who claim the customer, the opener among them unless they supervise."""
    everyone = list(dict.fromkeys(parties))
    if UUID(pen.by) not in everyone and not _supervises(pen):
        everyone.insert(0, UUID(pen.by))
    here = set(staff_with_role(pen.site_id, "salesperson", pen.at).values_list("id", flat=True))
    if len(everyone) < 2 or not set(everyone) <= here:
        raise Refused("TQ-11", "请选争这位客户的同事，至少两位置业顾问。")
    return everyone


def _supervises(pen: Pen) -> bool:
    return any(str(s.id) == pen.by for s in supervisors(pen.site_id, pen.at))


def _open_one(site_id: UUID, ids: list[UUID]) -> bool:
    return Dispute.objects.filter(
        site_id=site_id, customer_id__in=ids, rulings__isnull=True
    ).exists()


@action("state_case")
def state_case(pen: Pen, *, dispute_id: UUID, words: str) -> WordReceipt:
    """A party (or the manager) adds what they know; nothing said before changes."""
    dispute = _dispute(pen, dispute_id)
    if pen.by not in dispute.parties and not _supervises(pen):
        raise Refused("TQ-11", "只有争议的当事人和销售经理可以在这里说明。")
    if not words.strip():
        raise Refused("TQ-11", "请写下经过再提交。", "words")
    row = _state(pen, dispute, words)
    _tell(pen, dispute, f"争议第 {dispute.number} 号有新的说明")
    return WordReceipt(row.id, row.receipt)


def _dispute(pen: Pen, dispute_id: UUID) -> Dispute:
    found = Dispute.objects.filter(site_id=pen.site_id, id=dispute_id).first()
    if found is None:
        raise Refused("TQ-11", "没有这件争议，请回到争议列表重新打开。")
    return found


def _state(pen: Pen, dispute: Dispute, words: str) -> Statement:
    salt, said = new_salt(), words.strip()[:1000]
    body = {"dispute": str(dispute.id), "words": salted(said, salt)}
    line = pen.append("dispute.stated", body, clause="TQ-11")
    return Statement.objects.create(
        site_id=pen.site_id,
        dispute=dispute,
        by=UUID(pen.by),
        at=pen.at,
        words=said,
        salt=salt,
        seq=line.seq,
        receipt=line.receipt,
    )


@action("rule")
def rule(
    pen: Pen,
    *,
    dispute_id: UUID,
    for_whom: UUID | None,
    reason: str,
    corrections: list[Correction],
) -> WordReceipt:
    """TQ-11: the manager rules with a reason; the customer and the accounts follow, the past stays.

    With no open day the accounts follow at the next opening. Raises `Refused` for a party to the dispute.
    """
    dispute = _rulable(pen, dispute_id, for_whom, reason)
    ruling = _keep_ruling(pen, dispute, for_whom, reason, corrections)
    if for_whom:
        set_receiver(
            pen=pen,
            customer_id=dispute.customer_id,
            staff_id=for_whom,
            reason=f"争议第 {dispute.number} 号裁定",
            clause="TQ-11",
        )
    apply_ruling(pen, ruling)
    _tell(pen, dispute, f"争议第 {dispute.number} 号已裁定")
    return WordReceipt(ruling.id, ruling.receipt)


def _rulable(pen: Pen, dispute_id: UUID, for_whom: UUID | None, reason: str) -> Dispute:
    dispute = _dispute(pen, dispute_id)
    if pen.by in dispute.parties:
        raise Refused("TQ-11", "您是这件争议的当事人，请由另一位授权的人裁定。")
    if not reason.strip():
        raise Refused(
            "TQ-11", "请写明依据：哪次来电、哪次到访、哪一条规则。双方都会看到。", "reason"
        )
    if for_whom:
        _may_have(pen, dispute, for_whom)
    return dispute


def _may_have(pen: Pen, dispute: Dispute, who: UUID) -> None:
    """A party, or whoever the customer was handed to since; and still one who receives customers here."""
    parties = {UUID(p) for p in dispute.parties}
    if who not in parties | {receiver_of_record(pen.site_id, dispute.customer_id)}:
        raise Refused("TQ-11", "裁定给的人要是争议的一方，或客户现在的接待人。", "for_whom")
    if not staff_with_role(pen.site_id, "salesperson", pen.at).filter(id=who).exists():
        name = names_of([who]).get(str(who), "这位同事")
        raise Refused(
            "TQ-11",
            f"{name}现在不是本案场的置业顾问，不能再裁给这一方。请先做离职交接，把客户交给接手的同事，"
            "再裁给接手的人；只想记下对错，请选「归属不变」并写明依据。",
        )


def _keep_ruling(
    pen: Pen,
    dispute: Dispute,
    for_whom: UUID | None,
    reason: str,
    corrections: list[Correction],
) -> Ruling:
    last = dispute.rulings.filter(replaced_by__isnull=True).first()
    salt, said = new_salt(), reason.strip()[:1000]
    kept = [c.kept() for c in corrections if c.count or c.turns]
    effects = {"receiver": str(for_whom) if for_whom else None, "adjust": kept}
    body: dict[str, object] = {
        "dispute": str(dispute.id),
        "for": effects["receiver"],
        "adjust": kept,
    }
    body |= {"reason": salted(said, salt), "replaces": last.seq if last else None}
    line = pen.append("dispute.ruled", body, clause="TQ-11")
    return Ruling.objects.create(
        site_id=pen.site_id,
        dispute=dispute,
        at=pen.at,
        by=UUID(pen.by),
        for_whom=for_whom,
        reason=said,
        salt=salt,
        effects=effects,
        replaces=last,
        seq=line.seq,
        receipt=line.receipt,
    )


def apply_ruling(pen: Pen, ruling: Ruling) -> bool:
    """Corrects the accounts a ruling names, inside a write; False while no day is open."""
    wanted = ruling.effects.get("adjust", [])
    is_open = QueueState.objects.filter(site_id=pen.site_id, day__closed_at__isnull=True).exists()
    if wanted and not is_open:
        return False
    for one in wanted:
        adjust_account(
            pen,
            who=UUID(one["who"]),
            reason=f"争议第 {ruling.dispute.number} 号裁定",
            count=one["count"],
            turns=one["turns"],
        )
    ruling.applied_at = pen.at
    ruling.save(update_fields=["applied_at"])
    return True


def apply_pending(*, site_id: UUID, at: datetime, ruling_id: UUID) -> bool:
    """Applies a ruling that waited for an opening, in its manager's name; once, however often called."""
    waiting = Ruling.objects.get(site_id=site_id, id=ruling_id)
    _apply(Acting(site_id, f"ruling:{ruling_id}", waiting.by, at), ruling_id=ruling_id)
    return True


@action("apply_ruling")
def _apply(pen: Pen, *, ruling_id: UUID) -> None:
    row = Ruling.objects.select_related("dispute").get(site_id=pen.site_id, id=ruling_id)
    if row.applied_at is not None or not apply_ruling(pen, row):
        raise Refused(None, "现在还不能执行，请开场后再试。")


def cannot_apply(*, site_id: UUID, at: datetime, ruling_id: UUID, why: str) -> None:
    """Tells the managers once that a ruling's corrections can't be made, and what to do."""
    acting = Acting(site_id, f"ruling-waits:{ruling_id}", SYSTEM, at)
    # What hinders it may change from tick to tick; it is told once, as it was first.
    with suppress(KeyReused):
        _say_it_waits(acting, ruling_id=ruling_id, why=why)


@action("ruling_waits")
def _say_it_waits(pen: Pen, *, ruling_id: UUID, why: str) -> None:
    ruling = Ruling.objects.select_related("dispute").get(site_id=pen.site_id, id=ruling_id)
    tell(
        pen,
        to=[s.id for s in supervisors(pen.site_id, pen.at)],
        kind="dispute",
        title=f"争议第 {ruling.dispute.number} 号裁定的账目更正做不了",
        body=f"{why}请打开这件争议，重新裁定一次。",
        link=reverse("gallery:case", args=[ruling.dispute_id]),
        clause="TQ-11",
        dedupe=f"ruling-waits:{ruling_id}",
    )


def _tell(pen: Pen, dispute: Dispute, title: str) -> None:
    managers = [s.id for s in supervisors(pen.site_id, pen.at)]
    to = {*(UUID(p) for p in dispute.parties), *managers} - {UUID(pen.by)}
    tell(
        pen,
        to=sorted(to),
        kind="dispute",
        title=title,
        body=f"争议第 {dispute.number} 号",
        link=reverse("gallery:case", args=[dispute.id]),
        clause="TQ-11",
    )

"""TQ-11: the sales manager hands supervision of the queue to a named person, for a time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.commit import commit_to
from yingbin.journal.write import Pen
from yingbin.rules.decision import Refused

from ..models import Delegation, Staff
from ..queries import active_delegations, badge, delegable
from .known import active
from .leaving import revoke, stands_down

CLAUSE = "TQ-11"
LONGEST = timedelta(days=31)


@dataclass(frozen=True)
class NewDelegation:
    """A delegation as it was given, with the journal's receipt."""

    delegation: UUID
    receipt: str


@action("delegate")
def delegate(pen: Pen, *, to: UUID, until: datetime, reason: str) -> NewDelegation:
    """Hands supervision to someone of the site until a moment, with a reason.

    Refuses by TQ-11 whoever may not give it, a person who can't take it, a span in the past or
    beyond a month, a missing reason.
    """
    why = reason.strip()
    _check(pen, to, until, why)
    kept = commit_to(reason=why)
    row = Delegation(
        site_id=pen.site_id,
        given_by_id=UUID(pen.by),
        given_to_id=to,
        reason=why,
        salt=kept.salt,
        since=pen.at,
        until=until,
    )
    body = {"delegation": str(row.id), "to": str(to), "until": until.isoformat(), **kept.words}
    row.receipt = pen.append("delegation.given", body, clause=CLAUSE).receipt
    row.save(force_insert=True)
    return NewDelegation(row.id, row.receipt)


def _check(pen: Pen, to: UUID, until: datetime, reason: str) -> None:
    if not _may_delegate(pen):
        raise Refused(CLAUSE, "只有销售经理可以指定授权代管人，代管人自己不能再转授。")
    if not reason:
        raise Refused(CLAUSE, "请写明为什么授权，记录里要能查到。", about="reason")
    if until <= pen.at:
        raise Refused(CLAUSE, "结束时间要晚于现在。", about="until")
    if until - pen.at > LONGEST:
        raise Refused(CLAUSE, "一次授权最长 31 天，到期可以再授权。", about="until")
    if to not in {s.id for s in delegable(pen.site_id, pen.at, but=UUID(pen.by))}:
        raise Refused(CLAUSE, "只能授权给在本项目任职、还不是销售经理的同事。", about="to")
    if active_delegations(pen.site_id, pen.at).filter(given_to_id=to).exists():
        name = active(to).name
        why = f"{name}现在已经是代管人。要改时间，请先收回再重新授权。"
        raise Refused(CLAUSE, why, about="to")


def _may_delegate(pen: Pen) -> bool:
    return badge(Staff.objects.get(id=pen.by), pen.site_id, pen.at).may("turns.delegate")


@action("revoke_delegation")
def revoke_delegation(pen: Pen, *, delegation_id: UUID) -> str:
    """Ends a delegation before its time; the receipt. Refuses one that is over already."""
    if not _may_delegate(pen):
        raise Refused(CLAUSE, "只有销售经理可以收回授权。")
    row = active_delegations(pen.site_id, pen.at).filter(id=delegation_id).first()
    if row is None:
        raise Refused(CLAUSE, "这项授权已经结束了，不用再撤。")
    receipt = revoke(pen, row)
    stands_down(pen, row.given_to_id)
    return receipt

"""TQ-11: the sales manager hands supervision of the queue to a named person, for a time."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from yingbin.journal.commit import new_salt, salted
from yingbin.journal.write import Pen
from yingbin.rules.decision import Refused

from ..models import Delegation, Staff
from ..queries import active_delegations, badge, delegable
from .leaving import revoke, stands_down
from .record import active, recorded

CLAUSE = "TQ-11"
LONGEST = timedelta(days=31)


def delegate(
    *, site_id: UUID, key: str, by: UUID, at: datetime, to: UUID, until: datetime, reason: str
) -> dict[str, Any]:
    """Hands supervision to someone of the site until a moment, with a reason.

    Returns the delegation's id and the journal's receipt. Refuses by TQ-11 whoever may not give it,
    a person who can't take it, a span in the past or beyond a month, a missing reason.
    """
    why = reason.strip()

    def work(pen: Pen) -> dict[str, Any]:
        _check(site_id=site_id, by=by, at=at, to=to, until=until, reason=why)
        row = Delegation(
            site_id=site_id,
            given_by_id=by,
            given_to_id=to,
            reason=why,
            salt=new_salt(),
            since=at,
            until=until,
        )
        body = {
            "delegation": str(row.id),
            "to": str(to),
            "until": until.isoformat(),
            "reason": salted(why, row.salt),
        }
        row.receipt = pen.append("delegation.given", body, clause=CLAUSE).receipt
        row.save(force_insert=True)
        return {"delegation": str(row.id), "receipt": row.receipt}

    told = {"to": str(to), "until": until.isoformat(), "reason": why}
    return recorded(
        site_id=site_id, key=key, verb="delegate", by=by, at=at, payload=told, work=work
    )


def _check(
    *, site_id: UUID, by: UUID, at: datetime, to: UUID, until: datetime, reason: str
) -> None:
    if not badge(Staff.objects.get(id=by), site_id, at).may("turns.delegate"):
        raise Refused(CLAUSE, "只有销售经理可以指定授权代管人，代管人自己不能再转授。")
    if not reason:
        raise Refused(CLAUSE, "请写明为什么授权，记录里要能查到。")
    if until <= at:
        raise Refused(CLAUSE, "结束时间要晚于现在。")
    if until - at > LONGEST:
        raise Refused(CLAUSE, "一次授权最长 31 天，到期可以再授权。")
    if to not in {s.id for s in delegable(site_id, at, but=by)}:
        raise Refused(CLAUSE, "只能授权给在本项目任职、还不是销售经理的同事。")
    if active_delegations(site_id, at).filter(given_to_id=to).exists():
        name = active(to).name
        raise Refused(CLAUSE, f"{name}现在已经是代管人。要改时间，请先收回再重新授权。")


def revoke_delegation(
    *, site_id: UUID, key: str, by: UUID, at: datetime, delegation_id: UUID
) -> dict[str, Any]:
    """Ends a delegation before its time. Refuses one that is over already."""

    def work(pen: Pen) -> dict[str, Any]:
        if not badge(Staff.objects.get(id=by), site_id, at).may("turns.delegate"):
            raise Refused(CLAUSE, "只有销售经理可以收回授权。")
        row = active_delegations(site_id, at).filter(id=delegation_id).first()
        if row is None:
            raise Refused(CLAUSE, "这项授权已经结束了。")
        receipt = revoke(pen, row)
        stands_down(pen, row.given_to_id)
        return {"receipt": receipt}

    told = {"delegation": str(delegation_id)}
    return recorded(
        site_id=site_id, key=key, verb="revoke_delegation", by=by, at=at, payload=told, work=work
    )

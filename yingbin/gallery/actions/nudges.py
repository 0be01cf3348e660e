"""催: a receiver who doesn't come is called again, or the manager is asked for somebody else (TQ-1.1, TQ-11)."""

from math import ceil
from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.rules.decision import Refused

from ..models import Nudge, Reception, Visit
from ..queries.standing import AGAIN_AFTER
from . import tell
from .events import OpenDay
from .open_day import seat
from .receptions import visit_today


@action("call_again")
def call_again(pen: Pen, *, visit_id: UUID) -> UUID:
    """Tells the receiver once more that the group waits for them; at most every 30 seconds."""
    today = seat(pen)
    visit = visit_today(pen, today, visit_id)
    reception = _not_accepted(pen, today, visit)
    _not_too_soon(today, reception)
    made = _write(pen, today, reception, Nudge.Kind.AGAIN)
    seconds = int((today.at - reception.began_at).total_seconds())
    tell.call_again(pen, reception, seconds, f"nudge:{made.id}")
    return made.id


@action("ask_for_another")
def ask_for_another(pen: Pen, *, visit_id: UUID) -> UUID:
    """Asks the manager to give the group to the next free person; once for each receiver."""
    today = seat(pen)
    visit = visit_today(pen, today, visit_id)
    reception = _not_accepted(pen, today, visit)
    if reception.nudges.filter(kind=Nudge.Kind.CHANGE).exists():
        raise Refused("TQ-11", "已经请经理换人了，经理的手机响过。等不及请直接打电话。")
    made = _write(pen, today, reception, Nudge.Kind.CHANGE)
    tell.another_wanted(pen, today, visit, reception)
    return made.id


def _not_accepted(pen: Pen, today: OpenDay, visit: Visit) -> Reception:
    """The reception that nobody has accepted yet; refuses where there is none."""
    found = Reception.objects.filter(site_id=pen.site_id, visit=visit, ended_at__isnull=True)
    reception = found.first()
    if reception is None:
        raise Refused(None, "这批客户现在没有派给谁，页面可能已过时，请看最新情况。")
    if reception.accepted_at:
        who = today.name(str(reception.receiver))
        raise Refused("TQ-1.1", f"{who}已经接单，正在过来，不用再催。")
    return reception


def _not_too_soon(today: OpenDay, reception: Reception) -> None:
    calls = reception.nudges.filter(kind=Nudge.Kind.AGAIN).order_by("-at")
    last = calls.values_list("at", flat=True).first() or reception.began_at
    left = (AGAIN_AFTER - (today.at - last)).total_seconds()
    if left > 0:
        raise Refused("TQ-1.1", f"手机刚响过，请过 {ceil(left)} 秒再叫；急的话请当面去叫一声。")


def _write(pen: Pen, today: OpenDay, reception: Reception, kind: Nudge.Kind) -> Nudge:
    body = {
        "visit": str(reception.visit_id),
        "who": str(reception.receiver),
        "at": today.at.isoformat(),
    }
    if kind == Nudge.Kind.AGAIN:
        line = pen.append("turn.called_again", body, clause="TQ-1.1")
    else:
        line = pen.append("turn.change_asked", body, clause="TQ-11")
    return Nudge.objects.create(
        site_id=pen.site_id,
        reception=reception,
        kind=kind,
        at=today.at,
        by=UUID(pen.by),
        seq=line.seq,
    )

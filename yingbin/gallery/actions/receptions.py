"""接待: accept the turn, finish, say who the customer is; a claim that the visitor is unrelated (TQ-6)."""

from uuid import UUID

from yingbin.customers.actions import register_customer, set_receiver
from yingbin.customers.queries import receiver_of_record
from yingbin.journal.action import action
from yingbin.journal.commit import committed, new_salt
from yingbin.journal.write import Pen
from yingbin.rules.decision import Refused
from yingbin.rules.protection import protected
from yingbin.rules.turns.decide import many_units

from ..models import Claim, Reception, TurnDecision, Visit
from ..queries import register
from ..queries.calls import last_contact
from ..queries.present import present, the_one_present
from . import tell
from .events import OpenDay, VisitDecisions, advance, answer_of, decided_about, words_of
from .on_the_floor import on_the_floor
from .open_day import seat

BOTH_HERE = "同一拨登记了两次，请撤销多出来的一条；确是另一拨，请点「是另一拨，照样登记」。"


def visit_today(pen: Pen, today: OpenDay, visit_id: UUID) -> Visit:
    """A visit of the open day; refuses anything else."""
    visit = Visit.objects.filter(site_id=pen.site_id, day=today.day, id=visit_id).first()
    if visit is None or visit.undone_at:
        raise Refused("TQ-11", "今天没有这条到访记录，可能已经撤销或收场。请刷新页面。")
    return visit


def _own_reception(pen: Pen, visit: Visit, may_any: bool = False) -> Reception:
    rows = Reception.objects.filter(site_id=pen.site_id, visit=visit, ended_at__isnull=True)
    reception = rows.select_related("visit").first()
    if reception is None:
        raise Refused(None, "这批客户现在没有人在接待，页面可能已过时，请刷新看看。")
    if str(reception.receiver) != pen.by and not may_any:
        raise Refused("TQ-11", "这批客户由别的同事接待，只有接待人本人或销售经理可以操作。")
    return reception


@action("accept")
def accept_turn(pen: Pen, *, visit_id: UUID) -> None:
    """The receiver says "I'm coming"; until then the turn counts as not accepted."""
    today = seat(pen)
    visit = visit_today(pen, today, visit_id)
    reception = _own_reception(pen, visit)
    if reception.accepted_at is None:
        reception.accepted_at = today.at
        reception.save(update_fields=["accepted_at"])
        pen.append("turn.accepted", {"visit": str(visit_id), "who": pen.by}, clause="TQ-1.1")


@action("finish")
def finish(
    pen: Pen,
    *,
    visit_id: UUID,
    units_wanted: int | None = None,
    may_any: bool = False,
    without_entry: str = "",
) -> VisitDecisions:
    """The reception ends; waiting groups are served at once. Three or more units reach the manager (TQ-10).

    Refused while the visit owes a row of the register (TQ-3). Only the manager may end a colleague's
    reception without it, saying why (`without_entry`); the row then stays owed as a matter.
    """
    today = seat(pen)
    visit = visit_today(pen, today, visit_id)
    reception = _own_reception(pen, visit, may_any)
    made = end_reception(
        pen, today, reception, units_wanted=units_wanted, without_entry=without_entry
    )
    return decided_about(visit, made)


def end_reception(
    pen: Pen,
    today: OpenDay,
    reception: Reception,
    *,
    units_wanted: int | None = None,
    without_entry: str = "",
) -> list[TurnDecision]:
    """Ends a reception inside a write: the event, whose customer it is, the row owed, those told; see `finish`."""
    visit, receiver = reception.visit, reception.receiver
    excused = _entry_owed(pen, visit, reception, without_entry)
    event: dict[str, object] = {"event": "finish", "visit": str(visit.id)}
    if units_wanted is not None:
        event["units_wanted"] = units_wanted
    made = advance(pen=pen, today=today, event=event, visit=visit)
    visit.finished_at, visit.units_wanted = today.at, units_wanted
    visit.save(update_fields=["finished_at", "units_wanted"])
    _remember_receiver(pen, today, visit, receiver)
    tell.decided(pen, today, made.decisions, visit)
    if excused:
        body = {"visit": str(visit.id), "receiver": str(receiver)}
        pen.append("register.owed", body, clause="TQ-3")
        tell.register_owed(pen, today, visit, receiver, without_entry)
    if units_wanted is not None and many_units(units_wanted):
        tell.many_units(pen, today, visit, receiver, units_wanted)
    return made.decisions


def _entry_owed(pen: Pen, visit: Visit, reception: Reception, why: str) -> bool:
    """TQ-3: refuses a finish that owes a row; True where the manager ends it all the same."""
    owed = register.owed(visit)
    if not owed:
        return False
    if str(reception.receiver) != pen.by and why.strip():
        return True
    if str(reception.receiver) != pen.by:
        need = "本人不能来签的，请写一句原因再结束，登记会记为欠着。"
        raise Refused("TQ-3", f"到访{visit.number}还差 {owed} 份登记没有签名。{need}")
    need = "请客户登记、您签名后再点接待完毕；客户不愿登记的，选「客户不愿登记」也要签。"
    raise Refused("TQ-3", f"还差 {owed} 份来访登记没有签名。{need}")


def last_word(site_id: UUID, visit_id: UUID) -> TurnDecision | None:
    """The decision that stands for a visit: the latest one that says who received it and how it counts."""
    return (
        TurnDecision.objects.filter(
            site_id=site_id, visit_id=visit_id, receiver__isnull=False, event__undone__isnull=True
        )
        .order_by("seq", "position")
        .last()
    )


def _remember_receiver(pen: Pen, today: OpenDay, visit: Visit, receiver: UUID) -> None:
    """A counted reception of a customer nobody has yet makes its receiver the receiver of record."""
    decision = last_word(pen.site_id, visit.id)
    if visit.customer_id is None or decision is None or not decision.counted:
        return
    reason = _why_theirs(pen, today, visit, receiver)
    if reason:
        set_receiver(
            pen=pen,
            customer_id=visit.customer_id,
            staff_id=receiver,
            reason=reason,
            visit_id=visit.id,
            clause=decision.clause,
        )


def _why_theirs(pen: Pen, today: OpenDay, visit: Visit, receiver: UUID) -> str:
    """Why the customer becomes this receiver's; empty while they are somebody's."""
    assert visit.customer_id is not None
    held = receiver_of_record(pen.site_id, visit.customer_id)
    if held is None:
        return "首次接待"
    days = int(today.day.settings.get("protection_days", 0))
    if held == receiver or not days:
        return ""
    last = last_contact(pen.site_id, visit.customer_id, before=visit.arrived_at)
    kept = protected(last_contact=last, at=visit.arrived_at, days=days)
    return "" if kept else "保护期已过，按轮次接待"


@action("identify")
def identify(
    pen: Pen,
    *,
    visit_id: UUID,
    name: str,
    phone: str,
    title: str = "",
    again: bool = False,
    may_any: bool = False,
) -> UUID:
    """Says who the group is when the desk had no number yet; the decision already made stays as it is.

    Raises `OnTheFloor` where another group of this customer is here, unless `again` says that both are (TQ-1).
    """
    today = seat(pen)
    visit = visit_today(pen, today, visit_id)
    if str(visit.recorded_by) != pen.by:
        _own_reception(pen, visit, may_any)
    if visit.customer_id:
        raise Refused(None, "这批客户已经登记过姓名电话了，如有误请在客户卡片里改。")
    here = the_one_present(pen.ask(present(pen.site_id, phone=phone)))
    if here and not again:
        raise on_the_floor(today, here, here.called or name.strip(), BOTH_HERE)
    customer = register_customer(pen=pen, name=name.strip(), phone=phone, title=title)
    visit.customer_id, visit.called = customer.id, name.strip()
    another = {"again_of": str(here.visit_id)} if here else {}
    body = {
        "visit": str(visit.id),
        "customer": str(customer.id),
        "words": words_of(visit),
        **another,
    }
    visit.save(update_fields=["customer_id", "called", "salt"])
    pen.append("visit.identified", body)
    return customer.id


@action("claim")
def claim_unrelated(pen: Pen, *, visit_id: UUID, note: str) -> UUID:
    """TQ-6: the receiver asks the manager to confirm, with the customer, that the visitor is unrelated.

    Nothing changes until the manager confirms.
    """
    today = seat(pen)
    visit = visit_today(pen, today, visit_id)
    _claimable(pen, visit, note)
    claim = Claim.objects.create(
        site_id=pen.site_id,
        day=today.day,
        visit=visit,
        asked_by=UUID(pen.by),
        asked_at=today.at,
        note=note.strip(),
        salt=new_salt(),
    )
    words = committed({"note": claim.note}, claim.salt)
    body = {"visit": str(visit.id), "claim": str(claim.id), "words": words}
    pen.append("claim.asked", body, clause="TQ-6")
    tell.claim_asked(pen, today, claim)
    return claim.id


def _claimable(pen: Pen, visit: Visit, note: str) -> None:
    standing = last_word(pen.site_id, visit.id)
    if standing is None or str(standing.receiver) != pen.by:
        raise Refused("TQ-6", "只有接待这批客户的人可以申报无关来访。")
    if not standing.counted:
        raise Refused("TQ-6", "这次接待本来就不计次，不用申报。")
    if not note.strip():
        raise Refused(
            "TQ-6", "请写明客户是谁、怎么看出来与项目无关，经理要和客户当面核实。", about="note"
        )
    if Claim.objects.filter(
        site_id=pen.site_id, visit=visit, decided_at__isnull=True, withdrawn_at__isnull=True
    ).exists():
        raise Refused("TQ-6", "已经申报过了，正在等销售经理核实。")


@action("decide_claim")
def decide_claim(pen: Pen, *, claim_id: UUID, confirm: bool, how: str) -> None:
    """TQ-6: the manager confirms with the customer (saying how), or declines. Never one's own claim."""
    today = seat(pen)
    claim = _open_claim(pen, today, claim_id, how, confirm)
    claim.decided_at, claim.decided_by, claim.granted = today.at, UUID(pen.by), confirm
    claim.customer_confirmed, claim.answer = (how.strip() if confirm else ""), how.strip()
    answered = answer_of(claim, "answer", "customer_confirmed")
    claim.save()
    if confirm:
        event = {
            "event": "claim_unrelated",
            "visit": str(claim.visit_id),
            "customer_confirmed": True,
            "confirmed_by": pen.by,
        }
        made = advance(pen=pen, today=today, event=event, visit=claim.visit, answered=answered)
        _forget_receiver(pen, claim)
        tell.decided(pen, today, made.decisions, claim.visit)
    else:
        body = {"visit": str(claim.visit_id), "claim": str(claim.id), **answered}
        pen.append("claim.declined", body, clause="TQ-6")
        _owed_after_all(pen, today, claim)
    tell.claim_decided(pen, claim)


def _owed_after_all(pen: Pen, today: OpenDay, claim: Claim) -> None:
    """A reception that ended while the claim was open owes its row once the claim is declined (TQ-3)."""
    if claim.visit.finished_at and register.owed(claim.visit):
        tell.register_owed(pen, today, claim.visit, claim.asked_by, "无关来访未获确认")


def _open_claim(pen: Pen, today: OpenDay, claim_id: UUID, how: str, confirm: bool) -> Claim:
    claim = (
        Claim.objects.select_related("visit")
        .filter(site_id=pen.site_id, day=today.day, id=claim_id)
        .first()
    )
    if claim is None:
        raise Refused("TQ-6", "没有找到这条申报，请刷新页面。")
    if claim.decided_at or claim.withdrawn_at:
        raise Refused("TQ-6", "这条申报已经处理过了，请刷新看结果。")
    if str(claim.asked_by) == pen.by:
        raise Refused("TQ-6", "不能核实自己的申报，请销售经理或另一位授权代管人处理。")
    if not how.strip():
        need = "请写明客户怎样当面证实（谁、怎么说的）。" if confirm else "请写明不予确认的原因。"
        raise Refused("TQ-6", need, about="how")
    return claim


def _forget_receiver(pen: Pen, claim: Claim) -> None:
    """An unrelated visitor leaves no receiver of record behind."""
    customer = claim.visit.customer_id
    if customer and receiver_of_record(pen.site_id, customer) == claim.asked_by:
        set_receiver(
            pen=pen,
            customer_id=customer,
            staff_id=None,
            reason="核实为无关来访",
            visit_id=claim.visit_id,
            clause="TQ-6",
        )

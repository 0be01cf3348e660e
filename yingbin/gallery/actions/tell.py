"""Who is told what, as part of the same write: notices queue up in the outbox and leave after the commit."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from uuid import UUID

from django.urls import reverse

from yingbin.journal.write import Pen
from yingbin.matters.actions import open_matter
from yingbin.notices.actions import tell
from yingbin.people.models import Delegation
from yingbin.people.queries import staff_with_role, supervisors

from ..kinds import visited
from ..models import Claim, Reception, TurnDecision, Visit
from ..queries import register
from .events import OpenDay


@cache
def _page(name: str) -> str:
    """The address of a page; finding it anew for every notice costs as much as writing the notice."""
    return reverse(name)


def _group(today: OpenDay, visit_id: UUID) -> str:
    visit = today.seen.get(str(visit_id))
    return f"到访{visit.number}" if visit else "客户"


def decided(
    pen: Pen, today: OpenDay, decisions: Iterable[TurnDecision], visit: Visit | None
) -> None:
    """Tells receivers that a group is theirs, and those whose own customer waits or was helped."""
    if visit is not None:
        today.seen[str(visit.id)] = visit
    for d in decisions:
        if d.kind == "received" and d.receiver and d.visit_id:
            tell(
                pen,
                to=[d.receiver],
                kind="turn",
                title="轮到您接待了",
                body=d.because,
                link=_page("gallery:mine"),
                urgent=True,
                clause=d.clause,
                aloud=f"轮到您了：{_group(today, d.visit_id)}",
            )
            _own_customer_helped(pen, today, d, visit)
        elif d.kind == "waits" and visit is not None:
            _awaited(pen, today, visit)


def _own_customer_helped(pen: Pen, today: OpenDay, d: TurnDecision, visit: Visit | None) -> None:
    """TQ-8: the receiver of record hears that a colleague looks after their customer."""
    if d.clause == "TQ-8" and visit and visit.registered_with and visit.id == d.visit_id:
        tell(
            pen,
            to=[visit.registered_with],
            kind="own_customer",
            title="您的老客户到访，同事正在协助",
            body=d.because,
            link=_page("gallery:mine"),
            clause="TQ-8",
        )


def _awaited(pen: Pen, today: OpenDay, visit: Visit) -> None:
    awaited = dict(today.state.waiting()).get(str(visit.id))
    if awaited:
        tell(
            pen,
            to=[UUID(awaited)],
            kind="awaited",
            title="您的客户到了，正在等您",
            body=f"到访{visit.number}，{visit.group_size}人。接待完手上的客户就到。",
            link=_page("gallery:mine"),
            urgent=True,
            clause="TQ-1.1",
        )


def undone(pen: Pen, receivers: Iterable[UUID]) -> None:
    """The receiver hears that the arrival was a mistake."""
    who = list(receivers)
    if who:
        tell(
            pen,
            to=who,
            kind="undone",
            title="刚才的到访已撤销",
            body="前台登记有误，您的顺序已恢复原样。",
            link=_page("gallery:mine"),
            urgent=True,
        )


def _managers(pen: Pen, but: Iterable[UUID] = ()) -> list[UUID]:
    skip = set(but)
    return [s.id for s in supervisors(pen.site_id, pen.at) if s.id not in skip]


def claim_asked(pen: Pen, today: OpenDay, claim: Claim) -> None:
    """The manager is asked to confirm an unrelated visitor with the customer (TQ-6)."""
    tell(
        pen,
        to=_managers(pen, [claim.asked_by]),
        kind="claim",
        title=f"{today.name(str(claim.asked_by))}申报无关来访，请当面核实",
        body=f"到访{claim.visit.number}：{claim.note}",
        link=_page("gallery:supervision"),
        urgent=True,
        clause="TQ-6",
        listed=True,
    )


def claim_decided(pen: Pen, claim: Claim) -> None:
    """The salesperson hears what became of the claim."""
    said = "已确认：不计次，补接一次" if claim.granted else f"未确认：{claim.answer}"
    tell(
        pen,
        to=[claim.asked_by],
        kind="claim",
        title=f"无关来访申报{said[:3]}",
        body=said,
        link=_page("gallery:mine"),
        clause="TQ-6",
    )


def overridden(
    pen: Pen, today: OpenDay, d: TurnDecision, visit: Visit, reason: str, before: UUID | None
) -> None:
    """TQ-11: an override is visible to everyone in the queue."""
    others = {UUID(w) for w in today.state.counts} - {d.receiver}
    tell(
        pen,
        to=sorted(others),
        kind="override",
        title=f"到访{visit.number}已调派给{today.name(str(d.receiver))}",
        body=f"原因：{reason.strip()}",
        link=_page("gallery:decisions"),
        urgent=bool(before),
        clause="TQ-11",
    )


def adjusted(pen: Pen, today: OpenDay, d: TurnDecision, reason: str) -> None:
    """TQ-11: a correction is visible to everyone in the queue."""
    tell(
        pen,
        to=sorted(UUID(w) for w in today.state.counts),
        kind="adjust",
        title=f"{today.name(str(d.receiver))}的账目已更正",
        body=f"{d.because} 原因：{reason.strip()}",
        link=_page("gallery:decisions"),
        clause="TQ-11",
    )


def left(pen: Pen, today: OpenDay, who: str, visit: Visit | None) -> None:
    """The managers hear that someone is no salesperson here any more, and what of theirs is still open (TQ-11)."""
    name = today.name(who)
    managers = _managers(pen, [UUID(who)])
    if visit is None:
        tell(
            pen,
            to=managers,
            kind="left",
            title=f"{name}已不是本案场的置业顾问，已签退",
            body="不再排接待；专等这位同事的客户已改由别人接待。补接和欠轮留在账上。",
            link=_page("gallery:supervision"),
            clause="TQ-11",
        )
        return
    for manager in managers:
        open_matter(
            pen=pen,
            kind="alert",
            title=f"{name}已不是置业顾问，到访{visit.number}还在接待",
            detail="接待可以做完，做完即签退。本人做不完的，请在督导页代为结束，或调派给别的同事。",
            customer_id=visit.customer_id,
            subject=visited(visit.id),
            owner=manager,
            clause="TQ-11",
            about={"left": who},
        )


def reopened(pen: Pen, today: OpenDay, reason: str) -> None:
    """TQ-11: everybody in the queue hears that the day goes on, and why."""
    tell(
        pen,
        to=[UUID(w) for w in today.state.queue],
        kind="reopened",
        title="今天重新开场了",
        body=f"顺序接着收场时的排。原因：{reason.strip()}",
        link=_page("gallery:mine"),
        urgent=True,
        clause="TQ-11",
    )


def still_open(pen: Pen, day: date) -> None:
    """The managers are reminded of a day that nobody has closed (TQ-11)."""
    tell(
        pen,
        to=_managers(pen),
        kind="still_open",
        title=f"{day:%m月%d日}还没有收场",
        body="过了平时收场的时间。请结束还开着的接待后收场，不然明天不能签到、登记到访。",
        link=_page("gallery:close"),
        urgent=True,
        clause="TQ-11",
    )


def delegation_over(pen: Pen, row: Delegation, matters: int, mark: str) -> None:
    """Supervision handed over ended by its time; whose word is asked for now, and what still lies with them (TQ-11)."""
    name = row.given_to.name
    left = f"{name}名下还有 {matters} 件没办完的事，请看要不要转交。" if matters else ""
    tell(
        pen,
        to=[*_managers(pen), row.given_to_id],
        kind="delegation",
        title=f"{name}的授权代管到期了",
        body=f"从现在起由销售经理审批、调派和更正。{left}",
        link=_page("gallery:supervision"),
        clause="TQ-11",
        dedupe=mark,
    )


def many_units(pen: Pen, today: OpenDay, visit: Visit, receiver: UUID, units: int) -> None:
    """TQ-10: three units or more reach the manager by themselves and stay open until acknowledged."""
    who = today.name(str(receiver))
    for manager in _managers(pen):
        open_matter(
            pen=pen,
            kind="alert",
            title=f"客户要一次买{units}套：到访{visit.number}",
            detail=f"{who}刚接待完，客户要{units}套，请尽快了解。{_told(visit)}",
            customer_id=visit.customer_id,
            subject=visited(visit.id),
            owner=manager,
            clause="TQ-10",
            about={"units": units},
        )


def _told(visit: Visit) -> str:
    """Needs and what was said, as far as the receiver noted them."""
    needs = register.needs_of(visit.site_id, visit.customer_id, visit)
    notes = [s.note for s in register.steps_of(visit) if s.note]
    said = [needs.said] if needs and needs.said else []
    words = register.in_words(needs) if needs else ""
    told = f"需求：{words}。" if words else "需求还没有记。"
    talk = "；".join([*said, *notes])
    return f"{told}谈到：{talk}" if talk else told


def register_owed(pen: Pen, today: OpenDay, visit: Visit, receiver: UUID, why: str) -> None:
    """TQ-3: a reception ended without its row; its receiver owes it, or whoever ended it for one who left."""
    stays = staff_with_role(pen.site_id, "salesperson", pen.at).filter(id=receiver).exists()
    open_matter(
        pen=pen,
        kind="register_owed",
        title=f"到访{visit.number}还没有登记签名",
        detail=f"接待已结束，来访登记还没有签。原因：{why.strip()}",
        customer_id=visit.customer_id,
        subject=visited(visit.id),
        owner=receiver if stays else UUID(pen.by),
        clause="TQ-3",
    )


def caretaker(pen: Pen) -> UUID:
    """Who looks after the show flat: a lead, else a receptionist, else the manager, else oneself."""
    for role in ("lead", "receptionist", "sales_manager"):
        someone = staff_with_role(pen.site_id, role, pen.at).order_by("account").first()
        if someone is not None:
            return someone.id
    return UUID(pen.by)


def service_asked(pen: Pen, today: OpenDay, visit: Visit, what: str, matter_id: UUID) -> None:
    """Those who serve hear that a group would like something; not whoever wrote it down."""
    desks = [s.id for s in staff_with_role(pen.site_id, "receptionist", pen.at)]
    tell(
        pen,
        to=[who for who in desks if str(who) != pen.by],
        kind="service",
        title=f"到访{visit.number}要：{what}",
        body=f"{visit.group_size}人",
        link=reverse("matters:matter", args=[matter_id]),
        urgent=True,
        clause="SC-4.3.2",
    )


def call_again(pen: Pen, reception: Reception, seconds: int, mark: str) -> None:
    """The receiver who hasn't answered is called once more; `mark` names this call, so that it is made once."""
    tell(
        pen,
        to=[reception.receiver],
        kind="turn",
        title=f"还等您接单：到访{reception.visit.number}",
        body=f"客户已等了{_clocked(seconds)}，请点「我来接待」，走不开请告诉经理。",
        link=_page("gallery:mine"),
        urgent=True,
        clause="TQ-11",
        dedupe=mark,
        aloud=f"还等您接单：到访{reception.visit.number}",
    )


def another_wanted(pen: Pen, today: OpenDay, visit: Visit, reception: Reception) -> None:
    """The desk asks the manager to give the group to somebody else (TQ-11)."""
    who = today.name(str(reception.receiver))
    tell(
        pen,
        to=_managers(pen),
        kind="not_accepted",
        title=f"前台请您换人：{who}没有来接到访{visit.number}",
        body=f"已等{_waited(today, reception)}。打开督导，一点就换给下一位空闲的同事。",
        link=_page("gallery:supervision"),
        urgent=True,
        clause="TQ-11",
    )


def _waited(today: OpenDay, reception: Reception) -> str:
    return _clocked(max(int((today.at - reception.began_at).total_seconds()), 0))


def _clocked(seconds: int) -> str:
    return f"{seconds // 60}分{seconds % 60:02d}秒"


def not_accepted(pen: Pen, who: str, visit_number: int, seconds: int) -> None:
    """A turn nobody accepted in time alerts the manager."""
    tell(
        pen,
        to=_managers(pen),
        kind="not_accepted",
        title=f"{who}还没有接单：到访{visit_number}",
        body=f"已超过{_clocked(seconds)}，请联系本人或调派。",
        link=_page("gallery:supervision"),
        urgent=True,
        clause="TQ-11",
    )

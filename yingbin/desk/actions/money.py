"""收款: money is taken, let off or given back with somebody else's approval, and a day's box is closed (SD-4.2.3)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from yingbin.approvals.actions import Asked, ask
from yingbin.approvals.models import Approval
from yingbin.journal.action import action
from yingbin.journal.commit import commit_to
from yingbin.journal.write import Pen
from yingbin.matters.queries import recused
from yingbin.people.calendar import ZONE
from yingbin.people.rows import actor, next_number
from yingbin.rules.decision import Refused
from yingbin.rules.desk.desk import Desk, Event
from yingbin.rules.desk.replay import decide

from .. import folding, names
from ..models import DeskMatter, Payment, Reduction
from ..prices import CLAUSE, MOST
from ..queries.paid import Account, account_of, day_of_money
from ..requests import REDUCTION
from ..templatetags.money import yuan
from .happen import NOT_HERE, at_the_desk
from .prices import who_writes

WHATS = dict(Reduction.What.choices)


@dataclass(frozen=True)
class Paid:
    """Money that changed hands: its receipt's number and code."""

    payment: UUID
    number: str
    receipt: str


@action("desk.pay")
def pay(pen: Pen, *, matter_id: UUID, way: str, amount: int) -> Paid:
    """Money is taken for work that is done; never more than is owed. amount in fen."""
    row = _row(pen, matter_id)
    owed = account_of(row).owed
    if way not in Payment.Way.values:
        raise Refused(CLAUSE, "请选怎么付的。", about="way")
    if owed <= 0:
        why = "已经收齐了，不用再收。" if row.amount else "还没有要收的钱：完工签字以后才收款。"
        raise Refused(CLAUSE, f"这件事{why}", about="amount")
    if not 0 < amount <= owed:
        raise Refused(CLAUSE, f"还要收 {yuan(owed)} 元，请填不超过它的数。", about="amount")
    return _said(_write(pen, row, way, amount))


@action("desk.void")
def void(pen: Pen, *, payment_id: UUID, why: str) -> Paid:
    """A payment was written by mistake: a new row takes it back; the old one stays, and so does its day's sheet."""
    rows = Payment.objects.select_related("matter")
    old = rows.filter(site_id=pen.site_id, id=payment_id).first()
    if old is None:
        raise Refused(CLAUSE, "没有这笔收款，请回到列表看最新情况。")
    if old.amount < 0 or old.corrects_id or Payment.objects.filter(corrects=old).exists():
        raise Refused(CLAUSE, "这一笔不能冲销：退款、冲销和已经冲销的收款都不再动。")
    if not why.strip():
        raise Refused(CLAUSE, "请写一句为什么冲销，原来那一笔会保留。", about="why")
    row = _row(pen, old.matter.matter_id)
    if account_of(row).paid < old.amount:
        raise Refused(CLAUSE, "这笔钱已经退过一部分，不能再冲销，请按退款办。")
    return _said(_write(pen, row, old.way, -old.amount, corrects=old, why=why))


@action("desk.ask_reduction")
def ask_reduction(pen: Pen, *, matter_id: UUID, what: str, amount: int, why: str) -> Asked:
    """Asks the supervisor or manager for a waiver or refund. Raises `Refused` for more than there is, by the rules."""
    row = _row(pen, matter_id)
    if what not in WHATS:
        raise Refused(CLAUSE, "请选减免还是退款。", about="what")
    if not 0 < amount <= MOST:
        raise Refused(CLAUSE, "金额要在 0.01 到 99,999.99 元之间，请改好。", about="amount")
    if not why.strip():
        raise Refused(CLAUSE, "请写为什么要减免或退款，批的人要看。", about="why")
    _rehearse(pen, row, amount)
    _covers(account_of(row), what, amount)
    told = {"matter": str(matter_id), "what": what, "amount": amount}
    title = f"{WHATS[what]} {yuan(amount)} 元：{row.said} 号"
    return ask.within(
        pen, kind=REDUCTION.id, title=title, words=why, about=told, customer_id=row.matter.customer_id
    )  # fmt: skip


def decided(pen: Pen, row: Approval) -> None:
    """A yes counts only from those whom the rules let approve: the supervisor and the manager of the office."""
    if row.status != Approval.Status.GRANTED:
        return
    writing = at_the_desk(pen)
    writing.apart(UUID(str(row.about["matter"]))).check(pen.by)
    office = writing.desk.office
    if not office.is_chief(pen.by):
        told = f"减免和退款要由{office.supervisor}或{office.manager}批准。"
        raise Refused(CLAUSE, names.in_words(pen.site_id, told, pen.at))


@dataclass(frozen=True)
class Reduced:
    """A waiver or refund that was carried out: the sentence of the rules, the refund's receipt if money went back."""

    reduction: UUID
    because: str
    receipt: str = ""


@action("desk.reduce")
def reduce(pen: Pen, *, approval_id: UUID, way: str = "") -> Reduced:
    """Carries out what was approved, once; a refund pays the money back. Whoever approved it can't."""
    asked = Approval.objects.filter(
        site_id=pen.site_id, id=approval_id, kind=REDUCTION.id, status=Approval.Status.GRANTED
    ).first()
    if asked is None or asked.decided_by is None:
        raise Refused(CLAUSE, "这份减免或退款还没有批准，请等主管或主任的答复。")
    if Reduction.objects.filter(approval_id=approval_id).exists():
        raise Refused(CLAUSE, "这份减免或退款已经办过了。")
    what, amount = str(asked.about["what"]), int(asked.about["amount"])
    matter = UUID(str(asked.about["matter"]))
    if what == Reduction.What.REFUND and way not in Payment.Way.values:
        raise Refused(CLAUSE, "请选用什么方式退。", about="way")
    _covers(account_of(_row(pen, matter)), what, amount)
    done = at_the_desk(pen).happen("reduce", matter, amount=amount, approved_by=asked.decided_by)
    kept = _keep_reduction(pen, done.row, asked, asked.decided_by)
    if what == Reduction.What.WAIVER:
        return Reduced(kept.id, done.because)
    back = _write(pen, done.row, way, -amount, reduction=kept)
    return Reduced(kept.id, done.because, back.said)


def _keep_reduction(pen: Pen, row: DeskMatter, asked: Approval, approver: UUID) -> Reduction:
    what, amount = str(asked.about["what"]), int(asked.about["amount"])
    body: dict[str, object] = {
        "matter": str(row.matter_id), "index": row.events - 1, "what": what, "amount": amount,
        "approval": str(asked.id), "approved_by": str(approver),
    }  # fmt: skip
    line = pen.append("desk.reduction", body, clause=CLAUSE)
    return Reduction.objects.create(
        site_id=pen.site_id, matter=row, index=row.events - 1, what=what, amount=amount,
        approval_id=asked.id, approved_by=approver, seq=line.seq, at=pen.at, by=who_writes(pen),
    )  # fmt: skip


def _rehearse(pen: Pen, row: DeskMatter, amount: int) -> None:
    """What the rules would say to it, before anybody is asked. Raises `Refused` in their words."""
    writing = at_the_desk(pen)
    office = writing.desk.office
    chief = office.manager if pen.by == office.supervisor else office.supervisor
    desk = Desk(office, writing.desk.policy, writing.desk.calendar)
    desk.add(folding.whole(row))
    facts: dict[str, object] = {"amount": amount, "approved_by": chief}
    try:
        decide(desk, Event(writing.at, "reduce", str(row.matter_id), pen.by, facts))
    except Refused as no:
        told = names.in_words(pen.site_id, no.message, pen.at)
        raise Refused(CLAUSE, told, about="amount") from None


def _covers(account: Account, what: str, amount: int) -> None:
    """A waiver is of what is owed still, a refund of what was paid. Raises `Refused` for more."""
    if what == Reduction.What.WAIVER and amount > account.owed:
        told = f"还没收的只有 {yuan(max(account.owed, 0))} 元，减免不能更多；已经收的请按退款办。"
        raise Refused(CLAUSE, told, about="amount")
    if what == Reduction.What.REFUND and amount > account.paid:
        told = f"只收到过 {yuan(account.paid)} 元，退款不能更多；没收的请按减免办。"
        raise Refused(CLAUSE, told, about="amount")


def _row(pen: Pen, matter_id: UUID) -> DeskMatter:
    row: DeskMatter | None = folding.row_of(pen.site_id, matter_id)
    if row is None or actor(pen) in recused(pen.site_id, matter_id):
        raise Refused(CLAUSE, NOT_HERE)
    return row


def _write(
    pen: Pen, row: DeskMatter, way: str, amount: int, *, reduction: Reduction | None = None,
    corrects: Payment | None = None, why: str = "",
) -> Payment:  # fmt: skip
    """One line of the book of receipts."""
    year, day = pen.at.astimezone(ZONE).year, day_of_money(pen.site_id, pen.at)
    said = why.strip()[:200]
    kept = commit_to(why=said)
    made = Payment(
        site_id=pen.site_id, matter=row, year=year, number=next_number(Payment, pen.site_id, year=year),
        day=day, way=way, amount=amount, reduction=reduction, corrects=corrects, why=said,
        salt=kept.salt if said else "", at=pen.at, by=who_writes(pen),
    )  # fmt: skip
    body: dict[str, object] = {
        "payment": str(made.id), "matter": str(row.matter_id), "year": year, "number": made.number,
        "day": _day(day), "way": way, "amount": amount, "words": kept.words,
        "reduction": str(reduction.id) if reduction else None,
        "corrects": str(corrects.id) if corrects else None,
    }  # fmt: skip
    line = pen.append("desk.payment", body, clause=CLAUSE)
    made.seq, made.receipt = line.seq, line.receipt
    made.save(force_insert=True)
    return made


def _day(day: date) -> str:
    return day.isoformat()


def _said(row: Payment) -> Paid:
    return Paid(row.id, row.said, row.receipt)

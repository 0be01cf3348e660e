"""收款日报: a day's box is counted and closed by one, and taken over by another; corrections are new rows (SD-4.2.3)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.commit import committed, new_salt
from yingbin.journal.write import Pen
from yingbin.rules.decision import Refused
from yingbin.sheets.ink import Signature, drawn

from ..models import CashDay, CashHandover
from ..prices import CLAUSE
from ..queries.paid import closed_day, open_before, opening_of, sums_of, today
from ..templatetags.money import yuan
from .prices import who_writes

MOST = 10**10 - 1  # fen: 99,999,999.99
TOO_MUCH = "金额要在 0 到 99,999,999.99 元之间，请核对单位是不是元。"


@dataclass(frozen=True)
class Count:
    """What somebody counted. opening: only of the first day ever, others begin with what was left; amounts in fen."""

    counted: int
    kept: int = 0
    opening: int | None = None
    why: str = ""


@dataclass(frozen=True)
class Closed:
    """A closed day: what was too much or too little, the receipt of its entry."""

    cash_day: UUID
    difference: int
    receipt: str


@action("desk.close_cash")
def close_cash(pen: Pen, *, day: date, count: Count, signature: Signature) -> Closed:
    """A day is counted, signed and closed for good; again for the same day it is a correction, which says why."""
    old = closed_day(pen.site_id, day)
    _may_close(pen, day, old, count)
    sums = sums_of(pen.site_id, day)
    row = CashDay(
        site_id=pen.site_id, day=day, version=old.version + 1 if old else 1,
        opening=old.opening if old else _opening(pen, day, count), taken=sums.taken,
        returned=sums.returned, counted=count.counted, kept=count.kept, ways=sums.ways,
        why=count.why.strip()[:200], salt=new_salt() if count.why.strip() else "", strokes=signature.kept(), signed=signature.how, at=pen.at,
        by=who_writes(pen),
    )  # fmt: skip
    _balances(row)
    line = pen.append("desk.cash_day", body_of(row), clause=CLAUSE)
    row.seq, row.receipt = line.seq, line.receipt
    row.save(force_insert=True)
    return Closed(row.id, row.difference, row.receipt)


def _may_close(pen: Pen, day: date, old: CashDay | None, count: Count) -> None:
    """Days are closed in their order, once they have begun. Raises `Refused` with what to do first."""
    if day > today(pen.at):
        raise Refused(CLAUSE, "这一天还没有到，不能先结。")
    before = open_before(pen.site_id, day)
    if before is not None:
        raise Refused(CLAUSE, f"{before:%-m月%-d日}还没有结账，请先结那一天。")
    later = CashDay.objects.filter(site_id=pen.site_id, day__gt=day).exists()
    if old is None and later:
        raise Refused(CLAUSE, "后面的日子已经结过，这一天没有收款，不用再结。")
    if old is not None and not count.why.strip():
        raise Refused(CLAUSE, "这一天已经结过。要更正，请写为什么，原来那一张会保留。", about="why")
    if old is not None and later and count.kept != old.kept:
        told = f"后一天已经按备用金 {yuan(old.kept)} 元开箱，更正时这个数不能变。"
        raise Refused(CLAUSE, told, about="kept")


def _opening(pen: Pen, day: date, count: Count) -> int:
    left = opening_of(pen.site_id, day)
    if left is not None:
        return left
    if count.opening is not None and count.opening > MOST:
        raise Refused(CLAUSE, TOO_MUCH, about="opening")
    if count.opening is None or count.opening < 0:
        raise Refused(CLAUSE, "第一次结账，请填开箱时的备用金；没有就填 0。", about="opening")
    return count.opening


def _balances(row: CashDay) -> None:
    """What was counted is what should be there, or a word says why not. Raises `Refused`."""
    if row.counted > MOST:
        raise Refused(CLAUSE, TOO_MUCH, about="counted")
    if row.counted < 0 or not 0 <= row.kept <= row.counted:
        raise Refused(CLAUSE, "留作备用金的不能比清点的多，请核对。", about="kept")
    if row.expected < 0:
        raise Refused(CLAUSE, "退出去的现金比箱里的还多，请先核对退款的方式。")
    if row.difference and not row.why:
        more = "多" if row.difference > 0 else "少"
        gap = f"应有 {yuan(row.expected)} 元，清点{more}了 {yuan(abs(row.difference))} 元"
        raise Refused(CLAUSE, f"{gap}。请再数一遍；还是这样就写明原因。", about="why")


def body_of(row: CashDay) -> dict[str, object]:
    """What the journal keeps of a closed day."""
    return {
        "day": row.day.isoformat(), "version": row.version, "opening": row.opening, "taken": row.taken,
        "returned": row.returned, "counted": row.counted, "kept": row.kept, "ways": row.ways,
        "words": committed({"why": row.why}, row.salt) if row.why else {}, "signature": drawn(row.strokes), "signed": row.signed,
    }  # fmt: skip


@action("desk.receive_cash")
def receive_cash(pen: Pen, *, cash_day_id: UUID, signature: Signature) -> str:
    """Somebody else counts again and takes the money over; the receipt of the entry."""
    row = CashDay.objects.filter(site_id=pen.site_id, id=cash_day_id).first()
    if row is None:
        raise Refused(CLAUSE, "没有这张收款日报，请回到列表看最新情况。")
    last = closed_day(pen.site_id, row.day)
    if last is None or last.id != row.id:
        raise Refused(CLAUSE, "这张日报已经更正过，请接收更正后的那一张。")
    if row.by == who_writes(pen):
        raise Refused(CLAUSE, "结账的人不能自己接收，请另一位主管或主任点清后签字。")
    if CashHandover.objects.filter(cash_day=row).exists():
        raise Refused(CLAUSE, "这一天的款已经接收了。")
    body: dict[str, object] = {
        "cash_day": str(row.id), "signature": drawn(signature.strokes), "signed": signature.how,
    }  # fmt: skip
    line = pen.append("desk.cash_received", body, clause=CLAUSE)
    CashHandover.objects.create(
        site_id=pen.site_id, cash_day=row, strokes=signature.kept(), signed=signature.how, seq=line.seq,
        at=pen.at, by=who_writes(pen), receipt=line.receipt,
    )  # fmt: skip
    return line.receipt

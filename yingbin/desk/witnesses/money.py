"""What the journal witnesses of money: each receipt, what was let off, the days of the cash box and who took them over."""

from collections.abc import Iterator
from functools import partial

from django.db.models import Q, Sum

from yingbin.journal.held import Facts, Seen, differ, numbered, said, words
from yingbin.people.rows import person_behind
from yingbin.sheets.ink import drawn

from ..models import CashDay, CashHandover, Payment, Reduction


def _who(row: Payment | Reduction | CashDay | CashHandover, entry: Seen) -> Iterator[str]:
    yield from differ(("时间", row.at, entry.at), ("谁做的", row.by, person_behind(entry.actor)))


def _payment(row: Payment, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry, body = seen[0], seen[0].body
    yield from _who(row, entry)
    yield from differ(
        ("哪一笔", row.id, body["payment"]),
        ("哪件事", row.matter.matter_id, body["matter"]),
        ("年份", row.year, body["year"]),
        ("收据号", row.number, body["number"]),
        ("日期", row.day.isoformat(), body["day"]),
        ("方式", row.way, body["way"]),
        ("金额", row.amount, body["amount"]),
        ("哪次退款", row.reduction_id, body["reduction"]),
        ("冲销哪一笔", row.corrects_id, body["corrects"]),
        ("回执码", row.receipt, entry.receipt),
    )
    lawful = facts.lawful(row.matter.matter.customer_id, row.seq)
    yield from words("为什么冲销", row.why, row.salt, body["words"].get("why"), lawful=lawful)


def _reduction(row: Reduction, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry, body = seen[0], seen[0].body
    yield from _who(row, entry)
    yield from differ(
        ("哪件事", row.matter.matter_id, body["matter"]),
        ("第几件", row.index, body["index"]),
        ("减免还是退款", row.what, body["what"]),
        ("金额", row.amount, body["amount"]),
        ("哪份申请", row.approval_id, body["approval"]),
        ("谁批准的", row.approved_by, body["approved_by"]),
    )


def _cash_day(row: CashDay, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry, body = seen[0], seen[0].body
    yield from _who(row, entry)
    yield from differ(
        ("日期", row.day.isoformat(), body["day"]),
        ("第几张", row.version, body["version"]),
        ("备用金", row.opening, body["opening"]),
        ("收现金", row.taken, body["taken"]),
        ("退现金", row.returned, body["returned"]),
        ("清点", row.counted, body["counted"]),
        ("留作备用金", row.kept, body["kept"]),
        ("各种方式", row.ways, body["ways"]),
        ("签名", drawn(row.strokes), body["signature"]),
        ("签名方式", row.signed, body["signed"]),
        ("回执码", row.receipt, entry.receipt),
    )
    yield from said(row, seen, {"why": "差额原因"}, erased=partial(facts.lawful, row.id))
    if (row.taken, row.returned) != _cash_of(row):
        yield "收款日报和当天的收据加起来不一样"


def _cash_of(row: CashDay) -> tuple[int, int]:
    """What the day's receipts come to in cash."""
    rows = Payment.objects.filter(site_id=row.site_id, day=row.day, way=Payment.Way.CASH)
    told = rows.aggregate(
        came=Sum("amount", filter=Q(amount__gt=0)), went=Sum("amount", filter=Q(amount__lt=0))
    )
    return told["came"] or 0, -(told["went"] or 0)


def _handover(row: CashHandover, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry, body = seen[0], seen[0].body
    yield from _who(row, entry)
    yield from differ(
        ("哪一张", row.cash_day_id, body["cash_day"]),
        ("签名", drawn(row.strokes), body["signature"]),
        ("签名方式", row.signed, body["signed"]),
        ("回执码", row.receipt, entry.receipt),
    )


MONEY = (
    numbered(
        "收款",
        rows=lambda site: (
            Payment.objects.filter(site_id=site).select_related("matter__matter").order_by("seq")
        ),
        kinds=("desk.payment",),
        faults=_payment,
        place=lambda row: row.said,
        page="「收款」页",
    ),
    numbered(
        "减免与退款",
        rows=lambda site: (
            Reduction.objects.filter(site_id=site).select_related("matter").order_by("seq")
        ),
        kinds=("desk.reduction",),
        faults=_reduction,
        place=lambda row: f"{row.matter.said} 号",
        page="「收款」页",
    ),
    numbered(
        "收款日报",
        rows=lambda site: CashDay.objects.filter(site_id=site).order_by("seq"),
        kinds=("desk.cash_day",),
        faults=_cash_day,
        place=lambda row: f"{row.day:%Y-%m-%d} 第 {row.version} 张",
        page="「收款」页",
    ),
    numbered(
        "收款日报的接收",
        rows=lambda site: CashHandover.objects.filter(site_id=site).order_by("seq"),
        kinds=("desk.cash_received",),
        faults=_handover,
        place=lambda row: str(row.cash_day_id),
        page="「收款」页",
    ),
)

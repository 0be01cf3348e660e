"""The receipts of a day as a sheet of the trade: for the workbook."""

from dataclasses import dataclass

from yingbin.rules.gone import colleague
from yingbin.sheets.columns import Column, Sheet, SheetLine

from .models import Payment
from .queries.paid_page import CashPage


@dataclass(frozen=True, kw_only=True)
class ReceiptLine(SheetLine):
    """A receipt."""

    slip: str
    matter: str
    title: str
    way: str
    amount: int
    by: str
    what: str


def receipt_lines(page: CashPage) -> list[ReceiptLine]:
    """The receipts of a day in their order."""
    return [
        ReceiptLine(
            id=one.id, number=one.number, at=one.at, signed="", receipt=one.receipt, slip=one.said,
            matter=one.matter.said, title=one.matter.matter.title, way=one.get_way_display(),
            amount=one.amount, by=colleague(page.names, one.by), what=what_of(one),
        )
        for one in page.payments
    ]  # fmt: skip


def what_of(one: Payment) -> str:
    """Whether money came, went back, or a mistake was taken back."""
    if one.corrects_id:
        return "冲销"
    return "收款" if one.amount > 0 else "退款"


def _exact(fen: int) -> str:
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}"


RECEIPTS: Sheet[ReceiptLine] = Sheet(
    "收款日报",
    columns=(
        Column("收据号", lambda x: x.slip, 14),
        Column("哪件事", lambda x: x.matter, 14),
        Column("事项", lambda x: x.title, 30),
        Column("收或退", lambda x: x.what, 10),
        Column("方式", lambda x: x.way, 10),
        Column("金额（元）", lambda x: _exact(x.amount), 12),
        Column("经手人", lambda x: x.by, 12),
        Column("回执", lambda x: x.receipt, 18),
    ),
    signatures=(),
)

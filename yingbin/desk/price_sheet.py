"""A price list as a sheet, in the columns in which it is pasted back."""

from dataclasses import dataclass

from yingbin.sheets.columns import Column, Sheet, SheetLine

from .models import PriceList
from .prices import Priced, priced


@dataclass(frozen=True, kw_only=True)
class PriceLine(SheetLine):
    """A line of a price list."""

    item: Priced


def price_lines(row: PriceList) -> list[PriceLine]:
    """The items of a version in their order."""
    return [
        PriceLine(id=row.id, number=n, at=row.at, signed="", item=one)
        for n, one in enumerate(priced(row.items), 1)
    ]


def _exact(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


PRICES: Sheet[PriceLine] = Sheet(
    "价目",
    columns=(
        Column("编号", lambda x: x.item.code, 10),
        Column("名称", lambda x: x.item.name, 30),
        Column("单位", lambda x: x.item.unit, 8),
        Column("人工", lambda x: _exact(x.item.labour), 12),
        Column("材料", lambda x: _exact(x.item.material), 12),
    ),
    signatures=(),
)

"""Paid work in the demo's past: a price list and a small stock, quotes with ink, money, and the day's box closed."""

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from yingbin.approvals.actions import decide
from yingbin.journal.action import Acting
from yingbin.sheets.ink import Signature

from .actions import cash, money, prices, work
from .models import CashDay, DeskMatter, Payment, PriceList, StockItem
from .prices import Ask, Priced
from .queries.paid import quote_of, sums_of

Fact = str | int | bool
INK = Signature(
    "glass",
    (
        (180, 120, 240, 90, 330, 110, 300, 210, 210, 260, 190, 180, 330, 150),
        (420, 90, 430, 290, 400, 260),
        (520, 130, 640, 110, 590, 220, 540, 280, 660, 190, 720, 270, 800, 150),
    ),
)
LIST = (
    Priced("A01", "疏通下水道", "次", 8000, 0),
    Priced("A02", "换角阀", "只", 3000, 2500),
    Priced("A03", "换水龙头", "只", 3500, 8800),
    Priced("A04", "换灯管", "根", 2000, 1800),
    Priced("A05", "修门锁", "次", 6000, 0),
    Priced("A06", "换马桶水件", "套", 5000, 6500),
    Priced("A07", "上门查看", "次", 0, 0),
)
STOCK = (
    ("角阀", "只", 5, 40),
    ("LED 灯管", "根", 10, 36),
    ("马桶水件", "套", 2, 4),
    ("生料带", "卷", 5, 20),
)
FLOAT = 20000  # fen that stay in the box over night


def furnish(acting: Callable[[str], Acting], day: date) -> None:
    """The office has its price list and what lies in its store."""
    prices.set_prices(acting("prices"), items=LIST, valid_from=day)
    for n, (name, unit, low, many) in enumerate(STOCK):
        item = work.add_item(acting(f"stock{n}"), name=name, unit=unit, low=low * 100)
        work.move(acting(f"stock{n}in"), item_id=item, what="in", many=many * 100)


def play(acting: Acting, one: UUID, event: str, fields: Mapping[str, Fact]) -> bool:
    """Plays what paid work has actions of its own for; whether it was one of these."""
    if event == "quote":
        asks = tuple(Ask(code) for code in str(fields["items"]).split())
        prices.quote(acting, matter_id=one, asks=asks)
    elif event == "agree" and fields.get("ink"):
        standing = quote_of(DeskMatter.objects.select_related("matter").get(matter_id=one))
        if standing is not None:
            prices.agree(acting, quote_id=standing.id, signature=INK)
    elif event == "done" and fields.get("ink"):
        item = StockItem.objects.filter(site_id=acting.site_id, name=fields.get("used", "")).first()
        used = (work.Used(item.id, 100),) if item else ()
        minutes = int(fields["minutes"])
        work.finish(acting, matter_id=one, signature=INK, minutes=minutes, materials=used)
    elif event == "pay":
        money.pay(acting, matter_id=one, way=str(fields["way"]), amount=int(fields["amount"]))
    else:
        return False
    return True


def give_back(
    acting: Acting, chief: Acting, again: Acting, one: UUID, fields: Mapping[str, Fact]
) -> None:
    """Asked for by one, allowed by the supervisor, carried out by whoever asked."""
    asked = money.ask_reduction(
        acting, matter_id=one, what="refund", amount=int(fields["amount"]), why=str(fields["why"])
    )
    decide(chief, approval_id=asked.approval, grant=True)
    money.reduce(again, approval_id=asked.approval, way="cash")


def close(acting: Acting, taker: Acting, day: date) -> None:
    """The day's box is counted and taken over, where money lay in it."""
    if not Payment.objects.filter(site_id=acting.site_id, day=day).exists():
        return
    first = not CashDay.objects.filter(site_id=acting.site_id).exists()
    sums = sums_of(acting.site_id, day)
    lies = FLOAT + sums.taken - sums.returned
    count = cash.Count(lies, FLOAT, FLOAT if first else None)
    closed = cash.close_cash(acting, day=day, count=count, signature=INK)
    cash.receive_cash(taker, cash_day_id=closed.cash_day, signature=INK)


def is_furnished(site_id: UUID) -> bool:
    """Whether this was done."""
    return PriceList.objects.filter(site_id=site_id).exists()

"""The same office with its price list, its stock and its cash box: a paid repair from the first word to the money."""

from datetime import date
from uuid import UUID

from django.utils import timezone

from yingbin.approvals import actions as approvals
from yingbin.desk.actions import cash, money, prices, work
from yingbin.desk.actions.cash import Count
from yingbin.desk.models import Quote, StockItem
from yingbin.desk.prices import Ask, Priced
from yingbin.sheets.ink import Signature

from .counter import Counter

INK = Signature("glass", ((100, 100, 300, 200, 500, 120, 600, 130, 700, 90, 800, 140),))
DRAWN = "[[100,100,300,200,500,120,600,130,700,90,800,140,900,100]]"
LIST = (
    Priced("A01", "疏通下水道", "次", 8000, 0),
    Priced("A02", "换角阀", "只", 3000, 2550),
    Priced("A03", "上门查看", "次", 0, 0),
    Priced("A04", "整屋换管", "户", 9_999_999, 0),
)


class Till(Counter):
    """Short words for paid work. 钱 of the works does it, 苏 stands at the counter, 林 and 顾 approve."""

    def __init__(self) -> None:
        super().__init__()
        self.today = timezone.localdate(self.now)
        self.set_prices()

    def set_prices(self, *items: Priced) -> int:
        """The next version of the price list, from today on."""
        listed = self.do(prices.set_prices, "林", items=items or LIST, valid_from=self.today)
        return int(listed.version)

    def job(self, who: str = "钱") -> UUID:
        """A paid repair whose worker has arrived."""
        one = self.record(kind="paid", title="疏通厨房下水", subject="drain")
        self.offer("苏", one)
        self.act(who, "accept", one)
        self.act(who, "arrive", one)
        return one

    def quote(self, one: UUID, *asks: Ask, by: str = "钱") -> Quote:
        """A quote of it, the drain cleared where nothing else is said."""
        made = self.do(prices.quote, by, matter_id=one, asks=asks or (Ask("A01"),))
        return Quote.objects.get(id=made.quote)

    def agree(self, quote: Quote, by: str = "钱") -> str:
        """The resident signs for it; the sentence."""
        return str(self.do(prices.agree, by, quote_id=quote.id, signature=INK).because)

    def finished(self, *asks: Ask) -> UUID:
        """A repair that was quoted, accepted, done and signed for."""
        one = self.job()
        self.agree(self.quote(one, *asks))
        self.act("钱", "start", one)
        self.do(work.finish, "钱", matter_id=one, signature=INK, minutes=45)
        return one

    def pay(self, one: UUID, amount: int, way: str = "cash", by: str = "苏") -> money.Paid:
        """Money is taken, in fen."""
        paid = self.do(money.pay, by, matter_id=one, way=way, amount=amount)
        assert isinstance(paid, money.Paid)
        return paid

    def asked(self, one: UUID, what: str, amount: int, by: str = "苏") -> UUID:
        """A waiver or refund is asked for; the request."""
        made = self.do(
            money.ask_reduction, by, matter_id=one, what=what, amount=amount, why="水又堵了一次"
        )
        return UUID(str(made.approval))

    def granted(self, request: UUID, by: str = "林") -> None:
        """Somebody says yes to it."""
        self.do(approvals.decide, by, approval_id=request, grant=True)

    def item(self, name: str, many: int, unit: str = "只") -> StockItem:
        """A material of which there are so many hundredths."""
        one = self.do(work.add_item, "苏", name=name, unit=unit)
        if many:
            self.do(work.move, "苏", item_id=one, what="in", many=many)
        return StockItem.objects.get(id=one)

    def close(
        self, counted: int, day: date | None = None, by: str = "苏", **more: object
    ) -> cash.Closed:
        """The day's box is counted and closed."""
        count = Count(counted, **{"opening": 0, **more})  # type: ignore[arg-type]
        closed = self.do(cash.close_cash, by, day=day or self.today, count=count, signature=INK)
        assert isinstance(closed, cash.Closed)
        return closed

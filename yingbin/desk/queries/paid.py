"""Reading what paid work is: the prices that hold, a matter's quote, what was paid and is owed, material."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from yingbin.people.calendar import ZONE

from ..models import CashDay, DeskEvent, DeskMatter, Payment, PriceList, Quote, StockItem
from ..prices import Line, Priced, priced, together


def today(at: datetime) -> date:
    """The day that a moment belongs to."""
    return at.astimezone(ZONE).date()


def prices_at(site_id: UUID, at: datetime) -> PriceList | None:
    """The price list that holds: of those that have begun, the newest version."""
    rows = PriceList.objects.filter(site_id=site_id, valid_from__lte=today(at))
    return rows.order_by("-version").first()


def known(row: PriceList | None) -> dict[str, Priced]:
    """The items of a list by their codes; none without a list."""
    return {one.code: one for one in priced(row.items)} if row else {}


def quote_of(row: DeskMatter) -> Quote | None:
    """The lines of the quote that stands; None where there is none, or none with lines."""
    if row.quote is None:
        return None
    last = DeskEvent.objects.filter(matter=row, event="quote").order_by("-index").first()
    rows = Quote.objects.filter(matter=row).select_related("prices", "answer", "matter")
    return rows.filter(index=last.index).first() if last else None


def lines_of(quote: Quote) -> tuple[Line, ...]:
    """A quote's lines."""
    return together(quote.lines, quote.words)


@dataclass(frozen=True)
class Account:
    """What a matter costs, what was paid of it (less what was given back), what is still owed; in fen."""

    amount: int
    paid: int

    @property
    def owed(self) -> int:
        """What the resident still pays."""
        return self.amount - self.paid


def account_of(row: DeskMatter) -> Account:
    """How it stands with a matter's money; one query."""
    paid = Payment.objects.filter(matter=row).aggregate(paid=Sum("amount"))["paid"]
    return Account(row.amount, int(paid or 0))


def closed_day(site_id: UUID, day: date) -> CashDay | None:
    """The sheet of a closed day as it was last corrected."""
    return CashDay.objects.filter(site_id=site_id, day=day).order_by("-version").first()


def day_of_money(site_id: UUID, at: datetime) -> date:
    """The day whose sheet money stands on that changes hands now: today, or the next one once today is closed."""
    day = today(at)
    last = CashDay.objects.filter(site_id=site_id, day__gte=day).order_by("-day").first()
    return last.day + timedelta(days=1) if last else day


@dataclass(frozen=True)
class Sums:
    """What was taken and what was given back of a day; ways: both, by the way of paying."""

    ways: dict[str, list[int]]

    @property
    def taken(self) -> int:
        """Cash taken."""
        return self.ways.get(Payment.Way.CASH, [0, 0])[0]

    @property
    def returned(self) -> int:
        """Cash given back."""
        return self.ways.get(Payment.Way.CASH, [0, 0])[1]


def sums_of(site_id: UUID, day: date) -> Sums:
    """What a day's payments come to; one query."""
    rows = Payment.objects.filter(site_id=site_id, day=day).values("way")
    told = rows.annotate(
        came=Sum("amount", filter=Q(amount__gt=0)), went=Sum("amount", filter=Q(amount__lt=0))
    )
    return Sums(
        {one["way"]: [one["came"] or 0, -(one["went"] or 0)] for one in told.order_by("way")}
    )


def opening_of(site_id: UUID, day: date) -> int | None:
    """What lay in the box as a day began: what the last closed day before left there; None before the first."""
    row = CashDay.objects.filter(site_id=site_id, day__lt=day).order_by("-day", "-version").first()
    return row.kept if row else None


def open_before(site_id: UUID, day: date) -> date | None:
    """The first earlier day with money on it that isn't closed."""
    closed = CashDay.objects.filter(site_id=site_id).values("day")
    rows = Payment.objects.filter(site_id=site_id, day__lt=day).exclude(day__in=closed)
    first = rows.order_by("day").first()
    return first.day if first else None


def stock(site_id: UUID) -> QuerySet[StockItem]:
    """The materials of an office by name."""
    return StockItem.objects.filter(site_id=site_id).order_by("name")

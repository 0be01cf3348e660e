"""What pages show of paid work: a matter's quotes and money, the price list's versions, a day of the cash box."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yingbin.approvals.models import Approval
from yingbin.people.queries import names_of

from ..models import (
    CashDay,
    CashHandover,
    Completion,
    DeskMatter,
    Payment,
    PriceList,
    Quote,
    QuoteAnswer,
    Reduction,
    StockMove,
)
from ..prices import Line
from ..requests import REDUCTION
from .paid import (
    Account,
    Sums,
    account_of,
    closed_day,
    lines_of,
    opening_of,
    prices_at,
    sums_of,
)


@dataclass(frozen=True)
class QuoteShown:
    """A quote with its lines. answer: the resident's word to it; stands: no other took its place; old: its list did change."""

    row: Quote
    lines: tuple[Line, ...]
    answer: QuoteAnswer | None
    stands: bool
    by: str
    old: bool


@dataclass(frozen=True)
class Request:
    """A waiver or refund that was asked for. amount in fen; ready: it was granted and isn't carried out yet."""

    row: Approval
    what: str
    amount: int
    by: str
    decided_by: str
    ready: bool
    refunds: bool


@dataclass(frozen=True)
class PaidCard:
    """What the matter's page shows of it, and the page of its money."""

    account: Account
    quotes: tuple[QuoteShown, ...]
    completions: tuple[Completion, ...]
    materials: tuple[StockMove, ...]
    payments: tuple[Payment, ...]
    requests: tuple[Request, ...]
    names: Mapping[str, str]

    @property
    def quote(self) -> QuoteShown | None:
        """The one that stands."""
        return next((one for one in self.quotes if one.stands), None)

    @property
    def any(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.quotes or self.completions or self.account.amount or self.payments)


def card_of(row: DeskMatter, at: datetime) -> PaidCard:
    """Everything that was quoted, done and paid; a constant number of queries."""
    quotes = list(
        Quote.objects.filter(matter=row).select_related("prices", "answer").order_by("-index")
    )
    done = tuple(Completion.objects.filter(matter=row).order_by("seq"))
    paid = tuple(
        Payment.objects.filter(matter=row)
        .select_related("corrected_by", "corrects")
        .order_by("seq")
    )
    moves = StockMove.objects.filter(matter=row).select_related("item").order_by("seq")
    asked = list(
        Approval.objects.filter(
            site_id=row.site_id, kind=REDUCTION.id, about__matter=str(row.matter_id)
        ).order_by("number")
    )
    people: list[UUID | None] = [who for one in asked for who in (one.asked_by, one.decided_by)]
    people += [q.by for q in quotes] + [c.by for c in done] + [p.by for p in paid]
    names = names_of({who for who in people if who})
    return PaidCard(
        account=account_of(row),
        quotes=tuple(_quotes(row, quotes, names, at)),
        completions=done,
        materials=tuple(moves),
        payments=paid,
        requests=tuple(_requests(asked, names)),
        names=names,
    )


def _quotes(
    row: DeskMatter, quotes: list[Quote], names: Mapping[str, str], at: datetime
) -> Iterable[QuoteShown]:
    now = prices_at(row.site_id, at) if quotes else None
    for n, one in enumerate(quotes):
        answer = getattr(one, "answer", None)
        stands = n == 0 and row.quote == one.total
        old = bool(now and one.prices_id and now.id != one.prices_id)
        yield QuoteShown(one, lines_of(one), answer, stands, names.get(str(one.by), "同事"), old)


def _requests(asked: list[Approval], names: Mapping[str, str]) -> Iterable[Request]:
    done = set(
        Reduction.objects.filter(approval_id__in=[one.id for one in asked]).values_list(
            "approval_id", flat=True
        )
    )
    for one in asked:
        granted = one.status == Approval.Status.GRANTED
        yield Request(
            row=one,
            what=Reduction.What(str(one.about["what"])).label,
            amount=int(one.about["amount"]),
            by=names.get(str(one.asked_by), "同事"),
            decided_by=names.get(str(one.decided_by), ""),
            ready=granted and one.id not in done,
            refunds=one.about["what"] == Reduction.What.REFUND,
        )


def versions(site_id: UUID) -> list[PriceList]:
    """The price lists of an office, the newest first."""
    return list(PriceList.objects.filter(site_id=site_id).order_by("-version")[:100])


@dataclass(frozen=True)
class WayLine:
    """What was taken and given back by one way of paying."""

    title: str
    taken: int
    returned: int


@dataclass(frozen=True)
class CashPage:
    """A day of the cash box: its receipts, what they come to, its sheet once it is closed, and who took it over.

    opening: None where nobody closed a day before.
    """

    day: date
    payments: tuple[Payment, ...]
    ways: tuple[WayLine, ...]
    sums: Sums
    opening: int | None
    sheet: CashDay | None
    earlier: tuple[CashDay, ...]
    handover: CashHandover | None
    names: Mapping[str, str]

    @property
    def expected(self) -> int:
        """What should lie in the box."""
        return (self.opening or 0) + self.sums.taken - self.sums.returned


def cash_page(site_id: UUID, day: date) -> CashPage:
    """A day as its page and its paper show it; a constant number of queries."""
    payments = tuple(
        Payment.objects.filter(site_id=site_id, day=day)
        .select_related("matter__matter", "corrects", "corrected_by")
        .order_by("seq")
    )
    sums, sheet = sums_of(site_id, day), closed_day(site_id, day)
    sheets = tuple(CashDay.objects.filter(site_id=site_id, day=day).order_by("version"))
    handover = CashHandover.objects.filter(cash_day=sheet).first() if sheet else None
    people = {p.by for p in payments} | {s.by for s in sheets}
    people |= {handover.by} if handover else set()
    return CashPage(
        day=day,
        payments=payments,
        ways=tuple(_ways(sums)),
        sums=sums,
        opening=sheet.opening if sheet else opening_of(site_id, day),
        sheet=sheet,
        earlier=sheets[:-1],
        handover=handover,
        names=names_of(people),
    )


def _ways(sums: Sums) -> Iterable[WayLine]:
    for way in Payment.Way:
        taken, returned = sums.ways.get(way.value, [0, 0])
        yield WayLine(way.label, taken, returned)

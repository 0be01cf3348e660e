"""价目 and 报价: a price list's next version; a quote of a matter, and the resident's word to it (SD-4.2.3)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.commit import commit_to
from yingbin.journal.write import Pen
from yingbin.people.rows import actor
from yingbin.rules.decision import Refused
from yingbin.sheets.ink import Signature, Strokes, drawn

from .. import codes, folding
from ..models import DeskMatter, PriceList, Quote, QuoteAnswer, QuoteCode
from ..prices import CLAUSE, Ask, Priced, apart, checked, kept, reckoned, total
from ..queries.paid import known, prices_at, quote_of
from .happen import NOT_HERE, at_the_desk

MOST_ITEMS = 500


@dataclass(frozen=True)
class Listed:
    """A price list that was written down."""

    prices: UUID
    version: int


@action("desk.prices")
def set_prices(pen: Pen, *, items: tuple[Priced, ...], valid_from: date) -> Listed:
    """The next version of the price list; those before stay as they are, and so do quotes made by them."""
    told = checked(items[: MOST_ITEMS + 1])
    if len(told) > MOST_ITEMS:
        raise Refused(CLAUSE, f"一份价目最多 {MOST_ITEMS} 项，请分一分。")
    last = PriceList.objects.filter(site_id=pen.site_id).order_by("version").last()
    version = last.version + 1 if last else 1
    body: dict[str, object] = {
        "version": version, "valid_from": valid_from.isoformat(), "items": kept(told),
    }  # fmt: skip
    line = pen.append("desk.prices", body, clause=CLAUSE)
    row = PriceList.objects.create(
        site_id=pen.site_id, version=version, valid_from=valid_from, items=kept(told), seq=line.seq,
        at=pen.at, by=who_writes(pen),
    )  # fmt: skip
    return Listed(row.id, version)


@dataclass(frozen=True)
class Quoted:
    """A quote that was made: its total in fen, the sentence of the rules."""

    quote: UUID
    total: int
    because: str


@action("desk.quote")
def quote(pen: Pen, *, matter_id: UUID, asks: tuple[Ask, ...]) -> Quoted:
    """What the work will cost, line by line; another one takes the place of this, and is to be accepted anew."""
    prices = prices_at(pen.site_id, pen.at)
    lines = reckoned(asks, known(prices))
    done = at_the_desk(pen).happen("quote", matter_id, amount=total(lines))
    plain, words = apart(lines)
    hidden = commit_to(**words)
    body: dict[str, object] = {
        "matter": str(matter_id), "index": done.row.events - 1, "lines": plain, "total": total(lines),
        "prices": prices.version if prices else None,
    }  # fmt: skip
    if words:
        body["words"] = hidden.words
    line = pen.append("desk.quote", body, clause=CLAUSE)
    row = Quote.objects.create(
        site_id=pen.site_id, matter=done.row, index=done.row.events - 1, prices=prices, lines=plain,
        total=total(lines), words=words, salt=hidden.salt if words else "", seq=line.seq, at=pen.at,
        by=who_writes(pen),
    )  # fmt: skip
    return Quoted(row.id, row.total, done.because)


@action("desk.code")
def make_code(pen: Pen, *, quote_id: UUID, digest: str) -> UUID:
    """A code is told to the resident; the one before is worth nothing any more. digest: `codes.digest_of`."""
    row = _standing(pen, quote_id)
    line = pen.append("desk.code", {"quote": str(row.id)}, clause=CLAUSE)
    made = QuoteCode.objects.create(
        site_id=pen.site_id, quote=row, digest=digest, seq=line.seq, at=pen.at, by=who_writes(pen)
    )
    return made.id


@dataclass(frozen=True)
class Answered:
    """The resident's word to a quote. accepted: whether it counts; because: the sentence, also where it doesn't."""

    accepted: bool
    because: str


@action("desk.agree")
def agree(pen: Pen, *, quote_id: UUID, signature: Signature) -> Answered:
    """The resident signs for the quote on the glass. Raises `Refused` where another one stands meanwhile."""
    if not signature.strokes:
        raise Refused(CLAUSE, "请住户在签名框里签上自己的名字。", about="drawn")
    row = _standing(pen, quote_id)
    return _answer(pen, row, agreed=True, how=QuoteAnswer.How.GLASS, strokes=signature.strokes)


@action("desk.agree_by_code")
def agree_by_code(pen: Pen, *, quote_id: UUID, code: str) -> Answered:
    """The resident says the code that they were told for just this quote; a wrong one is counted and kept."""
    row = _standing(pen, quote_id)
    made = QuoteCode.objects.filter(quote=row).order_by("-seq").first()
    if made is None:
        raise Refused(CLAUSE, "还没有给住户发过验证码，请前台先发一个。", about="code")
    if made.tries >= codes.MOST_TRIES:
        raise Refused(CLAUSE, "这个验证码输错太多次，已经作废，请前台重新发一个。", about="code")
    if codes.fits(row.id, code.strip(), made.digest):
        return _answer(pen, row, agreed=True, how=QuoteAnswer.How.CODE)
    made.tries += 1
    made.save(update_fields=["tries"])
    pen.append("desk.code_tried", {"code": str(made.id)}, clause=CLAUSE)
    left = codes.MOST_TRIES - made.tries
    more = f"还可以试 {left} 次。" if left else "已经作废，请前台重新发一个。"
    return Answered(False, f"验证码不对，{more}")


@action("desk.disagree")
def disagree(pen: Pen, *, quote_id: UUID) -> Answered:
    """The resident doesn't want it at this price; the quote is over."""
    return _answer(pen, _standing(pen, quote_id), agreed=False, how=QuoteAnswer.How.WORD)


def _standing(pen: Pen, quote_id: UUID) -> Quote:
    """The quote, if it still waits for the resident's word. Raises `Refused` where it doesn't."""
    rows = Quote.objects.filter(site_id=pen.site_id, id=quote_id)
    found = rows.values_list("matter__matter_id", flat=True).first()
    row: DeskMatter | None = folding.row_of(pen.site_id, found) if found else None
    if row is None:
        raise Refused(CLAUSE, NOT_HERE)
    stands = quote_of(row)
    if stands is None or stands.id != quote_id:
        raise Refused(CLAUSE, "这份报价已经换过或不作数了，请按最新的报价请住户确认。")
    if row.quote_agreed:
        raise Refused(CLAUSE, "这份报价住户已经同意了，不用再确认。")
    return stands


def _answer(
    pen: Pen, row: Quote, *, agreed: bool, how: QuoteAnswer.How, strokes: Strokes = ()
) -> Answered:
    done = at_the_desk(pen).happen("agree", row.matter.matter_id, agreed=agreed, amount=row.total)
    now = prices_at(pen.site_id, pen.at)
    outdated = bool(agreed and row.prices and now and now.id != row.prices_id)
    body: dict[str, object] = {
        "quote": str(row.id), "agreed": agreed, "how": how.value, "signature": drawn(strokes),
        "outdated": outdated,
    }  # fmt: skip
    line = pen.append("desk.quote_answer", body, clause=CLAUSE)
    QuoteAnswer.objects.create(
        site_id=pen.site_id, quote=row, agreed=agreed, how=how, strokes=[list(s) for s in strokes],
        outdated=outdated, seq=line.seq, at=pen.at, by=who_writes(pen),
    )  # fmt: skip
    return Answered(True, f"{done.because}{_of_old(row, now) if outdated else ''}")


def _of_old(row: Quote, now: PriceList | None) -> str:
    """What is said where prices changed between the quote and its acceptance."""
    made = row.prices.version if row.prices else 0
    return f"价目已更新到第 {now.version if now else 0} 版，这份报价仍按第 {made} 版执行。"


def who_writes(pen: Pen) -> UUID:
    """Whoever writes. Raises `Refused` where it is nobody of the staff."""
    who = actor(pen)
    if who is None:
        raise Refused(CLAUSE, "这一步要由在岗的同事来做。")
    return who

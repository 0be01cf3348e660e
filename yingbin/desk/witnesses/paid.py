"""What the journal witnesses of paid work: price lists, quotes and the resident's word, material, completions."""

from collections.abc import Iterator

from yingbin.journal.held import Facts, Held, Seen, differ, numbered, of, words
from yingbin.people.rows import person_behind
from yingbin.sheets.ink import drawn

from ..models import Completion, PriceList, Quote, QuoteAnswer, QuoteCode, StockItem, StockMove

PAGE = "「来电来访」页"


def ink(
    strokes: list[list[int]], kept: object, *, lawful: bool, lent: str = "签名"
) -> Iterator[str]:
    """Whether a resident's signature is the one of then; it may be gone where that was asked for."""
    if not (lawful and not strokes):
        yield from differ((lent, drawn(strokes), kept))


def _who(row: PriceList | Quote | QuoteAnswer | StockMove, entry: Seen) -> Iterator[str]:
    yield from differ(("时间", row.at, entry.at), ("谁做的", row.by, person_behind(entry.actor)))


def _prices(row: PriceList, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry, body = seen[0], seen[0].body
    yield from _who(row, entry)
    yield from differ(
        ("第几版", row.version, body["version"]),
        ("从哪天起", row.valid_from.isoformat(), body["valid_from"]),
        ("各项价格", row.items, body["items"]),
    )


def _quote(row: Quote, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry, body = seen[0], seen[0].body
    yield from _who(row, entry)
    yield from differ(
        ("哪件事", row.matter.matter_id, body["matter"]),
        ("第几件", row.index, body["index"]),
        ("各项", row.lines, body["lines"]),
        ("合计", row.total, body["total"]),
        ("按哪一版价目", row.prices.version if row.prices else None, body["prices"]),
    )
    kept = body.get("words") or {}
    lawful = facts.lawful(row.matter.matter.customer_id, row.seq)
    for name in sorted({*kept, *row.words}):
        text = str(row.words.get(name, ""))
        yield from words("另议项目", text, row.salt, kept.get(name), lawful=lawful)


def _code(row: QuoteCode, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry = seen[0]
    yield from differ(
        ("时间", row.at, entry.at),
        ("谁发的", row.by, person_behind(entry.actor)),
        ("哪份报价", row.quote_id, entry.body["quote"]),
    )


def _answer(row: QuoteAnswer, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry, body = seen[0], seen[0].body
    yield from _who(row, entry)
    yield from differ(
        ("哪份报价", row.quote_id, body["quote"]),
        ("同意不同意", row.agreed, body["agreed"]),
        ("怎么确认的", row.how, body["how"]),
        ("价目是否换过", row.outdated, body["outdated"]),
    )
    lawful = facts.lawful(row.quote.matter.matter.customer_id, row.seq)
    yield from ink(row.strokes, body["signature"], lawful=lawful)


def _item(row: StockItem, seen: list[Seen], facts: Facts) -> Iterator[str]:
    first, last = seen[0].body, seen[-1].body
    yield from differ(
        ("名称", row.name, first["name"]),
        ("单位", row.unit, first["unit"]),
        ("少于多少要补", row.low, first["low"]),
        ("还有", row.left, last.get("left", 0)),
    )


def _move(row: StockMove, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry, body = seen[0], seen[0].body
    yield from _who(row, entry)
    yield from differ(
        ("哪种材料", row.item_id, body["item"]),
        ("入库还是领用", row.what, body["what"]),
        ("数量", row.many, body["many"]),
        ("还有", row.left, body["left"]),
        ("哪件事", row.matter.matter_id if row.matter else None, body["matter"]),
    )
    whose = row.matter.matter.customer_id if row.matter else None
    lawful = facts.lawful(whose, row.seq)
    yield from words("说明", row.words, row.salt, body["words"].get("words"), lawful=lawful)


def _completion(row: Completion, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry, body = seen[0], seen[0].body
    yield from differ(
        ("哪件事", row.matter.matter_id, body["matter"]),
        ("第几件", row.index, body["index"]),
        ("年份", row.year, body["year"]),
        ("编号", row.number, body["number"]),
        ("用时", row.minutes, body["minutes"]),
        ("金额", row.amount, body["amount"]),
        ("时间", row.at, entry.at),
        ("谁做的", row.by, person_behind(entry.actor)),
    )
    lawful = facts.lawful(row.matter.matter.customer_id, row.seq)
    yield from ink(row.strokes, body["signature"], lawful=lawful)


PAID = (
    numbered(
        "价目",
        rows=lambda site: PriceList.objects.filter(site_id=site).order_by("seq"),
        kinds=("desk.prices",),
        faults=_prices,
        place=lambda row: f"第 {row.version} 版",
        page="「价目」页",
    ),
    numbered(
        "报价",
        rows=lambda site: (
            Quote.objects.filter(site_id=site)
            .select_related("matter__matter", "prices")
            .order_by("seq")
        ),
        kinds=("desk.quote",),
        faults=_quote,
        place=lambda row: f"{row.matter.said} 号",
        page=PAGE,
    ),
    Held(
        "报价的验证码",
        rows=lambda site: QuoteCode.objects.filter(site_id=site).order_by("seq"),
        subjects=lambda row: [str(row.seq)],
        born={"desk.code": lambda seen: [str(seen.seq)]},
        faults=_code,
        place=lambda row: str(row.id),
        page=PAGE,
        numbered=True,
    ),
    Held(
        "报价验证码输错的次数",
        rows=lambda site: QuoteCode.objects.filter(site_id=site, tries__gt=0).order_by("seq"),
        subjects=lambda row: [str(row.id)],
        born={"desk.code_tried": of("code")},
        faults=lambda row, seen, facts: differ(("次数", row.tries, len(seen))),
        place=lambda row: str(row.id),
        page=PAGE,
    ),
    numbered(
        "住户对报价的答复",
        rows=lambda site: (
            QuoteAnswer.objects.filter(site_id=site)
            .select_related("quote__matter__matter")
            .order_by("seq")
        ),
        kinds=("desk.quote_answer",),
        faults=_answer,
        place=lambda row: f"{row.quote.matter.said} 号",
        page=PAGE,
    ),
    Held(
        "材料",
        rows=lambda site: StockItem.objects.filter(site_id=site).order_by("seq"),
        subjects=lambda row: [str(row.id)],
        born={"desk.stock": of("item")},
        later={"desk.stock_move": of("item")},
        faults=_item,
        place=lambda row: row.name,
        page="「材料」页",
    ),
    numbered(
        "材料的进出",
        rows=lambda site: (
            StockMove.objects.filter(site_id=site).select_related("matter__matter").order_by("seq")
        ),
        kinds=("desk.stock_move",),
        faults=_move,
        place=lambda row: str(row.item_id),
        page="「材料」页",
    ),
    numbered(
        "完工单",
        rows=lambda site: (
            Completion.objects.filter(site_id=site).select_related("matter__matter").order_by("seq")
        ),
        kinds=("desk.completion",),
        faults=_completion,
        place=lambda row: row.said,
        page=PAGE,
    ),
)

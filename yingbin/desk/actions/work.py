"""The work itself: finished and signed for, with what it took from the stock; material in, out and counted (SD-4.2.3)."""

from dataclasses import dataclass
from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.commit import commit_to
from yingbin.journal.write import Pen
from yingbin.matters.photos import attach_to
from yingbin.people.calendar import ZONE
from yingbin.people.rows import next_number
from yingbin.rules.decision import Refused
from yingbin.sheets.ink import Signature, drawn

from .. import folding
from ..models import Completion, DeskMatter, StockItem, StockMove
from ..prices import CLAUSE, MOST_MANY
from ..templatetags.money import hundredths
from .happen import NOT_HERE, at_the_desk
from .prices import who_writes

TOO_MANY = "数量要大于 0，最多 99,999.99，请改好。"
BEFORE, AFTER = "before", "after"
MOST_MINUTES = 60 * 24 * 30


@dataclass(frozen=True)
class Used:
    """Material used: which, how many hundredths of its unit, and a word where the list says there is less."""

    item: UUID
    many: int
    words: str = ""


@dataclass(frozen=True)
class Finished:
    """Work that is finished: its number, the sentence of the rules."""

    completion: UUID
    number: str
    because: str


@action("desk.finish")
def finish(
    pen: Pen,
    *,
    matter_id: UUID,
    signature: Signature,
    minutes: int = 0,
    materials: tuple[Used, ...] = (),
    before: tuple[UUID, ...] = (),
    after: tuple[UUID, ...] = (),
) -> Finished:
    """The resident signs that the work is done, at just the price that they accepted; paid work can't do without."""
    row: DeskMatter | None = folding.row_of(pen.site_id, matter_id)
    if row is None:
        raise Refused(CLAUSE, NOT_HERE)
    paid = row.matter.kind == "paid"
    if paid and not signature.strokes:
        raise Refused(CLAUSE, "请住户在签名框里签字，确认完工。", about="drawn")
    if not 0 <= minutes <= MOST_MINUTES:
        raise Refused(CLAUSE, "用时请填 0 到 43200 之间的分钟数。", about="minutes")
    writing = at_the_desk(pen)
    if paid:
        done = writing.happen("done", matter_id, signed=True, amount=row.quote)
    else:
        done = writing.happen("done", matter_id)
    for one in materials:
        _move(pen, one.item, StockMove.What.OUT, -one.many, one.words, done.row)
    for photos, shows in ((before, BEFORE), (after, AFTER)):
        attach_to(pen, done.row.matter, photos, shows)
    kept = _complete(pen, done.row, signature, minutes)
    return Finished(kept.id, kept.said, done.because)


def _complete(pen: Pen, row: DeskMatter, signature: Signature, minutes: int) -> Completion:
    year = pen.at.astimezone(ZONE).year
    made = Completion(
        site_id=pen.site_id, matter=row, index=row.events - 1, year=year,
        number=next_number(Completion, pen.site_id, year=year), minutes=minutes,
        amount=(row.quote or 0) if row.matter.kind == "paid" else 0, strokes=signature.kept(),
        at=pen.at, by=who_writes(pen),
    )  # fmt: skip
    body: dict[str, object] = {
        "matter": str(row.matter_id), "index": made.index, "year": year, "number": made.number,
        "minutes": minutes, "amount": made.amount, "signature": drawn(signature.strokes),
    }  # fmt: skip
    made.seq = pen.append("desk.completion", body, clause=row.matter.clause).seq
    made.save(force_insert=True)
    return made


@action("desk.stock_new")
def add_item(pen: Pen, *, name: str, unit: str, low: int = 0) -> UUID:
    """A material that the office keeps from now on. Raises `Refused` for a name that is there."""
    name, unit = name.strip()[:40], unit.strip()[:10]
    if not name or not unit:
        raise Refused(CLAUSE, "请写材料的名称和单位。", about="name")
    if not 0 <= low <= MOST_MANY:
        raise Refused(CLAUSE, TOO_MANY, about="low")
    if StockItem.objects.filter(site_id=pen.site_id, name=name).exists():
        raise Refused(CLAUSE, f"已经有「{name}」了，请直接记入库。", about="name")
    row = StockItem(site_id=pen.site_id, name=name, unit=unit, low=low)
    body: dict[str, object] = {"item": str(row.id), "name": name, "unit": unit, "low": low}
    row.seq = pen.append("desk.stock", body, clause=CLAUSE).seq
    row.save(force_insert=True)
    return row.id


@dataclass(frozen=True)
class Stocked:
    """How much of a material there is after it moved, in hundredths of its unit."""

    item: UUID
    left: int


@action("desk.stock_move")
def move(pen: Pen, *, item_id: UUID, what: str, many: int, words: str = "") -> Stocked:
    """Material comes in (`in`), is taken without a matter (`out`), or is counted: then many is what lies there."""
    if what not in StockMove.What.values:
        raise Refused(CLAUSE, "请选入库、领用或盘点。", about="what")
    if not (0 if what == StockMove.What.COUNT else 1) <= many <= MOST_MANY:
        raise Refused(CLAUSE, TOO_MANY, about="many")
    if what == StockMove.What.OUT and not words.strip():
        raise Refused(CLAUSE, "不是用在哪件事上的，请写一句用在哪里。", about="words")
    change = -many if what == StockMove.What.OUT else many
    if what == StockMove.What.COUNT:
        change = many - _item(pen, item_id).left
        if change and not words.strip():
            raise Refused(CLAUSE, "盘点和账上不一样，请写一句差在哪里。", about="words")
    kept = _move(pen, item_id, StockMove.What(what), change, words)
    return Stocked(item_id, kept.left)


def _item(pen: Pen, item_id: UUID) -> StockItem:
    row = StockItem.objects.filter(site_id=pen.site_id, id=item_id).first()
    if row is None:
        raise Refused(CLAUSE, "没有这种材料，请从列表里选。")
    return row


def _move(
    pen: Pen, item_id: UUID, what: StockMove.What, change: int, words: str,
    matter: DeskMatter | None = None,
) -> StockMove:  # fmt: skip
    """One line of the stock's book. Raises `Refused` for more than there is, unless a word says why."""
    item, said = _item(pen, item_id), words.strip()[:200]
    if what == StockMove.What.OUT and not 0 < -change <= MOST_MANY:
        raise Refused(CLAUSE, f"{item.name}的{TOO_MANY}")
    if item.left + change < 0 and not said:
        there = f"账上只有 {hundredths(item.left)} {item.unit}"
        raise Refused(CLAUSE, f"{item.name}{there}，请写一句为什么多，或先记入库。", about="words")
    item.left += change
    item.save(update_fields=["left"])
    kept = commit_to(words=said)
    body: dict[str, object] = {
        "item": str(item.id), "what": what.value, "many": change, "left": item.left,
        "matter": str(matter.matter_id) if matter else None, "words": kept.words,
    }  # fmt: skip
    line = pen.append("desk.stock_move", body, clause=CLAUSE)
    return StockMove.objects.create(
        site_id=pen.site_id, item=item, what=what, many=change, left=item.left, matter=matter, words=said,
        salt=kept.salt if said else "", seq=line.seq, at=pen.at, by=who_writes(pen),
    )  # fmt: skip

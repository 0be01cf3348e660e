"""接待记录表 is handed over, matched with the gallery's register, settled word by word, confirmed by sales (SF-4.3.2)."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from yingbin.journal.action import Acting, action
from yingbin.journal.commit import commit_to
from yingbin.journal.write import Pen
from yingbin.notices.actions import tell
from yingbin.people.queries import staff_with_role, those_who_may
from yingbin.people.rows import actor
from yingbin.rules.decision import Refused
from yingbin.rules.matching import match
from yingbin.sheets.actions import Copy as SheetOut
from yingbin.sheets.actions import HandOut, hand_out, sign_row
from yingbin.sheets.ink import Signature

from ..hours import day_of
from ..models import MatchConfirmation, MatchSettlement, ShowVisit, VisitMatching, VisitSheet
from ..queries.visit_sheets import (
    flat_guests,
    gallery_guests,
    last_answer,
    matching_of,
    settlements,
    sheet_of,
    state_of,
)
from ..queries.visits import gallery_of
from ..visit_book import VISIT_BOOK

CLAUSE = "SF-4.3.2"
CONFIRMED = "销售部已经确认过这一天的对接，不能再改。要改请重新交一份记录表，写明更正了什么。"


@dataclass(frozen=True)
class SheetHanded:
    """A day's sheet that went to the lead."""

    sheet: UUID
    number: int
    visits: int
    receipt: str


@action("duty.hand_over_sheet")
def hand_over_sheet(pen: Pen, *, day: date, word: str, signature: Signature) -> SheetHanded:
    """Signs a day's sheet and hands it to the lead; a later one of the same day corrects it, with a word why.

    Refused while somebody is still inside or waits to be confirmed.
    """
    if day > day_of(pen.at):
        raise Refused(CLAUSE, "这一天还没有到，不能交记录表。", "day")
    rows = ShowVisit.objects.filter(site_id=pen.site_id, day=day, turned_down_at__isnull=True)
    sizes = list(rows.values_list("group_size", flat=True))
    if rows.filter(confirmed_at__isnull=True).exists():
        raise Refused(CLAUSE, "还有扫码登记的客人没有确认，确认或作废后再交。")
    if rows.filter(left_at__isnull=True).exists():
        raise Refused(CLAUSE, "还有客人没有送走，送客后再交。")
    before = sheet_of(pen.site_id, day)
    if before and not word.strip():
        raise Refused(CLAUSE, "这一天交过了。再交一份，请写明更正了什么。", "word")
    row = VisitSheet(of_day=day, visits=len(sizes), people=sum(sizes), corrects=before)
    sign_row(pen, VISIT_BOOK, row, {"word": word.strip()[:200]}, signature)
    tell(
        pen,
        to=[s.id for s in staff_with_role(pen.site_id, "lead", pen.at)],
        kind="duty.sheet",
        title=f"{day.month}月{day.day}日接待记录表已交",
        body=f"{len(sizes)} 批 {sum(sizes)} 人，请与售楼处对接。",
        link=f"/duty/guests/sheets/{day.isoformat()}/",
        clause=CLAUSE,
        listed=bool(sizes),  # a day without visitors has nothing to be matched, and no line in 待办
    )
    return SheetHanded(row.id, row.number, row.visits, row.receipt)


@action("duty.sheet_out")
def hand_out_sheet(pen: Pen, *, day: date, why: str, form: str, rows: int, sha256: str) -> HandOut:
    """Keeps that a day's sheet with whole numbers left the house, by whom and why."""
    copy = SheetOut(form=form, since=day, until=day, rows=rows, sha256=sha256)
    return hand_out(pen, VISIT_BOOK, copy, why)


@dataclass(frozen=True)
class Laid:
    """A sheet laid beside the gallery's register: how many differences wait for a word."""

    matching: UUID
    pairs: int
    left: int


@action("duty.match_sheet")
def match_sheet(pen: Pen, *, day: date) -> Laid:
    """Lays the day's sheet beside the register of the gallery it refers to. Refused without sheet or gallery."""
    sheet = sheet_of(pen.site_id, day)
    if sheet is None:
        raise Refused(CLAUSE, "这一天的记录表还没有交，请接待员先签字交表。")
    gallery = gallery_of(pen.site_id, pen.at)
    if gallery is None:
        raise Refused(CLAUSE, "还没有设对接的售楼处，请先在「转介与二维码」里选。")
    before = matching_of(sheet)
    if before and (answer := last_answer(before)) and answer.agreed:
        raise Refused(CLAUSE, CONFIRMED)
    found = match(flat_guests(pen.site_id, day), gallery_guests(gallery.id, day))
    pairs = [{"kind": p.kind, "here": p.here, "there": p.there, "why": p.why} for p in found]
    who = actor(pen)
    assert who is not None
    row = VisitMatching(
        site_id=pen.site_id,
        sheet=sheet,
        day=day,
        gallery_id=gallery.id,
        pairs=pairs,
        at=pen.at,
        by=who,
    )
    body = {
        "sheet": str(sheet.id),
        "day": day.isoformat(),
        "gallery": str(gallery.id),
        "pairs": pairs,
    }
    row.seq = pen.append("duty.matching", body, clause=CLAUSE).seq
    row.save(force_insert=True)
    return Laid(row.id, len(pairs), sum(p["kind"] != "both" for p in pairs))


@dataclass(frozen=True)
class Settled:
    """How a matching stands after a word: what is left, and whose turn it is."""

    matching: UUID
    gallery: UUID
    day: date
    left: int
    state: str


@action("duty.settle_pairs")
def settle_pairs(
    pen: Pen, *, matching: UUID, indexes: tuple[int, ...], word: str, same: bool | None = None
) -> Settled:
    """Settles differences with a word: one, or several that are alike. same: of two likely the same, whether they are.

    Refused without a word, for what isn't a difference, and once sales has confirmed.
    """
    row = _open(pen, matching)
    if not word.strip():
        raise Refused(CLAUSE, "请写一句怎么回事，例如：只看了样板间，没去售楼处。", "word")
    if not indexes:
        raise Refused(CLAUSE, "没有要说明的差异了。")
    for index in indexes:
        _settle(pen, row, index, word.strip()[:100], same)
    return _stands(row)


def _settle(pen: Pen, row: VisitMatching, index: int, word: str, same: bool | None) -> None:
    kind = row.pairs[index]["kind"] if 0 <= index < len(row.pairs) else "both"
    if kind == "both":
        raise Refused(CLAUSE, "这一行两边对得上，不用说明。请刷新页面。")
    if kind == "likely" and same is None:
        raise Refused(CLAUSE, "请选是不是同一批客人。", "same")
    kept, who = commit_to(word=word), actor(pen)
    assert who is not None
    said = same if kind == "likely" else None
    body = {"matching": str(row.id), "index": index, "same": said, "words": kept.words}
    line = pen.append("duty.match_settled", body, clause=CLAUSE)
    MatchSettlement.objects.create(
        site_id=pen.site_id,
        matching=row,
        index=index,
        same=said,
        word=word,
        salt=kept.salt,
        at=pen.at,
        by=who,
        seq=line.seq,
    )


def _open(pen: Pen, matching: UUID) -> VisitMatching:
    """The matching that counts and isn't confirmed."""
    row = (
        VisitMatching.objects.filter(site_id=pen.site_id, id=matching)
        .select_related("sheet")
        .first()
    )
    if row is None:
        raise Refused(CLAUSE, "没有找到这次对接，请回到记录表。")
    latest = matching_of(row.sheet)
    if latest is not None and latest.id != row.id:
        raise Refused(CLAUSE, "刚才又对照了一次，请在新的对照上说明。")
    if sheet_of(pen.site_id, row.day) != row.sheet:
        raise Refused(CLAUSE, "这一天又交了一份更正的记录表，请等样板间重新对照。")
    answer = last_answer(row)
    if answer and answer.agreed:
        raise Refused(CLAUSE, CONFIRMED)
    return row


def _stands(row: VisitMatching) -> Settled:
    settled = settlements(row)
    left = sum(p["kind"] != "both" and n not in settled for n, p in enumerate(row.pairs))
    state = state_of(row.pairs, settled, last_answer(row))
    return Settled(row.id, row.gallery_id, row.day, left, state)


@action("duty.tell_sales")
def tell_sales(pen: Pen, *, matching: UUID, day: date, flat: str) -> None:
    """At the gallery: whoever confirms for sales learns that a flat's day waits for them."""
    tell(
        pen,
        to=[s.id for s in those_who_may(pen.site_id, "visits.confirm", pen.at)],
        kind="duty.matched",
        title=f"{flat}的对接等您确认",
        body=f"{day.month}月{day.day}日的接待记录表与来访登记已逐条说明。",
        link=f"/duty/guests/from-flats/{matching}/",
        clause=CLAUSE,
        dedupe=f"matched-{matching}",
        listed=True,
    )


def settle(
    acting: Acting,
    *,
    matching: UUID,
    indexes: tuple[int, ...],
    word: str,
    same: bool | None = None,
    flat: str,
) -> Settled:
    """Settles, and when nothing is left has the gallery told: a write at each place, the second under a key of the
    first's. Raises `Refused`."""
    done = settle_pairs(acting, matching=matching, indexes=indexes, word=word, same=same)
    if done.state == "ready":
        there = replace(acting, site_id=done.gallery, key=f"told-{acting.key}"[:80])
        tell_sales(there, matching=matching, day=done.day, flat=flat)
    return done


@action("duty.answer_matching")
def answer_matching(
    pen: Pen, *, matching: UUID, gallery: UUID, agreed: bool, word: str = ""
) -> None:
    """The sales department confirms a day's matching, or sends it back with a word (at the flat, by the gallery's
    manager). Refused for another gallery's, while differences wait, and without a word where it goes back."""
    row = _open(pen, matching)
    if row.gallery_id != gallery:
        raise Refused(CLAUSE, "这次对接不是您这里的，请回到对接列表。")
    state = state_of(row.pairs, settlements(row), last_answer(row))
    if state != "ready":
        words = {
            "open": "样板间还没有逐条说明完，说明完会通知您。",
            "back": "已经退回样板间，等对方改好再确认。",
        }
        raise Refused(CLAUSE, words[state])
    if not agreed and not word.strip():
        raise Refused(CLAUSE, "退回请写明哪里不对，样板间好去核实。", "word")
    kept, who = commit_to(word=word.strip()[:100]), actor(pen)
    assert who is not None
    body = {"matching": str(row.id), "agreed": agreed, "words": kept.words}
    line = pen.append("duty.match_answered", body, clause=CLAUSE)
    MatchConfirmation.objects.create(
        site_id=pen.site_id,
        matching=row,
        agreed=agreed,
        word=word.strip()[:100],
        salt=kept.salt,
        at=pen.at,
        by=who,
        seq=line.seq,
    )
    tell(
        pen,
        to=[s.id for s in staff_with_role(pen.site_id, "lead", pen.at)],
        kind="duty.matched_answer",
        title=f"{row.day.month}月{row.day.day}日的对接" + ("已确认" if agreed else "被退回"),
        body=word.strip()[:100],
        link=f"/duty/guests/sheets/{row.day.isoformat()}/",
        clause=CLAUSE,
        listed=not agreed,
    )

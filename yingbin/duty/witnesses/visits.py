"""What the journal witnesses of a show flat's visitors: groups, referrals, facts, sheets and how they were matched."""

from collections.abc import Iterable, Iterator
from functools import partial
from uuid import UUID

from yingbin.journal.held import (
    Also,
    Facts,
    Found,
    Held,
    Seen,
    differ,
    numbered,
    of,
    said,
)
from yingbin.people.calendar import ZONE
from yingbin.sheets.queries import faults, never_erased
from yingbin.sheets.witnesses import handed_out

from ..models import (
    FlatFacts,
    GuestCode,
    MatchConfirmation,
    MatchSettlement,
    PassedQuestion,
    ShowVisit,
    VisitMatching,
    VisitReferral,
    VisitSheet,
    VisitSheetCopy,
)
from ..visit_book import VISIT_BOOK

PAGE, SHEET = "「客人」页", "「接待记录表」页"
# What a visit's words are called.
WORDS = {"called": "姓名", "phone": "电话", "note": "备注"}


def _last(seen: Iterable[Seen], name: str) -> object:
    """What the last entry that speaks of it says."""
    return next((e.body[name] for e in reversed(list(seen)) if name in e.body), None)


def _visit(row: ShowVisit, seen: list[Seen], facts: Facts) -> Iterator[str]:
    born = seen[0].body
    yield from differ(
        ("哪一天", row.day.isoformat(), born["day"]),
        ("序号", row.number, born["number"]),
        ("样板间", row.post_id, born["post"]),
        ("怎么来的", row.source, born["source"]),
        ("到访时间", row.arrived_at, seen[0].at),
        ("人数", row.group_size, _last(seen, "size")),
        ("是否到过售楼处", row.been_to_sales, _last(seen, "been")),
        ("客户", row.customer_id, _last(seen, "customer")),
    )
    yield from _steps(row, seen)

    def erased(seq: int) -> bool:
        return facts.lawful(row.customer_id, seq)

    yield from said(row, seen, WORDS, erased=erased)


def _steps(row: ShowVisit, seen: list[Seen]) -> Iterator[str]:
    """When they were taken in, seen off or void, and by whom."""
    told = {e.body.get("what"): e for e in seen}
    taken = seen[0] if row.source == ShowVisit.Source.DESK else told.get("confirmed")
    left, void = told.get("left"), told.get("turned_down")
    yield from differ(
        ("确认时间", row.confirmed_at, taken and taken.at),
        ("确认人", row.confirmed_by, taken and taken.actor),
        ("登记人", row.recorded_by, taken and taken.actor),
        ("离开时间", row.left_at, left and left.at),
        ("送客人", row.seen_off_by, left and left.actor),
        ("作废时间", row.turned_down_at, void and void.at),
    )


def _referral(row: VisitReferral, seen: list[Seen], facts: Facts) -> Iterator[str]:
    yield from differ(
        ("售楼处", row.gallery_id, seen[0].body["gallery"]),
        ("转介时间", row.at, seen[0].at),
        ("转介人", row.by, seen[0].actor),
        ("结果", row.state, _last(seen, "state")),
        ("售楼处的到访", row.gallery_visit, _last(seen, "gallery_visit")),
        ("接待人", row.receiver, _last(seen, "receiver")),
        ("回访事项", row.matter_id, _last(seen, "matter")),
    )


def _facts(row: FlatFacts, seen: list[Seen], facts: Facts) -> Iterator[str]:
    body = seen[0].body
    yield from differ(
        ("样板间", row.post_id, body["post"]),
        ("第几版", row.version, body["version"]),
        *((name, getattr(row, name), body[name]) for name in FACTS),
        ("照片", row.pictures, body["pictures"]),
        ("时间", row.at, seen[0].at),
        ("谁写的", row.by, seen[0].actor),
    )


FACTS = ("layout", "area", "structure", "advantages", "answers")


def _code(row: GuestCode, seen: list[Seen], facts: Facts) -> Iterator[str]:
    yield from differ(
        ("第几张", row.number, seen[-1].body["number"]),
        ("时间", row.at, seen[-1].at),
        ("谁换的", row.by, seen[-1].actor),
    )


def _matching(row: VisitMatching, seen: list[Seen], facts: Facts) -> Iterator[str]:
    body = seen[0].body
    yield from differ(
        ("记录表", row.sheet_id, body["sheet"]),
        ("哪一天", row.day.isoformat(), body["day"]),
        ("售楼处", row.gallery_id, body["gallery"]),
        ("对照", row.pairs, body["pairs"]),
        ("时间", row.at, seen[0].at),
        ("谁对照的", row.by, seen[0].actor),
    )


def _settled(row: MatchSettlement, seen: list[Seen], facts: Facts) -> Iterator[str]:
    body = seen[0].body
    yield from differ(
        ("对接", row.matching_id, body["matching"]),
        ("第几行", row.index, body["index"]),
        ("是不是同一批", row.same, body["same"]),
        ("时间", row.at, seen[0].at),
        ("谁说明的", row.by, seen[0].actor),
    )

    def erased(seq: int) -> bool:
        """The group of this row, as far as it has a card here, asked to be forgotten."""
        here = row.matching.pairs[row.index]["here"]
        who = ShowVisit.objects.filter(id=here).values_list("customer_id", flat=True).first()
        return facts.lawful(who, seq) or facts.lawful(row.id, seq)

    yield from said(row, seen, {"word": "说明"}, erased=erased)


def _answered(row: MatchConfirmation, seen: list[Seen], facts: Facts) -> Iterator[str]:
    body = seen[0].body
    yield from differ(
        ("对接", row.matching_id, body["matching"]),
        ("认可", row.agreed, body["agreed"]),
        ("时间", row.at, seen[0].at),
        ("谁答复的", row.by, seen[0].actor),
    )
    yield from said(row, seen, {"word": "说明"}, erased=partial(facts.lawful, row.id))


def _passed(row: PassedQuestion, seen: list[Seen], facts: Facts) -> Iterator[str]:
    yield from differ(
        ("哪件事", row.matter_id, seen[0].body["matter"]),
        ("售楼处", row.gallery_id, seen[0].body["gallery"]),
        ("时间", row.at, seen[0].at),
        ("谁转的", row.by, seen[0].actor),
        ("到哪一步", row.state, _last(seen, "state") or "asked"),
        ("售楼处的文字", row.forget, _last(seen, "forget") or ""),
        ("售楼处的事项", row.gallery_matter, _last(seen, "gallery_matter")),
    )


VISITS = (
    Held(
        "转给售楼处的问题",
        rows=lambda site: PassedQuestion.objects.filter(site_id=site).order_by("seq"),
        subjects=lambda row: [str(row.id)],
        born={"duty.question_passed": of("passing")},
        later={"duty.question_settled": of("passing"), "duty.question_forget": of("passing")},
        faults=_passed,
        place=lambda row: f"{row.at.astimezone(ZONE):%Y-%m-%d %H:%M}",
        page="「事项」页",
    ),
    Held(
        "样板间来访",
        rows=lambda site: ShowVisit.objects.filter(site_id=site).order_by("day", "number"),
        subjects=lambda row: [str(row.id)],
        born={"duty.visit": of("guests")},
        later={"duty.visit_changed": of("guests")},
        faults=_visit,
        place=lambda row: f"{row.day} 第 {row.number} 批",
        page=PAGE,
    ),
    Held(
        "转介",
        rows=lambda site: (
            VisitReferral.objects.filter(site_id=site).select_related("visit").order_by("seq")
        ),
        subjects=lambda row: [str(row.visit_id)],
        born={"duty.referral": of("guests")},
        later={"duty.referral_settled": of("guests")},
        faults=_referral,
        place=lambda row: f"{row.visit.day} 第 {row.visit.number} 批",
        page=PAGE,
    ),
    Held(
        "样板间二维码",
        rows=lambda site: (
            GuestCode.objects.filter(site_id=site).select_related("post").order_by("id")
        ),
        subjects=lambda row: [str(row.post_id)],
        born={"duty.guest_code": of("post")},
        faults=_code,
        place=lambda row: row.post.name,
        page=PAGE,
    ),
    numbered(
        "户型资料",
        rows=lambda site: FlatFacts.objects.filter(site_id=site).order_by("seq"),
        kinds=("duty.facts",),
        faults=_facts,
        place=lambda row: f"第 {row.version} 版",
        page="「户型资料」页",
    ),
    numbered(
        "带出接待记录表",
        rows=lambda site: VisitSheetCopy.objects.filter(site_id=site).order_by("seq"),
        kinds=(VISIT_BOOK.handed_out,),
        faults=handed_out,
        place=lambda row: f"{row.since}",
        page=SHEET,
    ),
    numbered(
        "与售楼处对接",
        rows=lambda site: VisitMatching.objects.filter(site_id=site).order_by("seq"),
        kinds=("duty.matching",),
        faults=_matching,
        place=lambda row: f"{row.day}",
        page=SHEET,
    ),
    numbered(
        "对接说明",
        rows=lambda site: (
            MatchSettlement.objects.filter(site_id=site).select_related("matching").order_by("seq")
        ),
        kinds=("duty.match_settled",),
        faults=_settled,
        place=lambda row: f"{row.matching.day} 第 {row.index + 1} 行",
        page=SHEET,
    ),
    numbered(
        "对接确认",
        rows=lambda site: (
            MatchConfirmation.objects.filter(site_id=site)
            .select_related("matching")
            .order_by("seq")
        ),
        kinds=("duty.match_answered",),
        faults=_answered,
        place=lambda row: f"{row.matching.day}",
        page=SHEET,
    ),
)


def sheet(site_id: UUID) -> Also:
    """The signed sheets row by row."""
    return Also(
        VISIT_BOOK.title,
        run=lambda: (
            Found(VISIT_BOOK.title, words)
            for words in faults(VISIT_BOOK, site_id, erased=never_erased)
        ),
        many=VisitSheet.objects.filter(site_id=site_id).count,
        kinds=frozenset({VISIT_BOOK.signed}),
    )

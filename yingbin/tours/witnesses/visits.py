"""What the journal witnesses of visits: the company of then, each event, the row as the last event left it."""

from collections.abc import Iterable, Iterator

from yingbin.journal.held import Facts, Held, Seen, differ, numbered, of, when, words
from yingbin.people.rows import person_behind

from ..folding import CLOCK, words_of
from ..folding import told as folded
from ..models import TourEvent, TourOffice, TourVisit

PAGE = "「参观台账」页"
CALLED = {"visitor": "来访单位", "contact": "联系人"}


def emptied(facts: Facts, visit: TourVisit | None, after: int) -> bool:
    """Whether the words of a visit were lawfully emptied after an entry: its contact asked for it, or its time to be kept was over."""
    if visit is None:
        return False
    return facts.lawful(visit.customer_id, after) or facts.lawful(visit.id, after)


def _office(row: TourOffice, seen: list[Seen], facts: Facts) -> Iterator[str]:
    body = seen[0].body
    yield from differ(
        ("第几版", row.version, body["version"]),
        ("部门、区域与房间", row.company, body["company"]),
        ("规则包", row.packs, body["packs"]),
        ("时间", row.at, when(body, "at")),
    )


def _touched(seen: Seen) -> Iterable[str]:
    """The visits that an entry says stand otherwise now."""
    return list(seen.body["visits"])


def _visit(row: TourVisit, seen: list[Seen], facts: Facts) -> Iterator[str]:
    first = next(one for one in seen if one.kind == "tours.opened")
    last = [one for one in seen if str(row.id) in one.body.get("visits", ())][-1]
    own = [one for one in seen if one.body.get("visit") == str(row.id) and "event" in one.body]
    body = first.body
    yield from differ(
        ("第几条", row.seq, first.seq),
        ("年份", row.year, body["year"]),
        ("编号", row.number, body["number"]),
        ("来源", row.how, body["how"]),
        ("谁申请的", row.applied_by, body["applied_by"]),
        ("谁的", row.customer_id, body["customer"]),
        ("条款版本", row.terms, body["terms"]),
        ("语言", row.language, body["language"]),
        ("什么时候申请的", row.opened_at, when(body, "at")),
        ("几件事", row.events, len(own)),
        ("现在的情况", folded(row), last.body["visits"][str(row.id)]),
    )
    said = [one for one in seen if "words" in one.body][-1]
    kept, lawful = said.body["words"], emptied(facts, row, said.seq)
    texts = words_of(row)
    for name in sorted({*kept, *texts}):
        text = str(texts.get(name, ""))
        called = CALLED.get(name, "写的话")
        yield from words(called, text, row.salt, kept.get(name), lawful=lawful)


def _event(row: TourEvent, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry, body = seen[0], seen[0].body
    yield from differ(
        ("哪次来访", row.visit_id, body["visit"]),
        ("第几件", row.index, body["index"]),
        ("什么事", row.event, body["event"]),
        ("内容", row.fields, body["fields"]),
        ("判定的话", row.because, body["because"]),
        ("按哪一版", row.office.version, body["office"]),
        ("条款", row.clause, entry.clause or ""),
        ("时间", row.at, when(body, "at")),
        ("谁做的", row.by, None if row.event == CLOCK else person_behind(entry.actor)),
    )
    kept, lawful = body.get("said") or {}, emptied(facts, row.visit, row.seq)
    for name in sorted({*kept, *row.words}):
        text = str(row.words.get(name, ""))
        yield from words("写的话", text, row.salt, kept.get(name), lawful=lawful)


VISITS = (
    numbered(
        "参观的部门与规定",
        rows=lambda site: TourOffice.objects.filter(site_id=site).order_by("seq"),
        kinds=("tours.office",),
        faults=_office,
        place=lambda row: f"第 {row.version} 版",
        page="「参观规定」页",
    ),
    Held(
        "来访",
        rows=lambda site: TourVisit.objects.filter(site_id=site).order_by("seq"),
        subjects=lambda row: [str(row.id)],
        born={"tours.opened": of("visit")},
        later={
            "tours.event": _touched,
            "tours.clock": _touched,
            "tours.over": _touched,
            "tours.worded": of("visit"),
        },
        faults=_visit,
        place=lambda row: f"{row.said} 号",
        page=PAGE,
    ),
    numbered(
        "来访的经过",
        rows=lambda site: (
            TourEvent.objects.filter(site_id=site).select_related("visit", "office").order_by("seq")
        ),
        kinds=("tours.opened", "tours.event", "tours.clock"),
        faults=_event,
        place=lambda row: f"{row.visit.said} 号第 {row.index} 件",
        page=PAGE,
    ),
)

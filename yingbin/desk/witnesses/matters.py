"""What the journal witnesses of the desk's matters: the office of then, each event, the row as the last event left it."""

from collections.abc import Iterator

from yingbin.journal.held import Facts, Held, Seen, differ, numbered, of, told, when, words
from yingbin.people.rows import person_behind

from ..folding import told as folded
from ..models import DeskEvent, DeskMatter, DeskNote, DeskOffice

PAGE = "「登记表」页"


def _office(row: DeskOffice, seen: list[Seen], facts: Facts) -> Iterator[str]:
    body = seen[0].body
    yield from differ(
        ("第几版", row.version, body["version"]),
        ("人员", row.people, body["people"]),
        ("规定", row.policy, body["policy"]),
        ("日历", row.calendar, body["calendar"]),
        ("时间", row.at, seen[0].at),
    )


def _matter(row: DeskMatter, seen: list[Seen], facts: Facts) -> Iterator[str]:
    first, last = seen[0].body, seen[-1].body
    yield from differ(
        ("年份", row.year, first["year"]),
        ("编号", row.number, first["number"]),
        ("哪一户", row.home, first["fields"]["home"]),
        ("房屋", row.home_id, told(first, "home")),
        ("事项", row.subject, first["fields"]["subject"]),
        ("来源", row.source, first["fields"]["source"]),
        ("几件事", row.events, len(seen)),
        ("最后一次变动", row.moved_at, when(last, "at")),
        ("现在的情况", folded(row), last["desk"]),
    )
    lawful = facts.lawful(row.matter.customer_id, seen[0].seq)
    yield from words("地点", row.place, row.place_salt, first["place"], lawful=lawful)
    yield from words("来电来访人", row.caller, row.salt, first.get("caller"), lawful=lawful)


def _event(row: DeskEvent, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry, body = seen[0], seen[0].body
    yield from differ(
        ("哪件事", row.matter.matter_id, body["matter"]),
        ("第几件", row.index, body["index"]),
        ("什么事", row.event, body["event"]),
        ("内容", row.fields, body["fields"]),
        ("判定的话", row.because, body["because"]),
        ("按哪一版", row.office.version, body["office"]),
        ("条款", row.clause, entry.clause or ""),
        ("时间", row.at, when(body, "at")),
        ("谁做的", row.by, person_behind(entry.actor)),
    )
    kept, lawful = body.get("words") or {}, facts.lawful(row.matter.matter.customer_id, row.seq)
    for name in sorted({*kept, *row.words}):
        text = str(row.words.get(name, ""))
        yield from words("写的话", text, row.salt, kept.get(name), lawful=lawful)


def _note(row: DeskNote, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry, body = seen[0], seen[0].body
    yield from differ(
        ("哪件事", row.matter.matter_id, body["matter"]),
        ("是什么", row.what, body["what"]),
        ("写给谁", row.to, body.get("to")),
        ("时间", row.at, entry.at),
        ("谁写的", row.by, person_behind(entry.actor)),
    )
    lawful = facts.lawful(row.matter.matter.customer_id, row.seq)
    yield from words("写的话", row.words, row.salt, body["words"].get("words"), lawful=lawful)


MATTERS = (
    numbered(
        "客服台的人员与规定",
        rows=lambda site: DeskOffice.objects.filter(site_id=site).order_by("seq"),
        kinds=("desk.office",),
        faults=_office,
        place=lambda row: f"第 {row.version} 版",
        page="「时限」页",
    ),
    Held(
        "来电来访",
        rows=lambda site: (
            DeskMatter.objects.filter(site_id=site)
            .select_related("matter", "linked")
            .order_by("seq")
        ),
        subjects=lambda row: [str(row.matter_id)],
        born={"desk.recorded": of("matter")},
        later={"desk.event": of("matter")},
        faults=_matter,
        place=lambda row: f"{row.said} 号",
        page=PAGE,
    ),
    numbered(
        "来电来访的经过",
        rows=lambda site: (
            DeskEvent.objects.filter(site_id=site)
            .select_related("matter__matter", "office")
            .order_by("seq")
        ),
        kinds=("desk.recorded", "desk.event"),
        faults=_event,
        place=lambda row: f"{row.matter.said} 号第 {row.index} 件",
        page=PAGE,
    ),
    numbered(
        "来电来访的备注",
        rows=lambda site: (
            DeskNote.objects.filter(site_id=site).select_related("matter__matter").order_by("seq")
        ),
        kinds=("desk.note",),
        faults=_note,
        place=lambda row: f"{row.matter.said} 号",
        page=PAGE,
    ),
)

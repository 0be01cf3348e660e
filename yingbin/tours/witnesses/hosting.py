"""What the journal witnesses of a visit's preparation: each fact as it was written down."""

from collections.abc import Iterator

from yingbin.journal.held import Facts, Seen, differ, numbered, when, words
from yingbin.people.rows import person_behind

from ..models import HostingEvent
from .visits import emptied


def _event(row: HostingEvent, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry, body = seen[0], seen[0].body
    yield from differ(
        ("哪次来访", row.visit_id, body["visit"]),
        ("第几件", row.index, body["index"]),
        ("什么事", row.kind, body["kind"]),
        ("内容", row.fields, body["fields"]),
        ("提醒的是什么", row.mark, body.get("mark", "")),
        ("时间", row.at, when(body, "at")),
        ("谁写的", row.by, person_behind(entry.actor)),
    )
    kept, lawful = body.get("words") or {}, emptied(facts, row.visit, row.seq)
    for name in sorted({*kept, *row.words}):
        text = str(row.words.get(name, ""))
        yield from words("写的话", text, row.salt, kept.get(name), lawful=lawful)


HOSTING = (
    numbered(
        "接待的准备",
        rows=lambda site: (
            HostingEvent.objects.filter(site_id=site).select_related("visit").order_by("seq")
        ),
        kinds=("tours.hosting",),
        faults=_event,
        place=lambda row: f"{row.visit.said} 号第 {row.index} 件准备",
        page="「接待准备」页",
    ),
)

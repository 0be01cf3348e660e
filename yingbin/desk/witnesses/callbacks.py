"""What the journal witnesses of call-backs: the points, and a commitment to what was asked of the resident."""

from collections.abc import Iterator

from yingbin.journal.held import Facts, Seen, differ, numbered, words
from yingbin.people.rows import person_behind

from ..models import CallAnswer


def _answer(row: CallAnswer, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry, body = seen[0], seen[0].body
    yield from differ(
        ("哪件事", row.matter.matter_id, body["matter"]),
        ("第几件", row.event.index, body["index"]),
        ("分数", row.points, body["points"]),
        ("问过没有", row.asked, row.event.fields.get("asked")),
        ("谁打的", row.by, person_behind(entry.actor)),
    )
    lawful = facts.lawful(row.matter.matter.customer_id, row.seq)
    yield from words("住户的话", row.wanted, row.salt, body["words"].get("wanted"), lawful=lawful)


CALLS = (
    numbered(
        "来电来访的回访",
        rows=lambda site: (
            CallAnswer.objects.filter(site_id=site)
            .select_related("matter__matter", "event")
            .order_by("seq")
        ),
        kinds=("desk.called",),
        faults=_answer,
        place=lambda row: f"{row.matter.said} 号",
        page="「回访」页",
    ),
)

"""What the journal witnesses of complaints: the cause from the list, and a commitment to its words."""

from collections.abc import Iterator

from yingbin.journal.held import Facts, Seen, differ, numbered, words
from yingbin.people.rows import person_behind

from ..models import ComplaintCause


def _cause(row: ComplaintCause, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry, body = seen[0], seen[0].body
    yield from differ(
        ("哪件事", row.matter.matter_id, body["matter"]),
        ("原因", row.cause, body["cause"]),
        ("时间", row.at, entry.at),
        ("谁写的", row.by, person_behind(entry.actor)),
    )
    lawful = facts.lawful(row.matter.matter.customer_id, row.seq)
    yield from words("写的话", row.words, row.salt, body["words"].get("words"), lawful=lawful)


COMPLAINTS = (
    numbered(
        "来电来访的投诉原因",
        rows=lambda site: (
            ComplaintCause.objects.filter(site_id=site)
            .select_related("matter__matter")
            .order_by("seq")
        ),
        kinds=("desk.cause",),
        faults=_cause,
        place=lambda row: f"{row.matter.said} 号",
        page="「登记表」页",
    ),
)

"""What the journal witnesses of the estate: phases, buildings, homes, who moved in and out, notes on residents."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from django.db.models import Model

from yingbin.journal.held import Facts, Held, Seen, Subjects, differ, of, said
from yingbin.people.rows import person_behind

from ..actions.estate import home_facts, tenancy_facts
from ..models import Building, Home, Phase, ResidentNote, Tenancy

PAGE = "「住户」页"
ADDED = ("estate.imported", "estate.added", "estate.moved_in")
WITHDRAWN = "estate.import_withdrawn"


def _named(part: str) -> Subjects:
    return lambda seen: list(seen.body[part])


def _held(
    what: str,
    model: type[Model],
    part: str,
    facts: Callable[[Any], object],
    *,
    later: Mapping[str, Subjects] | None = None,
    faults: Callable[[Any, list[Seen]], Iterable[tuple[str, object, object]]] | None = None,
    place: Callable[[Any], str] = str,
) -> Held:
    """Rows that came with an entry that says all of them under `part`, and may have gone with an import."""

    def compare(row: Any, seen: list[Seen], _: Facts) -> Iterator[str]:
        first = seen[0]
        gone = next((e for e in seen if e.kind == WITHDRAWN), None)
        told = first.body[part][str(row.id)]
        yield from differ(
            ("第几条", row.seq, first.seq),
            ("撤销时间", row.removed_at, gone.at if gone else None),
            *(faults(row, seen) if faults else [("内容", facts(row), told)]),
        )

    return Held(
        what,
        rows=lambda site: model._default_manager.filter(site_id=site).order_by("id"),
        subjects=lambda row: [str(row.id)],
        born=dict.fromkeys(ADDED, _named(part)),
        later={WITHDRAWN: _named(part), **(later or {})},
        faults=compare,
        place=place,
        page=PAGE,
    )


def _home(row: Home, seen: list[Seen]) -> Iterator[tuple[str, object, object]]:
    """A home as it was last described."""
    told = seen[0].body["homes"][str(row.id)]
    changes = [e for e in seen if e.kind == "estate.home_changed"]
    last = {name: changes[-1].body[name] for name in told} if changes else told
    yield "内容", home_facts(row), last
    yield "改在第几条", row.changed_seq, changes[-1].seq if changes else None


def _tenancy(row: Tenancy, seen: list[Seen]) -> Iterator[tuple[str, object, object]]:
    """Somebody who moved in, and whether they left."""
    first = seen[0]
    left = next((e for e in seen if e.kind == "estate.moved_out"), None)
    yield "内容", tenancy_facts(row), first.body["tenancies"][str(row.id)]
    yield "登记时间", row.at, first.at
    yield "谁登记的", row.by, person_behind(first.actor)
    yield "搬走的日子", row.until and row.until.isoformat(), left.body["until"] if left else None
    yield "谁记的搬走", row.ended_by, person_behind(left.actor) if left else None
    yield "记搬走的时间", row.ended_at, left.at if left else None


def _note(row: ResidentNote, seen: list[Seen], facts: Facts) -> Iterator[str]:
    made = seen[0]
    gone = next((e for e in seen if e.kind == "estate.note_dropped"), None)
    yield from differ(
        ("谁的", row.customer_id, made.body["customer"]),
        ("哪方面", row.about, made.body["about"]),
        ("谁能看", row.readers, made.body["readers"]),
        ("时间", row.at, made.at),
        ("谁记的", row.by, person_behind(made.actor)),
        ("取消时间", row.removed_at, gone.at if gone else None),
    )
    yield from said(row, seen, {"text": "说明"}, erased=partial(facts.lawful, row.customer_id))


def _id_of(row: Model) -> str:
    return f"（{str(row.pk)[-6:]}）"


ESTATE = (
    _held("期和组团", Phase, "phases", lambda row: row.name),
    _held("楼栋", Building, "buildings", lambda row: row.name),
    _held(
        "房屋", Home, "homes", home_facts,
        later={"estate.home_changed": of("home")}, faults=_home,
    ),
    _held(
        "住户", Tenancy, "tenancies", tenancy_facts,
        later={"estate.moved_out": _named("tenancies")}, faults=_tenancy, place=_id_of,
    ),
    Held(
        "住户提醒",
        rows=lambda site: ResidentNote.objects.filter(site_id=site).order_by("id"),
        subjects=lambda row: [str(row.id)],
        born={"estate.noted": of("note")},
        later={"estate.note_dropped": of("note")},
        faults=_note,
        place=_id_of,
        page=PAGE,
    ),
)  # fmt: skip

"""What the journal witnesses of the base of answers: each version, each use, the entry as the last of them left it."""

from collections.abc import Iterator
from datetime import date

from yingbin.journal.held import Facts, Held, Seen, differ, never, numbered, of, said
from yingbin.people.rows import person_behind

from ..models import AnswerEntry, AnswerUse, AnswerVersion

PAGE = "「答案库」页"
_WORDS = {"question": "问题", "answer": "答案"}


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None


def _entry(row: AnswerEntry, seen: list[Seen], facts: Facts) -> Iterator[str]:
    kept = [one for one in seen if one.kind == "desk.answer_kept"]
    last, uses = kept[-1], [one for one in seen if one.kind == "desk.answer_used"]
    version = next((v for v in row.versions.all() if v.version == row.version), None)
    yield from differ(
        ("编号", row.number, last.body["number"]),
        ("第几版", row.version, last.body["version"]),
        ("事项", row.subject, last.body["subject"]),
        ("有效期", row.valid_until, _day(last.body["valid_until"])),
        ("谁担保", row.vouched_by, person_behind(last.actor)),
        ("用过几次", row.used, len(uses)),
        ("问题", row.question, version.question if version else None),
        ("答案", row.answer, version.answer if version else None),
    )


def _version(row: AnswerVersion, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry, body = seen[0], seen[0].body
    source = row.grown_from.matter_id if row.grown_from else None
    yield from differ(
        ("哪一条", row.entry_id, body["entry"]),
        ("第几版", row.version, body["version"]),
        ("事项", row.subject, body["subject"]),
        ("有效期", row.valid_until, _day(body["valid_until"])),
        ("从哪件事来", source, body["grown_from"]),
        ("时间", row.at, entry.at),
        ("谁写的", row.by, person_behind(entry.actor)),
    )
    yield from said(row, seen, _WORDS, erased=never)


def _use(row: AnswerUse, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry, body = seen[0], seen[0].body
    yield from differ(
        ("哪一条", row.entry_id, body["entry"]),
        ("第几版", row.version, body["version"]),
        ("哪件事", row.matter.matter_id, body["matter"]),
        ("时间", row.at, entry.at),
        ("谁用的", row.by, person_behind(entry.actor)),
    )


ANSWERS = (
    Held(
        "答案库",
        rows=lambda site: (
            AnswerEntry.objects.filter(site_id=site).prefetch_related("versions").order_by("seq")
        ),
        subjects=lambda row: [str(row.id)],
        born={"desk.answer_kept": of("entry")},
        later={"desk.answer_used": of("entry")},
        faults=_entry,
        place=lambda row: f"第 {row.number} 条",
        page=PAGE,
    ),
    numbered(
        "答案的各版",
        rows=lambda site: (
            AnswerVersion.objects.filter(site_id=site)
            .select_related("entry", "grown_from")
            .order_by("seq")
        ),
        kinds=("desk.answer_kept",),
        faults=_version,
        place=lambda row: f"第 {row.entry.number} 条第 {row.version} 版",
        page=PAGE,
    ),
    numbered(
        "答案的使用",
        rows=lambda site: (
            AnswerUse.objects.filter(site_id=site).select_related("entry", "matter").order_by("seq")
        ),
        kinds=("desk.answer_used",),
        faults=_use,
        place=lambda row: f"第 {row.entry.number} 条",
        page=PAGE,
    ),
)

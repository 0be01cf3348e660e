"""What the journal witnesses of days on duty: events, consequences, the day as their fold."""

from collections.abc import Iterator

from yingbin.journal.held import (
    Facts,
    Held,
    Seen,
    differ,
    numbered,
    of,
    when,
    words,
)
from yingbin.people.rows import person_behind

from ..export import disagreements
from ..models import DutyAlert, DutyEvent, DutyLog
from ..opening import Plain

PAGE = "「现在」页"


def _log(row: DutyLog, seen: list[Seen], facts: Facts) -> Iterator[str]:
    opening: Plain = dict(seen[0].body["opening"])
    joined = [e.body["person"] for e in seen if e.kind == "duty.joined"]
    people = opening["people"]
    assert isinstance(people, list)
    opening["people"] = [*people, *joined]
    yield from differ(("开头", row.opening, opening), ("开始时间", row.began_at, seen[0].at))
    yield from disagreements(row)


def _event(row: DutyEvent, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry, body = seen[0], seen[0].body
    yield from differ(
        ("哪一天", row.log.day.isoformat(), body["day"]),
        ("第几件", row.index, body["index"]),
        ("什么事", row.event, body["event"]),
        ("内容", row.facts, body["facts"]),
        ("准不准", row.accepted, body["accepted"]),
        ("时间", row.at, when(body, "at")),
        ("记下的时间", row.made_at, entry.at),
        ("填写的时间", row.typed_at, when(body, "typed_at")),
        ("谁做的", row.by, person_behind(entry.actor)),
    )
    kept = body.get("words") or {}
    for name in sorted({*kept, *row.words}):
        text = str(row.words.get(name, ""))
        yield from words(
            "写的话", text, row.salt, kept.get(name), lawful=facts.lawful(row.id, entry.seq)
        )


def _alert(row: DutyAlert, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry, body = seen[0], seen[0].body
    yield from differ(
        ("哪一天", row.log.day.isoformat(), body["day"]),
        ("第几条", row.index, body["index"]),
        ("什么事", row.what, body["what"]),
        ("给谁", row.to, body["to"]),
        ("内容", row.facts, body["facts"]),
        ("条款", row.clause, entry.clause or ""),
        ("时间", row.at, when(body, "at")),
    )


DAYS = (
    Held(
        "当班日志",
        rows=lambda site: DutyLog.objects.filter(site_id=site).order_by("day"),
        subjects=lambda row: [row.day.isoformat()],
        born={"duty.day_begun": of("day")},
        later={"duty.joined": of("day")},
        faults=_log,
        place=lambda row: row.day.isoformat(),
        page=PAGE,
    ),
    numbered(
        "当班事件",
        rows=lambda site: (
            DutyEvent.objects.filter(site_id=site).select_related("log").order_by("seq")
        ),
        kinds=("duty.event",),
        faults=_event,
        place=lambda row: f"{row.log.day} 第 {row.index} 件",
        page=PAGE,
    ),
    numbered(
        "当班提醒",
        rows=lambda site: (
            DutyAlert.objects.filter(site_id=site).select_related("log").order_by("seq")
        ),
        kinds=("duty.alert",),
        faults=_alert,
        place=lambda row: f"{row.log.day} 第 {row.index} 条",
        page=PAGE,
    ),
)

"""What the journal witnesses of days on duty: events, consequences, the day as their fold, posts and rosters."""

from collections.abc import Iterator
from uuid import UUID

from yingbin.journal.held import (
    Facts,
    Held,
    Seen,
    Witnesses,
    differ,
    numbered,
    of,
    when,
    words,
)
from yingbin.people.rows import person_behind

from .export import disagreements
from .models import DutyAlert, DutyEvent, DutyLog, PostRule, RosterCell, ShiftKind
from .opening import Plain

PAGE = "「现在」页"


def of_duty(site_id: UUID) -> Witnesses:
    """The rows of days on duty, in one place: `YINGBIN_WITNESSES` names this function."""
    return Witnesses(
        held=(
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
            *_PLANNED,
        )
    )


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
        ("记下的时间", row.made_at, entry.clock),
        ("谁做的", row.by, person_behind(entry.actor)),
    )
    kept = body.get("words") or {}
    for name in sorted({*kept, *row.words}):
        text = str(row.words.get(name, ""))
        yield from words("写的话", text, row.salt, kept.get(name), lawful=False)


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


def _post(row: PostRule, seen: list[Seen], facts: Facts) -> Iterator[str]:
    body = seen[-1].body
    yield from differ(
        ("类型", row.kind, body["kind"]),
        ("至少几人", row.minimum, body["minimum"]),
        ("开门", row.opens.isoformat() if row.opens else None, body["opens"]),
        ("关门", row.closes.isoformat() if row.closes else None, body["closes"]),
        ("停用", row.given_up_at is not None, body["given_up"]),
    )


def _shift(row: ShiftKind, seen: list[Seen], facts: Facts) -> Iterator[str]:
    body = seen[0].body
    yield from differ(
        ("代号", row.mark, body["mark"]),
        ("上班", row.begins.isoformat(), body["begins"]),
        ("下班", row.ends.isoformat(), body["ends"]),
    )


def _cells(seen: Seen) -> list[str]:
    return [f"{cell['staff']}/{cell['day']}" for cell in seen.body["cells"]]


def _cell(row: RosterCell, seen: list[Seen], facts: Facts) -> Iterator[str]:
    name = f"{row.staff_id}/{row.day}"
    told = next(c for c in seen[-1].body["cells"] if f"{c['staff']}/{c['day']}" == name)
    yield from differ(
        ("班次", row.published_shift_id, told["shift"]),
        ("岗位", row.published_post_id, told["post"]),
        ("发布时间", row.published_at, seen[-1].at),
    )


_PLANNED = (
    Held(
        "岗位要求",
        rows=lambda site: PostRule.objects.filter(site_id=site).order_by("id"),
        subjects=lambda row: [str(row.post_id)],
        born={"duty.post": of("post")},
        faults=_post,
        place=lambda row: str(row.post_id),
        page="「岗位与班次」页",
    ),
    Held(
        "班次",
        rows=lambda site: ShiftKind.objects.filter(site_id=site).order_by("id"),
        subjects=lambda row: [str(row.id)],
        born={"duty.shift_kind": of("shift")},
        faults=_shift,
        place=lambda row: row.mark,
        page="「岗位与班次」页",
    ),
    Held(
        "排班",
        rows=lambda site: RosterCell.objects.filter(site_id=site).order_by("day", "staff_id"),
        subjects=lambda row: [f"{row.staff_id}/{row.day}"],
        born={"duty.roster": _cells},
        faults=_cell,
        place=lambda row: f"{row.day}",
        excused=lambda row: row.published_at is None,
        page="「排班」页",
    ),
)

"""What the journal witnesses of incidents, drills, their steps and reports, and of the procedures they follow."""

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
from yingbin.people.calendar import ZONE
from yingbin.people.rows import person_behind

from ..models import EmergencyProcedure, Incident, IncidentCopy, IncidentNote

PAGE = "「突发事件」页"


def _incident(row: Incident, seen: list[Seen], facts: Facts) -> Iterator[str]:
    begun, body = seen[0], seen[0].body
    ended = [e.at for e in seen[1:] if e.body["what"] == "over"]
    yield from differ(
        ("编号", row.number, body["number"]),
        ("是不是演练", row.drill, body["drill"]),
        ("在不在当班时间", row.outside, body.get("outside", False)),
        ("什么事", [row.kind, row.type], [body["kind"], body["type"]]),
        ("岗位", row.post_id, body["post"]),
        ("步骤", [row.version, *row.steps], [body["version"], *body["steps"]]),
        ("时间", row.at, when(body, "at")),
        ("谁报的", row.by, person_behind(begun.actor)),
        ("结束的时间", row.over_at, ended[-1] if ended else None),
    )


def _note(row: IncidentNote, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry, body = seen[0], seen[0].body
    yield from differ(
        ("哪一件", row.incident_id, body["incident"]),
        ("第几条", row.number, body["number"]),
        ("做了什么", [row.what, row.step, row.role], [body["what"], body["step"], body["role"]]),
        ("时间", row.at, entry.at),
        ("填写的时间", row.typed_at, when(body, "typed_at")),
        ("谁做的", row.by, person_behind(entry.actor)),
    )
    text, lawful = str(row.words.get("text", "")), facts.lawful(row.id, entry.seq)
    yield from words("写的话", text, row.salt, body.get("words"), lawful=lawful)


def _procedure(row: EmergencyProcedure, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry, body = seen[0], seen[0].body
    yield from differ(
        ("类型", row.type, body["type"]),
        ("步骤", [row.version, *row.steps], [body["version"], *body["steps"]]),
        ("改了什么", row.why, body["why"]),
        ("时间", row.at, entry.at),
        ("谁改的", row.by, person_behind(entry.actor)),
    )


def _copy(row: IncidentCopy, seen: list[Seen], facts: Facts) -> Iterator[str]:
    body = seen[0].body
    yield from differ(
        ("哪一件", row.incident_id, body["incident"]),
        ("多少行", row.rows, body["rows"]),
        ("文件的指纹", row.sha256, body["sha256"]),
        ("谁带出", row.by, person_behind(seen[0].actor)),
    )


INCIDENTS = (
    Held(
        "突发事件与演练",
        rows=lambda site: Incident.objects.filter(site_id=site).order_by("number"),
        subjects=lambda row: [str(row.id)],
        born={"duty.incident": of("incident")},
        later={"duty.incident_note": of("incident")},
        faults=_incident,
        place=lambda row: f"第 {row.number} 号",
        page=PAGE,
    ),
    numbered(
        "突发事件的经过",
        rows=lambda site: (
            IncidentNote.objects.filter(site_id=site).select_related("incident").order_by("seq")
        ),
        kinds=("duty.incident_note",),
        faults=_note,
        place=lambda row: f"第 {row.incident.number} 号第 {row.number} 条",
        page=PAGE,
    ),
    numbered(
        "处置步骤",
        rows=lambda site: EmergencyProcedure.objects.filter(site_id=site).order_by("seq"),
        kinds=("duty.procedure",),
        faults=_procedure,
        place=lambda row: f"{row.type} 第 {row.version} 版",
        page="「处置步骤」页",
    ),
    numbered(
        "带出的突发事件报告",
        rows=lambda site: IncidentCopy.objects.filter(site_id=site).order_by("seq"),
        kinds=("duty.incident_handed_out",),
        faults=_copy,
        place=lambda row: f"{row.at.astimezone(ZONE):%Y-%m-%d %H:%M}",
        page=PAGE,
    ),
)

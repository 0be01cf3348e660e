"""What the journal witnesses of matters: how each was opened, every step, and the row as their fold."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from yingbin.journal.held import (
    Facts,
    Held,
    Seen,
    Witnesses,
    differ,
    numbered,
    of,
    told,
    when,
    words,
)
from yingbin.people.rows import person_behind
from yingbin.rules import matters as rule

from . import queries
from .models import Matter, MatterLink, MatterStep, Recusal, RecusalEnd

PAGE = "「事项」页"


def of_matters(site_id: UUID) -> Witnesses:
    """The rows of matters, in one place: `YINGBIN_WITNESSES` names this function."""
    return Witnesses(
        held=(
            Held(
                "事项",
                rows=lambda site: (
                    Matter.objects.filter(site_id=site).prefetch_related("steps").order_by("number")
                ),
                subjects=lambda row: [str(row.id)],
                born={"matter.opened": of("matter")},
                faults=_matter,
                place=lambda row: f"第 {row.number} 号",
                page=PAGE,
            ),
            numbered(
                "事项的步骤",
                rows=lambda site: (
                    MatterStep.objects.filter(site_id=site).select_related("matter").order_by("seq")
                ),
                kinds=("matter.opened", "matter.step"),
                faults=_step,
                place=lambda row: f"第 {row.matter.number} 号第 {row.index} 步",
                page=PAGE,
            ),
            numbered(
                "事项的关联",
                rows=lambda site: (
                    MatterLink.objects.filter(site_id=site).select_related("matter").order_by("seq")
                ),
                kinds=("matter.linked",),
                faults=_link,
                place=lambda row: f"第 {row.matter.number} 号",
                page=PAGE,
            ),
            *RECUSALS,
        )
    )


def _matter(row: Matter, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry, body = seen[0], seen[0].body
    yield from differ(
        ("编号", row.number, body["number"]),
        ("条款", row.clause, entry.clause or ""),
        ("客户", row.customer_id, body.get("customer")),
        ("关于什么", _subject(row), _subject_told(body)),
        ("谁开的", row.opened_by, _person(entry.actor)),
        ("时间", row.opened_at, _at(entry)),
        ("附带的内容", row.about, told(body, "about")),
    )
    lawful = facts.lawful(row.customer_id, entry.seq) or facts.lawful(row.id, entry.seq)
    yield from words("事项", row.title, row.salt, body["title"], lawful=lawful)
    yield from words("说明", row.detail, row.salt, body["detail"], lawful=lawful)
    yield from _fold(row, body["kind"])


def _subject(row: Matter) -> str:
    return f"{row.subject_app}:{row.subject_id}" if row.subject_id else ""


def _subject_told(body: dict[str, Any]) -> str:
    """Entries of before know visits alone."""
    visit = body.get("visit")
    return f"gallery.visit:{visit}" if visit else str(body.get("subject", ""))


def _fold(row: Matter, kind: str) -> Iterator[str]:
    """The row is the fold of its steps, each of which is held against its own entry."""
    steps = sorted(row.steps.all(), key=lambda s: s.index)
    if not steps:
        yield "一步都没有了"
        return
    state, ended_at = _replayed(kind, steps)
    yield from differ(
        ("类别", row.kind, state.kind),
        ("级别", row.grade, state.grade),
        ("状态", row.state, state.status),
        ("进度", row.stage, state.stage),
        ("负责人", queries.party(row.owner_id, row.owner_group), state.owner),
        ("经办人", queries.party(row.holder_id, row.holder_group), state.holder),
        ("转给谁", queries.party(row.offered_to, row.offered_group), state.offered_to),
        ("转手次数", row.hand_offs, state.hand_offs),
        ("催办次数", row.level, state.level),
        ("时限", row.due_at, state.due_at),
        ("暂停", row.paused, state.pause.reason if state.pause else ""),
        ("暂停到", row.resumes_at, state.pause.ends_at if state.pause else None),
        ("办结时间", row.closed_at, ended_at),
    )


def _replayed(kind: str, rows: list[MatterStep]) -> tuple[rule.State, datetime | None]:
    """The matter as its steps made it, and since when it is ended."""
    first, *rest = [queries.step_of(row) for row in rows]
    state = rule.begin(kind, first)
    ended_at = first.at if state.ended else None
    for step in rest:
        state = rule.fold(state, step)
        ended_at = (ended_at or step.at) if state.ended else None
    return state, ended_at


def _at(entry: Seen) -> object:
    """The moment of a step: the write's, where the entry says no other."""
    return when(entry.body, "at") or entry.at


def _person(actor: str) -> str | None:
    """Whoever acted, as steps name people: nobody for the clock and for what the program did by itself."""
    who = person_behind(actor)
    return str(who) if who else None


def _step(row: MatterStep, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry, body = seen[0], seen[0].body
    opened = entry.kind == "matter.opened"
    yield from differ(
        ("哪件事", row.matter_id, body["matter"]),
        ("第几步", row.index, 0 if opened else body["index"]),
        ("做了什么", row.verb, "open" if opened else body["verb"]),
        (
            "对谁",
            queries.party(row.to, row.to_group),
            body["owner"] if opened else body.get("to", ""),
        ),
        ("判定的结果", row.facts, body.get("facts", {})),
        ("时间", row.at, _at(entry)),
        ("谁做的", row.by, None if row.verb in rule.BY_CLOCK else _person(entry.actor)),
    )
    if row.due_at is not None:
        yield from differ(("时限", row.due_at, when(body, "due_at")))
    if not opened:
        lawful = any(facts.lawful(one, row.seq) for one in (row.matter.customer_id, row.id))
        yield from words("备注", row.note, row.salt, body.get("note"), lawful=lawful)


def _link(row: MatterLink, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry, body = seen[0], seen[0].body
    yield from differ(
        ("哪件事", row.matter_id, body["matter"]),
        ("另一件事", row.other_id, body["other"]),
        ("关系", row.how, body["how"]),
        ("时间", row.at, entry.at),
        ("谁做的", row.by, _person(entry.actor)),
    )


def _recusal(row: Recusal, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry, body = seen[0], seen[0].body
    yield from differ(
        ("哪件事", row.matter_id, body["matter"]),
        ("谁回避", row.staff_id, body["staff"]),
        ("时间", row.at, entry.at),
        ("谁定的", row.by, _person(entry.actor)),
    )


def _recusal_end(row: RecusalEnd, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry, body = seen[0], seen[0].body
    yield from differ(
        ("哪一次回避", row.recusal_id, body["recusal"]),
        ("谁不用回避", row.recusal.staff_id, body["staff"]),
        ("时间", row.at, entry.at),
        ("谁定的", row.by, _person(entry.actor)),
    )


RECUSALS = (
    numbered(
        "事项的回避",
        rows=lambda site: (
            Recusal.objects.filter(site_id=site).select_related("matter").order_by("seq")
        ),
        kinds=("matter.recused",),
        faults=_recusal,
        place=lambda row: f"第 {row.matter.number} 号",
        page=PAGE,
    ),
    numbered(
        "取消的回避",
        rows=lambda site: (
            RecusalEnd.objects.filter(site_id=site)
            .select_related("recusal__matter")
            .order_by("seq")
        ),
        kinds=("matter.recusal_ended",),
        faults=_recusal_end,
        place=lambda row: f"第 {row.recusal.matter.number} 号",
        page=PAGE,
    ),
)

"""Disputes, statements and rulings beside the entries that witnessed them (TQ-11)."""

from collections.abc import Iterator
from typing import Any

from yingbin.journal.held import Facts, Held, Seen, by_number, differ, numbered, told, words
from yingbin.sheets.witnesses import handed_out

from ..models import CaseCopy, Dispute, Ruling, Statement
from .book import on_the_wall

PAGE = "「争议」页"


def cases() -> tuple[Held, ...]:
    """The rows of disputes."""
    return (
        numbered(
            "争议",
            rows=lambda site: Dispute.objects.filter(site_id=site).order_by("seq"),
            kinds=("dispute.opened",),
            faults=_dispute,
            place=lambda row: f"第 {row.number} 号",
            page=PAGE,
        ),
        _of_dispute("争议说明", Statement, {"dispute.stated": by_number}, _statement),
        _of_dispute("裁定", Ruling, {"dispute.ruled": by_number}, _ruling, _adjusting),
        numbered(
            "带出卷宗",
            rows=lambda site: CaseCopy.objects.filter(site_id=site).order_by("seq"),
            kinds=("case.handed_out",),
            faults=_copy,
            place=on_the_wall,
            page=PAGE,
        ),
    )


def _copy(row: CaseCopy, seen: list[Seen], facts: Facts) -> Iterator[str]:
    body = seen[0].body
    yield from differ(
        ("客户", row.customer_id, body["customer"]),
        ("哪件争议", row.dispute_id, body["dispute"]),
    )
    yield from handed_out(row, seen, facts)


def _of_dispute(what: str, model: Any, born: Any, faults: Any, later: Any = None) -> Held:
    return Held(
        what,
        rows=lambda site: (
            model.objects.filter(site_id=site).select_related("dispute").order_by("seq")
        ),
        subjects=lambda row: [str(row.seq), f"adjust/{row.by}"],
        born=born,
        later={"turns.event": later} if later else {},
        faults=faults,
        place=lambda row: f"第 {row.dispute.number} 号 {on_the_wall(row)}",
        page=PAGE,
        numbered=True,
    )


def _dispute(row: Dispute, seen: list[Seen], facts: Facts) -> Iterator[str]:
    (entry,), body = seen, seen[0].body
    yield from differ(
        ("客户", row.customer_id, body["customer"]),
        ("当事人", row.parties, body["parties"]),
        ("序号", row.number, told(body, "number")),
        ("提出人", row.opened_by, entry.actor),
        ("时间", row.opened_at, entry.at),
        ("回执码", row.receipt, entry.receipt),
    )


def _statement(row: Statement, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry, body = seen[0], seen[0].body
    yield from differ(
        ("哪件争议", row.dispute_id, body["dispute"]),
        ("谁说的", row.by, entry.actor),
        ("时间", row.at, entry.at),
        ("回执码", row.receipt, entry.receipt),
    )
    lawful = facts.lawful(row.dispute.customer_id, row.seq)
    yield from words("经过", row.words, row.salt, body["words"], lawful=lawful)


def _adjusting(seen: Seen) -> list[str]:
    event = seen.body["event"]
    return [f"adjust/{seen.actor}"] if event["event"] == "adjust" else []


def _ruling(row: Ruling, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry = next(e for e in seen if e.kind == "dispute.ruled" and e.seq == row.seq)
    body = entry.body
    yield from differ(
        ("哪件争议", row.dispute_id, body["dispute"]),
        ("裁给谁", row.for_whom, body["for"]),
        ("后果", row.effects, {"receiver": body["for"], "adjust": body["adjust"]}),
        ("取代哪一份", row.replaces.seq if row.replaces else None, body["replaces"]),
        ("裁定人", row.by, entry.actor),
        ("时间", row.at, entry.at),
        ("回执码", row.receipt, entry.receipt),
    )
    lawful = facts.lawful(row.dispute.customer_id, row.seq)
    yield from words("依据", row.reason, row.salt, body["reason"], lawful=lawful)
    yield from _applied(row, entry, [e for e in seen if e.kind == "turns.event"])


def _applied(row: Ruling, entry: Seen, adjusted: list[Seen]) -> Iterator[str]:
    """When the accounts followed: at once where none had to, else with the corrections it asks for."""
    wanted = row.effects.get("adjust", [])
    if not wanted:
        yield from differ(("执行时间", row.applied_at, entry.at))
    elif row.applied_at is not None:
        made = [e.body["event"] for e in adjusted if e.seq > row.seq and e.at == row.applied_at]
        kept = [(e["who"], e["count"], e["turns"]) for e in made]
        if any((w["who"], w["count"], w["turns"]) not in kept for w in wanted):
            yield "说已执行，记录链里没有那次更正"

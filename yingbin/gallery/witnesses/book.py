"""Calls, agencies, needs, steps, disputes, copies: beside the entries that witnessed them (TQ-1 … TQ-11)."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

from yingbin.journal.held import Facts, Held, Seen, by_number, differ, of, said, told, when, words
from yingbin.people.calendar import ZONE
from yingbin.sheets.witnesses import handed_out

from ..models import (
    Agency,
    AgencyRegistration,
    Call,
    Needs,
    RegisterExport,
    Step,
)

_NEEDS = {
    "area_min": "面积",
    "area_max": "面积",
    "rooms": "户型",
    "floor_wish": "楼层",
    "budget_min": "预算",
    "budget_max": "预算",
    "purpose": "用途",
    "source": "获知途径",
}


def book() -> tuple[Held, ...]:
    """The rows beside the register; the register itself has a check of its own."""
    calls, reception = "「来电」页", "「接待」页"
    return (
        _one("来电", Call, {"call.taken": by_number}, _call, calls),
        _one("需求", Needs, {"needs.told": by_number}, _needs, reception, "visit"),
        _one("接待步骤", Step, {"reception.step": by_number}, _step, reception, "visit"),
        _one("渠道报备", AgencyRegistration, {"channel.registered": by_number}, _agency, calls),
        _one(
            "带出登记册",
            RegisterExport,
            {"register.handed_out": by_number},
            handed_out,
            "「登记册」页",
        ),
        Held(
            "渠道",
            rows=lambda site: Agency.objects.filter(site_id=site).order_by("id"),
            subjects=lambda row: [str(row.id)],
            born={"channel.added": of("channel")},
            faults=lambda row, seen, facts: (),
            place=lambda row: str(row.id)[-6:],
            page=calls,
        ),
    )


def _one(
    what: str, model: Any, born: Any, faults: Callable[..., Iterator[str]], page: str, *join: str
) -> Held:
    """Rows that carry the number of the one entry that witnessed them."""
    return Held(
        what,
        rows=lambda site: model.objects.filter(site_id=site).select_related(*join).order_by("seq"),
        subjects=lambda row: [str(row.seq)],
        born=born,
        faults=faults,
        place=on_the_wall,
        page=page,
        numbered=True,
    )


def on_the_wall(row: Any) -> str:
    """When it happened, as the gallery's clock had it."""
    at: datetime = row.opened_at if hasattr(row, "opened_at") else row.at
    return f"{at.astimezone(ZONE):%Y-%m-%d %H:%M}"


def _call(row: Call, seen: list[Seen], facts: Facts) -> Iterator[str]:
    (entry,), body = seen, seen[0].body
    yield from differ(
        ("时间", row.at, entry.at),
        ("接听人", row.taken_by, body["taken_by"]),
        ("记录人", row.recorded_by, entry.actor),
        ("客户", row.customer_id, body["customer"]),
        ("获知途径", row.source, body.get("source", "")),
        ("约好再联系", row.next_contact, when(body, "next", old="next" not in body)),
        ("回执码", row.receipt, entry.receipt),
    )
    lawful = facts.lawful(row.customer_id, row.seq)
    erased = partial(facts.lawful, row.customer_id)
    yield from said(row, seen, {"called": "来电人"}, erased=erased)
    yield from words("问了什么", row.asked, row.salt, body.get("asked"), lawful=lawful)


def _needs(row: Needs, seen: list[Seen], facts: Facts) -> Iterator[str]:
    (entry,), body = seen, seen[0].body
    yield from differ(
        ("时间", row.at, entry.at),
        ("谁记的", row.by, entry.actor),
        ("到访", row.visit_id, body["visit"]),
        ("客户", row.customer_id, told(body, "customer")),
        *((name, getattr(row, f) or None, body.get(f) or None) for f, name in _NEEDS.items()),
    )
    of_visit = row.visit.customer_id if row.visit else None
    lawful = facts.lawful(row.customer_id, row.seq) or facts.lawful(of_visit, row.seq)
    yield from words("谈话要点", row.said, row.salt, body.get("said"), lawful=lawful)


def _step(row: Step, seen: list[Seen], facts: Facts) -> Iterator[str]:
    (entry,), body = seen, seen[0].body
    yield from differ(
        ("时间", row.at, entry.at),
        ("谁记的", row.by, entry.actor),
        ("到访", row.visit_id, body["visit"]),
        ("哪一步", row.which, body["step"]),
        ("看的房、给的资料", row.things, body["things"]),
        ("约好再联系", row.next_contact, when(body, "next")),
    )
    lawful = facts.lawful(row.visit.customer_id, row.seq)
    yield from words("备注", row.note, row.salt, body.get("note"), lawful=lawful)


def _agency(row: AgencyRegistration, seen: list[Seen], facts: Facts) -> Iterator[str]:
    (entry,), body = seen, seen[0].body
    yield from differ(
        ("时间", row.at, entry.at),
        ("谁记的", row.by, entry.actor),
        ("渠道", row.agency_id, body["channel"]),
        ("客户", row.customer_id, body["customer"]),
        ("当时的结论", row.standing, body["standing"]),
        ("有效期", row.valid_until, when(body, "until", old="until" not in body)),
        ("回执码", row.receipt, entry.receipt),
    )

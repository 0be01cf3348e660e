"""Events, decisions, visits and receptions beside the entries that witnessed them (TQ-1 … TQ-11)."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from yingbin.journal.commit import salted
from yingbin.journal.held import (
    UNTOLD,
    Facts,
    Held,
    Seen,
    differ,
    numbered,
    of,
    said,
    told,
    when,
)
from yingbin.journal.reading import Body
from yingbin.rules.gone import ERASED

from ..models import FREE_TEXT, Nudge, Reception, TurnDecision, TurnEvent, Visit
from .fold import Fold, at_of, is_reception

PAGE = "「判定」页"


def turns(fold: Fold) -> tuple[Held, ...]:
    """The rows of the queue, made for one walk."""
    return (
        numbered(
            "轮排事件",
            rows=lambda site: (
                TurnEvent.objects.filter(site_id=site)
                .select_related("day", "visit")
                .order_by("seq")
            ),
            kinds=("turns.event",),
            faults=_event,
            place=lambda row: f"{row.day.day} 第 {row.index} 个",
            page=PAGE,
        ),
        Held(
            "判定",
            rows=lambda site: (
                TurnDecision.objects.filter(site_id=site)
                .select_related("event__visit", "day")
                .order_by("seq", "position")
            ),
            subjects=lambda row: [f"{row.seq}/{row.position}"],
            born={"turns.event": _each_decision},
            faults=_decision,
            place=lambda row: f"{row.day.day} 回执 {row.receipt}",
            page=PAGE,
            numbered=True,
        ),
        _visits(fold),
        _receptions(fold),
        numbered(
            "催",
            rows=lambda site: (
                Nudge.objects.filter(site_id=site)
                .select_related("reception__visit__day")
                .order_by("seq")
            ),
            kinds=(
                "turn.called_again",
                "turn.change_asked",
            ),
            faults=_nudge,
            place=lambda row: f"{row.reception.visit.day.day} 第 {row.reception.visit.number} 批",
            page=PAGE,
        ),
    )


_NUDGES = {"turn.called_again": Nudge.Kind.AGAIN, "turn.change_asked": Nudge.Kind.CHANGE}


def _nudge(row: Nudge, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry, body = seen[0], seen[0].body
    yield from differ(
        ("种类", row.kind, _NUDGES[entry.kind]),
        ("到访", row.reception.visit_id, body["visit"]),
        ("接待人", row.reception.receiver, body["who"]),
        ("时间", row.at, when(body, "at")),
        ("谁做的", row.by, entry.actor),
    )


def _each_decision(seen: Seen) -> list[str]:
    return [f"{seen.seq}/{n}" for n in range(len(seen.body["decisions"]))]


def _visits(fold: Fold) -> Held:
    return Held(
        "到访",
        rows=lambda site: Visit.objects.filter(site_id=site).select_related("day").order_by("id"),
        subjects=lambda row: [str(row.id)],
        born={"turns.event": _arrival, "visit.late": of("visit")},
        later={
            "turns.event": _of_visit,
            "turns.undone": fold.subjects("undone"),
            "visit.identified": of("visit"),
            "visit.described": of("visit"),
        },
        faults=_visit,
        place=lambda row: f"{row.day.day} 第 {row.number} 批",
        page=PAGE,
    )


def _receptions(fold: Fold) -> Held:
    return Held(
        "接待",
        rows=lambda site: (
            Reception.objects.filter(site_id=site)
            .select_related("visit__day", "decision")
            .order_by("id")
        ),
        subjects=_reception_subject,
        born={"turns.event": fold.subjects("begun"), "visit.late": _late_reception},
        later={
            "turns.event": fold.subjects("reception"),
            "turns.undone": fold.subjects("reception"),
            "turn.accepted": fold.subjects("reception"),
            "turn.not_accepted": fold.subjects("reception"),
        },
        faults=_reception,
        place=lambda row: f"{row.visit.day.day} 第 {row.visit.number} 批",
        page=PAGE,
    )


# Events and decisions


def _event(row: TurnEvent, seen: list[Seen], facts: Facts) -> Iterator[str]:
    body = seen[0].body
    yield from differ(
        ("哪一天", row.day.day.isoformat(), body["day"]),
        ("第几个", row.index, body["index"]),
        ("时间", row.at, at_of(body["event"])),
        ("谁记的", row.by, seen[0].actor),
        ("到访", row.visit_id, row.visit_id and body["event"].get("visit")),
    )
    kept, free = dict(body["event"]), row.event.get("event") in FREE_TEXT
    stored = dict(row.event)
    if free:
        yield from _reason(row, stored.pop("reason", ""), kept.pop("reason", ""), seen[0], facts)
    for name in sorted({*stored, *kept}):
        if stored.get(name) != kept.get(name):
            yield f"内容（{name}）和记录链里的不一样"


def _reason(row: TurnEvent, text: str, kept: str, seen: Seen, facts: Facts) -> Iterator[str]:
    if not row.salt:
        if not _erased(row, facts) or text != ERASED:
            yield "原因空了或换过，但没有删除的记录"
    elif salted(text, row.salt) != kept:
        yield "原因和记录链里的凭据对不上，被改过"


def _erased(row: TurnEvent, facts: Facts) -> bool:
    return row.visit is not None and facts.lawful(row.visit.customer_id, row.seq)


def _decision(row: TurnDecision, seen: list[Seen], facts: Facts) -> Iterator[str]:
    body, event = seen[0].body, seen[0].body["event"]
    kept = body["decisions"][row.position]
    yield from differ(
        ("事件", row.event.seq, row.seq),
        ("哪一天", row.day.day.isoformat(), body["day"]),
        ("时间", row.at, at_of(event)),
        ("种类", row.kind, kind_of(event, kept)),
        ("到访", row.visit_id, kept["visit"]),
        ("条款", row.clause, kept["clause"] or ""),
        ("条款修订", row.clause_revision, body["clause_revisions"].get(row.clause, 1)),
        ("接待人", row.receiver, kept.get("receiver")),
        ("计次", row.counted, _counted(event, kept)),
        ("轮次", row.turn, kept.get("turn", "")),
        ("轮空的人", row.passed_over, kept.get("passed_over", [])),
        ("之后的顺序", row.queue, kept["queue"]),
        ("回执码", row.receipt, seen[0].receipt),
        ("程序的规则版本", row.rule_version, body["rule_version"]),
        ("规则版本", row.policy_version, body["policy_version"]),
    )
    yield from _sentence(row, told(body, "sentences"), event, facts)


def _sentence(row: TurnDecision, kept: Any, event: Any, facts: Facts) -> Iterator[str]:
    if kept is UNTOLD:
        return
    if not row.event.salt:
        if not _erased(row.event, facts):
            yield "说明的盐不见了，但没有删除的记录"
    elif salted(row.because, row.event.salt) != kept[row.position]:
        yield "说明的那句话和记录链里的凭据对不上，被改过"


def kind_of(event: Body, decision: Body) -> str:
    """The kind of a decision as the journal keeps it, told by the fields its kind has."""
    if "waiting" in decision:
        return "waits"
    if "passed_over" in decision:
        return "received" if is_reception(event, decision) else "enquiry"
    return "claim" if "turn" in decision else "adjust"


def _counted(event: Body, decision: Body) -> bool | None:
    is_claim = kind_of(event, decision) == "claim"
    return decision.get("counted", False) if decision.get("turn") or is_claim else None


# Visits


def _arrival(seen: Seen) -> list[str]:
    event = seen.body["event"]
    return [event["visit"]] if event["event"] == "arrive" else []


def _of_visit(seen: Seen) -> list[str]:
    event = seen.body["event"]
    return [event["visit"]] if event.get("visit") and event["event"] != "arrive" else []


def _visit(row: Visit, seen: list[Seen], facts: Facts) -> Iterator[str]:
    came = seen[0]
    yield from _late(row, came) if came.kind == "visit.late" else _came(row, came)
    known = [e.body["customer"] for e in seen if e.kind == "visit.identified"]
    first = (came.body.get("came") or came.body).get("customer", UNTOLD)
    yield from differ(("客户", row.customer_id, known[-1] if known else first))
    erased = partial(facts.lawful, row.customer_id)
    yield from said(row, seen, _WORDS, erased=erased, under="came")
    if came.kind == "visit.late":
        return
    left, over = _last(seen, "leave"), _last(seen, "finish")
    undone = next((e for e in seen if e.kind == "turns.undone"), None)
    units = over.body["event"].get("units_wanted") if over else None
    yield from differ(
        ("接待完毕的时间", row.finished_at, over.clock if over else None),
        ("离开的时间", row.left_at, left.clock if left else None),
        ("撤销的时间", row.undone_at, undone.clock if undone else None),
        ("想买几套", row.units_wanted, units),
        ("补录时间", row.late_at, None),
        ("补录的接待人", row.late_receiver, None),
    )


_WORDS = {
    "called": "称呼",
    "note": "备注",
    "looked_for": "找什么",
    "looks": "认人",
    "seat": "座位",
}


def _last(seen: Iterable[Seen], event: str) -> Seen | None:
    found = [e for e in seen if e.kind == "turns.event" and e.body["event"]["event"] == event]
    return found[-1] if found else None


def _came(row: Visit, came: Seen) -> Iterator[str]:
    event, group = came.body["event"], came.body.get("came", {})
    customer = event["kind"] == "customer"
    yield from differ(
        ("哪一天", row.day.day.isoformat(), came.body["day"]),
        ("到访时间", row.arrived_at, at_of(event)),
        ("登记人", row.recorded_by, came.actor),
        ("种类", row.kind, event["kind"]),
        ("指名", row.named, event.get("named") if customer else told(group, "named")),
        ("原接待人", row.registered_with, event.get("registered_with") if customer else UNTOLD),
        ("第几批", row.number, told(group, "number")),
        ("人数", row.group_size, told(group, "size")),
        ("几家", row.households, told(group, "households")),
        ("首次来访", row.first_visit, told(group, "first_visit")),
        ("没找到", row.not_found, event.get("not_found", False)),
        ("又来了一拨", row.again_of, event.get("again_of")),
    )


def _late(row: Visit, came: Seen) -> Iterator[str]:
    body = came.body
    ended = when(body, "ended", old="number" not in body)
    yield from differ(
        ("到访时间", row.arrived_at, when(body, "began")),
        ("登记人", row.recorded_by, came.actor),
        ("种类", row.kind, "customer" if body["counts"] else "peer"),
        ("补录时间", row.late_at, came.at),
        ("接待人", row.late_receiver, body["receiver"]),
        ("结束时间", row.finished_at, ended),
        ("第几批", row.number, told(body, "number")),
        ("哪一天", row.day.day.isoformat(), told(body, "day")),
        ("人数", row.group_size, told(body, "size")),
    )


# Receptions


def _reception_subject(row: Reception) -> list[str]:
    if row.visit.late_at:
        return [f"late/{row.visit_id}"]
    return [f"{row.decision.seq}/{row.decision.position}"]


def _late_reception(seen: Seen) -> list[str]:
    return [f"late/{seen.body['visit']}"] if seen.body["counts"] else []


def _reception(row: Reception, seen: list[Seen], facts: Facts) -> Iterator[str]:
    began = seen[0]
    if began.kind == "visit.late":
        at = when(began.body, "began")
        yield from differ(
            ("接待人", row.receiver, began.body["receiver"]),
            ("开始时间", row.began_at, at),
            ("接单时间", row.accepted_at, at),
            ("结束时间", row.ended_at, row.visit.finished_at),
        )
        return
    decision = began.body["decisions"][row.decision.position]
    ends = [e for e in seen[1:] if e.kind in ("turns.event", "turns.undone")]
    yield from differ(
        ("到访", row.visit_id, decision["visit"]),
        ("接待人", row.receiver, decision["receiver"]),
        ("开始时间", row.began_at, at_of(began.body["event"])),
        ("接单时间", row.accepted_at, _first(seen, "turn.accepted")),
        ("催单时间", row.alerted_at, _first(seen, "turn.not_accepted")),
        ("结束时间", row.ended_at, ends[0].clock if ends else None),
    )


def _first(seen: list[Seen], kind: str) -> Any:
    return next((e.clock for e in seen if e.kind == kind), None)

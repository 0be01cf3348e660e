"""Days, policies, presences, claims: what the journal says of them (TQ-6, TQ-11)."""

from collections.abc import Iterator
from functools import partial

from yingbin.journal.commit import salted
from yingbin.journal.held import (
    Facts,
    Held,
    Seen,
    differ,
    never,
    numbered,
    of,
    said,
    told,
)

from ..models import Claim, GalleryDay, GalleryPolicy, Presence, Reopening, Undone
from .fold import Fold, present
from .leave import leave_of_before

DAY_PAGE = "「判定」页"
_CLOSING = ("queue", "counts", "make_up", "owes", "waiting")


def days(fold: Fold) -> tuple[Held, ...]:
    """The rows of days, made for one walk."""
    return (
        Held(
            "开场收场",
            rows=lambda site: GalleryDay.objects.filter(site_id=site).order_by("day"),
            subjects=lambda row: [row.day.isoformat()],
            born={"day.opened": of("day")},
            later={"day.closed": of("day"), "day.reopened": of("day")},
            faults=_day,
            place=lambda row: f"{row.day}",
            page=DAY_PAGE,
        ),
        numbered(
            "重新开场",
            rows=lambda site: Reopening.objects.filter(site_id=site).select_related("day"),
            kinds=("day.reopened",),
            faults=_reopening,
            place=lambda row: f"{row.day.day}",
            page=DAY_PAGE,
        ),
        Held(
            "规则",
            rows=lambda site: GalleryPolicy.objects.filter(site_id=site).order_by("version"),
            subjects=lambda row: [str(row.version)],
            born={"policy.set": of("version")},
            faults=_policy,
            place=lambda row: f"第 {row.version} 版",
            page="「规则」页",
        ),
        numbered(
            "撤销",
            rows=lambda site: Undone.objects.filter(site_id=site).select_related("event__day"),
            kinds=("turns.undone",),
            faults=_undone,
            place=lambda row: f"{row.event.day.day} 第 {row.event.index} 个事件的",
            page=DAY_PAGE,
        ),
        *_people(fold),
    )


def _people(fold: Fold) -> tuple[Held, ...]:
    return (
        Held(
            "签到",
            rows=lambda site: Presence.objects.filter(site_id=site).order_by("id"),
            subjects=lambda row: [present(row.day.isoformat(), row.staff_id, row.at)],
            born={"presence.signed_in": fold.subjects("present")},
            later={"presence.withdrawn": fold.subjects("withdrawn")},
            faults=_presence,
            place=lambda row: f"{row.day} {row.staff_id}",
            page="「督导」页",
        ),
        leave_of_before(fold),
        Held(
            "无关来访申报",
            rows=lambda site: (
                Claim.objects.filter(site_id=site).select_related("visit__day").order_by("id")
            ),
            subjects=lambda row: [str(row.id)],
            born={"claim.asked": of("claim")},
            later={"claim.declined": of("claim"), "turns.event": fold.subjects("claim")},
            faults=_claim,
            place=lambda row: f"{row.visit.day.day} 第 {row.visit.number} 批",
            page=DAY_PAGE,
        ),
    )


def _day(row: GalleryDay, seen: list[Seen], facts: Facts) -> Iterator[str]:
    opened, body = seen[0], seen[0].body
    yield from differ(
        ("开场时间", row.opened_at, opened.at),
        ("开场人", row.opened_by, opened.actor),
        ("开场顺序", row.opening_queue, body["queue"]),
        ("补接", row.make_up, body["make_up"]),
        ("欠轮", row.owes, body["owes"]),
        ("规则", row.policy, body["policy"]),
        ("规则版本", row.policy_version, body["policy_version"]),
        ("程序的规则版本", row.rule_version, body["rule_version"]),
        ("设置", row.settings, told(body, "settings")),
    )
    closed = seen[-1] if seen[-1].kind == "day.closed" else None
    summary = {k: closed.body[k] for k in _CLOSING} if closed else None
    yield from differ(
        ("收场时间", row.closed_at, closed.clock if closed else None),
        ("收场人", row.closed_by, closed.actor if closed else None),
        ("收场的顺序和账目", row.summary, summary),
        ("重新开场几次", row.reopened, sum(1 for e in seen if e.kind == "day.reopened")),
    )


def _reopening(row: Reopening, seen: list[Seen], facts: Facts) -> Iterator[str]:
    body = seen[0].body
    yield from differ(
        ("哪一天", row.day.day.isoformat(), body["day"]),
        ("代替哪次收场", row.closing_seq, body["closing"]),
        ("时间", row.at, seen[0].at),
        ("谁开的", row.by, seen[0].actor),
        ("原因", salted(row.reason, row.salt), body["reason"]),
    )


def _policy(row: GalleryPolicy, seen: list[Seen], facts: Facts) -> Iterator[str]:
    kept = {k: v for k, v in seen[0].body.items() if k not in ("version", "words")}
    yield from differ(
        ("内容", row.values, kept),
        ("时间", row.since, seen[0].at),
        ("制定人", row.by, seen[0].actor),
    )
    yield from said(row, seen, {"reason": "原因"}, erased=never)


def _undone(row: Undone, seen: list[Seen], facts: Facts) -> Iterator[str]:
    body = seen[0].body
    yield from differ(
        ("撤的是哪一条", row.event.seq, body["undoes"]),
        ("哪一天", row.event.day.day.isoformat(), body["day"]),
        ("时间", row.at, seen[0].clock),
        ("谁撤的", row.by, seen[0].actor),
    )


def _presence(row: Presence, seen: list[Seen], facts: Facts) -> Iterator[str]:
    gone = next((e for e in seen if e.kind == "presence.withdrawn"), None)
    yield from differ(
        ("谁签的", row.by, seen[0].actor),
        ("怎么签的", row.how, seen[0].body["how"]),
        ("签退时间", row.withdrawn_at, gone.at if gone else None),
    )


def _claim(row: Claim, seen: list[Seen], facts: Facts) -> Iterator[str]:
    asked, end = seen[0], seen[-1] if len(seen) > 1 else None
    granted: object = end.kind == "turns.event" if end else None
    yield from differ(
        ("到访", row.visit_id, asked.body["visit"]),
        ("申报人", row.asked_by, asked.actor),
        ("申报时间", row.asked_at, asked.clock),
        ("结果", row.granted, granted),
        ("核实人", row.decided_by, end.actor if end else None),
        ("核实时间", row.decided_at, end.clock if end else None),
        ("撤回时间", row.withdrawn_at, None),
    )
    erased = partial(facts.lawful, row.visit.customer_id)
    yield from said(row, [asked], {"note": "说明"}, erased=erased)
    yield from said(row, seen[1:], _ANSWER, erased=erased, under="answered")


_ANSWER = {"answer": "核实的答复", "customer_confirmed": "客户怎样证实"}

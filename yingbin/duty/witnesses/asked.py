"""What the journal witnesses of leave, swaps and calendar feeds."""

from collections.abc import Iterator

from yingbin.journal.held import Facts, Held, Seen, differ, of
from yingbin.people.calendar import ZONE

from ..models import Leave, RosterFeed, ShiftSwap

PAGE = "「我的排班」页"


def _leave(row: Leave, seen: list[Seen], facts: Facts) -> Iterator[str]:
    body = seen[0].body
    ends = [one for one in seen if one.kind == "duty.leave_ended"]
    yield from differ(
        ("谁", str(row.staff_id), body["staff"]),
        ("第一天", row.first.isoformat(), body["first"]),
        ("最后一天", row.last.isoformat(), body["last"]),
        ("申请", str(row.approval_id), body["approval"]),
        ("收回时间", row.ended_at, ends[-1].at if ends else None),
    )


def _swap(row: ShiftSwap, seen: list[Seen], facts: Facts) -> Iterator[str]:
    body = seen[0].body
    yield from differ(
        ("谁提出", str(row.asked_by_id), body["asked_by"]),
        ("和谁换", str(row.with_whom_id), body["with"]),
        ("哪天", row.day.isoformat(), body["day"]),
        ("换哪天", row.other_day.isoformat(), body["other_day"]),
        ("时间", row.asked_at, seen[0].at),
        ("结果", row.status, seen[-1].body.get("status", "asked")),
    )


def _feed(row: RosterFeed, seen: list[Seen], facts: Facts) -> Iterator[str]:
    ends = [one for one in seen if one.kind == "duty.feed_revoked"]
    yield from differ(
        ("谁的", str(row.staff_id), seen[0].body["staff"]),
        ("时间", row.made_at, seen[0].at),
        ("停用时间", row.revoked_at, ends[-1].at if ends else None),
    )


ASKED = (
    Held(
        "请假",
        rows=lambda site: Leave.objects.filter(site_id=site).order_by("seq"),
        subjects=lambda row: [str(row.id)],
        born={"duty.leave": of("leave")},
        later={"duty.leave_ended": of("leave")},
        faults=_leave,
        place=lambda row: f"{row.first}",
        page=PAGE,
    ),
    Held(
        "换班",
        rows=lambda site: ShiftSwap.objects.filter(site_id=site).order_by("seq"),
        subjects=lambda row: [str(row.id)],
        born={"duty.swap_asked": of("swap")},
        later={"duty.swap": of("swap")},
        faults=_swap,
        place=lambda row: f"{row.day}",
        page=PAGE,
    ),
    Held(
        "日历订阅",
        rows=lambda site: RosterFeed.objects.filter(site_id=site).order_by("seq"),
        subjects=lambda row: [str(row.id)],
        born={"duty.feed_made": of("feed")},
        later={"duty.feed_revoked": of("feed")},
        faults=_feed,
        place=lambda row: f"{row.made_at.astimezone(ZONE):%Y-%m-%d}",
        page=PAGE,
    ),
)

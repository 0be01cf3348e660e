"""What the journal witnesses of posts, shifts and rosters."""

from collections.abc import Iterator

from yingbin.journal.held import (
    Facts,
    Held,
    Seen,
    differ,
    of,
)

from ..models import PostRule, RosterCell, ShiftKind


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
    if not seen:  # a draft that nobody published: nothing of it counts yet
        yield from differ(
            ("班次", row.published_shift_id, None), ("岗位", row.published_post_id, None)
        )
        return
    name = f"{row.staff_id}/{row.day}"
    told = next(c for c in seen[-1].body["cells"] if f"{c['staff']}/{c['day']}" == name)
    yield from differ(
        ("班次", row.published_shift_id, told["shift"]),
        ("岗位", row.published_post_id, told["post"]),
        ("发布时间", row.published_at, seen[-1].at),
    )


PLANNED = (
    Held(
        "岗位要求",
        rows=lambda site: (
            PostRule.objects.filter(site_id=site).select_related("post").order_by("id")
        ),
        subjects=lambda row: [str(row.post_id)],
        born={"duty.post": of("post")},
        faults=_post,
        place=lambda row: row.post.name,
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

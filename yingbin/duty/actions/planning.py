"""岗位, 班次, 排班: what a lead sets up, and the roster that is drafted and published (SF-3.2, SC-3.2)."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

from django.db.models import F

from yingbin.journal.action import Deed, action
from yingbin.journal.write import Pen
from yingbin.notices.actions import tell
from yingbin.people.actions.company import add_post
from yingbin.people.models import Post
from yingbin.rules.decision import Refused

from ..cells import Cell
from ..hours import day_of
from ..models import PostRule, RosterCell, ShiftKind
from ..queries.roster import staff_on_duty, waits
from .learning import learn

MOST_DAYS = 62


@action("duty.keep_post")
def keep_post(
    pen: Pen,
    *,
    name: str,
    kind: str,
    minimum: int = 1,
    opens: time | None = None,
    closes: time | None = None,
    rule: UUID | None = None,
) -> UUID:
    """A post that must be manned: a new one, or another name, minimum or hours from the next day on."""
    if not name.strip():
        raise Refused("SF-4.3.7", "请写岗位名称，例如 A 户型样板间。", about="name")
    if (opens is None) != (closes is None) or (opens and closes and closes <= opens):
        raise Refused(
            "SF-4.3.7", "开门和关门时间要一起填，关门要晚于开门；都空着就按本处开放时间。"
        )
    if minimum < 1:
        raise Refused("SF-4.3.7", "岗位上至少一个人，请填 1 或更多。", about="minimum")
    row = _rule(pen, name.strip()[:40], rule)
    row.kind, row.minimum, row.given_up_at = kind, minimum, None
    row.opens, row.closes = opens, closes
    line = pen.append("duty.post", _post_told(row), clause="SF-4.3.7")
    row.seq = line.seq
    row.save()
    return row.id


def _rule(pen: Pen, name: str, rule: UUID | None) -> PostRule:
    """The row to be written: the one meant, or that of the post of this name, or a new one."""
    rows = PostRule.objects.filter(site_id=pen.site_id).select_related("post")
    found = rows.filter(id=rule).first() if rule else rows.filter(post__name=name).first()
    other = Post.objects.filter(site_id=pen.site_id, name=name).first()
    if found is None:
        post = other.id if other else add_post.within(pen, name=name, must_be_covered=True)
        return PostRule(site_id=pen.site_id, post_id=post)
    if other not in (None, found.post):
        raise Refused("SF-4.3.7", f"已经有岗位“{name}”，请换个名称。", about="name")
    if found.post.name != name:
        found.post.name = name
        found.post.save(update_fields=["name"])
    return found


def _post_told(row: PostRule) -> dict[str, object]:
    return {
        "post": str(row.post_id),
        "kind": row.kind,
        "minimum": row.minimum,
        "opens": row.opens.isoformat() if row.opens else None,
        "closes": row.closes.isoformat() if row.closes else None,
        "given_up": row.given_up_at is not None,
    }


@action("duty.give_up_post")
def give_up_post(pen: Pen, *, rule: UUID) -> None:
    """The post needs nobody from the next day on."""
    row = PostRule.objects.filter(site_id=pen.site_id, id=rule, given_up_at__isnull=True).first()
    if row is None:
        raise Refused("SF-4.3.7", "没有这个岗位，或者已经停用。请刷新页面。")
    row.given_up_at = pen.at
    row.seq = pen.append("duty.post", _post_told(row), clause="SF-4.3.7").seq
    row.save(update_fields=["given_up_at", "seq"])


@action("duty.keep_shift")
def keep_shift(pen: Pen, *, mark: str, title: str, begins: time, ends: time) -> UUID:
    """A shift of the roster under its mark; the same mark again is a new version of it."""
    mark = mark.strip()[:4]
    if not mark or mark in ("休", "假"):
        raise Refused("SF-3.2", "代号写一两个字，例如 早、中、晚；“休”留给休息。", about="mark")
    if begins == ends:
        raise Refused("SF-3.2", "上班和下班时间不能一样。", about="ends")
    held = ShiftKind.objects.filter(site_id=pen.site_id, mark=mark, given_up_at__isnull=True)
    held.update(given_up_at=pen.at)
    row = ShiftKind(
        site_id=pen.site_id, mark=mark, title=title.strip()[:20] or mark, begins=begins, ends=ends
    )
    body = {
        "shift": str(row.id),
        "mark": mark,
        "begins": begins.isoformat(),
        "ends": ends.isoformat(),
    }
    row.seq = pen.append("duty.shift_kind", body, clause="SF-3.2").seq
    row.save(force_insert=True)
    return row.id


@action("duty.draft")
def draft(pen: Pen, *, cells: tuple[Cell, ...]) -> int:
    """Writes cells of the roster as a draft; how many. Nobody is told before it is published."""
    _check(pen, cells)
    for cell in (c for c in cells if c.blank):
        _undraft(pen, cell)
    rows = [
        RosterCell(
            site_id=pen.site_id, staff_id=c.staff, day=c.day, shift_id=c.shift, post_id=c.post
        )
        for c in cells
        if not c.blank
    ]
    RosterCell.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["site", "day", "staff"],
        update_fields=["shift", "post"],
    )
    return len(cells)


def _check(pen: Pen, cells: tuple[Cell, ...]) -> None:
    """Refuses cells of other places, and two of one person's day, of which nobody knows which is meant."""
    shifts = set(ShiftKind.objects.filter(site_id=pen.site_id).values_list("id", flat=True))
    posts = set(PostRule.objects.filter(site_id=pen.site_id).values_list("post_id", flat=True))
    staff = staff_on_duty(pen.site_id, pen.at)
    for cell in cells:
        if cell.staff not in staff or (cell.shift and cell.shift not in shifts):
            raise Refused("SF-3.2", "排班里有不在这里上班的人或没有的班次，请刷新页面再排。")
        if cell.post and cell.post not in posts:
            raise Refused("SF-3.2", "排班里有没有的岗位，请刷新页面再排。")
    if len({(c.staff, c.day) for c in cells}) < len(cells):
        raise Refused("SF-3.2", "同一个人同一天排了两次，不知道算哪一次。请只留一次再存。")


Drafting = Deed[int]


def _undraft(pen: Pen, cell: Cell) -> None:
    rows = RosterCell.objects.filter(site_id=pen.site_id, staff_id=cell.staff, day=cell.day)
    rows.filter(published_at__isnull=True).delete()
    rows.update(shift_id=F("published_shift_id"), post_id=F("published_post_id"))


@dataclass(frozen=True)
class Published:
    """What a publication changed: cells, people who were told, and what today can't be told any more, in words."""

    cells: int
    people: int
    held: tuple[str, ...] = ()


@action("duty.publish")
def publish(pen: Pen, *, first: date, last: date) -> Published:
    """The drafts of these days count from now on; whoever's days changed is told.

    A day that has begun learns of today's changes; one it can't be told any more stays a draft, with why.
    Raises `Refused` where nothing is left to publish.
    """
    if not timedelta(0) <= last - first <= timedelta(days=MOST_DAYS):
        raise Refused("SF-3.2", f"一次最多发布 {MOST_DAYS} 天，结束不能早于开始。")
    rows = RosterCell.objects.filter(site_id=pen.site_id, day__range=(first, last))
    changed = [c for c in rows.select_related("shift", "post").order_by("day") if waits(c)]
    if not changed:
        raise Refused("SF-3.2", "这段时间的排班都发布过了，没有改动。")
    held = learn(pen, changed)
    today = day_of(pen.at)
    changed = [c for c in changed if c.day != today or c.staff_id not in held]
    if not changed:
        raise Refused("SF-3.2", " ".join(held.values()))
    for cell in changed:
        cell.published_shift_id, cell.published_post_id = cell.shift_id, cell.post_id
    put_in_force(pen, changed)
    people = {c.staff_id for c in changed}
    _tell(pen, changed, people)
    return Published(len(changed), len(people), tuple(held.values()))


def put_in_force(pen: Pen, cells: list[RosterCell]) -> None:
    """What these cells say as published counts from now on, and the journal says so."""
    pen.append("duty.roster", {"cells": [_told(c) for c in cells]}, clause="SF-3.2")
    for cell in cells:
        cell.published_at = pen.at
    fields = ["shift", "post", "published_shift", "published_post", "published_at"]
    RosterCell.objects.bulk_update(cells, fields, batch_size=500)


def _told(cell: RosterCell) -> dict[str, str | None]:
    return {
        "staff": str(cell.staff_id),
        "day": cell.day.isoformat(),
        "shift": str(cell.published_shift_id) if cell.published_shift_id else None,
        "post": str(cell.published_post_id) if cell.published_post_id else None,
    }


def _tell(pen: Pen, changed: list[RosterCell], people: set[UUID]) -> None:
    for who in people:
        days = [c for c in changed if c.staff_id == who]
        words = "、".join(
            f"{c.day.month}月{c.day.day}日{c.shift.mark if c.shift else '休'}" for c in days[:6]
        )
        more = f"等 {len(days)} 天" if len(days) > 6 else ""
        tell(
            pen, to=[who], kind="duty.roster", title="排班有变化", body=f"{words}{more}",
            link="/duty/roster/mine/", clause="SF-3.2",
        )  # fmt: skip

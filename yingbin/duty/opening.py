"""What a day on duty begins with, in the form of the contract, ids in place of names."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from yingbin.matters.models import Matter
from yingbin.people.calendar import ZONE
from yingbin.rules.checklists.terms import asked, extra_ids, read

from .kinds import LINE_OF
from .models import CheckList
from .policies import DUTY
from .queries.roster import DayPlan, OnDuty, OpenPost

Plain = dict[str, object]


def opening(site_id: UUID, plan: DayPlan, at: datetime, lists: Mapping[str, CheckList]) -> Plain:
    """The day's file without its events; `lists`: the versions of the check lists, which it names beside."""
    return {
        "policy": asdict(DUTY.in_force(site_id, at).values),
        "posts": [_post(p, plan.day, lists) for p in plan.posts],
        "people": [person(p) for p in plan.people],
        "lines": _carried(site_id, plan),
        "lists": {check: str(row.id) for check, row in lists.items()},
    }


def written(at: datetime) -> str:
    """A moment as the contract writes it."""
    return at.astimezone(ZONE).isoformat()


def _post(post: OpenPost, day: date, lists: Mapping[str, CheckList]) -> Plain:
    return {
        "post": str(post.id),
        "kind": post.kind,
        "opens": written(post.span[0]),
        "closes": written(post.span[1]),
        "minimum": post.minimum,
        "items": _items(post, day, lists),
    }


def _items(post: OpenPost, day: date, lists: Mapping[str, CheckList]) -> dict[str, list[str]]:
    """What the check lists ask at a post on this day beside the standard items."""
    place = post.kind, str(post.id)
    found = {
        check: extra_ids(asked(read(row.body), check, place, day.weekday()), check)
        for check, row in lists.items()
    }
    return {check: items for check, items in found.items() if items}


def person(one: OnDuty) -> Plain:
    """Somebody as the contract has them."""
    told: Plain = {"who": str(one.staff), "role": one.role}
    if one.post is not None:
        told["post"] = str(one.post)
    if one.span is not None:
        told |= {"from": written(one.span[0]), "to": written(one.span[1])}
    return told


def _carried(site_id: UUID, plan: DayPlan) -> list[Plain]:
    """Slips and repairs of earlier days that are still open, at posts that are open today."""
    posts = {p.id for p in plan.posts}
    found = Matter.objects.filter(
        site_id=site_id, kind__in=LINE_OF, closed_at__isnull=True, subject_app="duty.post"
    ).order_by("number")
    return [
        {
            "line": str(m.id),
            "kind": LINE_OF[m.kind],
            "post": str(m.subject_id),
            "owner": str(m.owner_id),
        }
        for m in found
        if m.subject_id in posts
    ]

"""How a day stands, kept beside its log so that the pages over many places read one row a place."""

from typing import Any, TypedDict

from yingbin.rules.duty.day import DutyDay
from yingbin.rules.duty.moments import Moment, written


class KeptPost(TypedDict):
    """A post as it stands: who stands there, since when too few do, whether it is open."""

    on: list[str]
    gap: str | None
    opens: str
    closes: str
    minimum: int


class KeptBreak(TypedDict):
    """A break that is accepted or under way."""

    id: str
    who: str
    kind: str
    since: str
    to: str
    running: bool


class KeptTask(TypedDict):
    """A check that isn't signed off."""

    id: str
    post: str
    kind: str
    due: str
    state: str


class Kept(TypedDict, total=False):
    """All that is kept of a day."""

    posts: dict[str, KeptPost]
    signed_on: dict[str, str | None]
    breaks: list[KeptBreak]
    tasks: list[KeptTask]
    cases: list[dict[str, Any]]
    lines: int
    handovers: int


def kept(day: DutyDay, now: Moment) -> Kept:
    """The picture of a day at a moment."""
    return {
        "posts": {name: _post(day, name, now) for name in day.posts},
        "signed_on": dict(day.signed_on),
        "breaks": [
            {
                "id": b.id,
                "who": b.who,
                "kind": b.kind,
                "since": written(b.span.start),
                "to": written(b.span.end),
                "running": b.state == "running",
            }
            for b in day.breaks.values()
            if b.state in ("accepted", "running")
        ],
        "tasks": [
            {"id": t.id, "post": t.post, "kind": t.kind, "due": written(t.due), "state": t.state}
            for t in day.tasks.values()
            if t.state != "done"
        ],
        "cases": [
            {
                "id": c.id,
                "kind": c.kind,
                "post": c.post,
                "level": c.level,
                "since": written(c.since),
            }
            for c in day.cases.values()
            if c.open
        ],
        "lines": sum(1 for _ in day.open_lines()),
        "handovers": sum(h.state == "open" for h in day.handovers.values()),
    }


def _post(day: DutyDay, name: str, now: Moment) -> KeptPost:
    post = day.posts[name]
    return {
        "on": day.on_post(name, now),
        "gap": written(day.gaps[name]) if name in day.gaps else None,
        "opens": written(post.open.start),
        "closes": written(post.open.end),
        "minimum": post.minimum,
    }

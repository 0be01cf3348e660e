"""How a day stands, kept beside its log so that the pages over many places read one row a place."""

from collections.abc import Iterator
from typing import Any, TypedDict

from yingbin.rules.duty.day import DutyDay
from yingbin.rules.duty.moments import MINUTE, Moment, written


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


class Trouble(TypedDict):
    """Something that needs somebody now: what, where, who, since when, which case, check, break or handover.

    what: `emergency`, `disruption`, `gap`, `absent`, `overrun`, `missing`, `late`, `handover_late`. more: the level of
    a case, or when somebody on a break should have been back.
    """

    what: str
    post: str | None
    who: str | None
    since: str
    about: str
    more: str


class Kept(TypedDict, total=False):
    """All that is kept of a day. late: by how many minutes whoever came late did; not in days of before."""

    posts: dict[str, KeptPost]
    signed_on: dict[str, str | None]
    late: dict[str, int]
    breaks: list[KeptBreak]
    tasks: list[KeptTask]
    cases: list[dict[str, Any]]
    lines: int
    handovers: int


def kept(day: DutyDay, now: Moment, late: dict[str, int] | None) -> Kept:
    """The picture of a day at a moment. late: minutes by which people came late; None leaves them out."""
    found: Kept = {
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
    return found if late is None else {**found, "late": dict(late)}


def _post(day: DutyDay, name: str, now: Moment) -> KeptPost:
    post = day.posts[name]
    return {
        "on": day.on_post(name, now),
        "gap": written(day.gaps[name]) if name in day.gaps else None,
        "opens": written(post.open.start),
        "closes": written(post.open.end),
        "minimum": post.minimum,
    }


def troubles(day: DutyDay, now: Moment) -> list[Trouble]:
    """What needs somebody at a moment, the worst first: what a page over many places shows."""
    return [*_cases(day), *_posts(day), *_people(day, now), *_tasks(day), *_handovers(day, now)]


def _trouble(
    what: str, since: Moment, *, post: str | None, who: str | None = None, about: str = "",
    more: str = "",
) -> Trouble:  # fmt: skip
    return {
        "what": what, "post": post, "who": who, "since": written(since), "about": about, "more": more,
    }  # fmt: skip


def _cases(day: DutyDay) -> Iterator[Trouble]:
    found = [c for c in day.cases.values() if c.open]
    for case in sorted(found, key=lambda c: -c.level):
        yield _trouble(
            case.kind, case.since, post=case.post, about=case.id, more=str(case.level)
        )  # fmt: skip


def _posts(day: DutyDay) -> Iterator[Trouble]:
    for post, since in day.gaps.items():
        yield _trouble("gap", since, post=post)


def _people(day: DutyDay, now: Moment) -> Iterator[Trouble]:
    for who, shift in day.shifts.items():
        waited_for = shift.start + day.policy.grace <= now < shift.end
        if waited_for and who not in day.signed_on and who not in day.gone:
            yield _trouble("absent", shift.start, post=day.own_post(who), who=who)
    for rest in day.breaks.values():
        if rest.state == "running" and rest.span.end + day.policy.grace <= now:
            post = day.own_post(rest.who)
            yield _trouble("overrun", rest.span.end, post=post, who=rest.who, about=rest.id)


def _tasks(day: DutyDay) -> Iterator[Trouble]:
    for state in ("missing", "late"):
        for task in day.tasks.values():
            if task.state == state:
                yield _trouble(state, task.due, post=task.post, about=task.id)


def _handovers(day: DutyDay, now: Moment) -> Iterator[Trouble]:
    for one in day.handovers.values():
        if one.state == "open" and one.began + day.policy.handover_minutes * MINUTE <= now:
            yield _trouble("handover_late", one.began, post=one.post, about=one.id)

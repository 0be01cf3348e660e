"""All places somebody leads, at a glance: what needs somebody, and for a lead every post (SF-3.3, SC-3.3).

Read from what is kept beside each day (`DutyLog.trouble`, `.standing`), one question for all places, however many posts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from uuid import UUID

from django.db.models import QuerySet

from yingbin.pages.placed import placed
from yingbin.people import roles
from yingbin.people.models import Assignment, Post
from yingbin.people.queries import current, names_of, one_of

from ..hours import day_of
from ..models import DutyLog, Handover, Incident, PostRule
from ..standing import Kept, KeptPost, Trouble
from ..words import BREAKS, CASES, CHECKS
from .incidents import under_way
from .left_over import handovers_left

# More of it nobody can read on one page; the worst stand first and the rest are counted.
MOST = 60
_RANK = (
    "emergency",
    "disruption",
    "gap",
    "absent",
    "overrun",
    "missing",
    "handover_late",
    "handover_left",
    "late",
)
# Where a line leads when it isn't to the page of posts.
_PAGES = {"emergency": "incident/*", "disruption": "incident/*", "handover_left": "handover/*"}
_LEADING = [role.id for role in roles.ROLES.values() if "duty.lead" in role.allows]


@dataclass(frozen=True)
class LedPlace:
    """A place somebody leads, as lead or as project head."""

    id: UUID
    code: str
    name: str
    head: bool


@dataclass(frozen=True)
class PlaceTrouble:
    """Something that needs somebody: where, what, since when, and the page where it is dealt with."""

    what: str
    place: str
    post: str
    words: str
    since: datetime
    link: str

    @property
    def is_old(self) -> bool:
        """Whether it began on a former day."""
        return self.what == "handover_left"

    @property
    def burns(self) -> bool:
        """Whether every second counts."""
        return self.what in ("emergency", "disruption", "gap")


@dataclass(frozen=True)
class Exceptions:
    """What needs somebody over all places, the worst first; `more`: how many are left out."""

    places: int
    posts: int
    rows: tuple[PlaceTrouble, ...]
    more: int


@dataclass(frozen=True)
class GlancedPost:
    """A post of some place: who stands there, by how many minutes they were late, who should be there and since when.

    resting: who rests until when; gap: since when too few stand there.
    """

    name: str
    on: tuple[tuple[str, int], ...]
    absent: tuple[tuple[str, datetime], ...]
    resting: tuple[tuple[str, str, datetime], ...]
    gap: datetime | None
    opens: datetime
    closes: datetime
    minimum: int
    is_open: bool


@dataclass(frozen=True)
class GlancedPlace:
    """A place with its posts; none where its day hasn't begun or nothing is open."""

    name: str
    link: str
    posts: tuple[GlancedPost, ...]


def places_led(staff: UUID, at: datetime) -> list[LedPlace]:
    """Places that somebody leads now, by name; one question."""
    held = Assignment.objects.filter(
        current(at), staff_id=staff, role__in=_LEADING, site__closed_at__isnull=True, staff__is_active=True
    )  # fmt: skip
    found: dict[UUID, LedPlace] = {}
    rows = held.exclude(site=None).values_list("site_id", "site__code", "site__name", "role")
    for site, code, name, role in rows.order_by("site__name", "site__code"):
        head = role == "project_head" or (site in found and found[site].head)
        found[site] = LedPlace(site, code, name, head)
    return list(found.values())


def exceptions(led: list[LedPlace], now: datetime) -> Exceptions:
    """What needs somebody at these places; seven questions, and no row is read of a place where all is well."""
    places = {place.id: place for place in led}
    logs = _logs(places, day_of(now)).filter(trouble__isnull=False).exclude(trouble=[])
    found = [
        (places[site], cast("Trouble", one))
        for site, troubles in logs.values_list("site_id", "trouble")
        for one in troubles or ()
    ]
    found += [(places[row.site_id], _of_itself(row)) for row in under_way(places, now)]
    found += [(places[row.site_id], _left(row)) for row in handovers_left(places, now)]
    found.sort(key=lambda row: (_RANK.index(row[1]["what"]), row[1]["since"]))
    shown, posts = found[:MOST], PostRule.objects.filter(site_id__in=one_of(places))
    words = _Words(one for _, one in shown)
    return Exceptions(
        places=len(places),
        posts=posts.filter(given_up_at__isnull=True).count(),
        rows=tuple(words.row(place, one) for place, one in shown),
        more=len(found) - len(shown),
    )


def _of_itself(row: Incident) -> Trouble:
    """What goes on although no day on duty knows of it."""
    since = row.at.isoformat()
    post, about = str(row.post_id), str(row.id)
    return {"what": row.kind, "post": post, "who": None, "since": since, "about": about, "more": ""}


def _left(row: Handover) -> Trouble:
    """A handover of a former day, of which this one knows nothing."""
    since, giver = row.at.isoformat(), str(row.giver)
    what, post, about = "handover_left", str(row.post_id), str(row.id)
    return {"what": what, "post": post, "who": giver, "since": since, "about": about, "more": ""}


def _logs(places: Iterable[UUID], day: date) -> QuerySet[DutyLog]:
    return DutyLog.objects.filter(day=day, site_id__in=one_of(places))


class _Words:
    """Puts names to ids, a question a kind."""

    def __init__(self, troubles: Iterable[Trouble]) -> None:
        kept = list(troubles)
        self.posts = _post_names(one["post"] for one in kept)
        self.people = names_of({UUID(one["who"]) for one in kept if one["who"]})
        cases = [one["about"] for one in kept if one["what"] == "emergency"]
        types = Incident.objects.filter(id__in=cases).values_list("id", "type") if cases else ()
        self.types = {str(incident): name for incident, name in types}

    def row(self, place: LedPlace, one: Trouble) -> PlaceTrouble:
        """One row, whose link leads to its own place."""
        page = f"/duty/{_PAGES.get(one['what'], 'posts')}/".replace("*", one["about"])
        return PlaceTrouble(
            what=one["what"],
            place=place.name,
            post=self.posts.get(one["post"] or "", ""),
            words=self._words(one),
            since=datetime.fromisoformat(one["since"]),
            link=placed(place.code, page),
        )

    def _words(self, one: Trouble) -> str:
        who = self.people.get(one["who"] or "", "")
        if one["what"] in CASES:
            return self.types.get(one["about"]) or CASES[one["what"]]
        if one["what"] in ("missing", "late"):
            kind = one["about"].removeprefix(f"{one['post']}/").partition("/")[0]
            return (
                f"{CHECKS.get(kind, '检查')}{'一直没有做' if one['what'] == 'missing' else '晚了'}"
            )
        return {
            "gap": "缺人",
            "absent": f"{who}未到",
            "overrun": f"{who}该回岗没回",
            "handover_late": "交接没有签完",
            "handover_left": f"{who}前一天的交接没有签完",
        }[one["what"]]


def _post_names(posts: Iterable[str | None]) -> Mapping[str, str]:
    wanted = {post for post in posts if post}
    rows = Post.objects.filter(id__in=wanted).values_list("id", "name")
    return {str(post): name for post, name in rows}


def every_post(led: list[LedPlace], now: datetime) -> list[GlancedPlace]:
    """Every post of these places as it stands; three questions."""
    logs = _logs([p.id for p in led], day_of(now)).values_list("site_id", "standing", "trouble")
    days = {
        site: _Glance(cast("Kept", standing), trouble or []) for site, standing, trouble in logs
    }
    posts = _post_names(name for day in days.values() for name in day.kept.get("posts", {}))
    people = names_of({UUID(who) for day in days.values() for who in day.people})
    none = _Glance(Kept(), [])
    return [
        GlancedPlace(
            place.name,
            placed(place.code, "/duty/posts/"),
            tuple(
                _post(posts.get(name, ""), name, kept, days[place.id], people, now)
                for name, kept in days.get(place.id, none).kept.get("posts", {}).items()
            ),
        )
        for place in led
    ]


@dataclass(frozen=True)
class _Glance:
    """What is kept of a place's day."""

    kept: Kept
    trouble: list[Trouble]

    @property
    def absent(self) -> list[Trouble]:
        return [one for one in self.trouble if one["what"] == "absent"]

    @property
    def people(self) -> set[str]:
        """Whoever is here or should be."""
        return {*self.kept.get("signed_on", {}), *(one["who"] or "" for one in self.absent)}


def _post(
    name: str, post: str, kept: KeptPost, found: _Glance, people: Mapping[str, str], now: datetime
) -> GlancedPost:
    day = found.kept
    at, late = day.get("signed_on", {}), day.get("late", {})
    opens, closes = datetime.fromisoformat(kept["opens"]), datetime.fromisoformat(kept["closes"])
    resting = [b for b in day.get("breaks", []) if b["running"] and at.get(b["who"]) == post]
    return GlancedPost(
        name=name,
        on=tuple((people.get(who, ""), late.get(who, 0)) for who in kept["on"]),
        absent=tuple(
            (people.get(one["who"] or "", ""), datetime.fromisoformat(one["since"]))
            for one in found.absent
            if one["post"] == post
        ),
        resting=tuple(
            (people.get(b["who"], ""), BREAKS[b["kind"]], datetime.fromisoformat(b["to"]))
            for b in resting
        ),
        gap=datetime.fromisoformat(kept["gap"]) if kept["gap"] else None,
        opens=opens,
        closes=closes,
        minimum=kept["minimum"],
        is_open=opens <= now < closes,
    )

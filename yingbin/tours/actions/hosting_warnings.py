"""What the clock says of a visit's preparation: a rehearsal without its sign-off, told upward; a leader without an answer;
a list of minors that isn't there.

Each is told once for its due time; a visit that moves has another (CV-3.3.2, CV-3.3.3, CV-4.1).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.people.policy_rows import Plain
from yingbin.rules.times import HERE, written
from yingbin.rules.tours import judging
from yingbin.rules.tours.plan import plan
from yingbin.rules.tours.visit import Visit
from yingbin.rules.tours.visitfile import RECEPTION, Company

from ..folding import GOING_ON, whole
from ..hosting import Companion, Hosting, hosting_by_visit
from ..hosting_limits import HOSTING, HostingLimits
from ..models import HostingEvent, TourVisit
from ..office import Standing, last_office, standing
from ..queries.guests import without_minors
from ..telling_hosting import tell_of_no_answer, tell_of_no_list, tell_of_no_rehearsal
from ..waiting import waits
from .happen import on_the_clock
from .hosted import Preparation

AHEAD = timedelta(days=14)  # nothing falls due so long before a visit
HEAD, SENIOR, COMPANION = "rehearsal_head", "rehearsal_senior", "companion"
MINORS = "minors"
CLAUSES = {HEAD: "CV-3.3.2", SENIOR: "CV-3.3.2", COMPANION: "CV-3.3.3", MINORS: "CV-4.1"}


@dataclass(frozen=True)
class Missing:
    """Something that isn't there in time. what: `HEAD`, `SENIOR`, `COMPANION` or `MINORS`; due: when it should have been there."""

    what: str
    since: datetime
    due: datetime
    companion: Companion | None = None

    @property
    def mark(self) -> str:
        """What it is told under, once."""
        about = f"/{self.companion.number}" if self.companion else ""
        return f"{self.what}{about}/{written(self.due)}"


def missing(
    visit: Visit,
    company: Company,
    hosted: Hosting,
    limits: HostingLimits,
    *,
    unlisted: bool = False,
) -> Iterator[Missing]:
    """Everything that will have to be told of a visit unless it is done, told already or not. unlisted: minors come,
    and aren't named."""
    if unlisted and judging.status(visit, company) == "approved":
        start = visit.window.start
        yield Missing(MINORS, start - timedelta(hours=limits.list_hours), start)
    for job in plan(visit, company):
        if job.task == "rehearsal" and not job.done:
            yield Missing(HEAD, job.due - timedelta(hours=limits.head_hours), job.due)
            yield Missing(SENIOR, job.due - timedelta(hours=limits.senior_hours), job.due)
    for one in hosted.companions:
        if one.answer == "asked":
            since = one.mark.at + timedelta(hours=limits.companion_hours)
            yield Missing(COMPANION, min(since, visit.window.start), since, one)


def owed(site_id: UUID, at: datetime) -> list[tuple[TourVisit, Missing]]:
    """What is to be told now at a site, of visits that haven't begun."""
    rows = TourVisit.objects.filter(GOING_ON, site_id=site_id)
    rows = rows.filter(starts_at__gt=at, starts_at__lt=at + AHEAD).order_by("starts_at", "seq")
    found, office = list(rows), last_office(site_id)
    if not found or office is None:
        return []
    stands, hosted = standing(office), hosting_by_visit(found)
    limits, unlisted = HOSTING.in_force(site_id, at).values, without_minors(found)
    return [
        (row, one)
        for row in found
        for one in _now(row, stands, hosted[row.id], limits, at, unlisted=row.id in unlisted)
    ]


def _now(
    row: TourVisit, stands: Standing, hosted: Hosting, limits: HostingLimits, at: datetime, *, unlisted: bool
) -> list[Missing]:  # fmt: skip
    every = missing(whole(row, stands), stands.company, hosted, limits, unlisted=unlisted)
    return [one for one in every if one.since <= at and one.mark not in hosted.warned]


def sites_owed(at: datetime) -> list[UUID]:
    """The sites where something is to be told now."""
    rows = TourVisit.objects.filter(GOING_ON, starts_at__gt=at, starts_at__lt=at + AHEAD)
    sites = rows.values_list("site_id", flat=True).order_by("site_id").distinct()
    return [site for site in sites if owed(site, at)]


@action("tours.warn_of_hosting")
def warn_of_hosting(pen: Pen) -> int:
    """Tells what isn't prepared in time, each once; how many. Goes on where somebody of the house is missing just now."""
    writing = on_the_clock(pen)
    found = owed(pen.site_id, pen.at) if writing else []
    for row, one in found:
        host = Preparation(pen, row.id, writing)
        told: Plain = {"what": one.what, "due": written(one.due)}
        told |= {"ask": one.companion.number} if one.companion else {}
        host.write(HostingEvent.Kind.WARNING, CLAUSES[one.what], told, mark=one.mark)
        _tell(host, one)
    return len(found)


def _tell(host: Preparation, one: Missing) -> None:
    pen, row = host.pen, host.row
    if one.companion is not None:
        tell_of_no_answer(pen, row, one.companion)
        return
    if one.what == MINORS:
        tell_of_no_list(pen, row, [*who_asks_for_lists(host)])
        return
    people = host.company.seniors if one.what == SENIOR else [head_of_reception(host)]
    due = f"{one.due.astimezone(HERE):%-m 月 %-d 日 %H:%M}"
    signs = [w for w in waits(host.visit, host.company) if w.about == "rehearsal"]
    listed = any(w.is_of(who, host.company) and w.stands(pen.at) for w in signs for who in people)
    tell_of_no_rehearsal(pen, row, people, due, listed=listed)


def who_asks_for_lists(host: Preparation) -> set[str]:
    """Who can get a visit's list of minors from its guests: whoever leads reception, explains if of reception, or
    applied for them."""
    guide = host.visit.done.get("guide", "")
    own = {guide} if host.company.belongs(guide, RECEPTION) else set()
    return {head_of_reception(host), *own, *([str(a)] if (a := host.row.applied_by) else [])}


def head_of_reception(host: Preparation) -> str:
    """Whoever is of the reception department the longest."""
    return str(host.writing.office.company["departments"][RECEPTION][0])

"""The list of those who come: as it stands, as its page shows it, whether it names the minors."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Max, QuerySet
from django.db.models.functions import Coalesce, Greatest

from yingbin.pages.phones import masked
from yingbin.people.queries import names_of, those_who_may
from yingbin.rules.gone import colleague

from ..guest_lines import GuestLine
from ..minors import Minors, minors_of
from ..models import GuestLook, TourGuest, TourVisit

ALLOWS = ("tours.reception", "gate.supervise")


def listed(visit: TourVisit) -> "QuerySet[TourGuest]":
    """Those on a visit's list now, in the order of writing."""
    return TourGuest.objects.filter(visit=visit, stands=TourGuest.Stands.LISTED).order_by("number")


def stamp(visit: TourVisit) -> int:
    """The last entry that changed the list; 0 for a list of which nothing was ever written."""
    last = Max(Greatest("seq", Coalesce("gone_seq", "seq")))
    return int(TourGuest.objects.filter(visit=visit).aggregate(last=last)["last"] or 0)


def line_of(row: TourGuest) -> GuestLine:
    """A row as it was typed."""
    return GuestLine(row.name, row.phone, row.role, row.paper, row.minor, row.care_of)


def allowing(site_id: UUID, at: datetime) -> dict[UUID, str]:
    """Who may allow that somebody else comes: reception and those who supervise the gates, by name."""
    people = {one for name in ALLOWS for one in those_who_may(site_id, name, at)}
    return {one.id: one.name for one in sorted(people, key=lambda one: one.pinyin)}


def minors_listed(visit: TourVisit) -> Minors:
    """Whether a visit needs a list of its minors, and has one; asks nothing of a visit that needs none."""
    if not minors_of(visit, 0).needed:
        return minors_of(visit, 0)
    return minors_of(visit, listed(visit).filter(minor=True).count())


def without_minors(rows: Iterable[TourVisit]) -> set[UUID]:
    """Those of these visits whose list of minors is missing; one question."""
    need = [row.id for row in rows if minors_of(row, 0).missing]
    if not need:
        return set()
    there = TourGuest.objects.filter(visit__in=need, minor=True, stands=TourGuest.Stands.LISTED)
    return set(need) - set(there.values_list("visit_id", flat=True))


@dataclass(frozen=True)
class GuestShown:
    """A line of a list for people to read. replaced: who came before, by whom it was allowed."""

    row: TourGuest
    name: str
    phone: str
    instead: str = ""
    allowed_by: str = ""


@dataclass(frozen=True)
class GuestList:
    """A visit's list."""

    visit: TourVisit
    guests: tuple[GuestShown, ...]
    gone: tuple[GuestShown, ...]
    minors: Minors
    stamp: int
    looks: tuple[tuple[datetime, str, str, int], ...] = field(default_factory=tuple)

    @property
    def lines(self) -> str:
        """As it is typed."""
        return "\n".join(line_of(one.row).text for one in self.guests if one.row.salt)

    @property
    def lacks(self) -> int:
        """How many of those asked for have no name yet."""
        return max(0, self.visit.headcount - len(self.guests))

    @property
    def too_many(self) -> int:
        """How many stand on it beyond those asked for, as after a visit was halved."""
        return max(0, len(self.guests) - self.visit.headcount)


def guest_list(visit: TourVisit) -> GuestList:
    """The list with its history; four questions however long it is."""
    rows = list(TourGuest.objects.filter(visit=visit).select_related("instead").order_by("number"))
    looks = list(GuestLook.objects.filter(guest__visit=visit).select_related("guest").order_by("-seq")[:20])  # fmt: skip
    names = names_of(
        {one for one in (*(r.allowed_by for r in rows), *(k.by for k in looks)) if one}
    )
    shown = [_shown(row, names) for row in rows]
    here = tuple(one for one in shown if one.row.stands == TourGuest.Stands.LISTED)
    return GuestList(
        visit, here, tuple(one for one in shown if one.row.stands == TourGuest.Stands.GONE),
        minors_of(visit, sum(one.row.minor for one in here)),
        max((max(r.seq, r.gone_seq or 0) for r in rows), default=0),
        tuple((k.at, colleague(names, k.by), k.why, k.guest.number) for k in looks),
    )  # fmt: skip


def _shown(row: TourGuest, names: Mapping[str, str]) -> GuestShown:
    before = (row.instead.name or "（已删除）") if row.instead else ""
    return GuestShown(
        row, row.name or "（已删除）", masked(row.phone) if row.phone else "", before,
        colleague(names, row.allowed_by) if row.allowed_by else "",
    )  # fmt: skip


def whole_number(site_id: UUID, guest_id: UUID) -> str:
    """A guest's full number; for whoever has just logged that they look at it."""
    return TourGuest.objects.values_list("phone", flat=True).get(site_id=site_id, id=guest_id)

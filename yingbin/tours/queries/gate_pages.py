"""What the pages of the gate show: passes of today that are looked for, who is here, clashes."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from yingbin.customers.models import CustomerPhone
from yingbin.people.calendar import ZONE, span
from yingbin.people.queries import names_of
from yingbin.rules.gone import colleague
from yingbin.rules.tours.verbs import AREA_WORDS

from ..gate_answer import Answer, answer_of
from ..models import GateClash, GateEvent, PassPlace, TourVisit, VisitorPass
from .gates import running_roll

CODES = {
    "already_in": "超过证上的人数", "void": "证已作废", "lost": "证已挂失", "returned": "证已交还",
    "old_revision": "证已换发", "too_early": "还没到时间", "too_late": "时间已过", "wrong_area": "不含这个区域",
    "wrong_escort": "陪同人不对", "over_headcount": "超过批准的人数", "roll_call": "正在清点", "unknown_pass": "没有这张证",
    "not_supervisor": "特准的不是值班队长", "list_old": "名单过旧", "clock_off": "设备时间不准",
}  # fmt: skip


@dataclass(frozen=True)
class PassLine:
    """A pass in a list."""

    row: VisitorPass
    inside: int
    escort: str
    areas: str

    @property
    def left(self) -> int:
        """How many may still come in by it."""
        return max(0, self.row.persons - self.inside)


def areas_said(areas: Iterable[str]) -> str:
    """Areas in words."""
    return "、".join(AREA_WORDS[area] for area in areas)


def lines_of(rows: Iterable[VisitorPass]) -> list[PassLine]:
    """Passes as lines; two questions however many there are."""
    found = list(rows)
    inside: Counter[UUID] = Counter()
    for one, persons in PassPlace.objects.filter(visitor_pass__in=found).values_list(
        "visitor_pass_id", "persons"
    ):
        inside[one] += persons
    names = names_of({row.escort for row in found})
    return [
        PassLine(row, inside[row.id], colleague(names, row.escort), areas_said(row.areas))
        for row in found
    ]


def passes_found(site_id: UUID, text: str, at: datetime, most: int = 20) -> list[PassLine]:
    """Today's passes by number, by the guests' company or contact, by the end of a phone number, by a plate; the next first."""
    said = "".join(text.split()).casefold()
    if len(said) < (1 if said.isdigit() else 2):
        return []
    today = at.astimezone(ZONE).date()
    begin, end = span(today, today)
    rows = VisitorPass.objects.filter(site_id=site_id, starts_at__lt=end, ends_at__gte=begin)
    near = list(rows.select_related("visit").order_by("starts_at", "number")[:500])
    phones = _phones(site_id, [row.visit.customer_id for row in near if row.visit.customer_id])
    return lines_of([row for row in near if _fits(row, said, phones)][:most])


def _phones(site_id: UUID, customers: list[UUID]) -> Mapping[UUID, str]:
    rows = CustomerPhone.objects.filter(
        site_id=site_id, customer_id__in=customers, removed_at__isnull=True
    )
    return {UUID(str(one)): str(e164) for one, e164 in rows.values_list("customer_id", "e164")}


def _fits(row: VisitorPass, said: str, phones: Mapping[UUID, str]) -> bool:
    visit = row.visit
    if said.isdigit():
        phone = phones.get(visit.customer_id, "") if visit.customer_id else ""
        if int(said) == row.number or (len(said) >= 4 and phone.endswith(said)):
            return True
    words = (visit.visitor, visit.contact, visit.said, str(visit.words.get("vehicles", "")))
    return any(said in "".join(word.split()).casefold() for word in words)


def answer_at(device_id: UUID, event_id: str) -> Answer | None:
    """What was answered at this device, by the event's id."""
    try:
        rows = GateEvent.objects.filter(device_id=device_id, id=UUID(event_id))
    except ValueError:
        return None
    row = rows.select_related("visitor_pass", "visit").first()
    return answer_of(row) if row is not None else None


@dataclass
class HereLine:
    """A visit with people on site: how many, where, who leads them, whose time is over, how many were found."""

    visit: TourVisit
    persons: int = 0
    areas: Counter[str] = field(default_factory=Counter)
    escorts: list[str] = field(default_factory=list)
    over: bool = False
    safe: int | None = None

    @property
    def where(self) -> str:
        """In words."""
        return "、".join(f"{AREA_WORDS[a]} {n} 人" for a, n in self.areas.items()) or "不在各区域"

    @property
    def missing(self) -> int:
        """How many haven't been found."""
        return max(0, self.persons - (self.safe or 0))


@dataclass(frozen=True)
class Here:
    """Everybody on site."""

    lines: list[HereLine]
    rolling: bool
    drill: bool
    waiting: list[str]

    @property
    def persons(self) -> int:
        """All together."""
        return sum(line.persons for line in self.lines)

    @property
    def missing(self) -> int:
        """Of a running roll call."""
        return sum(line.missing for line in self.lines)


def here(site_id: UUID, at: datetime) -> Here:
    """Who is on site now, visit by visit, and the roll call that runs."""
    places = PassPlace.objects.filter(site_id=site_id).select_related("visitor_pass__visit")
    found: dict[UUID, HereLine] = {}
    escorts = names_of({place.visitor_pass.escort for place in places})
    for place in places.order_by("visitor_pass__number"):
        held = place.visitor_pass
        line = found.setdefault(held.visit_id, HereLine(held.visit))
        line.persons += place.persons
        line.areas.update(dict.fromkeys(place.zone, place.persons))
        line.over = line.over or held.ends_at <= at
        name = colleague(escorts, held.escort)
        if name not in line.escorts:
            line.escorts.append(name)
    roll = running_roll(site_id)
    if roll is not None:
        _expected(site_id, found, roll.expected, roll.safe)
    lines = sorted(found.values(), key=lambda one: one.visit.starts_at)
    return Here(lines, roll is not None, bool(roll and roll.drill), silent(site_id, at))


def _expected(
    site_id: UUID, found: dict[UUID, HereLine], expected: Mapping[str, int], safe: Mapping[str, int]
) -> None:
    """While a roll call runs those count who were here as it began."""
    for visit in TourVisit.objects.filter(site_id=site_id, id__in=list(expected)):
        line = found.setdefault(visit.id, HereLine(visit))
        line.persons, line.safe = expected[str(visit.id)], safe.get(str(visit.id))


def silent(site_id: UUID, at: datetime) -> list[str]:
    """Devices that keep scans, or that were heard today and not for two minutes: what they let in isn't counted yet."""
    from .gates import devices_open

    since = at - timedelta(minutes=2)
    today = at - timedelta(hours=12)
    return [
        str(one)
        for one in devices_open(site_id)
        if one.heard_at and one.heard_at > today and (one.heard_at < since or one.waiting)
    ]


@dataclass(frozen=True)
class ClashLine:
    """A scan without a line that would have been answered otherwise."""

    row: GateClash
    why: str
    gate: str
    by: str


def clashes(site_id: UUID, most: int = 50) -> list[ClashLine]:
    """Open ones first, the newest first."""
    rows = GateClash.objects.filter(site_id=site_id).select_related(
        "scan__device__gate", "scan__visitor_pass__visit", "beside__device__gate"
    )
    found = list(rows.order_by("settled_at", "-seq")[:most])
    found.sort(key=lambda row: (row.settled_at is not None, -row.seq))
    names = names_of({row.settled_by for row in found if row.settled_by})
    return [
        ClashLine(
            row,
            CODES.get(row.code, row.code),
            str(row.scan.device),
            names.get(str(row.settled_by), ""),
        )
        for row in found
    ]


def clashes_open(site_id: UUID) -> int:
    """How many nobody has looked into."""
    return GateClash.objects.filter(site_id=site_id, settled_at__isnull=True).count()

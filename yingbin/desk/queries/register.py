"""What the clerk's screen knows while something is written down: who and where, which other office, what was just recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yingbin.customers.numbers import whole_number
from yingbin.customers.queries import shown_as
from yingbin.people.models import Site, SiteKind
from yingbin.people.queries import Badge
from yingbin.rules.desk.homes import addresses, written

from ..contact import CONTACT
from ..models import DeskMatter, Home
from ..places import Place, of_home
from .contacts import MatterLine, lines_of
from .estate import label_of, place_of
from .lists import theirs
from .onebox import Found

LAST, LOOKED_AT = 4, 200
SHORTEST = 7  # digits of a telephone number


@dataclass(frozen=True)
class Spot:
    """Where a matter is and who told it. place None: nobody said where; why: what to do about it, and at which field."""

    place: Place | None
    customer_id: UUID | None = None
    why: str = ""
    about: str = ""
    listed: bool = False


@dataclass(frozen=True)
class Asking:
    """What was typed of where: the box, what was picked below it, a place in words."""

    text: str
    pick: str
    place: str


def spot(site_id: UUID, asking: Asking, found: Found) -> Spot:
    """The home and person of what was typed and picked, or the place by its words."""
    home_id, _, who = asking.pick.partition("|")
    person = _person(site_id, who)
    label = label_of(site_id, UUID(home_id)) if _is_id(home_id) else ""
    if label:
        return Spot(of_home(UUID(home_id), label), person, listed=True)
    if asking.place:
        return _in_words(site_id, asking.place, person)
    single = found.places[0] if len(found.places) == 1 else None
    if single and single.home:
        named = [one.id for one in single.people if one.asked]
        who_asked = named[0] if len(named) == 1 else None
        return Spot(of_home(single.home.id, single.home.label), person or who_asked, listed=True)
    if found.places and not person:
        return Spot(None, why="找到的不止一处，请用上下键选一户。", about="q")
    if person or not asking.text or is_dialled(asking.text):
        return Spot(None, person, "请写是哪一户，或者在哪里。", "place")
    return _in_words(site_id, asking.text, person)


def is_dialled(text: str) -> bool:
    """Whether a text is a whole telephone number; a short one is rather a room."""
    return sum(c.isdigit() for c in text) >= SHORTEST and whole_number(text) is not None


def _in_words(site_id: UUID, words: str, person: UUID | None) -> Spot:
    """A home of the list in any spelling, else the words as they were said."""
    place = place_of(site_id, words)
    return Spot(place, person, listed=place.home_id is not None)


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _person(site_id: UUID, text: str) -> UUID | None:
    if not _is_id(text):
        return None
    who = UUID(text)
    return who if who in shown_as(site_id, [who]) else None


@dataclass(frozen=True)
class Elsewhere:
    """Another office that a call belongs to: its name, and its telephone where one is kept."""

    name: str
    phone: str


def elsewhere(site_id: UUID, text: str, at: datetime) -> list[Elsewhere]:
    """The other offices that a text names, or whose list has that home, where this one's hasn't."""
    labels = [written(one) for one in addresses(text) if one.building and one.room]
    others = Site.objects.filter(kind=SiteKind.MANAGEMENT_OFFICE, closed_at=None).exclude(
        id=site_id
    )
    offices = list(others[:40])
    rows = Home.objects.filter(site__in=offices, label__in=labels, removed_at=None)
    having = set(rows.values_list("site_id", flat=True)) if labels else set()
    bare = {one.id: one.short_name.removesuffix("管理处") for one in offices}
    named = {one for one, name in bare.items() if len(name) > 1 and name in text}
    meant = [one for one in offices if one.id in (named or having)]
    return [Elsewhere(one.name, CONTACT.in_force(one.id, at).values.phone) for one in meant[:3]]


def lately(badge: Badge, at: datetime) -> Sequence[MatterLine]:
    """What this person recorded last, the newest first."""
    newest = DeskMatter.objects.filter(site_id=badge.here).order_by("-seq").values("id")[:LOOKED_AT]
    rows = theirs(badge).filter(id__in=newest, matter__opened_by=badge.staff_id)
    page = list(rows.select_related("matter").order_by("-seq")[:LAST])
    lines = lines_of(page, at)
    return [lines[row.id] for row in page]

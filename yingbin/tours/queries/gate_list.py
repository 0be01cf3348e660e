"""What a device at a gate takes along for when its line goes: passes, who is where, keys, figures."""

from base64 import b64encode
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from yingbin.people.queries import names_of
from yingbin.rules.gate.judging import WORDS
from yingbin.rules.tours.verbs import AREA_WORDS

from .. import gatehouse, keyring
from ..minors import AT_GATE
from ..models import GateDevice, VisitorPass
from .guests import without_minors


class ListedPass(TypedDict):
    """A pass on the list; times are milliseconds. fates: of its revisions, by number; there: zone and persons."""

    number: int
    revision: int
    fates: dict[str, str]
    visit: str
    visitor: str
    said: str
    escort: str
    persons: int
    photo: bool
    areas: list[str]
    start: int
    end: int
    there: list[tuple[list[str], int]]
    note: str


class GateList(TypedDict):
    """The list of a device. at: its time, milliseconds; zones: in the order in which persons are taken from them."""

    at: int
    device: str
    gate: str
    areas: list[str]
    on_site: bool
    supervises: bool
    policy: dict[str, int]
    keys: dict[str, str]
    zones: list[list[str]]
    headcounts: dict[str, int]
    words: dict[str, str]
    area_words: dict[str, str]
    passes: list[ListedPass]


def gate_list(device: GateDevice, at: datetime, *, supervises: bool) -> GateList:
    """Every pass that could be shown from now on, whatever became of it; a handful of questions however many there are."""
    site_id: UUID = device.site_id
    rows = VisitorPass.objects.filter(site_id=site_id, revisions__ends_at__gt=at).distinct()
    here = VisitorPass.objects.filter(site_id=site_id, places__isnull=False).distinct()
    found = {row.id: row for row in (*rows.select_related("visit"), *here.select_related("visit"))}
    shelf = gatehouse.shelf(found.values())
    names = names_of({row.escort for row in found.values()})
    unlisted = without_minors({row.visit_id: row.visit for row in found.values()}.values())
    day = gatehouse.new_day(gatehouse.devices_of(site_id))
    policy = gatehouse.POLICY.in_force(site_id, at).values
    keyring.signing_key(site_id, at)  # a site's first key, made before the line is gone
    keys = keyring.public_keys(site_id, at)
    return {
        "at": int(at.timestamp() * 1000),
        "device": str(device.id),
        "gate": str(device),
        "areas": device.gate.areas,
        "on_site": device.gate.on_site,
        "supervises": supervises,
        "policy": dict(vars(policy)),
        "keys": {name: b64encode(public).decode() for name, public in keys.items()},
        "zones": [gatehouse.in_order(zone) for zone in day.site.places.order],
        "headcounts": {str(row.visit_id): row.visit.headcount for row in found.values()},
        "words": WORDS,
        "area_words": AREA_WORDS,
        "passes": [
            _listed(row, shelf, names.get(str(row.escort), ""), row.visit_id in unlisted)
            for row in found.values()
        ],
    }


def _listed(row: VisitorPass, shelf: gatehouse.Shelf, escort: str, unlisted: bool) -> ListedPass:
    name = str(row.number)
    return {
        "number": row.number,
        "revision": row.revision,
        "fates": {str(one.number): one.fate for one in shelf.revisions.get(name, ())},
        "visit": str(row.visit_id),
        "visitor": row.visit.visitor,
        "said": row.visit.said,
        "escort": escort,
        "persons": row.persons,
        "photo": row.photo,
        "areas": row.areas,
        "start": int(row.starts_at.timestamp() * 1000),
        "end": int(row.ends_at.timestamp() * 1000),
        "note": AT_GATE if unlisted else "",
        "there": [(place.zone, place.persons) for place in shelf.places.get(name, ())],
    }

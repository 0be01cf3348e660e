"""Gates, passes and places between their rows and the rules of the gate.

A pass is called by its number, a device at a gate, a visit and a person by their ids: names are put in for people
to read (`gate_words`). All revisions there are have been issued by now, so the rules get them as known from the start.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from yingbin.journal.trips import Ask, Statement, ask, columns, read
from yingbin.people.policies import Policy, declare
from yingbin.people.policy_rows import Number, Row
from yingbin.rules.gate.gatefile import (
    AREAS,
    EVENTS,
    Event,
    Gate,
    GateFile,
    GatePolicy,
    PassForm,
    Revision,
)
from yingbin.rules.gate.passes import Change, Pass
from yingbin.rules.gate.places import Places, Zone
from yingbin.rules.gate.replay import GateDay

from .models import Gate as GateRow
from .models import GateDevice, GateEvent, PassPlace, PassRevision, VisitorPass

AT = ("headquarters",)
USUAL = GatePolicy()


def _row(name: str, title: str, low: int, high: int, note: str) -> Row:
    number = Number(name, title, "分钟", low=low, high=high)
    assumed = {name: getattr(USUAL, name)}
    return Row(name, title, (number,), assumed=assumed, group="门岗", note=note, at=AT)


POLICY = declare(
    Policy(
        "tours.gate",
        "门岗",
        GatePolicy,
        "CV-4.1",
        rows=lambda: [
            _row(
                "clock_minutes", "设备时间最多差多少", 1, 60, "差得更多就不放行，要值班队长特准。"
            ),
            _row(
                "list_minutes",
                "断线后名单最多用多久",
                30,
                2880,
                "再久就不放行，要联网或值班队长特准。",
            ),
            _row("early_minutes", "最早可以提前多久进", 0, 240, "按证上的时间算。"),
            _row("grace_minutes", "到点没走，多久后提醒陪同人", 0, 240, "按证上的时间算。"),
        ],
    )
)


class Context(TypedDict, total=False):
    """By which figures an event was decided, as its row keeps them. may: of the one who did it, `supervise`, `security`."""

    policy: dict[str, int]
    headcounts: dict[str, int]
    may: list[str]


def context(policy: GatePolicy, headcounts: Mapping[str, int], may: Iterable[str]) -> Context:
    """What a row keeps of it."""
    return {"policy": vars(policy).copy(), "headcounts": dict(headcounts), "may": sorted(may)}


_DEVICES = (
    f"select {columns(GateDevice, 'd')}, {columns(GateRow, 'g')} from tours_gatedevice d"
    " join tours_gate g on g.id = d.gate_id where d.site_id = %s order by g.seq, d.number"
)


def devices_asked(site_id: UUID) -> Statement:
    """Asks for what `devices_of` gives."""
    return Statement(_DEVICES, (site_id,))


def devices_of(site_id: UUID, through: Ask = ask) -> list[GateDevice]:
    """All devices at gates there ever were, in the order of the gates: zones come in this order.

    through: the pen's, where it was foreseen.
    """
    own = len(GateDevice._meta.concrete_fields)
    found = []
    for values in through(devices_asked(site_id)):
        device = read(GateDevice, values[:own])
        device.gate = read(GateRow, values[own:])
        found.append(device)
    return found


def open_one(devices: Iterable[GateDevice], device_id: UUID) -> GateDevice | None:
    """The device of this id, if its gate is open still."""
    here = (one for one in devices if one.id == device_id)
    return next((one for one in here if one.gate.closed_at is None), None)


def gate_of(device: GateDevice) -> Gate:
    """A device as the rules take it."""
    return Gate(str(device.id), frozenset(device.gate.areas), device.gate.on_site)


class _Untimed(GateDay):
    """A day whose warnings nobody asks for: the worker's tick finds who overstays by itself."""

    def run(self, upto: datetime) -> None:
        """Nothing falls due."""


def new_day(devices: Sequence[GateDevice]) -> GateDay:
    """A site with its gates and nobody in it."""
    gates = [gate_of(device) for device in devices]
    return _Untimed(GateFile(GatePolicy(), {}, [], gates, frozenset(), frozenset(), [], None))


def under(day: GateDay, told: Context, by: str) -> None:
    """From now on the day is decided by these figures, for this person."""
    policy, may = GatePolicy(**told["policy"]), told.get("may", [])
    people = frozenset({by})
    day.file = replace(
        day.file,
        policy=policy,
        supervisors=people if "supervise" in may else frozenset(),
        security=people if "security" in may else frozenset(),
    )
    day.file.visits.update(told.get("headcounts", {}))
    day.site.judge = replace(day.site.judge, policy=policy)


def revision_of(row: PassRevision | VisitorPass) -> Revision:
    """What a revision says, or a pass in its current one, as the rules take it."""
    return Revision(
        frozenset(row.areas), row.starts_at, row.ends_at, row.persons, str(row.escort), row.photo
    )


def first_of(row: VisitorPass, first: PassRevision) -> Pass:
    """A pass as it was issued: its first revision outstanding."""
    form = PassForm(str(row.number), str(row.visit_id), revision_of(first))
    return Pass(form.name, form.visit, {1: form.first}, {1: -1}, [_known(1, "outstanding")])


def pass_of(row: VisitorPass, revisions: Iterable[PassRevision]) -> Pass:
    """A pass as it stands, with all its revisions."""
    held = Pass(str(row.number), str(row.visit_id), {}, {})
    for one in sorted(revisions, key=lambda r: r.number):
        held.revisions[one.number], held.issued[one.number] = revision_of(one), -1
        held.changes.append(_known(one.number, one.fate))
    return held


def _known(number: int, fate: str) -> Change:
    return Change(-1, None, number, fate)  # type: ignore[arg-type]


def zone_of(areas: Iterable[str]) -> Zone:
    """A zone of the rules."""
    return frozenset(areas)


def in_order(areas: Iterable[str]) -> list[str]:
    """Areas in the contract's order, as rows and entries keep them."""
    return sorted(areas, key=AREAS.index)


@dataclass
class Shelf:
    """Passes loaded with their revisions and places, by number."""

    rows: dict[str, VisitorPass] = field(default_factory=dict)
    revisions: dict[str, list[PassRevision]] = field(default_factory=dict)
    places: dict[str, list[PassPlace]] = field(default_factory=dict)

    def lay_out(self, day: GateDay) -> None:
        """The day knows these passes and who of them is where."""
        for name, row in self.rows.items():
            day.site.passes[name] = pass_of(row, self.revisions.get(name, ()))
        for name, found in self.places.items():
            day.site.places.there[name] = {zone_of(p.zone): p.persons for p in found}


def shelf(rows: Iterable[VisitorPass]) -> Shelf:
    """These passes with their revisions and places; two queries however many there are."""
    found = Shelf({str(row.number): row for row in rows})
    names = {row.id: name for name, row in found.rows.items()}
    if names:
        for one in PassRevision.objects.filter(visitor_pass__in=names).order_by("number"):
            found.revisions.setdefault(names[one.visitor_pass_id], []).append(one)
        for place in PassPlace.objects.filter(visitor_pass__in=names):
            found.places.setdefault(names[place.visitor_pass_id], []).append(place)
    return found


def persons_there(places: Places, name: str) -> list[tuple[list[str], int]]:
    """Where the persons of a pass are, where more than none, in the zones' order."""
    there = places.there.get(name, {})
    return [(in_order(zone), there[zone]) for zone in places.order if there.get(zone)]


def later(one: datetime, other: datetime | None) -> datetime:
    """The later of two moments."""
    return one if other is None else max(one, other)


CLOCK = "clock"  # who did it where it was nobody of the staff


def event_of(row: GateEvent) -> Event:
    """An event as the rules take it; of free words they see only that they are there."""
    told: dict[str, object] = {**dict.fromkeys(row.words_said, "…"), **row.fields}
    told |= {"gate": str(row.device_id), "visit": str(row.visit_id), "by": str(row.by or CLOCK)}
    told["pass"] = str(row.visitor_pass.number) if row.visitor_pass else row.fields.get("called")
    if row.nonce:
        told["nonce"] = row.nonce
    form = EVENTS[row.event]
    takes = {*form.must, *form.may}
    return Event(row.at, row.event, {name: v for name, v in told.items() if name in takes})

"""Who is where: of each pass so many persons in each zone, moved by what went through the gates (CV-4.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .gatefile import Gate

Zone = frozenset[str]
ELSEWHERE: Zone = frozenset()  # on site, in none of the areas


@dataclass
class Places:
    """Persons by pass and zone. order: the zones, the one without areas first, then as gates lead to them."""

    order: tuple[Zone, ...]
    there: dict[str, dict[Zone, int]] = field(default_factory=dict)

    def copy(self) -> Places:
        """The same, to be moved by itself."""
        return Places(self.order, {name: dict(zones) for name, zones in self.there.items()})

    def on_site(self, name: str) -> int:
        """Persons of a pass in any zone."""
        return sum(self.there.get(name, {}).values())

    def of_visit(self, passes: Iterable[str]) -> int:
        """Persons of several passes on site."""
        return sum(self.on_site(name) for name in passes)

    def inside(self, name: str, zone: Zone) -> int:
        """Persons of a pass in one zone."""
        return self.there.get(name, {}).get(zone, 0)

    def from_outside(self, name: str, gate: Gate, count: int) -> int:
        """How many of those going in by this gate come from outside the site."""
        if gate.site:
            return count
        return max(0, count - (self.on_site(name) - self.inside(name, gate.areas)))

    def go_in(self, name: str, gate: Gate, count: int) -> None:
        """In by a gate: from outside, or first from the pass's other zones."""
        zones = self.there.setdefault(name, {})
        if not gate.site:
            self._take(zones, count, without=gate.areas)
        zones[gate.areas] = zones.get(gate.areas, 0) + count

    def go_out(self, name: str, gate: Gate, count: int) -> None:
        """Out by a gate: off the site, first from its zone; or from its zone to the one without areas."""
        zones = self.there.setdefault(name, {})
        taken = min(count, zones.get(gate.areas, 0))
        zones[gate.areas] = zones.get(gate.areas, 0) - taken
        if gate.site:
            self._take(zones, count - taken, without=gate.areas)
        else:
            zones[ELSEWHERE] = zones.get(ELSEWHERE, 0) + taken

    def _take(self, zones: dict[Zone, int], count: int, without: Zone) -> None:
        """Takes persons from the zones in their order; what is not there is not moved."""
        for zone in self.order:
            if zone != without:
                taken = min(count, zones.get(zone, 0))
                zones[zone] = zones.get(zone, 0) - taken
                count -= taken

    def leave(self, name: str) -> None:
        """All persons of a pass have left."""
        self.there.pop(name, None)

    def areas(self, passes: Iterable[str], all_areas: Iterable[str]) -> Mapping[str, int]:
        """Persons of these passes in each area, where more than none."""
        held = [(zone, n) for name in passes for zone, n in self.there.get(name, {}).items()]
        found = {area: sum(n for zone, n in held if area in zone) for area in all_areas}
        return {area: n for area, n in found.items() if n}


def zones_of(gates: Iterable[Gate]) -> tuple[Zone, ...]:
    """The zones in their order."""
    return tuple(dict.fromkeys([ELSEWHERE, *(gate.areas for gate in gates)]))

"""Events of the gates folded again by the rules in true time, each under the figures it was decided by.

A merge looks at the visits of its scans alone: no decision at a gate looks beyond a visit, its passes and the lines.
"""

from collections.abc import Iterable, Sequence

from yingbin.people.policy_rows import Plain
from yingbin.rules.gate.passes import Pass

from . import gatehouse
from .gatehouse import CLOCK
from .models import GateDevice, GateEvent, PassRevision, VisitorPass


class Again:
    """A day at the gates that begins empty; rows come in order of true time, then of their number."""

    def __init__(self, devices: Sequence[GateDevice], passes: Iterable[VisitorPass]) -> None:
        self.day = gatehouse.new_day(devices)
        self.rows: list[GateEvent] = []
        self.know(passes)

    def know(self, passes: Iterable[VisitorPass]) -> None:
        """These passes exist, each as it was issued."""
        rows = {row.id: row for row in passes}
        firsts = PassRevision.objects.filter(visitor_pass__in=rows, number=1)
        for first in firsts.order_by("seq"):
            row = rows[first.visitor_pass_id]
            self.day.site.passes[str(row.number)] = gatehouse.first_of(row, first)

    def take(self, row: GateEvent) -> Plain:
        """What the rules say of the next event now."""
        gatehouse.under(self.day, row.context, str(row.by or CLOCK))
        event = gatehouse.event_of(row)
        self.rows.append(row)
        self.day.file.events.append(event)
        self.day.happen(len(self.rows) - 1, event)
        return self.day.decisions[-1]

    def forget(self, passes: Iterable[str]) -> None:
        """Nothing more happens to these passes."""
        site, gone = self.day.site, set(passes)
        for name in gone:
            site.passes.pop(name, None)
            site.places.leave(name)
        for number, what in list(site.happened.items()):
            held = what if isinstance(what, Pass) else what.held
            if held is not None and held.name in gone:
                del site.happened[number]

    def clashes(self, said: Plain) -> list[tuple[GateEvent, str, GateEvent | None]]:
        """The scans that a merge found to clash: which, why, beside which."""
        found = said["conflicts"]
        assert isinstance(found, list)
        return [
            (self.rows[c["scan"]], c["code"], None if c["with"] is None else self.rows[c["with"]])
            for c in found
        ]


def in_true_time(rows: Iterable[GateEvent]) -> list[GateEvent]:
    """Rows in the order of the contract's file."""
    return sorted(rows, key=lambda row: (row.at, row.number))

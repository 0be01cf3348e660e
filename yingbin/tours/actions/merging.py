"""A gate's line is back: what it let through without one takes its place among the rest, each scan once; clashes are alarms (CV-4.1).

A device is off line from the time of its list, or from its last scan with a line where that is later: the rules then
decide from just what it knew. What it refused itself lets nobody through here, whatever the rules would have said.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.people.policy_rows import Plain
from yingbin.people.queries import those_who_may
from yingbin.rules.decision import Refused
from yingbin.rules.times import written

from .. import gatehouse
from ..gate_again import Again, in_true_time
from ..models import GateClash, GateDevice, GateEvent
from ..queries import gates as ask
from ..telling_gates import tell_clashes
from .gate import AtGates, Telling, at_the_gates
from .gate_verbs import NO_DEVICE, Through, shown, telling_of

MOST = 2000
_TRIES = 5


@dataclass(frozen=True)
class Kept:
    """A scan that a device kept. let_in: what it answered itself; reason: of an admission, empty for a scan."""

    through: Through
    let_in: bool
    reason: str = ""


@dataclass(frozen=True)
class Queue:
    """What a device brings. listed_at: the time of its list, by our clock; sent_at: its own clock as it sends this."""

    device: UUID
    listed_at: datetime
    sent_at: datetime
    scans: tuple[Kept, ...]


@dataclass(frozen=True)
class Merge:
    """What came of it: scans taken in, those that were here already, alarms."""

    merged: int
    repeated: int
    clashes: int


@action("gate.merge")
def merge(pen: Pen, *, told: Queue) -> Merge:
    """Takes in what a device decided without a line, each scan exactly once; clashes are kept and told."""
    device = GateDevice.objects.filter(site_id=pen.site_id, id=told.device)
    found = device.select_related("gate").first()
    if found is None:
        raise Refused("CV-4.1", NO_DEVICE)
    if len(told.scans) > MOST:
        raise Refused("CV-4.1", f"一次最多交 {MOST} 条，请分几次。")
    known = ask.told_before(found, [one.through.nonce for one in told.scans])
    fresh = [one for one in told.scans if one.through.nonce not in known]
    repeated = len(told.scans) - len(fresh)
    if not fresh:
        return Merge(0, repeated, 0)
    return replace(_Merging(pen, found, told).take(fresh), repeated=repeated)


class _Merging:
    """One device's queue on its way into the log."""

    def __init__(self, pen: Pen, device: GateDevice, told: Queue) -> None:
        self.pen, self.device, self.told = pen, device, told
        self.gates: AtGates = at_the_gates(pen)
        listed = min(told.listed_at.replace(microsecond=0), self.gates.at)
        self.since = min(gatehouse.later(listed, ask.last_at(device)), self.gates.at)
        self.listed = min(listed, self.since)
        self.let_in: dict[int, bool] = {}

    def take(self, fresh: list[Kept]) -> Merge:
        rows = self._rows(fresh)
        for _ in range(_TRIES):
            again, said = self._again(rows)
            refused = [r for r in rows if self._let_through_here_alone(r, said[r.number])]
            if not refused:
                break
            for row in refused:
                _nobody(row)
        self.gates.day = again.day
        online = rows[-1]
        clashes = again.clashes(said[online.number])
        answers = [(row, said[row.number]) for row in rows]  # numbers change as they are stored
        differing = [r for r, s in answers if self.let_in.get(r.number) and s["result"] == "refuse"]
        for row, answer in answers[:-1]:
            self.gates.store(row, answer, settles=False)
        return self._close(online, answers[-1][1], clashes, differing)

    def _let_through_here_alone(self, row: GateEvent, said: Plain) -> bool:
        return self.let_in.get(row.number) is False and said["result"] == "allow"

    # The rows

    def _rows(self, fresh: list[Kept]) -> list[GateEvent]:
        """The line goes, the scans in the order of the device, the line is back; all numbered after the others."""
        age = (self.since - self.listed).total_seconds() // 60
        offline = Telling("offline", self.device, fields={"list_age": int(age)})
        told = [offline, *(self._telling(one) for one in fresh)]
        told.append(Telling("online", self.device, fields={"since": written(self.since)}))
        rows = [self.gates.row_of(one) for one in told]
        visits = {row.visit_id: row.visit for row in rows if row.visit}
        headcounts = {str(v.id): v.headcount for v in visits.values() if v}
        at = self.since
        for n, row in enumerate(rows):
            row.number = self.gates.number + 1 + n
            row.context = gatehouse.context(
                self.gates.policy, headcounts, self.gates.may(row.event)
            )
            if 0 < n < len(rows) - 1:
                one = fresh[n - 1]
                at = self._true_time(one.through.device_at or at, at)
                self.let_in[row.number] = one.let_in
            row.at = self.gates.at if row.event == "online" else at
        return rows

    def _telling(self, one: Kept) -> Telling:
        event = "admit" if one.reason else "scan"
        held = shown(self.pen, one.through)
        telling = telling_of(event, one.through, self.device, held, one.reason)
        return replace(telling, fields={**telling.fields, "let_in": one.let_in})

    def _true_time(self, device_at: datetime, before: datetime) -> datetime:
        """A moment of the device's clock by ours, never before what it kept earlier nor after now."""
        told = device_at + (self.pen.at - self.told.sent_at)
        return min(max(told.replace(microsecond=0), before), self.gates.at)

    # Deciding

    def _again(self, rows: list[GateEvent]) -> tuple[Again, dict[int, Plain]]:
        visits = {row.visit_id for row in rows if row.visit_id}
        passes = ask.passes_of_visits(self.pen.site_id, visits)
        self.gates.shelf = gatehouse.shelf(passes)
        again = Again(self.gates.devices, passes)
        around = ask.events_around(self.pen.site_id, visits, self.since)
        return again, {row.number: again.take(row) for row in in_true_time([*around, *rows])}

    # Storing

    def _close(
        self, online: GateEvent, said: Plain, clashes: list[tuple[GateEvent, str, GateEvent | None]],
        differing: list[GateEvent],
    ) -> Merge:  # fmt: skip
        """The line is back: who is where now, and each clash with its scan."""
        told = [
            {"scan": r.number, "code": c, "with": b.number if b else None} for r, c, b in clashes
        ]
        told += [{"scan": row.number, "code": row.code, "with": None} for row in differing]
        self.gates.store(online, {**said, "conflicts": told})
        for row, code, beside in [*clashes, *((row, row.code, None) for row in differing)]:
            GateClash.objects.create(
                site_id=self.pen.site_id,
                scan=row,
                code=code,
                beside=beside,
                merge=online,
                seq=online.seq,
            )
        supervisors = those_who_may(self.pen.site_id, "gate.supervise", self.pen.at)
        tell_clashes(self.pen, supervisors, self.device, len(told))
        return Merge(int(str(said["merged"])), 0, len(told))


def _nobody(row: GateEvent) -> None:
    """What the device refused stays a refusal: as something shown that let nobody through."""
    row.fields = {**row.fields, "called": f"?{row.visitor_pass.number if row.visitor_pass else 0}"}
    row.fields["fault"] = "refused_there"
    row.visitor_pass = row.visit = None

"""What happens at the gates, inside a write: decided by `rules.gate`, stored, witnessed. The one door.

gates = at_the_gates(pen)
gates.happen(Telling("scan", device=…, held=…, fields={"revision": 2, "direction": "in"}))
gates.happen(Telling("revoke", held=…, words={"reason": "名单有误"}))

An on-line scan reads its pass, the passes of its visit and who of them is where, together with the lock: nothing that grows
with the past (`queries/scanning.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from yingbin.journal.commit import committed, new_salt
from yingbin.journal.trips import insert
from yingbin.journal.write import Pen
from yingbin.people.policy_rows import Plain
from yingbin.people.queries import those_who_may
from yingbin.people.rows import actor
from yingbin.rules.decision import Refused
from yingbin.rules.gate.site import Breach
from yingbin.rules.times import written

from .. import gatehouse
from ..gate_words import gate_words
from ..gatehouse import CLOCK, Context, Shelf
from ..models import GateBreach, GateDevice, GateEvent, TourVisit, VisitorPass
from ..queries.gates import headcounts_of, last_asked, passes_looked_at, running_roll
from .keeping import changes_of, keep

# What a person must hold for an event that asks for it, and as what the rules know them then.
_ASKS = {"admit": ("gate.supervise", "supervise"), "confirm": ("gate.security", "security")}
# What an answer of the rules has that stands in columns of its own.
_COLUMNS = frozenset(
    {"event", "at", "code", "clause", "because", "gate", "pass", "visit", "repeat"}
)


@dataclass(frozen=True)
class Telling:
    """An event to be decided. fields: of the contract, but pass, visit, gate, `by` and free words.

    held: the pass it is about; `called` among the fields: what was presented where there is no such pass.
    shelf: the passes it is decided by, where they were read already.
    """

    event: str
    device: GateDevice | None = None
    held: VisitorPass | None = None
    visit: TourVisit | None = None
    fields: Mapping[str, object] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    nonce: str = ""
    breach: GateBreach | None = None
    shelf: Shelf | None = None


class AtGates:
    """The gates while something is written there."""

    def __init__(self, pen: Pen) -> None:
        self.pen = pen
        self.number, self.at = 0, pen.at.replace(microsecond=0)
        for number, at in pen.ask(last_asked(pen.site_id)):
            self.number, self.at = number, max(self.at, at)  # a clock set back undoes nothing
        self.by = str(actor(pen) or CLOCK)
        self.policy = gatehouse.POLICY.in_force(pen.site_id, pen.at, pen.ask).values
        self.devices = gatehouse.devices_of(pen.site_id, pen.ask)
        self.day, self.shelf = gatehouse.new_day(self.devices), Shelf()

    def happen(self, told: Telling) -> GateEvent:
        """Decides and stores one event. A refused scan is stored too; any other refusal raises `Refused`."""
        row = self.row_of(told)
        self._lay_out(told)
        row.context = self.context(told)
        gatehouse.under(self.day, row.context, self.by)
        self.day.happen(0, gatehouse.event_of(row))
        return self.store(row, self.day.decisions[-1])

    def row_of(self, told: Telling) -> GateEvent:
        """The event as it will be kept, not decided yet."""
        held = told.held
        fields: Plain = dict(told.fields)
        if told.words:
            fields["words"] = sorted(told.words)
        return GateEvent(
            site_id=self.pen.site_id, at=self.at, event=told.event, device=told.device, visitor_pass=held,
            visit=held.visit if held else told.visit, by=actor(self.pen), nonce=told.nonce, fields=fields,
            words=dict(told.words), salt=new_salt() if told.words else "",
        )  # fmt: skip

    def store(self, row: GateEvent, said: Plain, *, settles: bool = True) -> GateEvent:
        """The event with the rules' answer, its line in the journal, and all that it changed, where it `settles` that."""
        if said.get("refused"):
            words = gate_words(self.pen.site_id, str(said["because"]))
            raise Refused(str(said["clause"] or "") or None, words)
        self.number += 1
        row.number, row.code, row.clause = self.number, str(said["code"]), str(said["clause"] or "")
        row.because = str(said["because"])
        row.answer = {name: value for name, value in said.items() if name not in _COLUMNS}
        changes = list(changes_of(self.shelf, self.day)) if settles else []
        body = {**told_of(row), "stands": {str(c.row.id): c.told() for c in changes}}
        line = self.pen.append("gate.event", body, clause=row.clause or None)
        row.seq = line.seq
        self.pen.do(insert(row))
        for change in changes:
            keep(self.pen, change, line.seq, self.at)
        return row

    # What a decision looks at

    def _lay_out(self, told: Telling) -> None:
        self.day.site.passes.clear()
        self.day.site.places.there.clear()
        self.shelf = told.shelf or gatehouse.shelf(
            passes_looked_at(self.pen.site_id, told.event, told.held, self.at)
        )
        self.shelf.lay_out(self.day)
        self.day.site.rolls = []
        if told.event in ("scan", "admit") or told.event.startswith("roll_"):
            roll = running_roll(self.pen.site_id, self.pen.ask)
            self.day.site.rolls = [roll] if roll else []
        self.day.site.breaches = dict([_breach_of(told.breach)] if told.breach else [])

    def context(self, told: Telling) -> Context:
        """The figures that this event is decided by."""
        visits = {row.visit for row in self.shelf.rows.values()}
        headcounts = {
            str(v.id): v.headcount for v in visits | ({told.visit} if told.visit else set())
        }
        if told.event in ("roll_mark", "roll_end") and self.day.site.roll is not None:
            headcounts |= headcounts_of(self.pen.site_id, self.day.site.roll.expected)
        return gatehouse.context(self.policy, headcounts, self.may(told.event))

    def may(self, event: str) -> list[str]:
        """What whoever acts is, for an event that asks for it."""
        if event not in _ASKS:
            return []
        permission, known = _ASKS[event]
        holders = those_who_may(self.pen.site_id, permission, self.pen.at)
        return [known] if any(str(one.id) == self.by for one in holders) else []


def _breach_of(row: GateBreach) -> tuple[str, Breach]:
    confirmed = str(row.confirmed.by) if row.confirmed else None
    name = str(row.id)
    return name, Breach(name, str(row.leader or "…"), str(row.event.by), confirmed)


def told_of(row: GateEvent) -> Plain:
    """An event as the journal keeps it: ids, figures and commitments."""
    body: Plain = {
        "number": row.number, "event": row.event, "at": written(row.at), "code": row.code, "because": row.because,
        "device": _id(row.device_id), "visit": _id(row.visit_id), "pass": _id(row.visitor_pass_id),
        "nonce": row.nonce, "fields": row.fields, "answer": row.answer, "context": row.context,
    }  # fmt: skip
    if row.words:
        body["words"] = committed(row.words, row.salt)
    return body


def _id(value: object) -> str | None:
    return str(value) if value else None


def at_the_gates(pen: Pen) -> AtGates:
    """The gates of now."""
    return AtGates(pen)

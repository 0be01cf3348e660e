"""Handovers of a day as people see them: titles for ids, counts and reasons beside the entries."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from yingbin.matters.models import Matter
from yingbin.rules.duty.day import DutyDay
from yingbin.rules.duty.terms import Handover, HandoverEntry

from ..folding import Names, when
from ..models import DutyEvent


@dataclass(frozen=True)
class SeenEntry:
    """One entry of a handover; `reason`: why it was objected to; `count`: how many of it there are."""

    kind: str
    id: str
    title: str
    accepted: bool | None
    reason: str = ""
    count: int | None = None


@dataclass(frozen=True)
class SeenHandover:
    """A handover of the day."""

    id: str
    post: str
    post_id: str
    giver: str
    giver_id: str
    receiver: str
    receiver_id: str
    began: datetime
    entries: tuple[SeenEntry, ...]
    signed: frozenset[str]
    state: str


def seen_handovers(
    day: DutyDay, events: Iterable[DutyEvent], names: Names, matters: Mapping[str, Matter]
) -> Iterator[SeenHandover]:
    """The handovers of a folded day in their order; `matters`: its lines by id."""
    said = _Said(list(events), matters)
    for one in day.handovers.values():
        yield SeenHandover(
            id=one.id,
            post=names.of(one.post),
            post_id=one.post,
            giver=names.of(one.giver),
            giver_id=one.giver,
            receiver=names.of(one.receiver),
            receiver_id=one.receiver,
            began=when(one.began),
            entries=tuple(said.entry(one, e) for e in one.entries),
            signed=frozenset(one.signed),
            state=one.state,
        )


class _Said:
    """What the events say of entries beyond the rules: how many there are, why one was objected to."""

    def __init__(self, events: list[DutyEvent], matters: Mapping[str, Matter]) -> None:
        self.matters = matters
        begun = [e.facts for e in events if e.event == "handover_start"]
        self.counts = {
            (str(one["handover"]), str(row["item"])): int(row["count"])
            for one in begun
            for row in one.get("stock", ())
        }
        self.reasons = {
            (str(e.facts["handover"]), str(e.facts["kind"]), str(e.facts["id"])): str(reason)
            for e in events
            if e.event == "handover_answer" and (reason := e.reason)
        }

    def entry(self, handover: Handover, entry: HandoverEntry) -> SeenEntry:
        count = self.counts.get((handover.id, entry.id)) if entry.kind == "stock" else None
        matter = self.matters.get(entry.id)
        title = f"第{matter.number}号 {matter.title}" if matter else entry.id
        why = self.reasons.get((handover.id, entry.kind, entry.id), "")
        return SeenEntry(
            kind=entry.kind,
            id=entry.id,
            title=title if count is None else f"{entry.id} {count}",
            accepted=entry.accepted,
            reason=why if entry.accepted is False else "",
            count=count,
        )

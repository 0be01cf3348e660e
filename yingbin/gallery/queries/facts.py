"""One fact of a case file, their order, and what happened while a group was here (TQ-11)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from ..models import Claim, Nudge, Reception, Step, Visit
from ..offline.words import lasted, nudge_title, step_title

# Known by their clock alone, and never before the decision of the same moment.
_FOLLOW = frozenset({"accepted", "ended", "left", "claim"})


@dataclass(frozen=True)
class Fact:
    """One thing that happened. `people` are the ids its words name; `proof` lets anyone recompute the
    commitment that the journal holds under `seq`. `came_with` is the number of the write it came with, where
    it shows none of its own; `recalled` what was written down long after it happened. `about`: the ids by
    which its entry is known, and what its line says beside them.
    """

    at: datetime
    kind: str
    title: str
    detail: str = ""
    clause: str = ""
    receipt: str = ""
    seq: int | None = None
    link: str = ""
    people: tuple[UUID, ...] = ()
    strokes: list[list[int]] = field(default_factory=list)
    event_id: UUID | None = None
    proof: dict[str, str] = field(default_factory=dict)
    came_with: int | None = None
    recalled: bool = False
    about: dict[str, str | int | None] = field(default_factory=dict)

    @property
    def place(self) -> int | None:
        """The journal number that orders it; None where only its clock does: a card, an old register's row."""
        if self.recalled:
            return None
        return self.came_with if self.seq is None else self.seq


def proof_of(name: str, words: str, salt: str) -> dict[str, str]:
    """What recomputes the commitment of words that stands in a field of the journal."""
    return {"field": name, "words": words, "salt": salt} if salt and words else {}


def in_order(found: Iterable[Fact]) -> list[Fact]:
    """Facts as they happened: by journal number, so that a clock that steps back swaps nothing; what has
    no number stands among them by its own clock."""
    facts = list(found)
    moments: dict[int, datetime] = {}
    latest = None
    for f in sorted((f for f in facts if f.place is not None), key=lambda f: f.place or 0):
        latest = max(latest or f.at, f.at)
        moments[id(f)] = latest
    return sorted(facts, key=lambda f: (moments.get(id(f), f.at), f.kind in _FOLLOW, f.place or 0))


def of_receptions(site_id: UUID, visits: list[Visit]) -> Iterator[Fact]:
    """Who said "I'm coming" and when, and when a reception was over; who left without one."""
    rows = Reception.objects.filter(site_id=site_id, visit__in=visits, visit__late_at=None)
    for r in rows.select_related("visit"):
        about = {"visit": str(r.visit_id)}
        if r.accepted_at:
            title = f"接单，{lasted(r.accepted_at - r.began_at)}后"
            yield Fact(r.accepted_at, "accepted", title, people=(r.receiver,), about={**about})
        if r.ended_at:
            over = "接待完毕" if r.visit.finished_at == r.ended_at else "不再由其接待"
            title = f"{over}，历时 {lasted(r.ended_at - r.began_at)}"
            yield Fact(r.ended_at, "ended", title, people=(r.receiver,), about={**about})
    for v in visits:
        if v.left_at:
            title = f"到访 {v.number} 没有等到接待，先离开了"
            proof = proof_of("note", v.note, v.salt)
            yield Fact(v.left_at, "left", title, v.note, about=of_visit(v), proof=proof)


def of_nudges(site_id: UUID, visits: list[Visit]) -> Iterator[Fact]:
    """Receivers who didn't come: called again, or the manager asked for somebody else; by whom (TQ-1.1, TQ-11)."""
    rows = Nudge.objects.filter(site_id=site_id, reception__visit__in=visits)
    for n in rows.select_related("reception"):
        another = n.kind == Nudge.Kind.CHANGE
        yield Fact(
            n.at, "nudge", nudge_title(another=another), clause="TQ-11" if another else "TQ-1.1",
            seq=n.seq, people=(n.reception.receiver, n.by), about={"visit": str(n.reception.visit_id)},
        )  # fmt: skip


def of_visit(visit: Visit) -> dict[str, str | int | None]:
    """What a line about a visit says beside its id."""
    return {"visit": str(visit.id), "number": visit.number, "size": visit.group_size}


def of_steps(site_id: UUID, visits: list[Visit]) -> Iterator[Fact]:
    """The steps of the receptions, with what was shown, given and agreed (TQ-2.1 – 2.4)."""
    for s in Step.objects.filter(site_id=site_id, visit__in=visits):
        yield Fact(
            s.at, "step", step_title(s.which, list(map(str, s.things)), s.next_contact),
            s.note, s.clause, seq=s.seq, people=(s.by,), proof=proof_of("note", s.note, s.salt),
            about={"visit": str(s.visit_id)},
        )  # fmt: skip


def of_claims(site_id: UUID, visits: list[Visit]) -> Iterator[Fact]:
    """Claims that a visitor was unrelated, and what the manager found (TQ-6)."""
    for c in Claim.objects.filter(site_id=site_id, visit__in=visits):
        about = {"visit": str(c.visit_id), "claim": str(c.id)}
        asked = (c.asked_by,)
        yield Fact(
            c.asked_at, "claim", "申报无关来访", c.note, "TQ-6", people=asked, about={**about},
            proof=proof_of("note", c.note, c.salt),
        )  # fmt: skip
        if c.decided_at:
            title = "经理向客户核实：属实" if c.granted else "经理核实：不属实"
            people = (c.decided_by,) if c.decided_by else ()
            yield Fact(
                c.decided_at, "claim", title, c.answer, "TQ-6", people=people, about={**about},
                proof=proof_of("answer", c.answer, c.salt),
            )  # fmt: skip
        elif c.withdrawn_at:
            yield Fact(
                c.withdrawn_at, "claim", "撤回申报", "", "TQ-6", people=asked, about={**about}
            )

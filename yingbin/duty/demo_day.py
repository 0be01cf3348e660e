"""One day on duty of a demo's place: its people do things in order, and what lies after a moment doesn't happen."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from yingbin.journal.action import Acting, Deed
from yingbin.people.calendar import ZONE
from yingbin.rules.decision import Refused

from .actions import breaks, handovers
from .demo_ink import signature_of
from .demo_when import When
from .queries.roster import staff_on_duty

Step = tuple[str, Callable[[], object]]


@dataclass(frozen=True)
class Kept:
    """What is handed over at a post beside its open lines."""

    keys: tuple[str, ...]
    stock: tuple[tuple[str, int], ...]


def by_role(site_id: UUID, role: str) -> list[UUID]:
    """Who has this role on duty there now, by name."""
    staff = staff_on_duty(site_id, timezone.now())
    return [who for who, held in staff.items() if held == role]


class DayPlayer:
    """One day of a place; what lies after `until` doesn't happen, and what the rules refuse doesn't either."""

    def __init__(self, site_id: UUID, day: date, until: datetime, when: When) -> None:
        self.site_id, self.day, self.until, self.when = site_id, day, until, when
        self.people = by_role(site_id, "receptionist")
        self.lead = by_role(site_id, "lead")[0]
        self.guards = by_role(site_id, "guard")[:1]
        self.at = datetime.combine(day, time(4), ZONE)

    def run(self, steps: Iterable[Step]) -> None:
        """Everything in the order of its hours, up to `until`."""
        for clock, step in sorted(steps, key=lambda step: step[0]):
            if self.moment(clock) <= self.until:
                step()

    def moment(self, clock: str) -> datetime:
        """An hour of this day."""
        return datetime.combine(self.day, time.fromisoformat(clock), ZONE)

    def beside(self, at: datetime) -> None:
        """What else is played up to a moment, before the next thing happens."""

    def do(self, clock: str, by: UUID, deed: Deed[object]) -> object:
        """Somebody does something, at that hour or right after what came before; None where it doesn't happen."""
        at = max(self.moment(clock), self.at)
        if at > self.until:
            return None
        self.beside(at)
        self.at = at + timedelta(seconds=7)
        try:
            return deed(Acting(self.site_id, f"demo-duty-{self.day}-{self.at:%H%M%S}", by, at))
        except Refused:
            return None

    def rest(self, who: UUID, begins: str, ends: str, kind: str = "meal") -> Iterable[Step]:
        """Somebody asks for a break, takes it where the rules agree, and is back; both are steps of the day."""
        taken: list[UUID] = []
        minutes = int((self.moment(ends) - self.moment(begins)).total_seconds() // 60) + 1

        def leave() -> None:
            asked = self.do(begins, who, breaks.ask_break.given(kind=kind, minutes=minutes))
            if isinstance(asked, breaks.Asked) and asked.rest:
                taken.append(asked.rest)
                self.do(begins, who, breaks.start_break.given(rest=asked.rest))

        def return_() -> None:
            for one in taken:
                self.do(ends, who, breaks.end_break.given(rest=one))

        return (begins, leave), (ends, return_)

    def hand_over(self, clock: str, post: UUID, giver: UUID, receiver: UUID, kept: Kept) -> None:
        """Begun by whoever is at the post, the receiver's word and signature in one, then the giver's."""
        there = next(who for who in (giver, receiver) if who not in self.guards)
        begun = handovers.start_handover.given(
            post=post, giver=giver, receiver=receiver, keys=kept.keys, stock=kept.stock
        )
        done = self.do(clock, there, begun)
        if not isinstance(done, handovers.HandoverBegun):
            return
        for who in (receiver, giver):
            signed = handovers.sign_handover.given(
                handover=done.handover,
                signature=signature_of(who),
                accepts_rest=who == receiver,
                device=there if who in self.guards else None,
            )
            self.do(clock, who, signed)

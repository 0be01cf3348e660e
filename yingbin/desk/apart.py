"""Whom a complaint is about stays out of it (SD-4.2.5): a check before the contract's door, which it doesn't change.

By the rules anybody of the office may hold a matter; here whoever is named in `matters.Recusal` may not: not act, not
be given it, not hear of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, UUIDField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from yingbin.matters.models import Recusal
from yingbin.matters.queries import recused
from yingbin.rules.decision import Refused
from yingbin.rules.desk.desk import Move
from yingbin.rules.desk.notices import Notice
from yingbin.rules.desk.office import Office
from yingbin.rules.matters import State

CLAUSE = "SD-4.2.5"


@dataclass(frozen=True)
class Apart:
    """Those who stay out of one matter, by their ids, in this office."""

    people: frozenset[str]
    office: Office

    def check(self, by: str) -> None:
        """Whoever acts isn't among them. Raises `Refused`."""
        if by in self.people:
            raise Refused(CLAUSE, "这件投诉涉及您本人，您要回避；主管会交给别的同事。")

    def check_taker(self, move: Move) -> None:
        """Nobody among them gets it. Raises `Refused`."""
        for to in {step.to for step in move.steps if step.to}:
            if to in self.people:
                raise Refused(CLAUSE, f"投诉的就是{to}，不能交给本人，请另选一位。")
            own = self.office.departments.get(to)
            if own and set(own.people) <= self.people:
                raise Refused(CLAUSE, f"{to}的人都要回避，请转给别的部门，或者由主管指派。")

    def others(self, notices: Iterable[Notice]) -> list[Notice]:
        """What is told without them: the chief hears it in their place, nobody twice of one notice."""
        if not self.people:
            return list(notices)
        named = (
            one if one.to not in self.people else replace(one, to=self.chief) for one in notices
        )
        return list(dict.fromkeys(one for one in named if one.to))

    @property
    def chief(self) -> str:
        """Whoever sees to it that others handle it: the supervisor, or the manager where it is about them; "" neither."""
        two = (self.office.supervisor, self.office.manager)
        return next((one for one in two if one not in self.people), "")

    def has(self, state: State) -> bool:
        """Whether somebody among them owns, holds or is offered an open matter."""
        parties = {state.owner, state.holder, state.offered_to}
        return not state.ended and bool(parties & self.people)


def apart_from(site_id: UUID, matter_id: UUID, office: Office) -> Apart:
    """Those who stay out of a matter; one query."""
    return Apart(frozenset(map(str, recused(site_id, matter_id))), office)


def requests_kept_from(who: UUID) -> Q:
    """The condition that a request is about a matter that this person stays out of."""
    matter = Cast(KeyTextTransform("matter", OuterRef("about")), UUIDField())
    return Q(Exists(Recusal.objects.filter(matter_id=matter, staff_id=who, end=None)))


def in_their_hands() -> Q:
    """The condition that a matter of the desk is still with somebody whom it is about, and waits to be reassigned."""
    named = Recusal.objects.filter(matter=OuterRef("matter_id"), end=None)
    owner, holder, offered = (
        Q(staff_id=OuterRef(f"matter__{one}")) for one in ("owner_id", "holder_id", "offered_to")
    )
    return Q(Exists(named.filter(owner | holder | offered)))

"""技能与班次 as it is read: everybody of the departments with what they can do, whether they are here, what they have."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yingbin.matters.queries.reach import belonging
from yingbin.people.calendar import ZONE
from yingbin.people.queries import Badge
from yingbin.rules.desk import dispatch as rule
from yingbin.rules.desk.dispatch import Hand, Here
from yingbin.rules.gone import colleague

from ..allowed import standing_or_last
from ..crew import Crew
from ..names import names_in
from .dispatch import hands_of
from .mine import members_of


@dataclass(frozen=True)
class CrewLine:
    """Somebody: their skills in words, the hours that were written down, how they stand now; look: of its pill."""

    who: str
    name: str
    skills: tuple[str, ...]
    hours: str
    now: str
    look: str
    open: int
    kept: bool


@dataclass(frozen=True)
class CrewTeam:
    """A department with its people."""

    name: str
    lines: tuple[CrewLine, ...]


def keeps(badge: Badge, at: datetime) -> frozenset[UUID] | None:
    """Whose skills and hours this person writes down: a head's own department's, None for everybody's (the manager)."""
    if badge.may("desk.manage"):
        return None
    own = belonging(badge.here, badge.staff_id, at)
    mine = {badge.staff_id} if own.heads else set[UUID]()
    return frozenset(members_of(badge, own, at) | mine)


def may_keep(badge: Badge, who: UUID, at: datetime) -> bool:
    """Whether this person writes down somebody's skills and hours."""
    kept = keeps(badge, at)
    return kept is None or who in kept


def crew_lines(badge: Badge, crew: Crew, at: datetime) -> list[CrewTeam]:
    """Every department with its people; a constant number of queries."""
    stands = standing_or_last(badge.here, at)
    if stands is None:
        return []
    people = [*stands.office.departments]
    people += [who for one in stands.office.departments.values() for who in one.people]
    names, kept = names_in(badge.here, people), keeps(badge, at)
    hands = hands_of(badge.here, stands, crew, "", at)
    teams = []
    for name, team in hands.items():
        lines = tuple(_line(one, crew, colleague(names, one.who), kept, at) for one in team)
        teams.append(CrewTeam(names.get(name, "部门"), lines))
    return sorted(teams, key=lambda one: -len(one.lines))


def _line(
    hand: Hand, crew: Crew, name: str, kept: frozenset[UUID] | None, at: datetime
) -> CrewLine:
    worker = crew.by_worker.get(UUID(hand.who))
    now, look = _now(hand, at)
    return CrewLine(
        hand.who, name, crew.titles(worker) if worker else (), worker.hours.said if worker and worker.hours else "",
        now, look, hand.open, kept is None or UUID(hand.who) in kept,
    )  # fmt: skip


def _now(hand: Hand, at: datetime) -> tuple[str, str]:
    """How somebody stands now, and the look of it."""
    here, local = hand.here(at), at.astimezone(ZONE)
    if (shift := hand.on(at)) is not None:
        ends = shift.ends.astimezone(ZONE)
        return f"{shift.title}在岗，到 {ends:%H:%M}（{hand.by}）", "free"
    if here is Here.OFF:
        coming = hand.comes(at)
        return (f"不在班，{rule.when(coming, local)}上班" if coming else "不在班"), ""
    return ("今天在办事", "free") if here is Here.SEEN else ("班次没写", "")


def person_named(badge: Badge, who: UUID, at: datetime) -> str:
    """The name of somebody of a department here; "" for anybody else."""
    stands = standing_or_last(badge.here, at)
    if stands is None or not stands.office.department_of(str(who)):
        return ""
    return names_in(badge.here, [str(who)]).get(str(who), "")

"""技能与班次 written down: what one worker can do and when they work; the office's words for skills (SD-4.2.2)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.people.policies import set_part
from yingbin.rules.decision import Refused

from ..allowed import standing_or_last
from ..crew import CLAUSE, CREW, Crew, Skill, Worker, crew_at
from .seen import read_as

OLD = "别的同事刚改过。请重新打开这一页，看了再改。"
OWN = "own_"


@dataclass(frozen=True)
class CrewSet:
    """The version in which an office's crew stands now."""

    version: int


def seen_of(crew: Crew, who: UUID) -> str:
    """What somebody has read of one worker."""
    worker = crew.by_worker.get(who)
    return read_as(asdict(worker) if worker else None)


def seen_skills(crew: Crew) -> str:
    """What somebody has read of the skills."""
    return read_as([asdict(one) for one in crew.skills])


@action("desk.worker")
def set_worker(pen: Pen, *, worker: Worker, reason: str, seen: str) -> CrewSet:
    """What one worker can do and when they work, from now on. Raises `Refused` where it changed since `seen`."""
    crew = crew_at(pen.site_id, pen.at)
    if seen_of(crew, worker.who) != seen:
        raise Refused(CLAUSE, OLD)
    stands = standing_or_last(pen.site_id, pen.at)
    if stands is None or not stands.office.department_of(str(worker.who)):
        raise Refused(CLAUSE, "这位同事现在不在哪个部门里，请先在「人员」里加上。")
    known = {one.key for one in crew.offered}
    if not known.issuperset(worker.skills):
        raise Refused(CLAUSE, "有一个工种已经不用了，请重新勾选。", about="skills")
    others = [one for one in crew.workers if one.who != worker.who]
    return _set(pen, replace(crew, workers=(*others, worker)), reason)


@action("desk.skills")
def set_skills(pen: Pen, *, skills: tuple[Skill, ...], reason: str, seen: str) -> CrewSet:
    """The office's words for skills; one without a key is new. A key never changes its meaning, what isn't wanted any more is
    retired. Raises `Refused` where they changed since `seen`."""
    crew = crew_at(pen.site_id, pen.at)
    if seen_skills(crew) != seen:
        raise Refused(CLAUSE, OLD)
    known = {one.key: one for one in crew.skills}
    if strange := next((one for one in skills if one.key and one.key not in known), None):
        raise Refused(CLAUSE, f"没有「{strange.title}」这个工种，请重新打开这一页。")
    told = known | {one.key: one for one in skills if one.key}
    fresh = _keyed([one for one in skills if not one.key], known)
    return _set(pen, replace(crew, skills=(*told.values(), *fresh)), reason)


def _keyed(fresh: Sequence[Skill], known: dict[str, Skill]) -> list[Skill]:
    """New skills with keys of their own; skills are never taken out, so a number is never given twice."""
    first = sum(key.startswith(OWN) for key in known) + 1
    return [replace(one, key=f"{OWN}{first + n}") for n, one in enumerate(fresh)]


def _set(pen: Pen, crew: Crew, reason: str) -> CrewSet:
    plain = CREW.plain(crew)
    return CrewSet(set_part.within(pen, name=CREW.name, part=plain, reason=reason))

"""技能与班次: what an office's workers can do and when they work, as one policy of the site (SD-4.2.2).

Kept words for skills, each with the subjects that ask for it; of each worker their skills and, where no roster says
it, the hours of their week. Dispatch reads it and proposes; nothing is decided by it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from yingbin.journal.trips import Ask, ask
from yingbin.people.policies import Policy, declare
from yingbin.rules.decision import Refused
from yingbin.rules.desk.dispatch import Week

CLAUSE = "SD-4.2.2"
EVERY_DAY = tuple(range(7))
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


@dataclass(frozen=True)
class Skill:
    """A kept word for what somebody can do. subjects: keys of the subjects that ask for it; retired: chosen no more."""

    key: str
    title: str
    subjects: tuple[str, ...] = ()
    retired: bool = False


@dataclass(frozen=True)
class Hours:
    """The same hours on some days of the week, Monday 0; title: 早班, or "". Over midnight where they end before they begin."""

    begins: time
    ends: time
    title: str = ""
    days: tuple[int, ...] = EVERY_DAY

    @property
    def week(self) -> Week:
        """As the rules take it."""
        return Week(self.title, self.begins, self.ends, frozenset(self.days))

    @property
    def said(self) -> str:
        """早班 07:00–15:00，周一到周日."""
        span = f"{self.begins:%H:%M}–{self.ends:%H:%M}"
        return f"{self.title} {span}，{_days(self.days)}".strip()


def _days(days: tuple[int, ...]) -> str:
    if days == tuple(range(days[0], days[-1] + 1)) and len(days) > 2:
        return "每天" if days == EVERY_DAY else f"{WEEKDAYS[days[0]]}到{WEEKDAYS[days[-1]]}"
    return "、".join(WEEKDAYS[day] for day in days)


@dataclass(frozen=True)
class Worker:
    """What is written down of somebody. who: their id; skills: keys; hours: None where a roster says it, or nobody does."""

    who: UUID
    skills: tuple[str, ...] = ()
    hours: Hours | None = None


SHIPPED = (
    Skill("water", "水工", ("water", "leak", "drain")),
    Skill("power", "电工", ("power",)),
    Skill("wood", "木工", ("door",)),
    Skill("lift", "电梯", ("lift",)),
    Skill("access", "门禁弱电", ("door",)),
    Skill("clean", "保洁", ("clean",)),
    Skill("green", "绿化", ("green",)),
)


@dataclass(frozen=True)
class Crew:
    """An office's skills, and its workers as far as somebody wrote them down."""

    skills: tuple[Skill, ...] = SHIPPED
    workers: tuple[Worker, ...] = ()

    @property
    def offered(self) -> tuple[Skill, ...]:
        """The skills that can be chosen."""
        return tuple(one for one in self.skills if not one.retired)

    @property
    def by_worker(self) -> Mapping[UUID, Worker]:
        """The workers by their ids."""
        return {one.who: one for one in self.workers}

    def asked(self, subject: str) -> tuple[Skill, ...]:
        """The skills that would do for a subject; none where it asks for nothing in particular."""
        return tuple(one for one in self.offered if subject in one.subjects)

    def titles(self, worker: Worker) -> tuple[str, ...]:
        """A worker's skills in words."""
        return tuple(one.title for one in self.offered if one.key in worker.skills)


def _check(crew: Crew) -> None:
    titles = [one.title for one in crew.offered]
    twice = next((one for one in titles if titles.count(one) > 1), "")
    if twice or not all(title.strip() for title in titles):
        raise Refused(CLAUSE, f"「{twice}」写了两次，请改一个。" if twice else "每个工种要有名称。")
    for one in crew.workers:
        days = one.hours.days if one.hours else EVERY_DAY
        if not days or list(days) != sorted({*days} & {*EVERY_DAY}):
            raise Refused(CLAUSE, "请勾上哪几天上班；不固定的，上班时间留空。", about="days")


CREW = declare(Policy("desk.crew", "技能与班次", Crew, CLAUSE, _check))


def crew_at(site_id: UUID, at: datetime, through: Ask = ask) -> Crew:
    """What was written down of an office's workers at a moment; one query."""
    return CREW.in_force(site_id, at, through).values

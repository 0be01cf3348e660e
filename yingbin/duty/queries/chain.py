"""Who hears of what is for a lead, a head or a guard; where nobody holds the role, whoever hears instead."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from yingbin.people.models import Assignment
from yingbin.people.queries import current

from ..words import ROLE_WORDS

# Who hears, the first of them that somebody holds: an alert that reaches nobody is none.
INSTEAD = {
    "lead": ("lead", "project_head", "administrator"),
    "head": ("project_head", "lead", "administrator"),
    "guard": ("guard", "lead", "project_head", "administrator"),
}
ROLE_OF = {"lead": "lead", "head": "project_head", "guard": "guard"}
_TITLES = {
    "lead": "领班",
    "project_head": "项目负责人",
    "guard": "安全员",
    "administrator": "系统管理员",
}


@dataclass(frozen=True)
class Hearing:
    """Who hears of what is for a role. role: the one of the house by which they hear; "" where there is nobody at all."""

    meant: str
    role: str
    people: tuple[UUID, ...]
    names: tuple[str, ...]

    @property
    def instead(self) -> bool:
        """Whether they hear in place of others: nobody holds the role that is meant."""
        return self.role != ROLE_OF[self.meant]

    @property
    def meant_words(self) -> str:
        """The role that is meant, as people say it."""
        return ROLE_WORDS[self.meant]

    @property
    def role_words(self) -> str:
        """The role by which they hear."""
        return _TITLES.get(self.role, "")


def hearing(site_id: UUID, at: datetime) -> dict[str, Hearing]:
    """Who hears at a site, by the role of the contract; one question."""
    here = Q(site_id=site_id, role__in=ROLE_OF.values())
    company = Q(site__isnull=True, role="administrator")
    rows = Assignment.objects.filter(current(at), here | company, staff__is_active=True)
    held: dict[str, dict[UUID, str]] = {}
    told = rows.order_by("staff__pinyin", "staff_id")
    for role, who, name in told.values_list("role", "staff_id", "staff__name"):
        held.setdefault(role, {})[who] = name
    return {meant: _of(meant, held) for meant in INSTEAD}


def _of(meant: str, held: dict[str, dict[UUID, str]]) -> Hearing:
    role = next((r for r in INSTEAD[meant] if held.get(r)), "")
    people = held.get(role, {})
    return Hearing(meant, role, tuple(people), tuple(people.values()))

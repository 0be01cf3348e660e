"""The people of an estate's desk: clerks, guards, the supervisor, the manager, and the departments that serve."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class Department:
    """Those who do the work: a head and members."""

    head: str
    members: tuple[str, ...] = ()

    @property
    def people(self) -> tuple[str, ...]:
        """The head and the members."""
        return (self.head, *self.members)


@dataclass(frozen=True)
class Office:
    """Who works for the desk. Nobody stands in two places; no department is named like a person."""

    clerks: tuple[str, ...]
    supervisor: str
    manager: str
    guards: tuple[str, ...] = ()
    departments: Mapping[str, Department] = field(default_factory=dict)

    def is_chief(self, who: str) -> bool:
        """The supervisor or the manager."""
        return who in (self.supervisor, self.manager)

    @cached_property
    def callers(self) -> frozenset[str]:
        """Those who may call a resident back: clerks, the supervisor, the manager."""
        return frozenset((*self.clerks, self.supervisor, self.manager))

    @cached_property
    def desk_people(self) -> frozenset[str]:
        """Clerks, guards, the supervisor, the manager."""
        return self.callers | set(self.guards)

    @cached_property
    def everyone(self) -> frozenset[str]:
        """All who may hold a task."""
        return self.desk_people | set(self._departments)

    @cached_property
    def _departments(self) -> dict[str, str]:
        return {who: name for name, one in self.departments.items() for who in one.people}

    def department_of(self, who: str) -> str:
        """The department of a person, "" for people of the desk."""
        return self._departments.get(who, "")

    def head_of(self, who: str) -> str:
        """Whoever answers for a person: the head of their department, for people of the desk the supervisor."""
        name = self.department_of(who)
        return self.departments[name].head if name else self.supervisor

    def answers_for(self, party: str) -> str:
        """Whoever is told that an offer lies: the department's head, the manager where it is the supervisor's."""
        return self.departments[party].head if party in self.departments else self.manager

"""处置步骤 read: what a place does in each type of emergency, in its own words or as shipped (SF-4.6, SC-4.6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from ..models import EmergencyProcedure
from ..procedures import SHIPPED


@dataclass(frozen=True)
class SeenProcedure:
    """The steps that count for a type; version 0: as shipped."""

    type: str
    version: int
    steps: tuple[str, ...]
    own: EmergencyProcedure | None = None

    @property
    def shipped(self) -> bool:
        """Whether nobody here has written steps of their own."""
        return self.version == 0


def procedures(site_id: UUID) -> list[SeenProcedure]:
    """Every type with the steps that count, the shipped types first; one question."""
    latest = {row.type: row for row in _rows(site_id)}
    return [_seen(name, latest.get(name)) for name in [*SHIPPED, *_added(latest)]]


def procedure(site_id: UUID, type: str) -> SeenProcedure | None:
    """The steps that count for a type; None for a type this place doesn't know."""
    row = _rows(site_id).filter(type=type).last()
    return None if row is None and type not in SHIPPED else _seen(type, row)


def versions(site_id: UUID, type: str) -> list[EmergencyProcedure]:
    """All versions of a type's steps, the newest first."""
    return list(_rows(site_id).filter(type=type).reverse())


def _rows(site_id: UUID) -> QuerySet[EmergencyProcedure]:
    return EmergencyProcedure.objects.filter(site_id=site_id).order_by("version")


def _added(latest: Iterable[str]) -> list[str]:
    return sorted(name for name in latest if name not in SHIPPED)


def _seen(name: str, row: EmergencyProcedure | None) -> SeenProcedure:
    if row is None:
        return SeenProcedure(name, 0, SHIPPED[name])
    return SeenProcedure(name, row.version, tuple(row.steps), row)

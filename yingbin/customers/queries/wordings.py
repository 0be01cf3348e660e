"""What customers are told, in which version."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ..models import ConsentWording
from ..wording import SHIPPED, WORDINGS


@dataclass(frozen=True)
class Wording:
    """One version of what customers are told; `at` None for what the product ships."""

    version: str
    text: str
    at: datetime | None = None
    by: UUID | None = None


def wording_in_force(site_id: UUID) -> Wording:
    """The site's newest own wording, else the shipped one."""
    return wordings(site_id, 1)[0]


def wordings(site_id: UUID, limit: int = 20) -> list[Wording]:
    """Newest first, the shipped one last."""
    rows = ConsentWording.objects.filter(site_id=site_id).order_by("-seq")[:limit]
    own = [Wording(r.version, r.text, r.at, r.by) for r in rows]
    return [*own, Wording(SHIPPED, WORDINGS[SHIPPED])]


def is_wording(site_id: UUID, version: str) -> bool:
    """Whether customers of this site were ever told this version."""
    own = ConsentWording.objects.filter(site_id=site_id, version=version)
    return version in WORDINGS or own.exists()

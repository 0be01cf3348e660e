"""A show flat's visitors on the live pages 现在 and 岗位: who is inside, who waits to be met."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from .queries.visits import FlatPost, SeenGuests, flats, guests_here


@dataclass(frozen=True)
class GuestsHere:
    """What the live pages show of visitors; nothing at a place without a show flat."""

    flats: tuple[FlatPost, ...] = ()
    waiting: tuple[SeenGuests, ...] = ()
    inside: tuple[SeenGuests, ...] = ()

    @property
    def people(self) -> int:
        """How many people are inside."""
        return sum(group.size for group in self.inside)


def guests_now(site_id: UUID, now: datetime, *, may: bool) -> GuestsHere:
    """Who is here now, for whoever may know it; a few questions, none but one where there is no show flat."""
    found = flats(site_id) if may else ()
    if not found:
        return GuestsHere()
    seen = guests_here(site_id, now)
    return GuestsHere(
        found, tuple(g for g in seen if g.waits), tuple(g for g in seen if g.is_inside)
    )

"""Words of a place that name a customer although nothing links them: who erases decides on each."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from yingbin.journal.write import Pen

from .cards import family


@dataclass(frozen=True)
class Mention:
    """A sentence that says a name or a number of the customer; `sure`: a whole number, so it is nobody else.

    key: how a form names it; title: what kind of thing holds it.
    """

    key: str
    text: str
    title: str
    at: datetime
    sure: bool


class Mentions(Protocol):
    """How a wing finds such words, and strikes those that were chosen."""

    def found(self, *, site_id: UUID, customer_ids: list[UUID]) -> list[Mention]:
        """All of them, the oldest first."""

    def strike(
        self, *, pen: Pen, customer_ids: list[UUID], keys: Collection[str]
    ) -> dict[str, int]:
        """Empties the chosen ones inside the write that erases; how many of each kind."""


def keepers() -> list[Mentions]:
    """Of all wings that keep such words."""
    return [import_string(path) for path in settings.YINGBIN_CUSTOMER_MENTIONS]


def mentions_of(site_id: UUID, customer_id: UUID) -> list[Mention]:
    """Where a customer is named without a link, before anything is erased."""
    ids = family(site_id, customer_id)
    return [one for keeper in keepers() for one in keeper.found(site_id=site_id, customer_ids=ids)]

"""A cell of the roster as somebody writes it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class Cell:
    """A cell to be written: who, when, which shift (none: 休) at which post.

    blank: the cell was emptied: what was never published goes, what was published stands again.
    """

    staff: UUID
    day: date
    shift: UUID | None
    post: UUID | None = None
    blank: bool = False

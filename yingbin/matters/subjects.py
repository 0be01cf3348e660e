"""What a matter is about."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Subject:
    """A thing of an app by its name there, such as `gallery.visit`, and its id."""

    app: str
    id: UUID

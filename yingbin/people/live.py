"""What a wing says of its live pages: who may watch, how fragments are made, what they need."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from .queries import Badge


@dataclass(frozen=True)
class Viewer:
    """Who looks at what: the person's badge at the site, the page's argument and form token, the place's code and kind."""

    badge: Badge
    topic: str
    arg: str = ""
    csrf: str = ""
    place: str = ""
    kind: str = ""

    @property
    def site_id(self) -> UUID:
        """The site looked at."""
        assert self.badge.site_id is not None
        return self.badge.site_id


@dataclass(frozen=True)
class Topic:
    """Fragments of one kind of page: who may see them, how they are made, what they depend on."""

    permission: str
    render: Callable[[Viewer], dict[str, str]]
    personal: bool = False
    every: float = 0.0  # seconds after which the fragments change by themselves; 0: never

"""What a wing says of its live pages: who may watch, how fragments are made, what they need."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from .queries import Badge

NOBODY = UUID(int=0)


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

    @property
    def anybody(self) -> "Viewer":
        """The same without the person and their form token: what is made of it may be shown to others."""
        return replace(self, csrf="", badge=replace(self.badge, staff_id=NOBODY))


@dataclass(frozen=True)
class Topic:
    """Fragments of one kind of page: who may see them, how they are made, what they depend on.

    They are the viewer's own, unless `shared`: then they are made once for all with the same permissions, and are
    told neither who looks nor the token of a form.
    """

    permission: str
    render: Callable[[Viewer], dict[str, str]]
    shared: bool = False
    every: float = 0.0  # seconds after which the fragments change by themselves; 0: never

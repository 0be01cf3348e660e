"""Which clause an entry of the log stands under: what it is about, and the kind of its post."""

from __future__ import annotations

from typing import Literal

from .terms import Post

About = Literal[
    "presence",
    "check",
    "closing",
    "slip",
    "repair",
    "handover",
    "handover_to_guard",
    "handover_from_guard",
    "disruption",
    "emergency",
    "farewell",
]

_CLAUSES: dict[str, tuple[str, str]] = {
    "presence": ("SF-4.3.7", "SC-4.3.9"),
    "check": ("SF-4.1", "SC-4.1"),
    "closing": ("SF-4.7", "SC-4.7"),
    "slip": ("SF-4.3.6", "SC-4.3.8"),
    "repair": ("SF-4.4", "SC-4.4"),
    "handover": ("SF-4.3.6", "SC-4.3.8"),
    "handover_to_guard": ("SF-4.7", "SC-4.7"),
    "handover_from_guard": ("SF-4.1", "SC-4.1"),
    "disruption": ("SF-4.5", "SC-4.5"),
    "emergency": ("SF-4.6", "SC-4.6"),
    "farewell": ("SF-4.3.5", "SC-4.3.7"),
}


def clause_of(about: str, post: Post | None) -> str | None:
    """The clause; None where there is no post, or none of that name."""
    if post is None:
        return None
    show_flat, sales_centre = _CLAUSES[about]
    return show_flat if post.kind == "show_flat" else sales_centre

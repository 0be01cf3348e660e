"""Colleagues, as the search everywhere finds them."""

from datetime import datetime

from django.urls import reverse

from .frame import Hit
from .queries import Badge, people_of
from .roles import ROLES

MOST = 6


def finds(badge: Badge, text: str, at: datetime) -> list[Hit]:
    """People of this place by name, pinyin or account, for who keeps the list of staff."""
    if not badge.may("staff.manage"):
        return []
    return [
        Hit(
            "人员",
            one.name,
            reverse("people:person", args=[one.id]),
            "users",
            "、".join(ROLES[a.role].title for a in one.held if a.role in ROLES),  # type: ignore[attr-defined]
        )
        for one in people_of(badge.here, at, text)[:MOST]
    ]

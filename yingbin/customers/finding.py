"""Customers, as the search everywhere finds them."""

from datetime import datetime

from django.urls import reverse

from yingbin.people.frame import Hit
from yingbin.people.queries import Badge

from .queries import find


def finds(badge: Badge, text: str, at: datetime) -> list[Hit]:
    """Customers of this place by name, initials, phone or its last digits; nothing for who may not look them up."""
    if not badge.may("customers.find"):
        return []
    return [
        Hit(
            "客户",
            one.called,
            reverse("customers:card", args=[one.id]),
            "user",
            " · ".join(filter(None, (*one.phones[:1], one.receiver_name))),
        )
        for one in find(badge.here, text, limit=6)
    ]

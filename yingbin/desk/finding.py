"""Homes and residents, as the search everywhere finds them."""

from datetime import datetime

from django.urls import reverse

from yingbin.people.frame import Hit
from yingbin.people.queries import Badge

from .queries.onebox import Place, found

MOST = 6


def finds(badge: Badge, text: str, at: datetime) -> list[Hit]:
    """Homes by their people, telephones and spellings; nothing for who doesn't see the desk's."""
    if badge.site_id is None or not badge.may("desk.see"):
        return []
    return [_hit(place) for place in found(badge.here, text, badge, at).places[:MOST]]


def _hit(place: Place) -> Hit:
    people = " · ".join(f"{one.called} {one.phone}".strip() for one in place.people[:2])
    if place.home is not None:
        return Hit(
            "住户", place.home.label, reverse("desk:home", args=[place.home.id]), "home", people
        )
    one = place.people[0]
    return Hit(
        "住户", one.called, reverse("desk:resident", args=[one.id]), "user", "现在不住在这里"
    )

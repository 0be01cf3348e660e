"""Clauses, as the search everywhere finds them."""

from datetime import datetime

from django.urls import reverse

from yingbin.people.frame import Hit
from yingbin.people.queries import Badge

from .clauses import book, fold

MOST = 6


def finds(badge: Badge, text: str, at: datetime) -> list[Hit]:
    """Clauses by their number first, then by words of their title, then by any word."""
    asked = fold(text)
    found = sorted(
        book().search(text),
        key=lambda c: (not fold(c.id).startswith(asked), asked not in fold(c.title)),
    )
    return [
        Hit("条款", f"{c.id} {c.title}", reverse("manual:clause", args=[c.id]), "book")
        for c in found[:MOST]
    ]

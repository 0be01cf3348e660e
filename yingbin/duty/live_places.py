"""All places somebody leads, as the page shows and pushes them: page and fragment are made by the same code."""

from typing import TypedDict
from uuid import UUID

from django.template.loader import render_to_string
from django.utils import timezone

from yingbin.people.live import Topic, Viewer

from .queries.places import Exceptions, GlancedPlace, every_post, exceptions, places_led

ALL = "all"
# A page of more posts than this is no glance any more.
MOST_POSTS = 120


class PlacesContext(TypedDict):
    """What the page and its fragment are given. heads: somebody who only wants to see what is wrong; all: every post."""

    found: Exceptions
    places: list[GlancedPlace]
    heads: bool
    all: bool
    too_many: bool


def places_context(staff: UUID, asked: str) -> PlacesContext:
    """A lead sees every post; a project head what is wrong, and every post where they ask and it can be read."""
    now = timezone.now()
    led = places_led(staff, now)
    heads = any(place.head for place in led)
    found = exceptions(led, now)
    wanted = not heads or asked == ALL
    every = wanted and found.posts <= MOST_POSTS
    return {
        "found": found,
        "places": every_post(led, now) if every else [],
        "heads": heads,
        "all": every,
        "too_many": wanted and not every,
    }


def _places(viewer: Viewer) -> dict[str, str]:
    shown = places_context(viewer.badge.staff_id, viewer.arg)
    return {"places": render_to_string("duty/_places.html", {**shown})}


# Other places move without this one's knowing: looked at again by the clock.
PLACES = Topic("duty.lead", _places, every=3.0)

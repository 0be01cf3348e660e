"""Every read of customers: the search box, cards, whose they are, look-alikes, reveals."""

from .cards import (
    Card,
    card,
    cards_of,
    family,
    known_as,
    may_open,
    names_on,
    phones_on,
    receiver_of_record,
    shown_as,
)
from .likeness import LookAlike, look_alikes, look_alikes_of
from .reveals import Seen, reveals
from .search import Found, find

__all__ = [
    "Card",
    "Found",
    "LookAlike",
    "Seen",
    "card",
    "cards_of",
    "family",
    "find",
    "known_as",
    "look_alikes",
    "look_alikes_of",
    "may_open",
    "names_on",
    "phones_on",
    "receiver_of_record",
    "reveals",
    "shown_as",
]

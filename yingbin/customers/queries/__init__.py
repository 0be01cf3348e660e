"""Every read of customers: the search box, cards, whose they are, look-alikes, reveals."""

from .cards import (
    Card,
    Shown,
    Visited,
    card,
    family,
    first_phone,
    history,
    known_as,
    may_open,
    names_on,
    phones_on,
    receiver_of_record,
    shown_as,
)
from .likeness import LookAlike, look_alikes, look_alikes_of
from .reveals import Seen, reveals
from .search import Found, find, lately, own

__all__ = [
    "Card",
    "Found",
    "LookAlike",
    "Seen",
    "Shown",
    "Visited",
    "card",
    "family",
    "find",
    "first_phone",
    "history",
    "known_as",
    "lately",
    "look_alikes",
    "look_alikes_of",
    "may_open",
    "names_on",
    "own",
    "phones_on",
    "receiver_of_record",
    "reveals",
    "shown_as",
]

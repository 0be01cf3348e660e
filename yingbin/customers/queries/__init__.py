"""Every read of customers: the search box, cards, whose they are, look-alikes, reveals."""

from .arriving import AtTheDesk, at_the_desk, cards_at_the_desk, the_one_at_the_desk
from .bulk import KnownBook, known_book, receiver_row
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
from .marks import Marks, marks_of
from .mentions import Mention, Mentions, keepers, mentions_of
from .portable import Section, erased_lately, everything, long_unseen, told
from .reveals import Seen, colleagues_ever, reveals, whole_number_of
from .search import Found, all_of, find, how_many_each, lately, own
from .spelt import called, numbers_of
from .touched import touched_cards
from .wordings import Wording, is_wording, wording_in_force, wordings

__all__ = [
    "AtTheDesk",
    "Card",
    "Found",
    "KnownBook",
    "LookAlike",
    "Marks",
    "Mention",
    "Mentions",
    "Section",
    "Seen",
    "Shown",
    "Visited",
    "Wording",
    "all_of",
    "at_the_desk",
    "called",
    "card",
    "cards_at_the_desk",
    "colleagues_ever",
    "erased_lately",
    "everything",
    "family",
    "find",
    "first_phone",
    "history",
    "how_many_each",
    "is_wording",
    "keepers",
    "known_as",
    "known_book",
    "lately",
    "long_unseen",
    "look_alikes",
    "look_alikes_of",
    "marks_of",
    "may_open",
    "mentions_of",
    "names_on",
    "numbers_of",
    "own",
    "phones_on",
    "receiver_of_record",
    "receiver_row",
    "reveals",
    "shown_as",
    "the_one_at_the_desk",
    "told",
    "touched_cards",
    "whole_number_of",
    "wording_in_force",
    "wordings",
]

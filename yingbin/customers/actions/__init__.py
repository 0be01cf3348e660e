"""Every write of customers. Functions that take `pen` work inside a write; the rest are writes."""

from .bulk import NewCard, give_receivers, make_cards, new_card, withdraw_cards
from .cards import (
    Registration,
    add_name,
    add_phone,
    complete_card,
    edit,
    note_seen,
    register,
    register_customer,
    remove_name,
    remove_phone,
    welcome_customer,
)
from .consents import consent, word_consent
from .erasure import Erasure, erase_person, hand_out_person
from .handover import hand_over_customers
from .merges import JointCard, dismiss_pair, merge, undo_merge
from .receivers import assign_receiver, set_receiver
from .reveals import reveal

__all__ = [
    "Erasure",
    "JointCard",
    "NewCard",
    "Registration",
    "add_name",
    "add_phone",
    "assign_receiver",
    "complete_card",
    "consent",
    "dismiss_pair",
    "edit",
    "erase_person",
    "give_receivers",
    "hand_out_person",
    "hand_over_customers",
    "make_cards",
    "merge",
    "new_card",
    "note_seen",
    "register",
    "register_customer",
    "remove_name",
    "remove_phone",
    "reveal",
    "set_receiver",
    "undo_merge",
    "welcome_customer",
    "withdraw_cards",
    "word_consent",
]

"""Every write of customers. Functions that take `pen` work inside a write; the rest are writes."""

from .bulk import NewCard, give_receivers, make_cards, new_card, withdraw_cards
from .cards import (
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
from .consents import consent, record_consent, word_consent
from .erasure import erase_person, hand_out_person
from .handover import hand_over_customers
from .merges import dismiss_pair, merge, merge_customers, undo_merge, undo_merge_of
from .receivers import assign_receiver, set_receiver
from .reveals import reveal, reveal_phone

__all__ = [
    "NewCard",
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
    "merge_customers",
    "new_card",
    "note_seen",
    "record_consent",
    "register",
    "register_customer",
    "remove_name",
    "remove_phone",
    "reveal",
    "reveal_phone",
    "set_receiver",
    "undo_merge",
    "undo_merge_of",
    "welcome_customer",
    "withdraw_cards",
    "word_consent",
]

"""Every write of matters. `open_matter`, `take` and `lapse_of_visits` work inside a write; the rest are writes."""

from .steps import lapse_of_visits, open_matter, take
from .verbs import (
    accept,
    acknowledge,
    act,
    answer,
    cancel,
    decline,
    done,
    offer,
    open_new,
    reopen,
    tell_customer,
)

__all__ = [
    "accept",
    "acknowledge",
    "act",
    "answer",
    "cancel",
    "decline",
    "done",
    "lapse_of_visits",
    "offer",
    "open_matter",
    "open_new",
    "reopen",
    "take",
    "tell_customer",
]

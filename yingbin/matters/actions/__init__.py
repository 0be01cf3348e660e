"""Every write of matters. `open_matter` and `take` work inside a write; the rest are writes."""

from .steps import open_matter, take
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
    "offer",
    "open_matter",
    "open_new",
    "reopen",
    "take",
    "tell_customer",
]

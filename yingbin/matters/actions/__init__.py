"""Every write of matters. `open_matter`, `open_settled`, `take` and `lapse_about` work inside a write; the rest are writes."""

from .links import link
from .opening import Opening
from .recusals import end_recusal, recuse
from .settled import SettledSteps, open_settled
from .steps import lapse_about, on_the_clock, open_matter, take
from .verbs import (
    Opened,
    Taken,
    accept,
    acknowledge,
    act,
    answer,
    assign,
    cancel,
    decline,
    done,
    offer,
    open_new,
    pause,
    reopen,
    resume,
    tell_customer,
)

__all__ = [
    "Opened",
    "Opening",
    "SettledSteps",
    "Taken",
    "accept",
    "acknowledge",
    "act",
    "answer",
    "assign",
    "cancel",
    "decline",
    "done",
    "end_recusal",
    "lapse_about",
    "link",
    "offer",
    "on_the_clock",
    "open_matter",
    "open_new",
    "open_settled",
    "pause",
    "recuse",
    "reopen",
    "resume",
    "take",
    "tell_customer",
]

"""Whatever someone owes an answer to: who owns it, who has it in hand, what may happen next, when whom to tell.

SF-4.3.6, SC-4.3.8: whoever opened a matter stays its owner until a named person accepts it.
SD-4.4: hand-offs are counted and need acceptance; the third goes to the supervisor.
SF-4.3.3: a question that was passed on is closed only when the customer has the answer.

A step is decided (`decide`: refused, or with its facts), stored, and folded (`fold`, which never refuses).
"""

from .clocks import Clock, How, Time
from .deciding import BY_WHAT_HAPPENED, VERBS, decide, has_part, next_verb, opened
from .folding import begin, fold, pause_from, replay, settled
from .kinds import ACCEPT, ENDING, KINDS, NORMAL, Kind, Level, Limit, Verb, add_kind, warn_at
from .marks import BY_CLOCK, Mark, clock_steps, next_clock, next_mark
from .state import ENDS, GROUPS, Around, Pause, State, Status, Step, is_group

__all__ = [
    "ACCEPT",
    "BY_CLOCK",
    "BY_WHAT_HAPPENED",
    "ENDING",
    "ENDS",
    "GROUPS",
    "KINDS",
    "NORMAL",
    "VERBS",
    "Around",
    "Clock",
    "How",
    "Kind",
    "Level",
    "Limit",
    "Mark",
    "Pause",
    "State",
    "Status",
    "Step",
    "Time",
    "Verb",
    "add_kind",
    "begin",
    "clock_steps",
    "decide",
    "fold",
    "has_part",
    "is_group",
    "next_clock",
    "next_mark",
    "next_verb",
    "opened",
    "pause_from",
    "replay",
    "settled",
    "warn_at",
]

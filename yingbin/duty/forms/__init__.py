"""What the pages of a day on duty take in; nothing here saves."""

from .cases import CaseForm
from .fields import ReasonForm
from .handovers import HandoverForm
from .lines import FailedForm, LineForm
from .now import BreakForm, SignOffForm
from .planning import PostForm, ShiftKindForm
from .posts import ShiftForm, StandInForm

__all__ = [
    "BreakForm",
    "CaseForm",
    "FailedForm",
    "HandoverForm",
    "LineForm",
    "PostForm",
    "ReasonForm",
    "ShiftForm",
    "ShiftKindForm",
    "SignOffForm",
    "StandInForm",
]

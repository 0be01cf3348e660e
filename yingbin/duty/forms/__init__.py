"""What the pages of a day on duty take in; nothing here saves."""

from .cases import CaseForm
from .checks import FailedForm, FilledForm, SendBackForm
from .fields import ReasonForm
from .handovers import (
    AdditionForm,
    HandoverForm,
    HandoverSignForm,
    OtherGlassForm,
    RefusalForm,
    SecretForm,
)
from .lines import LineForm
from .now import BreakForm, SignOffForm
from .planning import PostForm, ShiftKindForm
from .posts import ShiftForm, StandInForm

__all__ = [
    "AdditionForm",
    "BreakForm",
    "CaseForm",
    "FailedForm",
    "FilledForm",
    "HandoverForm",
    "HandoverSignForm",
    "LineForm",
    "OtherGlassForm",
    "PostForm",
    "ReasonForm",
    "RefusalForm",
    "SecretForm",
    "SendBackForm",
    "ShiftForm",
    "ShiftKindForm",
    "SignOffForm",
    "StandInForm",
]

"""What the pages of a day on duty take in; nothing here saves."""

from .assets import AssetForm, DismissForm, FaultForm
from .cases import CaseForm
from .check_lists import ItemForm, SectionForm
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
from .lines import DamageForm, LineForm, RoutesForm
from .now import BreakForm, SignOffForm
from .planning import PostForm, ShiftKindForm
from .posts import ShiftForm, StandInForm

__all__ = [
    "AdditionForm",
    "AssetForm",
    "BreakForm",
    "CaseForm",
    "DamageForm",
    "DismissForm",
    "FailedForm",
    "FaultForm",
    "FilledForm",
    "HandoverForm",
    "HandoverSignForm",
    "ItemForm",
    "LineForm",
    "OtherGlassForm",
    "PostForm",
    "ReasonForm",
    "RefusalForm",
    "RoutesForm",
    "SecretForm",
    "SectionForm",
    "SendBackForm",
    "ShiftForm",
    "ShiftKindForm",
    "SignOffForm",
    "StandInForm",
]

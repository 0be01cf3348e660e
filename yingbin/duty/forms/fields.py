"""Fields that several forms of a day on duty share."""

from collections.abc import Iterable
from uuid import UUID

from django import forms

from yingbin.pages.forms import KeyedForm, text

from ..queries.picture import SeenPerson

Choices = list[tuple[str, str]]


def people(found: Iterable[SeenPerson], *, but: UUID | None = None) -> Choices:
    """People to choose from."""
    return [(p.id, p.name) for p in found if p.id != str(but)]


def one_of(label: str, *, required: bool = True, help_text: str = "") -> forms.TypedChoiceField:
    """A person or a post by its id; the page says which there are."""
    return forms.TypedChoiceField(
        label=label, required=required, help_text=help_text, coerce=UUID, empty_value=None
    )


def hour(label: str, *, required: bool = True, help_text: str = "") -> forms.TimeField:
    """An hour of the day."""
    return forms.TimeField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "时间写成 12:30 这样。"},
    )


class ReasonForm(KeyedForm):
    """A sentence why."""

    reason = text("原因", 100)

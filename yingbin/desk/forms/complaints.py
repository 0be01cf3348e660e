"""Whom a complaint is about, its cause, and what is done about it."""

from collections.abc import Iterable
from uuid import UUID

from django import forms

from yingbin.pages.forms import KeyedForm, Typed, choose, text

from ..models import ComplaintCause


def about_field(label: str = "投诉的是哪位同事") -> forms.TypedMultipleChoiceField:
    """Those of the staff whom a complaint is about."""
    return forms.TypedMultipleChoiceField(
        label=label, required=False, coerce=UUID, help_text="写了以后，这位同事看不到、也办不了这件投诉。",
        error_messages={"invalid_choice": "请从名单里选投诉的是哪位同事。"},
    )  # fmt: skip


class AboutForm(KeyedForm):
    """Whom it is about."""

    prefix_of_ids = "about"
    about = about_field()

    def __init__(
        self, data: Typed | None = None, *, people: Iterable[tuple[str, str]] = ()
    ) -> None:
        super().__init__(data)
        choose(self.fields["about"], list(people))


class CauseForm(KeyedForm):
    """Why it came about."""

    prefix_of_ids = "cause"
    cause = forms.ChoiceField(
        label="原因", choices=ComplaintCause.Cause.choices,
        error_messages={"required": "请选一项原因。", "invalid_choice": "请从列表里选。"},
    )  # fmt: skip
    words = forms.CharField(
        label="说明", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": "最多写 500 个字。"},
    )  # fmt: skip


class CorrectForm(KeyedForm):
    """What is done so that it doesn't come again, by whom, until when."""

    prefix_of_ids = "correct"
    what = text("要做什么", 80)
    who = forms.ChoiceField(
        label="谁来做",
        error_messages={"required": "请选谁来做。", "invalid_choice": "请从列表里选。"},
    )
    until = forms.DateTimeField(
        label="做到什么时候",
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"required": "请选做到什么时候。", "invalid": "请选日期和时间。"},
    )

    def __init__(
        self, data: Typed | None = None, *, people: Iterable[tuple[str, str]] = ()
    ) -> None:
        super().__init__(data)
        choose(self.fields["who"], [("", "请选"), *people])
        self.fields["what"].error_messages["required"] = "请写要做什么，免得再有人投诉。"

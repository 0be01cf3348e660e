"""Several matters given to somebody else at once."""

from collections.abc import Iterable

from django import forms

from yingbin.pages.forms import KeyedForm, Typed, choose

from .acts import Choices


class ReassignForm(KeyedForm):
    """To whom, as what, and why."""

    prefix_of_ids = "reassign"
    to = forms.ChoiceField(label="改派给")
    as_ = forms.ChoiceField(
        label="换什么", choices=[("holder", "经办人"), ("owner", "负责人")], initial="holder"
    )
    reason = forms.CharField(
        label="为什么改派", max_length=200,
        error_messages={"required": "请写为什么改派，接手的人看得到。"},
    )  # fmt: skip

    def __init__(self, data: Typed | None = None, *, people: Iterable[tuple[str, str]]) -> None:
        super().__init__(data)
        said: Choices = [("", "请选"), *people]
        choose(self.fields["to"], said)

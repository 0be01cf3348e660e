"""An entry of the base of answers."""

from collections.abc import Iterable, Mapping

from django import forms

from yingbin.pages.forms import KeyedForm, Typed, choose, date_box, text, whole

from ..actions.answers import Wording


class AnswerForm(KeyedForm):
    """A question, its answer, and until when it holds."""

    question = text("问题", 80)
    subject = forms.ChoiceField(label="什么方面")
    answer = forms.CharField(
        label="答案", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="大家都看：不要写住户的姓名、电话、房号。", error_messages={"required": "请填写答案。"},
    )  # fmt: skip
    valid_until = forms.DateField(
        label="有效到", required=False, widget=date_box(),
        help_text="过了这一天不再推荐；不填就一直有效。", error_messages={"invalid": "请填日期，例如 2026-12-31。"},
    )  # fmt: skip
    version = whole(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Typed | None = None,
        *,
        subjects: Iterable[tuple[str, str]],
        initial: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        choose(self.fields["subject"], [("", "请选"), *subjects])

    @property
    def wording(self) -> Wording:
        """What was written."""
        told = self.cleaned_data
        return Wording(told["subject"], told["question"], told["answer"], told["valid_until"])

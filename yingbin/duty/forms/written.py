"""涂掉文字: which, and why; nothing here saves."""

from django import forms

from yingbin.pages.forms import KeyedForm, choose

from ..actions.written import REASONS
from ..written import Writing


class EraseWordsForm(KeyedForm):
    """Which of the words that were found, and why."""

    chosen = forms.MultipleChoiceField(
        label="涂掉哪些", error_messages={"required": "请勾选要涂掉的文字。"}
    )
    because = forms.ChoiceField(label="为什么")

    def offer(self, found: list[Writing]) -> "EraseWordsForm":
        """What was found."""
        choose(self.fields["chosen"], [(one.key, one.text) for one in found])
        choose(self.fields["because"], list(REASONS.items()))
        return self

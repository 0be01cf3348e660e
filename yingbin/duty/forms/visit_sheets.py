"""What the pages of 《样板间客户接待记录表》 take in; nothing here saves."""

from django import forms

from yingbin.pages.forms import KeyedForm, text
from yingbin.sheets.forms import SigningForm


class HandSheetForm(SigningForm):
    """交表: the receptionist's signature, and a word where a sheet of the day is corrected."""

    signer = "接待员"
    word = text(
        "捎句话", 100, required=False, help_text="更正已交的表，写明更正了什么；不写客人姓名"
    )


class SettleForm(KeyedForm):
    """A word about a difference. only: several alike at once, by their places."""

    word = text("怎么回事", 100)
    same = forms.TypedChoiceField(
        label="是同一批吗",
        choices=[("yes", "是同一批"), ("no", "不是")],
        required=False,
        coerce=lambda told: told == "yes",
        empty_value=None,
    )
    only = forms.TypedMultipleChoiceField(required=False, coerce=int)

    def offer(self, places: range) -> "SettleForm":
        """The places of this matching's pairs."""
        field = self.fields["only"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(str(n), str(n)) for n in places]
        return self


class AnswerForm(KeyedForm):
    """认可 or 退回, with a word."""

    agreed = forms.ChoiceField(choices=[("yes", "认可"), ("no", "退回")])
    word = text("说明", 100, required=False, help_text="退回时写明哪里不对")

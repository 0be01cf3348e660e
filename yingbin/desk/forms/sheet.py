"""What narrows the register, why a copy of it leaves the house, and the office's telephone."""

from collections.abc import Iterable
from uuid import UUID

from django import forms

from yingbin.pages import asked
from yingbin.pages.forms import KeyedForm, Typed, choose, date_box, text
from yingbin.rules.desk.kinds import TITLES
from yingbin.sheets.forms import HandOutForm

from ..models import DeskMatter
from ..queries.lists import WHICH
from ..queries.sheet import Filter


def _day(label: str) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=10, widget=date_box())


class FilterForm(forms.Form):
    """The register narrowed; what can't be read narrows nothing."""

    which = forms.ChoiceField(label="看哪些", required=False, choices=list(WHICH.items()))
    since = _day("从")
    until = _day("到")
    kind = forms.ChoiceField(
        label="类别", required=False, choices=[("", "全部类别"), *TITLES.items()]
    )
    source = forms.ChoiceField(
        label="方式", required=False, choices=[("", "全部方式"), *DeskMatter.Source.choices]
    )
    who = forms.ChoiceField(label="谁", required=False)
    words = forms.CharField(label="内容里的字，或编号", required=False, max_length=40)

    def __init__(self, data: Typed, *, people: Iterable[tuple[str, str]]) -> None:
        super().__init__({"which": "open", **data}, auto_id="filter-%s")
        choose(self.fields["who"], [("", "所有人"), *people])

    @property
    def chosen(self) -> Filter:
        """What was asked for."""
        self.is_valid()
        told = self.cleaned_data
        who: UUID | None = asked.uid(told.get("who"))
        return Filter(
            told.get("which") or "open", asked.day(told.get("since")), asked.day(told.get("until")),
            told.get("kind", ""), told.get("source", ""), who, told.get("words", ""),
        )  # fmt: skip


class RegisterOutForm(HandOutForm):
    """Why a copy of the register leaves the house."""

    example = "例如：物业公司月度汇总"


class ContactForm(KeyedForm):
    """The desk's telephone, which other offices tell their callers."""

    prefix_of_ids = "contact"
    phone = text("前台电话", 30, required=False)

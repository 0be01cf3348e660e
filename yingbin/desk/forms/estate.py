"""What the pages of the estate take in; nothing here saves."""

from collections.abc import Sequence
from uuid import UUID

from django import forms

from yingbin.pages.forms import KeyedForm, date_box, decimal, phone, text

from ..models import Home, ResidentNote, Tenancy

WHYS = ["回电", "约上门时间", "核对身份", "其他需要"]


def _day(label: str, *, required: bool = False) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        widget=date_box(),
        error_messages={"invalid": "日期写成 2026-11-27 这样。"},
    )


def _area() -> forms.DecimalField:
    said = "面积填 0 到 999999.99 之间的数，最多两位小数，例如 89.5。"
    return decimal("面积（㎡）", said, high="999999.99", required=False)


class BoxForm(forms.Form):
    """What is typed into the one box."""

    q = forms.CharField(required=False, max_length=60)


class AddHomeForm(KeyedForm):
    """One more home, in any spelling."""

    home = text("房号", 40)
    area = _area()
    delivery = forms.ChoiceField(label="状态", required=False, choices=Home.Delivery.choices)


class ChangeHomeForm(KeyedForm):
    """Another area or state."""

    prefix_of_ids = "home"

    area = _area()
    delivery = forms.ChoiceField(label="状态", required=False, choices=Home.Delivery.choices)
    delivered_on = _day("交付日期")


class MoveInForm(KeyedForm):
    """Who moves in or buys, as what, from when."""

    prefix_of_ids = "in"

    name = text("姓名或公司名", 40)
    phone = phone(label="电话")
    capacity = forms.ChoiceField(
        label="身份",
        choices=Tenancy.Capacity.choices,
        initial=Tenancy.Capacity.TENANT,
        widget=forms.RadioSelect,
    )
    since = _day("从哪天起")


class AnotherHomeForm(KeyedForm):
    """One more home of a person who is known."""

    prefix_of_ids = "more"

    home = text("房号", 40)
    capacity = forms.ChoiceField(label="身份", choices=Tenancy.Capacity.choices)
    since = _day("从哪天起")


class MoveOutForm(KeyedForm):
    """Who leaves, and on which day."""

    prefix_of_ids = "out"

    tenancies = forms.TypedMultipleChoiceField(
        label="谁搬走",
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请勾选谁搬走。"},
    )
    until = _day("搬走的日子", required=True)

    def offer(self, people: Sequence[tuple[UUID, str]]) -> None:
        """Those who live there."""
        field = self.fields["tenancies"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(str(one), called) for one, called in people]


class NoteForm(KeyedForm):
    """What one should know of a person, and who may read it."""

    prefix_of_ids = "note"

    about = forms.ChoiceField(label="哪方面", choices=ResidentNote.About.choices)
    text = text("说明", 120, required=False)
    readers = forms.ChoiceField(label="谁能看", choices=ResidentNote.Readers.choices)


class PhoneForm(KeyedForm):
    """Another telephone of a person."""

    prefix_of_ids = "phone"

    phone = phone(label="电话", required=True)


class RevealForm(KeyedForm):
    """Why somebody looks at a full number."""

    prefix_of_ids = "look"

    why = forms.ChoiceField(label="查看用途", choices=[(why, why) for why in WHYS])

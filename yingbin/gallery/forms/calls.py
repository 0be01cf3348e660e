"""A call and an agency's registration as they come from the page; nothing here saves."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from yingbin.pages.forms import KeyedForm, text
from yingbin.pages.phones import normalised

from ..actions.calls import CallTold
from ..models import Agency
from ..models.register import Source
from . import PHONE_HELP, Card, split

TITLES = [("", "不填称呼"), ("mr", "先生"), ("ms", "女士")]


def moment(label: str) -> forms.DateTimeField:
    """A moment to be chosen from the calendar."""
    box = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    said = {"invalid": "约好的时间没有读懂，请从日历里选。"}
    return forms.DateTimeField(label=label, required=False, widget=box, error_messages=said)


class CallForm(KeyedForm):
    """An enquiry by phone: the same one box as at the door."""

    q = forms.CharField(label="来电号码或姓名", max_length=80, required=False)
    customer = Card(required=False)
    title = forms.ChoiceField(choices=TITLES, required=False)
    asked = text(
        "问了什么",
        500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": "例如：问三房均价，周六想来看"}),
    )
    source = forms.ChoiceField(
        label="怎么知道我们的", choices=[("", "没说"), *Source.choices], required=False
    )
    taken_by = forms.UUIDField(required=False)
    next_contact = moment("约好什么时候再联系")

    def clean(self) -> dict[str, object]:
        """A number must be whole; a known customer needs none."""
        data = super().clean() or {}
        name, phone = split(data.get("q") or "")
        if not data.get("customer") and phone and normalised(phone) is None:
            self.add_error("q", PHONE_HELP)
        if len(name) > 40:
            self.add_error("q", "姓名最多 40 个字。")
        return data

    def told(self) -> CallTold:
        """The call for the action; call after `is_valid`."""
        d = self.cleaned_data
        name, phone = split(d["q"]) if not d["customer"] else ("", "")
        return CallTold(
            phone=phone,
            name=name,
            title=d["title"],
            customer_id=d["customer"],
            asked=d["asked"],
            source=d["source"],
            next_contact=d["next_contact"],
            taken_by=d["taken_by"],
        )


class RegistrationForm(KeyedForm):
    """A customer whom an agency registers before the visit."""

    agency = forms.ChoiceField(label="渠道")
    q = text("客户姓名和电话", 80, widget=forms.TextInput(attrs={"placeholder": "张伟 138…"}))

    def __init__(self, *args: Any, agencies: Iterable[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(str(a.id), a.name) for a in agencies]
        field = self.fields["agency"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = listed or [("", "先在下面加渠道")]
        self.fields["q"].widget.attrs["autocomplete"] = "off"

    @property
    def agency_id(self) -> UUID:
        """The agency that was chosen; call after `is_valid`."""
        return UUID(self.cleaned_data["agency"])

    @property
    def who(self) -> tuple[str, str]:
        """Name and phone out of the one box; call after `is_valid`."""
        return split(self.cleaned_data["q"])


class AgencyForm(KeyedForm):
    """An agency that joins the list."""

    name = text("加一个渠道", 60)
    contact = text("联系人", 60, required=False)

"""What the customers' pages send in, parsed and checked; nothing here saves."""

from typing import Any

from django import forms

from .models import Consent, Title
from .numbers import fault

WHYS = ["回访客户", "预约到访", "核对身份", "其他需要"]


class _Phone(forms.CharField):
    """A phone in any usual notation; an error says what is wrong with it."""

    widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and (wrong := fault(value)):
            raise forms.ValidationError(wrong)


def _name(**more: Any) -> forms.CharField:
    return forms.CharField(
        label="姓名",
        max_length=40,
        error_messages={
            "required": "请填写姓名。",
            "max_length": "姓名最多 40 个字，其余请写在备注里。",
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        **more,
    )


def _phone(**more: Any) -> _Phone:
    words = {"required": "请填写电话号码。", "max_length": "号码太长了，请核对。"}
    return _Phone(label="电话", max_length=30, error_messages=words, **more)


class RegisterForm(forms.Form):
    """A new customer: at least a name or a phone."""

    name = _name(required=False)
    phone = _phone(required=False)
    title = forms.ChoiceField(label="称呼", choices=Title.choices, required=False)
    note = forms.CharField(
        label="备注", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean(self) -> dict[str, Any]:
        """Refuses a card with nothing on it."""
        told: dict[str, Any] = super().clean() or {}
        blank = not told.get("name") and not told.get("phone")
        if blank and not self.errors:
            raise forms.ValidationError("请至少填写姓名或电话。")
        return told


class EditForm(forms.Form):
    """How the customer is called, addressed, and what to remember."""

    name = _name(required=False)
    title = forms.ChoiceField(label="称呼", choices=Title.choices, required=False)
    note = forms.CharField(
        label="备注", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class NameForm(forms.Form):
    """Another name."""

    name = _name()


class PhoneForm(forms.Form):
    """Another phone."""

    phone = _phone()


class RevealForm(forms.Form):
    """Why someone looks at a full number."""

    why = forms.ChoiceField(
        choices=[(why, why) for why in WHYS],
        error_messages={
            "required": "请选一个查看用途，会记在查看记录里。",
            "invalid_choice": "请从列出的用途里选一个。",
        },
    )


class ReceiverForm(forms.Form):
    """Whose customer it is from now on; no one chosen: nobody's."""

    staff = forms.UUIDField(required=False, error_messages={"invalid": "请从名单里选一位同事。"})
    reason = forms.CharField(
        label="原因",
        max_length=200,
        error_messages={"required": "改客户归属要写一句原因，会留在客户卡片上。"},
    )


class ConsentForm(forms.Form):
    """How the customer agreed, or that they withdrew."""

    how = forms.ChoiceField(
        choices=Consent.How.choices,
        error_messages={"required": "请选择客户是怎样表示同意的。"},
    )
    given = forms.ChoiceField(choices=[("yes", "同意"), ("no", "撤回")])


class MergeForm(forms.Form):
    """Which of two cards is shown from now on, and how the two were found to be one person."""

    into = forms.UUIDField(
        error_messages={"required": "请选择合并后显示哪一张。", "invalid": "请从两张里选一张。"}
    )
    why = forms.CharField(
        label="依据",
        max_length=200,
        error_messages={"required": "请写一句怎么确认是同一位客户的，例如“本人确认”。"},
    )


def first_error(form: forms.Form) -> str:
    """The first thing that is wrong with a form, "" where nothing is."""
    return next((str(e[0]) for e in form.errors.values()), "")

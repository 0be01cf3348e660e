"""What all forms here share: the key that makes a second tap harmless, and Chinese errors."""

from typing import Any

from django import forms

from yingbin.journal.write import KeyReused, new_key
from yingbin.rules.decision import Refused

_MISSING = "请填写{}。"
_CHOOSE = "请选择{}。"


class KeyedForm(forms.Form):
    """A form with an idempotency key; it keeps what was typed and says in words what is missing."""

    key = forms.CharField(max_length=80, required=False, initial=new_key, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for field in self.fields.values():
            pick = isinstance(field, forms.ChoiceField)
            words = _CHOOSE if pick else _MISSING
            field.error_messages["required"] = words.format(field.label or "这一项")
            if pick:
                field.error_messages["invalid_choice"] = f"请从列表里选择{field.label}。"

    def refuse(self, sentence: str, field: str = "") -> None:
        """Shows what an action refused, at the field it is about or above the form."""
        self.add_error(field if field in self.fields else None, sentence)

    def refused_by(self, no: Refused | KeyReused) -> None:
        """Keeps what was typed and shows why it was refused: at the field the refusal names, if any."""
        self.refuse(no.message, no.about if isinstance(no, Refused) else "")

    @property
    def refused(self) -> str:
        """What is wrong with the form as a whole, for the page's refusal box."""
        return " ".join(str(e) for e in self.non_field_errors())


def first_error(form: forms.BaseForm) -> str:
    """The first thing that is wrong with a form, as one sentence; "" where nothing is."""
    return next((str(said) for errors in form.errors.values() for said in errors), "")


def text(label: str, length: int = 40, *, required: bool = True, **more: Any) -> forms.CharField:
    """A one-line text."""
    limit = {"max_length": f"{label}最多 {length} 个字。"}
    return forms.CharField(
        label=label, max_length=length, required=required, error_messages=limit, **more
    )


def phone(*, required: bool = False, label: str = "手机", **more: Any) -> forms.CharField:
    """A phone number, checked by the action that takes it."""
    box = forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"})
    return text(label, 30, required=required, widget=box, **more)


def password(label: str, *, new: bool = False) -> forms.CharField:
    """A password box; browsers are told whether it is the present one or a new one."""
    kind = "new-password" if new else "current-password"
    box = forms.PasswordInput(attrs={"autocomplete": kind})
    said = {"max_length": "密码最多 128 个字符。"}
    return forms.CharField(
        label=label, max_length=128, strip=False, widget=box, error_messages=said
    )


def digits(label: str, *, low: int, high: int, code: bool = False) -> forms.CharField:
    """A box for a few digits, with the keys of a phone."""
    attrs = {
        "inputmode": "numeric",
        "autocomplete": "one-time-code" if code else "off",
        "maxlength": str(high),
        "class": "code-box" if code else "pin-box",
    }
    box = forms.TextInput(attrs=attrs) if code else forms.PasswordInput(attrs=attrs)
    span = f"{low}" if low == high else f"{low} 到 {high}"
    said = dict.fromkeys(("min_length", "max_length"), f"这里要填 {span} 位数字。")
    return forms.CharField(
        label=label, min_length=low, max_length=high, widget=box, error_messages=said
    )

"""What all forms here share: the key that makes a second tap harmless, and Chinese errors."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from yingbin.journal.write import KeyReused, new_key
from yingbin.rules.decision import Refused

# What a form was sent with: names and texts.
Typed = Mapping[str, Any]
# What a form made of it, by field; each field knows its own type.
Cleaned = dict[str, Any]
_MISSING = "请填写{}。"
_CHOOSE = "请选择{}。"
# An old page sent something else under its key: what was typed stands, under a key that nothing used yet.
USED = "这个页面先前已经提交过一次，那一次已经记下。这次填的都还在，确实要再记一笔，请再提交一次。"


class KeyedForm(forms.Form):
    """A form with an idempotency key; it keeps what was typed and says in words what is missing."""

    # Without an id: several forms stand on one page, and nothing labels or looks for a key.
    key = forms.CharField(
        max_length=80,
        required=False,
        initial=new_key,
        widget=forms.HiddenInput(attrs={"id": False}),
    )

    # Several forms on one page: what the ids of this one's fields begin with.
    prefix_of_ids = ""

    def __init__(
        self,
        data: Typed | None = None,
        files: "MultiValueDict[str, UploadedFile[bytes]] | None" = None,
        *,
        prefix: str | None = None,
        initial: Mapping[str, object] | None = None,
        auto_id: str = "",
    ) -> None:
        ids = f"id_{self.prefix_of_ids}_%s" if self.prefix_of_ids else "id_%s"
        super().__init__(data, files, auto_id=auto_id or ids, prefix=prefix)
        self.initial = dict(initial or {})
        self.label_suffix = ""
        for field in self.fields.values():
            pick, label = isinstance(field, forms.ChoiceField), field.label or "这一项"
            if field.error_messages["required"] is forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = (_CHOOSE if pick else _MISSING).format(label)
            told, usual = field.error_messages, field.default_error_messages
            if pick and told["invalid_choice"] is usual.get("invalid_choice"):
                told["invalid_choice"] = f"请从列表里选择{label}。"

    def refuse(self, sentence: str, field: str = "") -> None:
        """Shows what an action refused, at the field it is about or above the form."""
        self.add_error(field if field in self.fields else None, sentence)

    def refused_by(self, no: Refused | KeyReused) -> str:
        """Keeps what was typed and shows why it was refused: at the field the refusal names, if any; the words shown.

        A key that was used for something else is replaced: otherwise this page would be refused for ever.
        """
        if isinstance(no, KeyReused):
            self.renew_key()
            self.refuse(USED)
            return USED
        self.refuse(no.message, no.about)
        return no.message

    def renew_key(self) -> None:
        """What is sent from here next is a write of its own."""
        told = QueryDict(mutable=True)
        told.update(self.data)
        told[self.add_prefix("key")] = new_key()
        self.data = told

    @property
    def refused(self) -> str:
        """What is wrong with the form as a whole, for the page's refusal box."""
        return " ".join(str(e) for e in self.non_field_errors())


def choose(field: forms.Field, choices: Sequence[tuple[str, str]]) -> None:
    """Gives a field of choices those that this page offers."""
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


def same_twice(form: forms.BaseForm, told: Cleaned | None, name: str) -> Cleaned:
    """What was told; refused at `again` where it isn't what `name` says."""
    kept = told or {}
    if kept.get(name) and kept.get("again") and kept[name] != kept["again"]:
        form.add_error("again", "两次输入的不一样，请重新输入。")
    return kept


def first_error(form: forms.BaseForm) -> str:
    """The first thing that is wrong with a form, as one sentence; "" where nothing is."""
    return next((str(said) for errors in form.errors.values() for said in errors), "")


def text(label: str, length: int = 40, *, required: bool = True, **more: Any) -> forms.CharField:
    """A one-line text."""
    limit = {"max_length": f"{label}最多 {length} 个字。"}
    return forms.CharField(
        label=label, max_length=length, required=required, error_messages=limit, **more
    )


def date_box() -> forms.DateInput:
    """The box of a day. A browser's calendar shows what stands there only as 2026-12-31, whatever the language is."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def whole(
    label: str = "",
    low: int | None = None,
    high: int | None = None,
    *,
    called: str = "",
    **more: Any,
) -> forms.IntegerField:
    """A whole number; what is no such number is refused with its limits in one sentence.

    called: what the sentence calls it, where it isn't read beside the field. `error_messages` say it otherwise.
    """
    bounds = f" {low} 到 {high} 之间的整数" if high is not None else f" {low} 或更大的整数"
    said = f"{called}请填{'整数' if low is None else bounds}。"
    messages = dict.fromkeys(("invalid", "min_value", "max_value"), said)
    messages |= more.pop("error_messages", {})
    return forms.IntegerField(
        label=label or None, min_value=low, max_value=high, error_messages=messages, **more
    )


class _OneSentence(forms.DecimalField):
    """A number that hears once what is wrong with it, however many of its limits it breaks."""

    def run_validators(self, value: object) -> None:
        """The first of the sentences; they are all the same."""
        try:
            super().run_validators(value)
        except forms.ValidationError as no:
            raise forms.ValidationError(no.messages[0]) from None


def decimal(
    label: str, said: str, low: str = "0", high: str = "9999999.99", **more: Any
) -> forms.DecimalField:
    """A number of at most two decimals; what is none, or lies beyond its limits, is refused with the sentence `said`."""
    wrong = (
        "invalid", "min_value", "max_value", "max_digits", "max_decimal_places", "max_whole_digits",
    )  # fmt: skip
    messages = dict.fromkeys(wrong, said) | more.pop("error_messages", {})
    most = Decimal(high).quantize(Decimal("0.01"))
    return _OneSentence(
        label=label, min_value=Decimal(low), max_value=most, max_digits=len(most.as_tuple().digits), decimal_places=2,
        error_messages=messages, **more,
    )  # fmt: skip


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

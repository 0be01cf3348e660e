"""What the pages of the gate take in; nothing here saves."""

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError

from yingbin.pages.forms import KeyedForm, Typed, date_box, text, whole
from yingbin.rules.gate.gatefile import AREAS
from yingbin.rules.tours.verbs import AREA_WORDS

WAYS = [("in", "进"), ("out", "出")]


class ThroughForm(KeyedForm):
    """A code or a number, in or out, how many; what a device says of itself besides."""

    prefix_of_ids = "through"

    code = forms.CharField(
        label="扫码，或输入证号",
        max_length=400,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}
        ),
        error_messages={"required": "请扫参观证上的码，或输入证号。"},
    )
    way = forms.ChoiceField(label="方向", choices=WAYS, initial="in", widget=forms.RadioSelect)
    count = whole("几位", 1, 1000, initial=1, required=False)
    other_escort = forms.BooleanField(label="带队的不是证上的人", required=False)
    nonce = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    device_at = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def clean_device_at(self) -> datetime | None:
        """The device's clock; none for a form without a script."""
        return moment(self.cleaned_data["device_at"])


class AdmitForm(ThroughForm):
    """The same, let in by a supervisor."""

    prefix_of_ids = "admit"

    reason = text("为什么特准放行", 100)


class FindForm(forms.Form):
    """A name, the end of a phone number, a plate."""

    words = forms.CharField(
        label="按单位、姓名、手机尾号、车牌查", max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


class FindingForm(KeyedForm):
    """What a clash turned out to be."""

    prefix_of_ids = "finding"

    finding = text("核对结果", 200)


class BackForm(KeyedForm):
    """A pass that was given back, by its code or its number."""

    prefix_of_ids = "back"

    code = forms.CharField(
        label="扫码收证，或输入证号",
        max_length=400,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off"}),
        error_messages={"required": "请扫参观证上的码，或输入证号。"},
    )

    def __init__(self, data: Typed | None = None, *, again: bool = False) -> None:
        super().__init__(data)
        if again or data:  # a pile is scanned one by one
            self.fields["code"].widget.attrs["autofocus"] = True


class PrintForm(KeyedForm):
    """The passes of a day, badges on A4 or a card each."""

    prefix_of_ids = "print"

    day = forms.DateField(label="哪天来的客人", widget=date_box())
    card = forms.BooleanField(label="每张一页（证卡打印机）", required=False)


class ReasonForm(KeyedForm):
    """Why a pass is revoked or issued anew."""

    prefix_of_ids = "reason"

    reason = text("原因", 100)


class MarkForm(KeyedForm):
    """How many of a visit are safe."""

    prefix_of_ids = "mark"

    safe = whole("找到几位", 0, 100_000)


class GateForm(KeyedForm):
    """A new gate."""

    prefix_of_ids = "gate"

    name = text("门岗名称", 20)
    on_site = forms.BooleanField(label="大门：从这里进出厂区", required=False)
    areas = forms.MultipleChoiceField(
        label="守着哪些区域",
        choices=[(area, AREA_WORDS[area]) for area in AREAS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def moment(said: str) -> datetime | None:
    """A time as a device writes it. Raises ValidationError for what is none."""
    if not said:
        return None
    try:
        found = datetime.fromisoformat(said)
    except ValueError:
        raise ValidationError("设备的时间读不懂。") from None
    if found.tzinfo is None:
        raise ValidationError("设备的时间没有时区。")
    return found.replace(microsecond=0)

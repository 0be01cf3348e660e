"""What a customer writes by themselves, parsed and checked; nothing here saves."""

from django import forms

from yingbin.pages.phones import normalised
from yingbin.sheets.ink import strokes_of

from . import PHONE_HELP
from .register import CONSENT

ASK = "请先看说明，再选「同意」或「不同意」。两样都可以，选了才能继续。"
TITLES = [("", ""), ("mr", "先生"), ("ms", "女士")]
LEAST = 12  # numbers of a signature that is more than a dot


class GuestForm(forms.Form):
    """Name, phone, and yes or no to their being kept: neither is ticked beforehand."""

    name = forms.CharField(
        max_length=40, required=False, error_messages={"max_length": "姓名最多 40 个字。"}
    )
    title = forms.ChoiceField(choices=TITLES, required=False)
    phone = forms.CharField(max_length=30, required=False)
    consent = forms.ChoiceField(
        choices=CONSENT, error_messages={"required": ASK, "invalid_choice": ASK}
    )
    wording = forms.CharField(max_length=20)

    @property
    def agrees(self) -> bool:
        """Whether the customer agreed; call after `is_valid`."""
        return bool(self.cleaned_data["consent"] == "agreed")

    def clean(self) -> dict[str, object]:
        """With a yes, a name and a number that can be called; with a no, nothing is looked at."""
        data = super().clean() or {}
        if data.get("consent") != "agreed":
            return data
        phone = str(data.get("phone", "")).strip()
        if not str(data.get("name", "")).strip() and "name" not in self.errors:
            self.add_error("name", "请写下您的姓名，姓也可以。")
        if phone and normalised(phone) is None:
            self.add_error("phone", PHONE_HELP)
        return data

    def told(self) -> dict[str, str]:
        """What may be kept of it: with a no, the no alone; call after `is_valid`."""
        names = ("consent", "wording", "name", "title", "phone")
        told = {n: str(self.cleaned_data[n]).strip() for n in names}
        if not self.agrees:
            told |= {"name": "", "title": "", "phone": ""}
        return told


class GlassForm(forms.Form):
    """The customer's signature; left out where the device can't draw."""

    drawn = forms.CharField(required=False, max_length=60000)
    unsigned = forms.BooleanField(required=False)

    def clean(self) -> dict[str, object]:
        """A signature is more than a dot."""
        data = super().clean() or {}
        try:
            strokes = strokes_of(str(data.get("drawn", "")))
        except ValueError:
            self.add_error("drawn", "签名没有读出来，请清除后重签一次。")
            return data
        if not data.get("unsigned") and sum(map(len, strokes)) < LEAST:
            self.add_error("drawn", "请在框里签上您的名字，一点一横认不出来。")
        return data

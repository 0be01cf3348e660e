"""What every form that ends in a signature has: the glass, or the signer's own password where there is none."""

from typing import Any

from django import forms
from django.http import HttpRequest

from yingbin.pages.forms import KeyedForm, text
from yingbin.people.signin import confirmed

from .ink import Signature, Strokes, strokes_of
from .models import SheetCopy, SheetRow

MORE_THAN_A_DOT = 12  # numbers


class SigningForm(KeyedForm):
    """A form with the signer's glass (`sheets/_signing.html`); `glasses` names further ones, which may stay empty."""

    drawn = forms.CharField(required=False, max_length=60000)
    password = forms.CharField(required=False, max_length=128, strip=False)

    glasses: tuple[str, ...] = ()
    signer = "签名人"

    @property
    def signer_label(self) -> str:
        """What stands beside the glass."""
        return f"{self.signer}签名"

    def clean(self) -> dict[str, object]:
        """What was drawn can be read, and the signer's is more than a dot."""
        data = super().clean() or {}
        for name in ("drawn", *self.glasses):
            data[name] = self._strokes(name, str(data.get(name) or ""))
        if not self.errors and not data.get("password") and not _is_more(data["drawn"]):
            self.add_error("drawn", f"请{self.signer}在签名框里签上自己的名字。")
        return data

    def _strokes(self, name: str, text: str) -> Strokes:
        try:
            return strokes_of(text)
        except (ValueError, RecursionError):
            self.add_error(name, "签名没有读出来，请清除后重签一次。")
            return ()

    def is_signed(self, request: HttpRequest) -> bool:
        """Whether it is: on the glass, or by the signer's own password; call after `is_valid`."""
        if self.cleaned_data["drawn"] or confirmed(request, self.cleaned_data["password"]):
            return True
        self.refuse("密码不对，没有签上。请再输一次自己的登录密码。", "password")
        return False

    def signature(self) -> Signature:
        """How it was signed; call after `is_signed`."""
        drawn: Strokes = self.cleaned_data["drawn"]
        if drawn:
            return Signature(SheetRow.Signed.GLASS, drawn)
        return Signature(SheetRow.Signed.PASSWORD)


class WhyForm(KeyedForm):
    """Why a copy leaves the house; `example` stands in the empty field."""

    why = text("做什么用", 200)
    example = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].widget.attrs["placeholder"] = self.example
        self.fields["why"].error_messages["required"] = "请写明带出去做什么用，会留痕。"


class HandOutForm(WhyForm):
    """Why a copy leaves the house, and in which form."""

    form = forms.ChoiceField(choices=SheetCopy.Form.choices)
    example = "例如：营销部月度分析"


def _is_more(strokes: Strokes) -> bool:
    return sum(map(len, strokes)) >= MORE_THAN_A_DOT

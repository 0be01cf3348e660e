"""What the page of channels sends in."""

import base64
import binascii
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from django import forms
from django.conf import settings

from yingbin.pages.forms import KeyedForm
from yingbin.pages.wing import PartsOf

# What a site may want to hear of in a group; a kind of notice belongs to one of them or to none.
SUBJECTS: PartsOf[tuple[str, tuple[str, ...]]] = PartsOf("subjects")


def _choices() -> list[tuple[str, str]]:
    return [(id_, words) for id_, (words, _) in SUBJECTS.items()]


class ChannelForm(KeyedForm):
    """Whether a channel is used here, and for which subjects; none chosen: for everything."""

    name = forms.CharField(max_length=40)
    use = forms.ChoiceField(choices=[("yes", "使用"), ("no", "停用")])
    subjects = forms.MultipleChoiceField(choices=_choices, required=False)

    def kinds(self) -> list[str]:
        """The kinds of notice of the subjects chosen."""
        chosen: list[str] = self.cleaned_data["subjects"]
        return [kind for subject in chosen for kind in SUBJECTS[subject][1]]


class DeviceForm(KeyedForm):
    """What a browser's push service gave it: an address, a point on P-256, sixteen bytes."""

    endpoint = forms.CharField(max_length=600)
    p256dh = forms.CharField(max_length=100)
    auth = forms.CharField(max_length=40)

    def clean_endpoint(self) -> str:
        """An address over https; where it leads is looked at whenever something is sent there."""
        said: str = self.cleaned_data["endpoint"]
        parts = urlsplit(said)
        secure = parts.scheme == "https" or settings.YINGBIN_HOOKS_INSIDE
        if not secure or not parts.hostname or not said.isascii() or re.search(r"\s", said):
            raise forms.ValidationError("address")
        return said

    def clean_p256dh(self) -> str:
        """The browser's public key."""
        said: str = self.cleaned_data["p256dh"]
        try:
            ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _unpacked(said))
        except ValueError:
            raise forms.ValidationError("key") from None
        return said

    def clean_auth(self) -> str:
        """The browser's secret."""
        said: str = self.cleaned_data["auth"]
        if len(_unpacked(said)) != 16:
            raise forms.ValidationError("auth")
        return said


def _unpacked(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        raise forms.ValidationError("base64") from None


class MentionForm(KeyedForm):
    """Whether groups may mention me, and who I am at Feishu."""

    use = forms.ChoiceField(label="允许或不允许", choices=[("yes", "允许"), ("no", "不允许")])
    feishu_id = forms.RegexField(
        r"^[A-Za-z0-9_-]*$",
        label="飞书用户 ID",
        help_text="用飞书群才要填，以 ou_ 开头。",
        max_length=64,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": "飞书用户 ID 只有字母、数字和 _，请从飞书管理后台复制。"},
    )


class RangForm(KeyedForm):
    """Did it ring?"""

    rang = forms.ChoiceField(label="响了还是没响", choices=[("yes", "响了"), ("no", "没响")])


@dataclass(frozen=True)
class Subject:
    """A subject as the page of channels offers it; `chosen`: the channel hears of it."""

    id: str
    words: str
    chosen: bool


def subjects_of(kinds: tuple[str, ...]) -> list[Subject]:
    """All subjects with whether a channel hears of them."""
    return [
        Subject(id_, words, chosen=bool(set(kinds) & set(own)))
        for id_, (words, own) in SUBJECTS.items()
    ]

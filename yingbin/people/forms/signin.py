"""Signing in and one's own account, parsed; nothing here saves."""

from django import forms

from yingbin.pages.forms import Cleaned, KeyedForm, digits, password, same_twice, text


class SignInForm(KeyedForm):
    """Account or phone, and the password."""

    login = text(
        "账号或手机号",
        60,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = password("密码")


class CodeForm(KeyedForm):
    """The phone's code, or a recovery code."""

    code = forms.CharField(
        label="验证码",
        max_length=12,
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "class": "code-box",
                "autofocus": True,
            }
        ),
    )


class SetUpCodeForm(KeyedForm):
    """The first code of a phone that has just learned the secret."""

    code = digits("应用里显示的 6 位数字", low=6, high=6, code=True)


class PasswordForm(KeyedForm):
    """The present password, asked again before something that matters."""

    password = password("当前密码")


class TakeOffForm(CodeForm):
    """The password and the phone's own code, before the second factor is taken off."""

    password = password("当前密码")
    field_order = ["password", "code"]


class _TwiceForm(KeyedForm):
    new = password("新密码", new=True)
    again = password("再输一次新密码", new=True)

    def clean(self) -> Cleaned:
        """Both must be the same."""
        return same_twice(self, super().clean(), "new")


class FirstPasswordForm(_TwiceForm):
    """A password of one's own in place of the first one."""


class ChangePasswordForm(_TwiceForm):
    """The present password and a new one."""

    present = password("当前密码")
    field_order = ["present", "new", "again"]


class PinForm(KeyedForm):
    """A PIN for shared tablets, with the password again."""

    password = password("当前密码")
    pin = digits("新 PIN（4 到 6 位数字）", low=4, high=6)
    again = digits("再输一次 PIN", low=4, high=6)

    def clean(self) -> Cleaned:
        """Both PINs must be the same."""
        return same_twice(self, super().clean(), "pin")


class SwitchForm(KeyedForm):
    """The PIN of the one who takes over the tablet."""

    pin = digits("PIN", low=4, high=6)


class TabletForm(KeyedForm):
    """What the shared tablet is called."""

    name = text("这台平板叫什么", widget=forms.TextInput(attrs={"placeholder": "例如：前台平板"}))

"""Somebody proves who they are on a colleague's device, for one signature: by PIN or password; nobody is signed in by it."""

from django.contrib.auth import authenticate
from django.http import HttpRequest

from yingbin.rules.decision import Refused

from .actions import check_pin, clear_pin_failures
from .handing import is_pin
from .models import Staff
from .queries import has_totp


def prove(request: HttpRequest, staff: Staff, secret: str) -> None:
    """Whether `secret` is this person's PIN or password; tries count as at sign-in.

    Raises `Refused` where it is neither, and for somebody with a second factor: a PIN must not stand in for it.
    """
    if has_totp(staff):
        raise Refused(None, f"{staff.name}设了动态验证码，请在自己的手机上签。", "secret")
    if is_pin(staff, secret):
        check_pin(staff_id=staff.id, pin=secret)
    elif not secret or authenticate(request, username=staff.account, password=secret) is None:
        raise Refused(None, f"PIN 或密码不对，请{staff.name}本人再输一次。", "secret")
    else:
        clear_pin_failures(staff_id=staff.id)

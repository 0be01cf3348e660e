"""A device in a customer's hands: until its person takes it back, the session opens nothing else."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from yingbin.rules.decision import Refused

from .actions import check_pin, clear_pin_failures
from .models import Staff
from .signin import confirmed, moved

# Where the session keeps that a customer has the device: the page they have, the page after them.
HANDED = "with_customer"
WRONG = "PIN 或密码不对，请接待人本人再输一次。"

View = Callable[..., HttpResponse]


def for_customers(view: View) -> View:
    """A page that a customer may have in hand; every other one answers with the gate meanwhile."""
    view.for_customers = True  # type: ignore[attr-defined]
    return view


def lend_device(request: HttpRequest, *, page: str, then: str) -> None:
    """The customer takes the device: only `page` and its kind open until it is taken back."""
    before = request.session.session_key
    request.session[HANDED] = {"page": page, "then": then}
    # A new key: other tabs of this browser lose their streams, and with them what they show.
    request.session.cycle_key()
    moved(before, request.session.session_key)


def handed(session: Mapping[str, Any]) -> dict[str, str] | None:
    """The customer's page and the one to go on with; None while the device is with its person."""
    kept: dict[str, str] | None = session.get(HANDED)
    return kept


def take_back(request: HttpRequest, secret: str) -> str:
    """The person of the session has the device again; answers the page to go on with.

    secret: their PIN or password. Raises `Refused` when it is neither; tries count as at sign-in.
    """
    staff = request.user
    kept = handed(request.session)
    assert isinstance(staff, Staff)
    if is_pin(staff, secret):
        check_pin(staff_id=staff.id, pin=secret)
    elif not secret or not confirmed(request, secret):
        raise Refused(None, WRONG)
    else:
        clear_pin_failures(staff_id=staff.id)
    request.session.pop(HANDED, None)
    return kept["then"] if kept else "/"


def is_pin(staff: Staff, secret: str) -> bool:
    """A PIN has four to six digits, a password at least eight characters."""
    return bool(staff.pin) and secret.isdecimal() and 4 <= len(secret) <= 6

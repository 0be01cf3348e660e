"""Passwords and PINs: one's own, and those a manager resets."""

import re
from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from yingbin.journal.action import Acting, action
from yingbin.journal.write import Pen
from yingbin.rules.decision import Refused

from ..lockout import lift
from ..models import Staff
from ..queries import PIN_TRIES
from ..rows import actor
from .authority import check_may_touch
from .known import active, company_id, site_of
from .second_factor import remove_second_factor
from .sessions import end_sessions
from .slips import first_password, give_first_passwords

# The framework's own words are partly English.
_WEAK = {
    "password_too_short": "密码至少 8 位。",
    "password_too_similar": "密码和账号、姓名或手机号太像了，请换一个。",
    "password_too_common": "这个密码太常见，容易被猜到，请换一个。",
    "password_entirely_numeric": "密码不能只有数字。",
}
_STEPS = ("0123456789" * 2, "9876543210" * 2)


def checked_password(password: str, staff: Staff | None = None) -> str:
    """The hash of a password that is good enough. Refuses a weak one, saying why."""
    try:
        validate_password(password, staff)
    except ValidationError as weak:
        said = [_WEAK.get(str(e.code), str(e.message)) for e in weak.error_list]
        raise Refused(None, "".join(dict.fromkeys(said)), about="new") from None
    return make_password(password)


def change_password(
    *, staff_id: UUID, password: str, at: datetime, session: str | None = None
) -> Staff:
    """Sets one's own password and signs out everywhere but in this session. Refuses a weak one."""
    staff = active(staff_id)
    staff.password = checked_password(password, staff)
    staff.must_change_password = False
    staff.first_slips = None
    staff.save(update_fields=["password", "must_change_password", "first_slips"])
    end_sessions(staff_id, but=session)
    return staff


@action("reset_password")
def reset_password(pen: Pen, *, staff_id: UUID) -> UUID:
    """Gives a person a first password, takes their PIN, signs them out everywhere; the slips' id."""
    check_may_touch(pen.by, site_of(pen), staff_id, pen.at)
    if staff_id == actor(pen):
        raise Refused(None, "自己的密码请在「我的账号」里修改。")
    return _anew(pen, active(staff_id), by=UUID(pen.by))


def _anew(pen: Pen, staff: Staff, by: UUID) -> UUID:
    slips = give_first_passwords(staff=[staff], by=by, at=pen.at)
    staff.pin, staff.pin_failures = "", 0
    staff.save()
    lift(staff.account)
    end_sessions(staff.id)
    pen.append("password.reset", {"staff": str(staff.id)})
    return slips.id


@action("unlock")
def unlock(pen: Pen, *, staff_id: UUID) -> None:
    """Lifts the lock that too many wrong passwords put on a person's sign-in, and on their PIN."""
    check_may_touch(pen.by, site_of(pen), staff_id, pen.at)
    staff = active(staff_id)
    lift(staff.account)
    Staff.objects.filter(id=staff_id).update(pin_failures=0)
    pen.append("sign_in.unlocked", {"staff": str(staff_id)})


def let_in(*, key: str, at: datetime, staff_id: UUID) -> str:
    """Lets someone in again from the machine itself: a first password, no second factor, no PIN.

    Returns the first password.
    """
    slips = _let_in(Acting(company_id(), key, "console", at), staff_id=staff_id)
    return first_password(slips, staff_id)


@action("let_in")
def _let_in(pen: Pen, *, staff_id: UUID) -> UUID:
    remove_second_factor(staff_id=staff_id)
    return _anew(pen, active(staff_id), by=staff_id)


@action("reset_second_factor")
def reset_second_factor(pen: Pen, *, staff_id: UUID) -> None:
    """Takes a lost second factor off a person and signs them out; they set a new one up."""
    check_may_touch(pen.by, site_of(pen), staff_id, pen.at)
    if staff_id == actor(pen):
        raise Refused(None, "自己的动态验证码请在「我的账号」里更换。")
    remove_second_factor(staff_id=active(staff_id).id)
    end_sessions(staff_id)
    pen.append("second_factor.reset", {"staff": str(staff_id)})


def set_pin(*, staff_id: UUID, pin: str, at: datetime) -> None:
    """Sets one's own PIN for shared tablets, 4 to 6 digits. Refuses one that is guessed first."""
    if not re.fullmatch(r"[0-9]{4,6}", pin):
        raise Refused(None, "PIN 要 4 到 6 位数字。", about="pin")
    if len(set(pin)) == 1 or any(pin in steps for steps in _STEPS):
        raise Refused(None, "这个 PIN 太容易被猜到（全相同或连号），请换一个。", about="pin")
    Staff.objects.filter(id=active(staff_id).id).update(pin=make_password(pin), pin_failures=0)


def check_pin(*, staff_id: UUID, pin: str) -> Staff:
    """The person, if this is their PIN. Refuses a wrong one, and any after five in a row.

    The failure is stored before the refusal, under the person's row lock, so that tries at the
    same instant can't share one.
    """
    with transaction.atomic():
        staff = Staff.objects.select_for_update().filter(id=staff_id, is_active=True).first()
        if staff is None or not staff.pin:
            raise Refused(None, "这位同事还没有设 PIN。请先用密码登录，在「我的账号」里设置。")
        right = staff.pin_failures < PIN_TRIES and check_password(pin, staff.pin)
        if staff.pin_failures < PIN_TRIES:
            staff.pin_failures = 0 if right else staff.pin_failures + 1
            staff.save(update_fields=["pin_failures"])
    if right:
        return staff
    left = PIN_TRIES - staff.pin_failures
    if left > 0:
        raise Refused(None, f"PIN 不对，还可以试 {left} 次。")
    raise Refused(None, "PIN 已锁定。请用密码登录一次，之后就可以再用。")


def clear_pin_failures(*, staff_id: UUID) -> None:
    """A sign-in by password opens a locked PIN again."""
    Staff.objects.filter(id=staff_id, pin_failures__gt=0).update(pin_failures=0)

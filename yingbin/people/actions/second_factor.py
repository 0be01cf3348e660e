"""The second factor: a code of the phone that changes every half minute, and recovery codes.

The sign-in library keeps the secrets and does the arithmetic; that a code works only once is kept
in the row itself, since a process's own memory would let another process take it a second time.
"""

from datetime import datetime
from uuid import UUID

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from cryptography.fernet import InvalidToken
from django.db import transaction

from yingbin.rules.decision import Refused

from ..models import Staff
from .known import active

_LAST = "last_counter"


def set_up_second_factor(*, staff_id: UUID, secret: str, code: str, at: datetime) -> list[str]:
    """Ties this secret to the person once a code shows that their phone has it.

    Returns fresh recovery codes. Refuses a code that doesn't fit.
    """
    counter = _counter_of(secret, code)
    if counter is None:
        why = "验证码不对。请确认手机时间准确，输入应用里当前显示的 6 位数字。"
        raise Refused(None, why, about="code")
    with transaction.atomic():
        staff = Staff.objects.select_for_update().get(id=active(staff_id).id)
        Authenticator.objects.filter(user=staff).delete()
        row = TOTP.activate(staff, secret).instance
        row.data[_LAST] = counter
        row.save(update_fields=["data"])
        return list(RecoveryCodes.activate(staff).get_unused_codes())


def check_second_factor(*, staff_id: UUID, code: str, at: datetime) -> bool:
    """Whether this is the person's code now, or an unused recovery code; each works once."""
    typed = "".join(code.split()).replace("-", "")
    if not typed.isdigit():
        return False
    with transaction.atomic():
        rows = Authenticator.objects.select_for_update().filter(user_id=staff_id)
        by_type = {row.type: row for row in rows}
        totp = by_type.get(Authenticator.Type.TOTP)
        if totp is None:
            return False
        used = _use(totp, typed)
        recovery = by_type.get(Authenticator.Type.RECOVERY_CODES)
        if not used and recovery is not None:
            used = _recovers(recovery, typed)
        if used:
            totp.last_used_at = at
            totp.save(update_fields=["data", "last_used_at"])
        return used


def _use(totp: Authenticator, code: str) -> bool:
    try:
        counter = _counter_of(decrypt(totp.data["secret"]), code)
    except InvalidToken:
        return False
    if counter is None or counter <= totp.data.get(_LAST, -1):
        return False
    totp.data[_LAST] = counter
    return True


def _recovers(row: Authenticator, code: str) -> bool:
    try:
        return bool(RecoveryCodes(row).validate_code(code))
    except InvalidToken:
        return False


def _counter_of(secret: str, code: str) -> int | None:
    for counter in yield_hotp_counters_from_time():
        expected = format_hotp_value(hotp_value(secret, counter))
        if compare_user_code(actual=code, expected=expected):
            return int(counter)
    return None


def new_recovery_codes(*, staff_id: UUID) -> list[str]:
    """Fresh recovery codes; the old ones no longer work. Refuses without a second factor."""
    with transaction.atomic():
        staff = Staff.objects.select_for_update().get(id=active(staff_id).id)
        rows = Authenticator.objects.filter(user=staff)
        if not rows.filter(type=Authenticator.Type.TOTP).exists():
            raise Refused(None, "还没有设置动态验证码，先设置再生成备用码。")
        rows.filter(type=Authenticator.Type.RECOVERY_CODES).delete()
        return list(RecoveryCodes.activate(staff).get_unused_codes())


def remove_second_factor(*, staff_id: UUID) -> None:
    """Takes the second factor and its recovery codes off."""
    Authenticator.objects.filter(user_id=staff_id).delete()

"""A code to the visitor's own telephone before an application is taken, where the house has somebody who sends it.

The setting YINGBIN_PHONE_CODE_SENDER names a function `(phone, words) -> None` by its dotted path; without it nobody is
asked for a code. Nothing is stored: the page carries the mark of the code, which only we can make. A number is sent
few codes and has few tries, wherever they come from; neither code nor words are ever logged.
"""

import hashlib
import hmac
import logging
import secrets
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.utils.module_loading import import_string

from yingbin.people.lockout import listened_to, of_strangers

_MARKS = TimestampSigner(salt="tours.code", sep="~")
GOOD_FOR = 10 * 60  # seconds
DIGITS = 6
# While a lock lasts: tries at a number, codes to a number, codes for an address, codes in all.
TRIES, SENDS, SENDS_FROM, SENDS_IN_ALL = 5, 3, 10, 100
WORDS = {
    "zh": "参观申请的验证码是 {}，十分钟内有效。请不要告诉别人。",
    "en": "Your code for the visit application is {}. It holds for ten minutes. Tell it to nobody.",
}
_log = logging.getLogger(__name__)


class Sender(Protocol):
    """Sends words to a telephone (E.164); raises where it can't."""

    def __call__(self, phone: str, words: str) -> None:
        """Sends them now."""


class NotSent(Exception):
    """No code went out: too many were asked for (`many`), or the sender failed."""

    def __init__(self, *, many: bool) -> None:
        super().__init__("too many" if many else "failed")
        self.many = many


def sender() -> Sender | None:
    """Who sends codes; None where nobody was set up."""
    path = settings.YINGBIN_PHONE_CODE_SENDER
    found: Sender | None = import_string(path) if path else None
    return found


def send_code(site_id: UUID, key: str, phone: str, lang: str, address: str, at: datetime) -> str:
    """Sends a fresh code; the mark by which the page proves it. Raises `NotSent`."""
    send = sender()
    assert send is not None, "asked for where somebody sends"
    own = f"tours.code.{_digest(phone)[:16]}"
    if not (
        listened_to(of_strangers(own), address, at, here=SENDS, in_all=SENDS)
        and listened_to(
            of_strangers("tours.codes"), address, at, here=SENDS_FROM, in_all=SENDS_IN_ALL
        )
    ):
        raise NotSent(many=True)
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    try:
        send(phone, WORDS[lang].format(code))
    except Exception as no:
        _log.warning(
            "a code was not sent: %s", type(no).__name__
        )  # never its words, which hold the code
        raise NotSent(many=False) from None
    return _MARKS.sign(_sealed(site_id, key, phone, code))


def code_holds(
    site_id: UUID, key: str, phone: str, code: str, mark: str, address: str, at: datetime
) -> bool:
    """Whether this is the code that was sent to this telephone for this form; each try counts."""
    tried = f"tours.tries.{_digest(phone)[:16]}"
    if not listened_to(of_strangers(tried), address, at, here=TRIES, in_all=TRIES):
        return False
    try:
        sealed = _MARKS.unsign(mark, max_age=GOOD_FOR)
    except BadSignature:
        return False
    return hmac.compare_digest(sealed, _sealed(site_id, key, phone, code.strip()))


def _sealed(site_id: UUID, key: str, phone: str, code: str) -> str:
    return _digest(f"{site_id} {key} {phone} {code}")


def _digest(words: str) -> str:
    secret = f"yingbin phone code {settings.SECRET_KEY}".encode()
    return hmac.new(secret, words.encode(), hashlib.sha256).hexdigest()


def on_terminal(phone: str, words: str) -> None:
    """For trying it out: on the terminal from which the program was started; a log never has it."""
    with open("/dev/tty", "w", encoding="utf-8") as terminal:
        terminal.write(f"{phone}: {words}\n")

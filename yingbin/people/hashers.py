"""How passwords are kept: slowly where people chose them, quickly where a machine did."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from django.contrib.auth.hashers import Argon2PasswordHasher, PBKDF2PasswordHasher


def _give_way() -> None:
    """This thread, and those Argon2 starts from it, get what cores the pages leave over (Linux)."""
    with suppress(OSError, AttributeError):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)


# Each takes 100 MB and all cores while it lasts: two at once in a process, whoever asks.
_scales = ThreadPoolExecutor(2, thread_name_prefix="scales", initializer=_give_way)


class ArgonInTurn(Argon2PasswordHasher):
    """Argon2 that bounds itself and lets pages go first; who comes through a page waited in line before."""

    def encode(self, password: str, salt: str) -> str:
        """The hash, when it is one's turn."""
        return _scales.submit(super().encode, password, salt).result()

    def verify(self, password: str, encoded: str) -> bool:
        """Whether it is the password, when it is one's turn."""
        return _scales.submit(super().verify, password, encoded).result()


class FirstPasswordHasher(PBKDF2PasswordHasher):
    """For first passwords only: 59 random bits need no slow hash, a sheet may bring hundreds."""

    algorithm = "pbkdf2_first"
    iterations = 5_000

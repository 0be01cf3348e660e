"""How the sign-in library treats our staff: nobody signs up, secrets are stored sealed."""

import base64
import hashlib
from functools import lru_cache

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts are made by managers only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: a person is added by a manager (TQ-11, roles table)."""
        return False


@lru_cache
def _seal(secret: str) -> Fernet:
    key = hashlib.sha256(b"second-factor:" + secret.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Secrets of the second factor lie sealed in the database: a stolen backup opens no account."""

    def encrypt(self, text: str) -> str:
        """The text sealed under the installation's key."""
        return _seal(settings.SECRET_KEY).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The text of a sealed one; `InvalidToken` after the installation's key was changed."""
        return _seal(settings.SECRET_KEY).decrypt(encrypted_text.encode()).decode()

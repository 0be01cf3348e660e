"""How the sign-in library treats our staff: nobody signs up by themselves."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class StaffAdapter(DefaultAccountAdapter):
    """Accounts are made by managers only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: a person is added by a manager (TQ-11, roles table)."""
        return False

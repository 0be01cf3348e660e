"""Sign-in by account or phone with one password."""

from uuid import UUID

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import check_password, make_password
from django.db.models import Q
from django.http import HttpRequest

from yingbin.pages.phones import normalised

from .hashers import FirstPasswordHasher
from .models import Staff


class AccountOrPhone(BaseBackend):
    """Finds the person by account or phone in any notation; people who left don't get in."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **credentials: str,
    ) -> Staff | None:
        """The person, or None. Takes as long for an unknown account as for a wrong password."""
        name = (username or credentials.get("account") or "").strip()
        if not name or password is None:
            return None
        phone = normalised(name)
        who = Q(account=name.lower()) | (Q(phone=phone) if phone else Q())
        staff = Staff.objects.filter(who).first()
        if staff is None or staff.password.startswith(FirstPasswordHasher.algorithm):
            make_password(password)  # so that the time it takes tells nothing about the account
        right = staff is not None and check_password(password, staff.password)
        return staff if right and staff is not None and staff.is_active else None

    def get_user(self, user_id: UUID | str) -> Staff | None:
        """The person of a session, while they are active."""
        return Staff.objects.filter(pk=user_id, is_active=True).first()

"""First passwords: derived from the slips they are handed over on, never stored."""

import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password

from ..hashers import FirstPasswordHasher
from ..ids import uuid7
from ..models import PasswordSlips, Staff

# No characters that are mistaken for one another when written by hand.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def first_password(slips_id: UUID, staff_id: UUID) -> str:
    """The first password on these slips for this person: twelve characters in three groups."""
    text = f"first-password:{slips_id}:{staff_id}".encode()
    digest = hmac.new(settings.SECRET_KEY.encode(), text, hashlib.sha256).digest()
    number = int.from_bytes(digest, "big")
    picked = []
    for _ in range(12):
        number, rest = divmod(number, len(_ALPHABET))
        picked.append(_ALPHABET[rest])
    word = "".join(picked)
    return f"{word[:4]}-{word[4:8]}-{word[8:]}"


def give_first_passwords(*, staff: Iterable[Staff], by: UUID, at: datetime) -> PasswordSlips:
    """Sets first passwords on these people (not saved yet) and makes the slips to hand over."""
    people = list(staff)
    slips = PasswordSlips.objects.create(
        id=uuid7(), made_by_id=by, made_at=at, staff_ids=[str(p.id) for p in people]
    )
    for person in people:
        set_first_password(person, slips.id)
    return slips


def set_first_password(staff: Staff, slips_id: UUID) -> None:
    """Sets the first password of these slips on a person, not saved yet."""
    word = first_password(slips_id, staff.id)
    staff.password = make_password(word, hasher=FirstPasswordHasher.algorithm)
    staff.must_change_password = True
    staff.first_slips = slips_id


def put_away(*, slips_id: UUID, by: UUID, at: datetime) -> None:
    """The slips are handed over; they aren't shown again."""
    rows = PasswordSlips.objects.filter(id=slips_id, made_by_id=by, put_away_at__isnull=True)
    rows.update(put_away_at=at)

"""Coming in to the pages of a flat: a browser of somebody there, an address, what stands behind it."""

from django.test import Client

from yingbin.people.models import Staff

from .flat import Flat

BACKEND = "yingbin.people.backends.AccountOrPhone"


def enter(flat: Flat, who: str) -> Client:
    """Somebody of this place signs in."""
    client = Client()
    client.force_login(Staff.objects.get(id=flat.people[who]), backend=BACKEND)
    return client


def here(flat: Flat, path: str = "") -> str:
    """An address of this place's days on duty."""
    return f"/s/{flat.place.code}/duty/{path}"


def shown(client: Client, address: str, status: int = 200) -> str:
    """The page behind an address."""
    answer = client.get(address)
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()

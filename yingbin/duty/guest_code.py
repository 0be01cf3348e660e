"""The code at a show flat's door: an address signed for one flat and one number, so that a renewed one opens nothing."""

from dataclasses import dataclass
from uuid import UUID

from django.core.signing import BadSignature, Signer

_SIGNER = Signer(salt="duty.guest", sep="~")


@dataclass(frozen=True)
class Door:
    """Which flat's door, and which of its codes."""

    post: UUID
    number: int


def token_of(door: Door) -> str:
    """The part of the address that stands for this door."""
    return _SIGNER.sign(f"{door.post.hex}-{door.number}")


def door_of(token: str) -> Door | None:
    """The door a token stands for; None for one that isn't ours."""
    try:
        post, _, number = _SIGNER.unsign(token).partition("-")
        return Door(UUID(post), int(number))
    except (BadSignature, ValueError):
        return None

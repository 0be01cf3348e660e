"""What was presented at a gate: a code that is checked, or a number a guard typed."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from . import keyring
from .token import BadToken, scanned, verified


@dataclass(frozen=True)
class Presented:
    """number 0: what was shown is no pass of ours, `fault` says why; mark: what tells it from others, nothing of what it says."""

    number: int
    revision: int = 1
    fault: str = ""
    mark: str = ""
    typed: bool = False


def presented(site_id: UUID, text: str, at: datetime) -> Presented:
    """Reads a code under the keys that hold now; a short number is one that a guard typed, in its current revision."""
    said = scanned(text)
    if said.isascii() and said.isdigit() and len(said) <= 9:
        return Presented(int(said), 0, typed=True)
    try:
        token = verified(said, keyring.public_keys(site_id, at))
    except BadToken as no:
        return Presented(0, fault=no.fault, mark=sha256(said.encode()).hexdigest()[:12])
    return Presented(token.number, token.revision)

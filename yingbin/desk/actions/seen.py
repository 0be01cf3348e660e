"""What a page of settings was drawn from, so that an old page overwrites nothing."""

import hashlib
import json


def read_as(told: object) -> str:
    """What somebody has read, as the page's form carries it."""
    plain = json.dumps(told, default=str, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()[:32]

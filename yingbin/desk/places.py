"""Where a matter is: a home of the estate by its id, or a place that is none by its words."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from uuid import UUID

from yingbin.rules.decision import Refused

LONGEST = 60


@dataclass(frozen=True)
class Place:
    """key: matters with the same key are of the same home; it holds no words. words: how the place is said."""

    key: str
    words: str
    home_id: UUID | None = None


def of_home(home_id: UUID, words: str) -> Place:
    """A home of the estate, with its label."""
    return Place(str(home_id), words.strip()[:LONGEST], home_id)


def of_words(site_id: UUID, words: str) -> Place:
    """A place by its words: `3栋2单元1801` and `3-2-1801` are one. Raises `Refused` where none are said."""
    said = words.strip()[:LONGEST]
    if not said:
        raise Refused("SD-4.1", "请写是哪一户，或者在哪里。", about="home")
    folded = f"{site_id}:{_folded(said)}"
    return Place("place:" + hashlib.sha256(folded.encode()).hexdigest()[:32], said)


def _folded(words: str) -> str:
    """Letters and digits, what stands between them one stroke."""
    text = unicodedata.normalize("NFKC", words).casefold()
    text = re.sub("[栋幢座楼号单元室层户房\\s_/—–-]+", "-", text)
    return text.strip("-") or words

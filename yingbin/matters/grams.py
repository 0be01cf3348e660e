"""Words of a matter cut into pairs of neighbours, so that two characters find it."""

import unicodedata
from itertools import pairwise
from uuid import UUID

from yingbin.customers.terms import tag


def grams(site_id: UUID, *texts: str) -> list[str]:
    """Each pair of neighbouring letters or characters of these texts under the site's tag, sorted, each once."""
    found = {a + b for text in texts for word in _words(text) for a, b in pairwise(word)}
    mark = tag(site_id)
    return sorted(mark + pair for pair in found)


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c if c.isalnum() else " " for c in folded).split()

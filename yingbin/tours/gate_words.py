"""Names put in where the rules of the gate speak of ids: people, visits, devices at gates."""

import re
from collections.abc import Iterable, Mapping
from uuid import UUID

from yingbin.people.queries import names_of

from .models import GateDevice, TourVisit

_ID = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
GONE = "已离职同事"


def names_in(site_id: UUID, texts: Iterable[str]) -> Mapping[str, str]:
    """What the ids in these texts are called; three queries at most."""
    ids = {UUID(found) for text in texts for found in _ID.findall(text)}
    names = dict(names_of(ids)) if ids else {}
    rest = [one for one in ids if str(one) not in names]
    if rest:
        visits = TourVisit.objects.filter(site_id=site_id, id__in=rest)
        names |= {str(one.id): f" {one.said} 号来访" for one in visits}
        devices = GateDevice.objects.filter(site_id=site_id, id__in=rest).select_related("gate")
        names |= {str(one.id): str(one) for one in devices}
    return names


def put_in(text: str, names: Mapping[str, str]) -> str:
    """The text with names for ids, and a pass's number as people say it."""
    said = _ID.sub(lambda found: names.get(found[0], GONE), text).strip()
    said = re.sub(r"\?[0-9a-z]+", "这张证", said)
    return said.replace("…", "有人").replace("clock", "系统")


def gate_words(site_id: UUID, text: str) -> str:
    """One sentence of the rules with its names."""
    return put_in(text, names_in(site_id, [text]))

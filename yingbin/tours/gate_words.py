"""Names put in where the rules of the gate speak of ids: people, visits, devices at gates."""

import re
from collections.abc import Iterable, Mapping
from uuid import UUID

from yingbin.people.queries import names_of

from . import names as of_visits
from .models import GateDevice, TourVisit


def names_in(site_id: UUID, texts: Iterable[str]) -> Mapping[str, str]:
    """What the ids in these texts are called; three queries at most."""
    ids = of_visits.ids_in(texts)
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
    said = re.sub(r"\?[0-9a-z]+", "这张证", of_visits.put_in(text, names))
    return said.replace("…", "有人").replace("clock", "系统")


def gate_words(site_id: UUID, text: str) -> str:
    """One sentence of the rules with its names."""
    return put_in(text, names_in(site_id, [text]))

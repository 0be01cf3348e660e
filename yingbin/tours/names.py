"""Names put in where the rules speak of ids: people, departments, visits."""

import re
from collections.abc import Iterable, Mapping
from uuid import UUID

from yingbin.people.models import Department
from yingbin.people.queries import names_of
from yingbin.rules.gone import colleague
from yingbin.rules.tours.visitfile import ADMINISTRATION, RECEPTION

from .models import TourVisit

_ID = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
DEPARTMENTS = {RECEPTION: "接待部", ADMINISTRATION: "行政部", "company": "公司"}


def ids_in(texts: Iterable[str]) -> set[UUID]:
    """The ids that these texts speak of."""
    return {UUID(found) for text in texts for found in _ID.findall(text)}


def names_in(site_id: UUID, texts: Iterable[str]) -> Mapping[str, str]:
    """What the ids in these texts are called; three queries at most."""
    ids = ids_in(texts)
    names = dict(names_of(ids)) if ids else {}
    rest = [one for one in ids if str(one) not in names]
    if rest:
        rows = Department.objects.filter(site_id=site_id, id__in=rest)
        names |= {str(one.id): one.name for one in rows}
        visits = TourVisit.objects.filter(site_id=site_id, id__in=rest)
        names |= {str(one.id): f" {one.said} 号" for one in visits}
    return names


def put_in(text: str, names: Mapping[str, str]) -> str:
    """The text with names for ids."""
    return _ID.sub(lambda found: colleague(names, found[0]), text).strip()


def in_words(site_id: UUID, text: str) -> str:
    """One sentence of the rules with its names."""
    return put_in(text, names_in(site_id, [text]))


def departments_of(site_id: UUID) -> dict[str, str]:
    """What every department of the house is called, by the key the rules know it by."""
    rows = Department.objects.filter(site_id=site_id).order_by("name")
    own = {name: DEPARTMENTS[name] for name in (RECEPTION, ADMINISTRATION)}
    return own | {str(row.id): row.name for row in rows}

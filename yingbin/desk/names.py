"""Names put in where the rules speak of ids: people, departments, matters, subjects."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from yingbin.people.models import Department
from yingbin.people.queries import names_of
from yingbin.rules.gone import colleague

from .choices import titles_of
from .models import DeskMatter

_UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_ID = re.compile(f"(?:department:)?{_UUID}")


def names_in(
    site_id: UUID, texts: Iterable[str], known: Mapping[str, str] | None = None
) -> Mapping[str, str]:
    """What the ids in these texts are called; three queries at most. known: some people's names by their ids."""
    ids = {found for text in texts for found in _ID.findall(text)}
    departments = {one.partition(":")[2] for one in ids if one.startswith("department:")}
    people = {UUID(one) for one in ids if ":" not in one}
    names = {str(who): known[str(who)] for who in people if known and str(who) in known}
    names |= names_of(who for who in people if str(who) not in names)
    if departments:
        rows = Department.objects.filter(site_id=site_id, id__in=departments)
        names |= {f"department:{one.id}": one.name for one in rows}
    rest = [one for one in people if str(one) not in names]
    if rest:
        found = DeskMatter.objects.filter(site_id=site_id, matter_id__in=rest)
        names |= {str(one.matter_id): f" {one.said} 号" for one in found}
    return names


def put_in(text: str, names: Mapping[str, str], subjects: Mapping[str, str]) -> str:
    """The text with names for ids, and the subject as residents say it."""
    said = _ID.sub(lambda found: colleague(names, found[0]), text).strip()
    return re.sub("“([a-z_]+)”", lambda found: f"“{subjects.get(found[1], found[1])}”", said)


def in_words(site_id: UUID, text: str, at: datetime, known: Mapping[str, str] | None = None) -> str:
    """One sentence of the rules with its names; known as for `names_in`."""
    subjects = titles_of(site_id, at) if "“" in text else {}
    return put_in(text, names_in(site_id, [text], known), subjects)

"""Finding a matter of the desk by the number that people say."""

import re
from uuid import UUID

from ..models import DeskMatter


def number_of(said: str) -> tuple[int, int]:
    """Year and number of `2026-0012`, `12号`; the year 0 where none is said, the number 0 where it is none."""
    found = re.fullmatch(r"\s*(?:(\d{4})\s*[-年]\s*)?0*(\d{1,7})\s*号?\s*", said)
    return (int(found[1] or 0), int(found[2])) if found else (0, 0)


def id_of_number(site_id: UUID, said: str) -> str:
    """The id of the matter of this number, `2026-0012` or `12` of the newest year; what was said where there is none."""
    year, number = number_of(said)
    if not number:
        return said
    rows = DeskMatter.objects.filter(site_id=site_id, number=number)
    if year:
        rows = rows.filter(year=year)
    row = rows.order_by("-year").first()
    return str(row.matter_id) if row else said

"""Finding a matter of the desk by the number that people say."""

import re
from uuid import UUID

from ..models import DeskMatter


def id_of_number(site_id: UUID, said: str) -> str:
    """The id of the matter of this number, `2026-0012` or `12` of the newest year; what was said where there is none."""
    found = re.fullmatch(r"\s*(?:(\d{4})\s*[-年]\s*)?0*(\d{1,7})\s*号?\s*", said)
    if found is None:
        return said
    rows = DeskMatter.objects.filter(site_id=site_id, number=int(found[2]))
    if found[1]:
        rows = rows.filter(year=int(found[1]))
    row = rows.order_by("-year").first()
    return str(row.matter_id) if row else said

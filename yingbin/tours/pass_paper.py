"""Passes as they are shown and printed: the code of the current revision, drawn; badges and cards (CV-4.1)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import segno
from django.utils import timezone
from django.utils.safestring import SafeString

from yingbin.files.paper import Plain, pdf_apart, pdf_of

from . import keyring
from .models import VisitorPass
from .queries.gate_pages import PassLine
from .token import PassToken, signed


def code_of(row: VisitorPass, at: datetime) -> str:
    """What the code of a pass says now, signed with the key of now."""
    told = PassToken(
        row.number, row.revision, row.starts_at, row.ends_at, frozenset(row.areas), row.persons, row.photo
    )  # fmt: skip
    return signed(told, keyring.signing_key(row.site_id, at))


def drawn(code: str) -> SafeString:
    """The code as a picture for a page; dark on white in every theme."""
    made = segno.make(code, error="m", boost_error=False, micro=False)
    return SafeString(made.svg_inline(scale=4, border=4, light="#fff", dark="#000", omitsize=True))


def passes_pdf(lines: Sequence[PassLine], at: datetime, *, card: bool) -> bytes:
    """Badges, eight on an A4 sheet, or each on a card of its own; all of one site."""
    return pdf_of(
        "passes", _paper(lines[0].row.site.name if lines else "", badges(lines, at), card)
    )


def badges_pdf(site: str, drawn: Sequence[Plain], *, card: bool) -> bytes:
    """The paper of `badges`, made in a process of its own: one of many."""
    return pdf_apart("passes", _paper(site, drawn, card))


def _paper(site: str, drawn: Sequence[Plain], card: bool) -> Mapping[str, Plain]:
    return {"title": "参观证", "site": site, "card": card, "passes": drawn}


def badges(lines: Sequence[PassLine], at: datetime) -> list[Plain]:
    """What stands on the paper of each of these, its code drawn: that is what takes the time, five milliseconds each."""
    return [_shown(line, at) for line in lines]


def _shown(line: PassLine, at: datetime) -> Plain:
    row = line.row
    begin, end = timezone.localtime(row.starts_at), timezone.localtime(row.ends_at)
    made = segno.make(code_of(row, at), error="m", boost_error=False, micro=False)
    return {
        "code": made.svg_inline(scale=4, border=2),
        "number": f"{row.number} 号",
        "revision": f"第 {row.revision} 版",
        "visitor": row.visit.visitor,
        "when": f"{begin:%Y-%m-%d %H:%M}—{end:%H:%M}",
        "persons": f"{row.persons} 人",
        "escort": line.escort,
        "areas": line.areas,
        "photo": row.photo,
    }

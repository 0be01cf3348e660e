"""What an address or a form asks for, read once the same way: days, ids, numbers, the page of a long list.

What can't be read is None (or `otherwise`), never an error: people change addresses by hand.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils import timezone

if TYPE_CHECKING:
    from django.core.paginator import _SupportsPagination

R = TypeVar("R")
A_PAGE = 50  # rows


def day(text: str | None) -> date | None:
    """The day written as 2026-11-26; whatever follows it, as a time, is no matter."""
    try:
        return date.fromisoformat((text or "").strip()[:10])
    except ValueError:
        return None


def moment(text: str | None) -> datetime | None:
    """The moment written as 2026-11-26T14:05, on our sites' clocks where it names no zone."""
    try:
        read = datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None
    return read if read.tzinfo else timezone.make_aware(read)


def uid(text: str | None) -> UUID | None:
    """The id of a row."""
    try:
        return UUID((text or "").strip())
    except ValueError:
        return None


def uids(texts: Iterable[str]) -> list[UUID]:
    """The ids among these, in their order; what is none is left out."""
    return [found for text in texts if (found := uid(text)) is not None]


def number(text: str | None, *, low: int, high: int, otherwise: int) -> int:
    """The whole number, kept between `low` and `high`."""
    plain = (text or "").strip()
    readable = plain.isascii() and plain.isdecimal() and len(plain) < 10
    return min(max(int(plain), low), high) if readable else otherwise


def paged(
    asked: QueryDict, rows: "_SupportsPagination[R]", a_page: int = A_PAGE, most: int = 0
) -> Page[R]:
    """The page of a long list that the address, or what was posted, asks for.

    most: of a list that grows for ever only so many are counted and leafed through; the filter finds the rest.
    """
    return Paginator(rows[:most] if most else rows, a_page).get_page(asked.get("page"))

"""Files of one person: erased with them, and named among what is kept about them."""

from typing import NamedTuple
from uuid import UUID

from django.utils import timezone

from yingbin.journal.write import Pen

from . import actions
from .models import StoredFile


class Section(NamedTuple):
    """A part of what is handed to a person about themselves: its title, and rows of words."""

    title: str
    rows: list[list[str]]


def erase(*, pen: Pen, customer_ids: list[UUID]) -> dict[str, int]:
    """Lets go of every file about these customers (inside a write); their bytes leave the storage at once after."""
    rows = StoredFile.objects.filter(
        site_id=pen.site_id, customer_id__in=customer_ids, gone_at__isnull=True
    )
    return {"files": actions.let_go(pen, rows, StoredFile.Gone.ERASED)}


def sections(*, site_id: UUID, customer_ids: list[UUID]) -> list[Section]:
    """The files about these customers: when, what, how large."""
    rows = StoredFile.objects.filter(
        site_id=site_id, customer_id__in=customer_ids, gone_at__isnull=True
    ).order_by("id")
    return [
        Section(
            "照片与扫描件",
            [
                [
                    timezone.localtime(row.taken_at).strftime("%Y-%m-%d %H:%M"),
                    "照片" if row.is_picture else "扫描件",
                    f"{max(row.size // 1024, 1)} KB",
                ]
                for row in rows
            ],
        )
    ]

"""Files as pages ask for them: those of a thing, and one that somebody may see."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from . import store
from .models import StoredFile


@dataclass(frozen=True)
class Shown:
    """A file as a page shows it."""

    id: UUID
    is_picture: bool
    taken_at: datetime
    size: int
    taken_by: UUID
    purpose: str = ""
    attached_at: datetime | None = None


def files_of(site_id: UUID, owner: str, about_ids: Iterable[UUID]) -> dict[UUID, tuple[Shown, ...]]:
    """The files of these things that are still there, in the order in which they were taken; one query."""
    rows = StoredFile.objects.filter(
        site_id=site_id, owner=owner, about_id__in=list(about_ids), gone_at__isnull=True
    ).order_by("id")
    found: dict[UUID, list[Shown]] = defaultdict(list)
    for row in rows:
        if row.about_id is not None:
            found[row.about_id].append(_shown(row))
    return {about: tuple(files) for about, files in found.items()}


def loose(site_id: UUID, owner: str, by: UUID, file_ids: Iterable[UUID]) -> tuple[Shown, ...]:
    """Which of these files a person took in here and hasn't attached yet: what a refused form shows again."""
    wanted = list(file_ids)
    if not wanted:
        return ()
    rows = StoredFile.objects.filter(
        site_id=site_id,
        owner=owner,
        taken_by=by,
        id__in=wanted,
        attached_at__isnull=True,
        gone_at__isnull=True,
    ).order_by("id")
    return tuple(map(_shown, rows))


def small_pictures(site_id: UUID, owner: str, about_id: UUID, *, most: int) -> list[bytes]:
    """The small pictures of a thing for a paper, the oldest first; what the storage has lost is left out."""
    rows = StoredFile.objects.filter(
        site_id=site_id,
        owner=owner,
        about_id=about_id,
        gone_at__isnull=True,
        media_type="image/jpeg",
    ).order_by("id")[:most]
    found = []
    for row in rows:
        try:
            found.append(store.get(row.small))
        except FileNotFoundError:
            continue
    return found


@dataclass(frozen=True)
class Picture:
    """A picture as it is kept, for a paper that proves something. id: of its file."""

    id: UUID
    data: bytes
    taken_at: datetime
    sha256: str


def pictures(site_id: UUID, file_ids: Iterable[UUID]) -> list[Picture]:
    """These pictures, the oldest first; what the storage has lost is left out."""
    rows = StoredFile.objects.filter(
        site_id=site_id, id__in=list(file_ids), gone_at__isnull=True, media_type="image/jpeg"
    )
    found = []
    for row in rows.order_by("id"):
        try:
            found.append(Picture(row.id, store.get(row.name), row.taken_at, row.sha256))
        except FileNotFoundError:
            continue
    return found


def _shown(row: StoredFile) -> Shown:
    return Shown(
        row.id, row.is_picture, row.taken_at, row.size, row.taken_by, row.purpose, row.attached_at
    )

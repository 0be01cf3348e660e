"""Photos of a matter: files attached to it. Who sees the matter sees them; see `docs/decisions`, 0030."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.utils.module_loading import import_string

from yingbin.files.actions import attach
from yingbin.files.owners import Owner
from yingbin.files.queries import Shown, files_of
from yingbin.journal.write import Pen
from yingbin.pages.wing import PartsOf
from yingbin.people.queries import Badge

from . import queries
from .models import Matter

# Where a kind has a page of its wing, whoever opens that page sees its photos too.
DOORS: PartsOf[str] = PartsOf("matter_doors")
PERMISSIONS = ("matters.handle", "matters.oversee")


def _may_see(badge: Badge, matter_id: UUID) -> bool:
    if not any(badge.may(permission) for permission in PERMISSIONS):
        return False
    if queries.matter(badge, matter_id) is not None:
        return True
    row = Matter.objects.filter(site_id=badge.here, id=matter_id).first()
    door = DOORS.get(row.kind) if row else None
    return bool(door and import_string(door)(badge, matter_id))


MATTER = Owner("matter", "事项", PERMISSIONS, _may_see)


@dataclass(frozen=True)
class Photos:
    """The photos that came with one step: what they show in words, who took them in, when."""

    shows: str
    by: UUID
    at: datetime
    files: tuple[Shown, ...]


def attach_to(pen: Pen, matter: Matter, files: Sequence[UUID], purpose: str = "") -> None:
    """Attaches photos to a matter inside the write that opens it or takes a step. Raises `Refused`."""
    if files:
        about = MATTER.id, matter.id
        attach(pen, about=about, files=files, customer_id=matter.customer_id, purpose=purpose)


def photos_of(matter: Matter, words: Mapping[str, str]) -> tuple[Photos, ...]:
    """A matter's photos, those of one step together, in the order in which they came; one query.

    words: what they may show, by the purpose's short name.
    """
    files = files_of(matter.site_id, MATTER.id, [matter.id]).get(matter.id, ())
    return tuple(_steps(sorted(files, key=lambda file: (file.attached_at, file.id)), words))


def _steps(files: Iterable[Shown], words: Mapping[str, str]) -> Iterable[Photos]:
    together = groupby(files, key=lambda file: (file.attached_at, file.taken_by, file.purpose))
    for (at, by, purpose), group in together:
        yield Photos(words.get(purpose, purpose), by, at, tuple(group))

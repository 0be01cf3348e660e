"""To whose things files are attached: each app says who may add one and who may see it.

`YINGBIN_FILE_OWNERS` names an `Owner` for each kind of thing; this app knows none of them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from yingbin.people.queries import Badge


@dataclass(frozen=True)
class Owner:
    """A kind of thing. may_add: any one of these permissions takes files in for it; may_see: whether this badge, of
    the file's own site, opens the thing of this id; keeps: how long its files are kept, None as long as the thing."""

    id: str
    title: str
    may_add: tuple[str, ...]
    may_see: Callable[[Badge, UUID], bool]
    keeps: timedelta | None = None


@cache
def owners() -> dict[str, Owner]:
    """Every kind of thing that takes files, by id."""
    found: list[Owner] = [import_string(path) for path in settings.YINGBIN_FILE_OWNERS]
    return {one.id: one for one in found}


def may_add(badge: Badge, owner: str) -> bool:
    """Whether this badge takes files in for such things."""
    known = owners().get(owner)
    return known is not None and any(badge.may(p) for p in known.may_add)

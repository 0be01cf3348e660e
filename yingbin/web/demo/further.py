"""The past of the demo's further places, and the gallery's days on duty, played a day at a time, that of the place least far first.

Nothing waits for it: the gallery is there when the first page opens, and whoever opens a place whose past is still
being played sees how far it is. What a day there is, its wing says: `demo` names a `Past`.
"""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from yingbin.pages.wing import Progress, all_wings
from yingbin.people.models import Site
from yingbin.people.past import Past, is_demo

from ..navigation import works_at
from . import cast

_over: list[bool] = []


def tick(at: datetime | None = None) -> int:
    """Plays one day of the place that lacks most of its own; how many were played. Nothing outside of a demo."""
    if _over or not settings.YINGBIN_DEMO_PAST:
        return 0
    if is_demo() and (least := _least_far()) is not None:
        site_id, past = least
        past.play_next(site_id, at or timezone.now())
        return 1
    _over.append(True)
    return 0


def _least_far() -> tuple[UUID, Past] | None:
    """The place of which the smallest share is played, with the first of its wings' pasts that isn't over."""
    shares: dict[UUID, list[Progress]] = {}
    first: dict[UUID, Past] = {}
    for site, past in _pasts():
        told = past.progress(site.id)
        shares.setdefault(site.id, []).append(told)
        if not told.is_over:
            first.setdefault(site.id, past)
    if not first:
        return None
    least = min(
        first, key=lambda s: sum(p.done for p in shares[s]) / sum(p.days for p in shares[s])
    )
    return least, first[least]


def progress_of(site: Site) -> Progress | None:
    """How far the past of this place is; None where none is being played."""
    if not settings.YINGBIN_DEMO_PAST:
        return None
    told = [past.progress(site.id) for one, past in _pasts() if one.id == site.id]
    left = Progress(sum(p.done for p in told), sum(p.days for p in told))
    return None if left.is_over else left


def _pasts() -> Iterator[tuple[Site, Past]]:
    """The demo's places with what their wings play there, in the order of the cast; the gallery's is its days on duty."""
    codes = [*(f.code for f in cast.FURTHER), cast.SITE[0]]
    sites = {s.code: s for s in Site.objects.filter(code__in=codes)}
    for site in (sites[code] for code in codes if code in sites):
        for wing in all_wings():
            if works_at(wing, site.kind):
                yield from ((site, import_string(path)) for path in wing.demo)

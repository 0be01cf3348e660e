"""What becomes of files by itself: bytes that were let go of are wiped, uploads nobody submitted and files whose time
is over are let go of, and bytes without a row are swept. All of it may run twice, also at the same time."""

import time
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from yingbin.journal.action import Acting
from yingbin.journal.write import NotSaved, new_key

from . import store
from .actions import Gone, clear
from .models import StoredFile
from .owners import owners

LOOSE_FOR = timedelta(hours=24)  # a form left open over night still has its pictures
AT_ONCE = 50
SWEPT_EVERY = timedelta(hours=6)
_swept: list[datetime] = []


def tick(at: datetime | None = None) -> int:
    """One round; how many files went. A storage that is away is asked again next time."""
    now = at or timezone.now()
    try:
        gone = wipe(now) + let_go_of_loose(now) + let_go_of_old(now)
        if not _swept or now - _swept[-1] >= SWEPT_EVERY:
            _swept[:] = [now]
            gone += sweep(now)
        return gone
    except NotSaved:
        return 0


def wipe(now: datetime) -> int:
    """Takes the bytes of files that were let go of out of the storage, thumbnails too."""
    rows = StoredFile.objects.filter(gone_at__isnull=False, wiped_at__isnull=True)[:AT_ONCE]
    for row in rows:
        store.wipe(row.small)
        store.wipe(row.name)
        StoredFile.objects.filter(id=row.id).update(wiped_at=now)
    return len(rows)


def let_go_of_loose(now: datetime) -> int:
    """Uploads that nothing was made of within a day."""
    before = now - LOOSE_FOR
    loose = Q(attached_at__isnull=True, taken_at__lt=before)
    return _clear(Gone.ORPHANED, loose, before, now)


def let_go_of_old(now: datetime) -> int:
    """Files whose owner keeps them only so long."""
    gone = 0
    for owner in owners().values():
        if owner.keeps is not None:
            before = now - owner.keeps
            gone += _clear(Gone.EXPIRED, Q(owner=owner.id, attached_at__lt=before), before, now)
    return gone


def _clear(why: StoredFile.Gone, which: Q, before: datetime, now: datetime) -> int:
    rows = StoredFile.objects.filter(which, gone_at__isnull=True, held=False)
    found = sorted(rows.values_list("site_id", "id")[:AT_ONCE])
    gone = 0
    for site_id, pairs in groupby(found, key=lambda pair: pair[0]):
        ids: tuple[UUID, ...] = tuple(file_id for _, file_id in pairs)
        acting = Acting(site_id, new_key(), "clock", now)
        gone += clear(acting, why=why.value, before=before, file_ids=ids)
    return gone


def sweep(now: datetime, *, seconds: float = 20.0) -> int:
    """Bytes that lie in the storage for a day and no row speaks of: an upload whose write never came about."""
    ends, gone = time.monotonic() + seconds, 0
    for site in store.folders():
        for folder in store.folders(site):
            if time.monotonic() > ends:
                return gone
            gone += _sweep_folder(folder, now)
    return gone


def _sweep_folder(folder: str, now: datetime) -> int:
    names = store.names(folder)
    plain = {name.removesuffix(".small") for name in names}
    known = set(StoredFile.objects.filter(name__in=plain).values_list("name", flat=True))
    gone = 0
    for name in names:
        if name.removesuffix(".small") in known:
            continue
        if now.timestamp() - store.since(name) > LOOSE_FOR.total_seconds():
            store.wipe(name)
            gone += 1
    return gone

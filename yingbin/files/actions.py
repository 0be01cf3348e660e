"""Files taken in, attached to a thing, removed. The bytes lie in the storage before a row speaks of them.

Nothing goes to the storage inside a write: what a row lets go of leaves it afterwards, by the tick.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yingbin.journal.action import Acting, action
from yingbin.journal.write import Pen
from yingbin.people.ids import uuid7
from yingbin.rules.decision import Refused

from . import store
from .contents import content_of
from .models import StoredFile
from .owners import owners

Gone = StoredFile.Gone
MOST_LOOSE = 60  # files of one person that are attached to nothing yet
MOST_TOGETHER = 9
LOST = "有照片已经不在了，请去掉它，重新拍一张。"


@dataclass(frozen=True)
class Kept:
    """What is known of bytes that the storage has."""

    name: str
    media_type: str
    sha256: str
    size: int
    width: int
    height: int


def take_in(acting: Acting, *, owner: str, data: bytes) -> UUID:
    """Takes a picture or a scan in, for a thing of this owner's that it is attached to later; the file's id.

    The same key with the same bytes stores once. Raises `Refused` for what is no picture or scan or too
    large, `KeyReused`, and `NotSaved` where the storage or the database is away.
    """
    kept = _put(acting, data)
    return _take(acting, owner=owner, kept=kept)


def _put(acting: Acting, data: bytes) -> Kept:
    content = content_of(data)
    digest = store.sha256(content.data)
    name = store.name_for(acting.site_id, acting.key, digest)
    if content.small:
        store.put(StoredFile(name=name).small, content.small)
    store.put(name, content.data)
    size = len(content.data)
    return Kept(name, content.media_type, digest, size, content.width, content.height)


@action("file.take")
def _take(pen: Pen, *, owner: str, kept: Kept) -> UUID:
    if owner not in owners():
        raise Refused(None, "这里不能附照片，请回到原来的页面再试。")
    loose = StoredFile.objects.filter(
        site_id=pen.site_id, taken_by=pen.by, attached_at__isnull=True, gone_at__isnull=True
    )
    if loose.count() >= MOST_LOOSE:
        raise Refused(None, f"您有 {MOST_LOOSE} 张照片传了还没用上。请先提交，或去掉不要的。")
    file_id = uuid7()
    body = {
        "file": str(file_id),
        "owner": owner,
        "sha256": kept.sha256,
        "size": kept.size,
        "type": kept.media_type,
    }
    line = pen.append("file.taken", body)
    StoredFile.objects.create(
        id=file_id,
        site_id=pen.site_id,
        seq=line.seq,
        owner=owner,
        taken_by=UUID(pen.by),
        taken_at=pen.at,
        **vars(kept),
    )
    return file_id


def attach(
    pen: Pen,
    *,
    about: tuple[str, UUID],
    files: Sequence[UUID],
    customer_id: UUID | None = None,
    purpose: str = "",
    held: bool = False,
) -> int:
    """Attaches files to a thing (its owner's id, the thing's id), inside the write that makes it; how many.

    customer_id: whose data they are: erasing this person erases the files. purpose: as what, such as `before`;
    the owner says which there are. held: as evidence, which stays until `release`.
    Only the one who took a file in attaches it, once. Raises `Refused` for files that are gone, somebody else's, or too many.
    """
    owner, about_id = about
    wanted = list(dict.fromkeys(files))
    if len(wanted) > MOST_TOGETHER:
        raise Refused(None, f"一次最多附 {MOST_TOGETHER} 张，请去掉几张，或分两次提交。")
    rows = StoredFile.objects.filter(
        site_id=pen.site_id, id__in=wanted, owner=owner, taken_by=pen.by, gone_at__isnull=True
    )
    if rows.filter(attached_at__isnull=True).count() != len(wanted):
        raise Refused(None, LOST)
    more = {"customer": str(customer_id)} if customer_id else {}
    more |= {"purpose": purpose} if purpose else {}
    more |= {"held": "evidence"} if held else {}
    for file_id in wanted:
        body = {"file": str(file_id), "owner": owner, "about": str(about_id)}
        pen.append("file.attached", body | more)
    return rows.update(
        about_id=about_id, customer_id=customer_id, attached_at=pen.at, purpose=purpose, held=held
    )


def release(pen: Pen, *, about: tuple[str, UUID]) -> int:
    """The evidence of a thing is needed no longer (inside a write): its files are kept as long as others of its owner; how many."""
    rows = StoredFile.objects.filter(
        site_id=pen.site_id, owner=about[0], about_id=about[1], held=True
    )
    for file_id in rows.order_by("id").values_list("id", flat=True):
        pen.append("file.released", {"file": str(file_id)})
    return rows.update(held=False)


@action("file.remove")
def remove(pen: Pen, *, file_id: UUID) -> bool:
    """Takes back a file of one's own that is attached to nothing yet; whether there was one to take back."""
    row = StoredFile.objects.filter(
        site_id=pen.site_id, id=file_id, taken_by=pen.by, gone_at__isnull=True
    ).first()
    if row is None:
        return False
    if row.attached_at is not None:
        raise Refused(None, "这张照片已经提交了，不能去掉。")
    return bool(let_go(pen, [row], Gone.REMOVED))


def let_go(pen: Pen, rows: Iterable[StoredFile], why: StoredFile.Gone) -> int:
    """From here on nobody sees these files (inside a write), and the tick wipes their bytes; how many. Evidence stays."""
    ids = [row.id for row in rows if not row.held]
    if why is not Gone.ERASED:  # an erasure names the customers in an entry of its own
        for file_id in ids:
            pen.append("file.removed", {"file": str(file_id), "why": why.value})
    standing = StoredFile.objects.filter(id__in=ids, gone_at__isnull=True)
    return standing.update(gone_at=pen.at, gone_why=why, customer_id=None)


def forget(pen: Pen, *, owner: str, about: Iterable[UUID]) -> int:
    """The files of things whose words are emptied (inside a write): no customer is named for them, so each has an entry."""
    rows = StoredFile.objects.filter(
        site_id=pen.site_id, owner=owner, about_id__in=list(about), gone_at__isnull=True, held=False
    ).order_by("id")
    ids = list(rows.values_list("id", flat=True))
    for file_id in ids:
        pen.append("file.removed", {"file": str(file_id), "why": Gone.ERASED.value})
    return rows.filter(id__in=ids).update(gone_at=pen.at, gone_why=Gone.ERASED, customer_id=None)


@action("file.clear")
def clear(pen: Pen, *, why: str, before: datetime, file_ids: tuple[UUID, ...]) -> int:
    """Lets go of files that nothing was made of, or whose time is over, if they still are so; how many."""
    rows = StoredFile.objects.filter(site_id=pen.site_id, id__in=file_ids, gone_at__isnull=True)
    if why == Gone.ORPHANED:
        found = rows.filter(attached_at__isnull=True, taken_at__lt=before)
    else:
        found = rows.filter(attached_at__lt=before)
    return let_go(pen, found, Gone(why))

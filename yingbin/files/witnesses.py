"""What the journal witnesses of files: how each was taken in, attached and let go of; and that its bytes are the same."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import QuerySet

from yingbin.journal.held import Also, Facts, Found, Held, Seen, Witnesses, differ, of
from yingbin.journal.write import NotSaved

from . import store
from .models import StoredFile

WHAT = "照片与扫描件"


def of_files(site_id: UUID) -> Witnesses:
    """The rows of files, in one place: `YINGBIN_WITNESSES` names this function."""
    return Witnesses(
        held=(
            Held(
                WHAT,
                rows=lambda site: StoredFile.objects.filter(site_id=site).order_by("id"),
                subjects=lambda row: [str(row.id)],
                born={"file.taken": of("file")},
                later={
                    "file.attached": of("file"),
                    "file.released": of("file"),
                    "file.removed": of("file"),
                },
                faults=_file,
                place=_place,
            ),
        ),
        also=(Also("照片的内容", lambda: _contents(site_id), lambda: _standing(site_id).count()),),
    )


def _standing(site_id: UUID) -> "QuerySet[StoredFile]":
    return StoredFile.objects.filter(site_id=site_id, gone_at__isnull=True)


def _place(row: StoredFile) -> str:
    return f"{row.taken_at:%Y-%m-%d} {row.id}"


def _file(row: StoredFile, seen: list[Seen], facts: Facts) -> Iterator[str]:
    taken, body = seen[0], seen[0].body
    yield from differ(
        ("摘要", row.sha256, body["sha256"]),
        ("长度", row.size, body["size"]),
        ("类型", row.media_type, body["type"]),
        ("附在哪一类", row.owner, body["owner"]),
        ("谁传的", str(row.taken_by), taken.actor),
        ("时间", row.taken_at, taken.at),
        ("记录号", row.seq, taken.seq),
    )
    attached = next((e for e in seen if e.kind == "file.attached"), None)
    told = attached.body if attached else {}
    yield from differ(
        ("附在哪里", row.about_id, told.get("about")),
        ("何时附上", row.attached_at, attached.at if attached else None),
        ("拍的什么", row.purpose, told.get("purpose", "")),
        ("封存", row.held, "held" in told and all(e.kind != "file.released" for e in seen)),
    )
    yield from _gone(row, seen, facts, told.get("customer"))


def _gone(row: StoredFile, seen: list[Seen], facts: Facts, customer: str | None) -> Iterator[str]:
    """A file that is gone has an entry that says so, or its customer's data was erased."""
    ended = next((e for e in seen if e.kind == "file.removed"), None)
    if ended is not None:
        yield from differ(
            ("为什么没了", row.gone_why, ended.body["why"]), ("何时没的", row.gone_at, ended.at)
        )
    elif row.gone_at is not None:
        lawful = row.gone_why == StoredFile.Gone.ERASED and facts.lawful(customer, row.seq)
        if not lawful:
            yield "没了，但没有去掉或删除的记录"
    else:
        yield from differ(("客户", row.customer_id, customer))


def _contents(site_id: UUID) -> Iterator[Found]:
    for row in _standing(site_id).order_by("id").iterator(500):
        try:
            words = store.fault(row.name, row.sha256, row.size)
        except NotSaved:
            yield Found(WHAT, "存放照片的地方现在连不上，内容没有核对")
            return
        if words:
            yield Found(f"{WHAT} {_place(row)}", words, row.seq)

"""What the manager asks of an import: take the file, take its rows, throw it away, take it all back."""

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

from yingbin.journal.write import Pen
from yingbin.rules.decision import Refused

from ...importing.lines import look_over
from ...models import ImportFile, ImportRow, RegisterImport
from ...queries.imports import counts
from ..table import gallery_write


def upload(
    *,
    site_id: UUID,
    key: str,
    by: UUID,
    at: datetime,
    file_name: str,
    data: bytes,
    area: str = "",
    year: int | None = None,
) -> dict[str, Any]:
    """Keeps a file to be read in the background; nothing enters the register yet.

    Raises `Refused` when the file can't be read, is too much, or has no heading.
    """
    expected = look_over(data, file_name)
    sha256 = hashlib.sha256(data).hexdigest()

    def work(pen: Pen) -> dict[str, Any]:
        one = RegisterImport.objects.create(
            site_id=pen.site_id,
            file_name=file_name[-120:],
            sha256=sha256,
            size=len(data),
            options={"area": area, "year": year},
            uploaded_at=pen.at,
            uploaded_by=UUID(pen.by),
            expected=expected,
        )
        ImportFile.objects.create(belongs_to=one, data=data)
        body = {"import": str(one.id), "sha256": sha256, "size": len(data)}
        pen.append("register.import_uploaded", body, clause="TQ-3")
        return {"import": str(one.id)}

    payload = {"sha256": sha256, "area": area, "year": year or 0}
    return gallery_write(
        site_id=site_id, key=key, verb="import_upload", by=by, at=at, payload=payload, work=work
    )


def held(pen: Pen, import_id: UUID) -> RegisterImport:
    """The import under its own lock besides the site's. Refused when it isn't this site's."""
    rows = RegisterImport.objects.select_for_update()
    one = rows.filter(site_id=pen.site_id, id=import_id).first()
    if one is None:
        raise Refused("TQ-3", "没有找到这次导入，请回到导入列表重新选。")
    return one


def apply_import(
    *,
    site_id: UUID,
    key: str,
    by: UUID,
    at: datetime,
    import_id: UUID,
    whole: bool,
    receivers: bool,
) -> dict[str, Any]:
    """Begins to take the rows in; the background does it. whole: any refused line, and nothing is taken.

    receivers: customers nobody receives yet become those of the receiver named, where that is one colleague.
    """

    def work(pen: Pen) -> dict[str, Any]:
        one = held(pen, import_id)
        if one.state != "read":
            raise Refused("TQ-3", "这份文件还没有读完，或者已经处理过了。请看这一页上的状态。")
        told = counts(one)
        if whole and told["refused"]:
            raise Refused(
                "TQ-3",
                f"有 {told['refused']} 行不能收，所以一行都没有收。改好再上传，或者只收好的行。",
            )
        if not told["good"]:
            raise Refused("TQ-3", "没有可以收的行：要么重复，要么不能收。")
        one.whole, one.receivers = whole, receivers
        one.applied_at, one.applied_by = pen.at, UUID(pen.by)
        one.save(update_fields=["whole", "receivers", "applied_at", "applied_by"])
        body = {"import": str(one.id), "rows": one.rows, "whole": whole, "receivers": receivers}
        pen.append("register.import_begun", body, clause="TQ-3")
        return {"import": str(one.id)}

    payload = {"import": str(import_id), "whole": whole, "receivers": receivers}
    return gallery_write(
        site_id=site_id, key=key, verb="import_apply", by=by, at=at, payload=payload, work=work
    )


def drop_import(
    *, site_id: UUID, key: str, by: UUID, at: datetime, import_id: UUID
) -> dict[str, Any]:
    """Throws an upload away before anything was taken; its file and lines are forgotten."""

    def work(pen: Pen) -> dict[str, Any]:
        one = held(pen, import_id)
        if one.state not in ("reading", "read", "failed"):
            raise Refused("TQ-3", "已经开始收了，不能再扔掉。要收回来，请用「整批撤销」。")
        one.dropped_at = pen.at
        one.save(update_fields=["dropped_at"])
        ImportFile.objects.filter(belongs_to=one).delete()
        ImportRow.objects.filter(of=one).delete()
        pen.append("register.import_dropped", {"import": str(one.id)}, clause="TQ-3")
        return {"import": str(one.id)}

    payload = {"import": str(import_id)}
    return gallery_write(
        site_id=site_id, key=key, verb="import_drop", by=by, at=at, payload=payload, work=work
    )


def undo_import(
    *, site_id: UUID, key: str, by: UUID, at: datetime, import_id: UUID, why: str
) -> dict[str, Any]:
    """Takes an import back as a whole, also one under way: from now on none of its rows count.

    The rows stay where they are, as signed rows do; the cards it made are withdrawn by the background.
    """

    def work(pen: Pen) -> dict[str, Any]:
        one = held(pen, import_id)
        if one.state not in ("applying", "applied"):
            raise Refused("TQ-3", "这次导入没有收进登记册，或者已经撤销了，没有可撤销的。")
        if not why.strip():
            raise Refused("TQ-3", "请写明为什么整批撤销，例如：导错了项目。会留痕。")
        one.undone_at, one.undone_by, one.undone_why = pen.at, UUID(pen.by), why.strip()[:200]
        one.save(update_fields=["undone_at", "undone_by", "undone_why"])
        body = {"import": str(one.id), "taken": one.done}
        pen.append("register.import_undone", body, clause="TQ-3")
        return {"import": str(one.id)}

    payload = {"import": str(import_id), "why": why}
    return gallery_write(
        site_id=site_id, key=key, verb="import_undo", by=by, at=at, payload=payload, work=work
    )

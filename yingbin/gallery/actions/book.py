"""登记册带出: the register is handed out by the manager alone, with a reason, and the fact is kept (TQ-3)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from yingbin.journal.write import Pen
from yingbin.rules.decision import Refused

from ..models import RegisterExport
from .table import gallery_write


def hand_out(
    *,
    site_id: UUID,
    key: str,
    by: UUID,
    at: datetime,
    why: str,
    form: str,
    since: date | None,
    until: date | None,
    rows: int,
    sha256: str = "",
) -> dict[str, Any]:
    """Keeps that the register was handed out: who, when, why, which days, the copy's SHA-256."""

    def work(pen: Pen) -> dict[str, Any]:
        if not why.strip():
            raise Refused("TQ-3", "请写明带出登记册做什么用，会留痕。")
        body = {"form": form, "since": _text(since), "until": _text(until), "rows": rows}
        line = pen.append("register.handed_out", {**body, "sha256": sha256}, clause="TQ-3")
        row = RegisterExport.objects.create(
            site_id=pen.site_id,
            at=pen.at,
            by=UUID(pen.by),
            why=why.strip()[:200],
            form=form,
            since=since,
            until=until,
            rows=rows,
            sha256=sha256,
            seq=line.seq,
        )
        return {"export": str(row.id), "receipt": line.receipt}

    payload = {"why": why, "form": form, "since": _text(since), "until": _text(until)}
    return gallery_write(
        site_id=site_id, key=key, verb="hand_out", by=by, at=at, payload=payload, work=work
    )


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""

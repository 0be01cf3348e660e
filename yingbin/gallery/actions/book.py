"""登记册带出: the register is handed out by the manager alone, with a reason, and the fact is kept (TQ-3)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.rules.decision import Refused

from ..models import RegisterExport


@dataclass(frozen=True)
class HandOut:
    """The kept fact that a copy left the house, and the code that proves it."""

    copy: UUID
    receipt: str


@action("hand_out")
def hand_out(
    pen: Pen,
    *,
    why: str,
    form: str,
    since: date | None,
    until: date | None,
    rows: int,
    sha256: str = "",
) -> HandOut:
    """Keeps that the register was handed out: who, when, why, which days, the copy's SHA-256."""
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
    return HandOut(row.id, line.receipt)


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""

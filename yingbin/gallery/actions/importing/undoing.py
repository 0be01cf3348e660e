"""The cards an undone import had made are withdrawn, unless something else has happened to them since."""

import time
from datetime import datetime
from typing import Any
from uuid import UUID

from yingbin.customers.actions import give_receivers, withdraw_cards
from yingbin.customers.queries import receiver_row
from yingbin.journal.write import Pen

from ...models import ImportRow, RegisterImport
from ...queries.imports import happened_since
from ..table import gallery_write
from .asking import held

CHUNK = 120


def withdraw_some(*, import_id: UUID, at: datetime, seconds: float = 0.7) -> int:
    """Withdraws cards for about so many seconds; how many lines were looked at. Safe to run twice."""
    until, total = time.monotonic() + seconds, 0
    while True:
        one = RegisterImport.objects.filter(id=import_id).first()
        if one is None or one.state != "undoing":
            return total
        total += _withdraw_chunk(one, at)
        if time.monotonic() > until:
            return total


def _withdraw_chunk(one: RegisterImport, at: datetime) -> int:
    def work(pen: Pen) -> dict[str, Any]:
        now = held(pen, one.id)
        if now.state != "undoing" or now.withdrawn != one.withdrawn:
            return {"lines": 0}
        later = ImportRow.objects.filter(of=now, n__gt=now.withdrawn, n__lte=now.done)
        rows = list(later.order_by("n")[:CHUNK])
        _withdraw(pen, now, rows)
        now.withdrawn = rows[-1].n if rows else now.done
        if now.withdrawn >= now.done:
            now.withdrawn_at = pen.at
        now.save(update_fields=["withdrawn", "withdrawn_at"])
        return {"lines": len(rows)}

    done = gallery_write(
        site_id=one.site_id,
        key=f"import-undo:{one.id}:{one.withdrawn}",
        verb="import_withdraw",
        by=one.undone_by or one.uploaded_by,
        at=at,
        payload={"import": str(one.id), "after": one.withdrawn},
        work=work,
    )
    return int(done["lines"])


def _withdraw(pen: Pen, one: RegisterImport, rows: list[ImportRow]) -> None:
    made = [r for r in rows if r.created and r.customer_id]
    kept = happened_since(one, [r.customer_id for r in made if r.customer_id])
    gone = [r.customer_id for r in made if r.customer_id and r.customer_id not in kept]
    many = withdraw_cards(pen=pen, customer_ids=gone)
    for row in made:
        if row.customer_id in kept:
            row.kept_why = kept[row.customer_id]
    ImportRow.objects.bulk_update([r for r in made if r.kept_why], ["kept_why"])
    back = _given_back(pen, rows)
    body = {"import": str(one.id), "withdrawn": many, "kept": len(kept), "receivers": len(back)}
    body |= {"cards": [str(c) for c in gone], "back": [str(c) for c in back]}
    line = pen.append("register.import_withdrawn", body, clause="TQ-3")
    why = "旧登记册导入已整批撤销"
    give_receivers(pen=pen, receivers=back, seq=line.seq, reason=why)


def _given_back(pen: Pen, rows: list[ImportRow]) -> dict[UUID, UUID | None]:
    """Known customers whose receiver the import had named, where nobody has changed it since."""
    gave = {r.customer_id: r.seq for r in rows if r.gave_receiver and not r.created}
    latest = receiver_row(pen.site_id, [c for c in gave if c])
    return {c: None for c, seq in gave.items() if c and latest.get(c) == seq}

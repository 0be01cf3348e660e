"""The cards an undone import had made are withdrawn, unless something else has happened to them since."""

from collections.abc import Sequence
from uuid import UUID

from yingbin.customers.actions import give_receivers, withdraw_cards
from yingbin.customers.queries import receiver_row
from yingbin.importing.models import ImportRow, ImportRun
from yingbin.journal.write import Pen

from ...queries.imports import happened_since


def withdraw(pen: Pen, run: ImportRun, rows: Sequence[ImportRow]) -> None:
    """Takes back the cards that these rows made; the rows themselves no longer count."""
    made = [r for r in rows if r.created and r.subject_id]
    kept = happened_since(run, [r.subject_id for r in made if r.subject_id])
    gone = [r.subject_id for r in made if r.subject_id and r.subject_id not in kept]
    many = withdraw_cards(pen=pen, customer_ids=gone)
    for row in made:
        if row.subject_id in kept:
            row.kept_why = kept[row.subject_id]
    ImportRow.objects.bulk_update([r for r in made if r.kept_why], ["kept_why"])
    back = _given_back(pen, rows)
    body = {"import": str(run.id), "withdrawn": many, "kept": len(kept), "receivers": len(back)}
    body |= {"cards": [str(c) for c in gone], "back": [str(c) for c in back]}
    line = pen.append("register.import_withdrawn", body, clause="TQ-3")
    why = "旧登记册导入已整批撤销"
    give_receivers(pen=pen, receivers=back, seq=line.seq, reason=why)


def _given_back(pen: Pen, rows: Sequence[ImportRow]) -> dict[UUID, UUID | None]:
    """Known customers whose receiver the import had named, where nobody has changed it since."""
    gave = {r.subject_id: r.seq for r in rows if r.gave and not r.created}
    latest = receiver_row(pen.site_id, [c for c in gave if c])
    return {c: None for c, seq in gave.items() if c and latest.get(c) == seq}

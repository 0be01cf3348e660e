"""登记册带出: the register is handed out by the manager alone, with a reason, and the fact is kept (TQ-3)."""

from datetime import date

from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.sheets import actions as sheets
from yingbin.sheets.actions import Copy, HandOut

from ..queries.proof import REGISTER


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
    return sheets.hand_out(pen, REGISTER, Copy(form, since, until, rows, sha256), why)

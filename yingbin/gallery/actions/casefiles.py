"""卷宗带出: a case file on paper leaves the house with a reason, and the fact is kept (TQ-11)."""

from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.sheets import actions as sheets
from yingbin.sheets.actions import Copy, HandOut
from yingbin.sheets.book import Papers

from ..models import CaseCopy

CASE_FILES = Papers("卷宗", "TQ-11", CaseCopy, "case.handed_out")


@action("hand_out_case")
def hand_out_case(
    pen: Pen, *, customer_id: UUID, dispute_id: UUID | None, copy: Copy, why: str
) -> HandOut:
    """Keeps that a customer's file was handed out: who, when, why, how many facts, the copy's SHA-256.

    dispute_id: the dispute whose file it was; None for that of the customer alone. Raises `Refused` without a reason.
    """
    about = {"customer_id": customer_id, "dispute_id": dispute_id}
    return sheets.hand_out(pen, CASE_FILES, copy, why, about=about)

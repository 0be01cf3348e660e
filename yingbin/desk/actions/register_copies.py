"""A copy of the register, or of the calls back, leaves the house."""

from datetime import date

from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.sheets.actions import Copy, HandOut, hand_out

from ..register_papers import CALLS, REGISTER


@action("desk.hand_out_register")
def hand_out_register(
    pen: Pen, *, since: date | None, until: date | None, why: str, form: str, rows: int, sha256: str
) -> HandOut:
    """Keeps that so many lines left the house, by whom and why. Raises `Refused` without a reason."""
    return hand_out(pen, REGISTER, Copy(form, since, until, rows, sha256), why)


@action("desk.hand_out_calls")
def hand_out_calls(
    pen: Pen, *, since: date, until: date, why: str, rows: int, sha256: str
) -> HandOut:
    """The same of the calls back of some days, as a workbook."""
    return hand_out(pen, CALLS, Copy("sheet", since, until, rows, sha256), why)

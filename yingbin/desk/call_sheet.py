"""《回访记录表》: its columns; the A4 page is laid out from them (SD-4.3)."""

from dataclasses import dataclass

from django.utils import timezone

from yingbin.sheets.columns import Column, Sheet, SheetLine

from .queries.callbacks import CallLine


@dataclass(frozen=True, kw_only=True)
class CallSheetLine(SheetLine):
    """A call as a row of the sheet."""

    call: CallLine


def sheet_line(call: CallLine, number: int) -> CallSheetLine:
    """The row of a call."""
    return CallSheetLine(id=call.row.id, number=number, at=call.at, signed=call.by, call=call)


def _result(line: CallSheetLine) -> str:
    call = line.call
    return f"{call.score} {call.points or ''}".strip() if call.reached else "没打通"


CALL_SHEET = Sheet[CallSheetLine](
    "回访记录表",
    columns=(
        Column("序号", lambda r: r.number, 6, look="n"),
        Column("回访时间", lambda r: f"{timezone.localtime(r.at):%m-%d %H:%M}", 12, look="clock"),
        Column("登记编号", lambda r: r.call.row.said, 11),
        Column("类别", lambda r: r.call.kind, 9),
        Column("地点", lambda r: r.call.row.place, 12),
        Column("事项", lambda r: r.call.row.matter.title, 30, look="needs"),
        Column("结果", _result, 10),
        Column("住户的话", lambda r: r.call.remark, 30),
        Column("回访人", lambda r: r.call.by, 9),
    ),
    signatures=(),
    foot="由没有经手过的同事回访；有没有人向住户提过要求，另报主管，不在这张表上。",
)

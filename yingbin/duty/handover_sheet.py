"""《交接班记录表》: its columns in the catalogue's order; page, A4 and workbook from this one definition."""

from collections.abc import Callable, Sequence

from django.utils import timezone

from yingbin.sheets.columns import Column, Sheet, SignatureColumn

from .queries.handover_sheet import HandoverLine
from .queries.handovers import Ink

_Whose = Callable[[HandoverLine], Ink | None]


def _clock(line: HandoverLine) -> str:
    return f"{timezone.localtime(line.at):%H:%M}"


def _keys(line: HandoverLine) -> str:
    return f"钥匙：{line.keys}" if line.keys else ""


def _signature(title: str, whose: _Whose) -> SignatureColumn[HandoverLine]:
    def strokes(line: HandoverLine) -> Sequence[Sequence[int]]:
        ink = whose(line)
        return ink.strokes if ink else ()

    def words(line: HandoverLine) -> str:
        ink = whose(line)
        return f"{ink.name}（{ink.how}）" if ink else ""

    def under(line: HandoverLine) -> str:
        ink = whose(line)
        return f"{ink.name} {timezone.localtime(ink.at):%H:%M}" if ink else ""

    return SignatureColumn(title, strokes, words, under=under)


HANDOVER_SHEET = Sheet[HandoverLine](
    "交接班记录表",
    columns=(
        Column("序号", lambda r: r.number, 6, look="n"),
        Column("岗位", lambda r: r.post, 12, below="交班人"),
        Column("交班人", lambda r: r.giver, 9, page=lambda r: f"{r.giver} → {r.receiver}"),
        Column("接班人", lambda r: r.receiver, 9, on=("paper", "workbook")),
        Column("时间", _clock, 8, look="clock", on=("paper", "workbook")),
        Column("物品清点", lambda r: r.stock, 24, small="名称、应有、实有"),
        Column("钥匙", lambda r: r.keys, 14, page=_keys, below="物品清点"),
        Column("设施状况", lambda r: r.facilities, 24, below="未完事项"),
        Column("未完事项", lambda r: r.lines, 28, page=lambda r: r.lines or "没有"),
    ),
    signatures=(
        _signature("安全员签字", lambda r: r.guard),
        _signature("交班签字", lambda r: r.giving),
        _signature("接班签字", lambda r: r.receiving),
    ),
    remarks=(Column("备注", lambda r: r.remark, 24, below="未完事项"),),
    foot="双方签字后不得更改，有遗漏的写补充。",
)

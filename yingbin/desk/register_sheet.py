"""《客户来电来访登记表》: its columns in the catalogue's order; page, A4 and workbook from this one definition."""

from datetime import datetime

from django.utils import timezone

from yingbin.sheets.columns import Column, Sheet

from .queries.sheet import RegisterLine


def _when(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%m-%d %H:%M}" if at else ""


REGISTER_SHEET = Sheet[RegisterLine](
    "客户来电来访登记表",
    columns=(
        Column("序号", lambda r: r.num, 11),
        # On the page the time stands below the number.
        Column("时间", lambda r: _when(r.at), 12, on=("paper", "workbook")),
        Column("方式", lambda r: r.source, 8, below="类别"),
        Column("客户姓名", lambda r: r.called, 12, names=True, below="房号"),
        Column("房号", lambda r: r.place, 16),
        Column("电话", lambda r: r.phone, 16, full=lambda r: r.whole, names=True, below="房号"),
        Column("类别", lambda r: r.kind, 9),
        Column("内容", lambda r: r.content, 36),
        Column("接待人", lambda r: r.taken_by, 10, page=lambda r: f"{r.taken_by} 接待", below="处理部门/人"),
        Column("处理部门/人", lambda r: r.handled_by, 14),
        Column("处理结果", lambda r: r.outcome, 30),
        Column("完成时间", lambda r: _when(r.done_at), 12, page=lambda r: f"完成 {_when(r.done_at)}" if r.done_at else "", below="处理结果"),
        Column("回复时间", lambda r: _when(r.told_at), 12, page=lambda r: f"回复 {_when(r.told_at)}" if r.told_at else "", below="处理结果"),
        Column("回访结果", lambda r: r.callback, 10),
        Column("备注", lambda r: r.note, 24),
    ),
    signatures=(),
    foot="每一件事由第一个接待的人负责到住户满意为止。",
)  # fmt: skip

"""《样板间客户接待记录表》: its columns in the catalogue's order; page, A4 and workbook from this one definition."""

from django.utils import timezone

from yingbin.sheets.columns import Column, Sheet

from .queries.visit_sheets import GuestLine
from .queries.visits import BEEN


def _clock(line: GuestLine) -> str:
    return f"{timezone.localtime(line.at):%H:%M}"


def _left(line: GuestLine) -> str:
    return f"{timezone.localtime(line.left_at):%H:%M}" if line.left_at else ""


def _gone(line: GuestLine) -> str:
    return f"{_left(line)} 走" if line.left_at else "还在"


def _been(line: GuestLine) -> str:
    return line.been if line.been == BEEN[None] else f"{line.been}售楼处"


VISIT_SHEET = Sheet[GuestLine](
    "样板间客户接待记录表",
    columns=(
        Column("序号", lambda r: r.number, 6),
        # On the page the time stands below the number.
        Column("到访时间", _clock, 10, on=("paper", "workbook")),
        Column("离开时间", _left, 10, page=_gone),
        Column("客户姓名", lambda r: r.called, 12, names=True),
        Column("电话", lambda r: r.phone, 16, full=lambda r: r.whole, names=True),
        Column("人数", lambda r: r.size, 6, page=lambda r: f"{r.size} 位"),
        Column("是否到过售楼处", lambda r: r.been, 10, page=_been),
        Column("咨询问题", lambda r: r.asked, 30),
        Column("答复", lambda r: r.answered, 30),
        Column("推荐/转交", lambda r: r.sent, 22),
        Column("备注", lambda r: r.note, 20),
    ),
    signatures=(),
    foot="当日交接待领班或项目负责人，与销售部对接。",
)

"""《信息传递单》 of a day: its columns in the catalogue's order; page, A4 and workbook from this one definition."""

from django.utils import timezone

from yingbin.sheets.columns import Column, Medium, Sheet

from .queries.slip_sheet import SlipLine


def _finished(line: SlipLine) -> str:
    return f"{timezone.localtime(line.finished_at):%m-%d %H:%M}" if line.finished_at else ""


def _handled(line: SlipLine) -> str:
    said = [f"{line.handler} {_finished(line)}".strip()]
    if line.verifier:
        said.append(f"{line.verifier}验证")
    return "，".join(t for t in said if t)


BESIDES_PAGE: tuple[Medium, ...] = ("paper", "workbook")
SLIP_SHEET = Sheet[SlipLine](
    "信息传递单",
    columns=(
        Column("序号", lambda r: r.number, 6, look="n"),
        Column("发出人", lambda r: r.sender, 9, page=lambda r: f"{r.sender} → {r.to}"),
        Column("接收人/部门", lambda r: r.to, 11, on=BESIDES_PAGE),
        Column("内容", lambda r: r.content, 40, look="needs"),
        Column("发现地点", lambda r: r.place, 11, below="内容"),
        Column("紧急程度", lambda r: r.urgency, 8, on=BESIDES_PAGE),
        Column("处理要求与时限", lambda r: r.demand, 18, below="内容"),
        Column("处理结果", lambda r: r.result, 28),
        Column("处理人", _handled, 9, below="处理结果", on=("page",)),
        Column("处理人", lambda r: r.handler, 9, on=BESIDES_PAGE),
        Column("完成时间", _finished, 13, look="clock", on=BESIDES_PAGE),
        Column("验证人", lambda r: r.verifier, 9, on=BESIDES_PAGE),
    ),
    signatures=(),
    foot="检查结果和处理结果当日记在这一张上；每一件的经过见它自己的页面。",
)

"""《来访客户登记表》 in the trade's columns: the page, the A4 sheet and the workbook all come from here (TQ-3)."""

from django.utils import timezone

from yingbin.sheets.columns import Column, Sheet, SignatureColumn

from .book import Line


def _when(line: Line) -> str:
    return timezone.localtime(line.at).strftime("%Y-%m-%d" if line.all_day else "%Y-%m-%d %H:%M")


def _shortly(line: Line) -> str:
    return timezone.localtime(line.at).strftime("%Y-%m-%d" if line.all_day else "%m-%d %H:%M")


def _yes_no(line: Line) -> str:
    return "" if line.counted is None else "是" if line.counted else "否"


def _counted(line: Line) -> str:
    return "" if line.counted is None else "有效接待" if line.counted else "不计次"


def corrections(line: Line) -> str:
    """How the row and its corrections refer to each other, in words."""
    said = [f"更正第{line.corrects}号"] if line.corrects else []
    if line.corrected_by:
        said.append(f"已由第{line.corrected_by}号更正")
    return "；".join(said)


def _remarks(line: Line) -> str:
    return "；".join(t for t in (line.note, corrections(line)) if t)


REGISTER_SHEET = Sheet[Line](
    "来访客户登记表",
    columns=(
        Column("序号", lambda r: r.number, 7, look="n"),
        Column("时间", _shortly, 17, on=("paper",)),
        Column("时间", _when, 17, on=("workbook",)),
        Column("客户姓名", lambda r: r.name, 12, page=lambda r: r.name or "未留姓名", names=True),
        Column("电话", lambda r: r.phone, 15, full=lambda r: r.whole, names=True, below="客户姓名"),
        Column(
            "人数",
            lambda r: r.group_size,
            6,
            page=lambda r: f"{r.group_size} 人" if r.group_size else "",
            names=True,
            look="n",
        ),
        Column("首次/再访", lambda r: r.first, 9, names=True, below="人数"),
        Column("获知途径", lambda r: r.source, 11, names=True),
        Column(
            "需求",
            lambda r: r.needs,
            36,
            names=True,
            below="获知途径",
            small="面积、户型、楼层、用途、预算",
            look="needs",
        ),
        Column("接待人", lambda r: r.receiver, 10),
        Column("是否有效接待", _yes_no, 12, page=_counted, below="接待人"),
    ),
    signatures=(
        SignatureColumn("客户签名", lambda r: r.customer_strokes, lambda r: ""),
        SignatureColumn(
            "接待人签名", lambda r: r.strokes, lambda r: r.signed, under=lambda r: r.receipt
        ),
    ),
    remarks=(
        Column("备注", lambda r: r.note, 30, page=lambda r: r.note, below="获知途径", on=("page",)),
        Column("备注", _remarks, 30, on=("paper",)),
        Column("备注", lambda r: r.note, 30, on=("workbook",)),
        Column("更正", corrections, 14, on=("workbook",)),
        Column("回执码", lambda r: r.receipt, 12, on=("workbook",)),
    ),
    foot="登记册由销售经理保管；签名不得涂改，更正另起一行。",
)

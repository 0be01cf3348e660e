"""《工作自查记录表》: its columns; page, A4 and workbook from this one definition (SC-4.1)."""

from django.utils import timezone

from yingbin.sheets.columns import Column, Sheet, SignatureColumn

from .queries.self_checks import SelfCheckLine


def _when(line: SelfCheckLine) -> str:
    return f"{line.day:%m-%d} {timezone.localtime(line.at):%H:%M}"


def _corrected(line: SelfCheckLine) -> str:
    if line.corrected_at is None:
        return "还没有" if line.waits and line.result != "没有做" else ""
    return f"{timezone.localtime(line.corrected_at):%m-%d %H:%M}"


SELF_CHECK_SHEET = Sheet[SelfCheckLine](
    "工作自查记录表",
    columns=(
        Column("序号", lambda r: r.number, 6),
        Column("检查时间", _when, 14, on=("paper", "workbook")),
        Column("岗位", lambda r: r.post, 14, below="检查区域"),
        Column("检查", lambda r: r.check, 14, below="检查区域"),
        Column("检查区域", lambda r: r.room, 14),
        Column("检查内容", lambda r: r.what, 36),
        Column("检查结果", lambda r: r.result, 10),
        Column("存在问题", lambda r: r.found, 30),
        Column("单号", lambda r: r.paper, 10, below="存在问题"),
        Column("纠正人", lambda r: r.corrected, 10),
        Column("纠正时间", _corrected, 14),
    ),
    signatures=(SignatureColumn("检查人", lambda r: r.strokes, lambda r: r.signers, width=14),),
    foot="不正常的项当场协调责任人纠正，未纠正的由写单的人负责到底。",
)

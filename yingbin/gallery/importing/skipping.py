"""Lines of a register that are no visits: headings again, sums, signatures, footers, what is struck or hidden."""

import re

from yingbin.people.traditional import simple
from yingbin.tables import Cell, Line
from yingbin.tables.grid import folded

from .columns import Block, meaning, plain

_SUM = re.compile(
    r"^(?:本|当|今|全|上|累积)?[日天月周季年页组期次]?(?:度)?(?:来访|到访|接待|客户)?(?:合计|总计|小计|共计|累计|总数|总组数|总人数|汇总)|^共\s*\d+\s*[组批人位户条]"
)
_SIGNED = re.compile(
    r"^(?:制表|填表|审核|复核|审批|批准|签字|签名|签收|案场经理|销售经理|项目经理|项目负责人|经理|主管|领班|负责人|统计|登记人|记录人|财务|值班|部门)\w{0,4}\s*(?:签字|签名|确认)?\s*[:]|(?:签字|签名|签章)(?:[:]|$)"
)
_NOTED = re.compile(
    r"^(?:备注|注|说明|注意|填表说明|填写说明|温馨提示|提示|须知)\s*\d*\s*[:]|^[※*]"
)
_FOOT = re.compile(
    r"^第\s*\d+\s*页|共\s*\d+\s*页|^page\s*\d+|(?:打印|导出|制表)(?:日期|时间|人)|以下(?:空白|无内容|为空)|^-\s*\d+\s*-$",
    re.IGNORECASE,
)
_TITLE = re.compile(r"(?:登记表|登记册|登记簿|统计表|明细表|来访表|台账)(?:[(].*[)])?$")
_A_PHONE = re.compile(r"1[3-9]\d[- ]?\d{4}[- ]?\d{4}")
DITTO = {"同上", "〃", "″", '"', "''", "同前", "上同", "〃〃", "““", "”", "″″"}


def why_skipped(line: Line, block: Block) -> str:
    """Why this line is no visit, in one sentence; nothing for a line that is one."""
    if line.hidden:
        return "这一行在表里是隐藏的，没有收。"
    cells = {c.at: line.cell(c.at) for c in block.columns}
    own = {at: c for at, c in cells.items() if c.text and not (c.across or c.down)}
    if _struck(own, block):
        return "这一行被划掉了，没有收。"
    texts = {at: re.sub(r"\s", "", simple(folded(c.text))) for at, c in own.items()}
    if _again(cells, block):
        return "重复的标题行。"
    if any(_A_PHONE.search(folded(own[c.at].text)) for c in block.of("phones") if c.at in own):
        return ""
    return _no_visit(list(texts.values()), texts, block)


def _struck(own: dict[int, Cell], block: Block) -> bool:
    who = [own[c.at] for c in block.columns if c.as_ in ("names", "phones") and c.at in own]
    some = who or list(own.values())
    return bool(some) and all(c.struck for c in some)


def _again(cells: dict[int, Cell], block: Block) -> bool:
    """A heading again: at least two columns, each with a word that is a heading."""
    said = [(c, cells[c.at].text) for c in block.columns if cells[c.at].text]
    same = [c for c, text in said if plain(text) == plain(c.heading) or meaning(text) is not None]
    return (
        len(same) >= 2
        and len(same) * 2 > len(said)
        and any(plain(t) == plain(c.heading) for c, t in said)
    )


def _no_visit(some: list[str], texts: dict[int, str], block: Block) -> str:
    first = some[0] if some else ""
    lead = [texts.get(c.at, "") for c in block.columns if c.as_ in ("names", "day", None)]
    left_out = {c.at for c in block.columns if c.left_out}
    ways = (
        (_SUM.search(first) or any(_SUM.search(t) for t in lead if t), "合计行，没有收。"),
        (len(some) <= 4 and any(_SIGNED.search(t) for t in some), "签字行，没有收。"),
        (len(some) <= 3 and _FOOT.search(" ".join(some)), "页脚，没有收。"),
        (len(some) <= 2 and _NOTED.search(first), "说明行，没有收。"),
        (len(some) == 1 and _TITLE.search(first), "重复的表头，没有收。"),
        (texts and set(texts) <= left_out, "只有序号，没有登记。"),
    )
    return next((words for is_so, words in ways if is_so), "")

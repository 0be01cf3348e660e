"""Which column of an old register holds what, by the words that offices put above them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

SEARCHED = 15  # rows from the top in which the heading is looked for

HEADINGS: dict[str, tuple[str, ...]] = {
    "name": ("姓名", "客户姓名", "客户", "客户名称", "来访客户", "来访人", "访客姓名", "来访客户姓名", "名字", "称呼"),
    "phone": ("电话", "手机", "手机号", "手机号码", "联系方式", "联系电话", "客户电话", "电话号码", "号码", "移动电话", "固定电话", "座机"),
    "day": ("日期", "来访日期", "到访日期", "登记日期", "首访日期", "来访时间", "到访时间", "时间", "日期时间", "登记时间"),
    "receiver": ("接待人", "置业顾问", "销售", "销售顾问", "接待", "业务员", "接待人员", "销售人员", "顾问", "接待人签名", "销售员"),
    "source": ("获知途径", "来源", "渠道", "认知途径", "获知渠道", "信息来源", "媒体", "来访渠道", "客户来源", "了解途径", "认知渠道", "途径"),
    "group_size": ("人数", "来访人数", "到访人数", "几人"),
    "note": ("备注", "说明", "跟进", "跟进情况", "洽谈情况", "情况说明", "客户情况", "备注说明", "洽谈内容"),
    "first": ("首次/再访", "首访/复访", "首访复访", "来访次数", "首次来访", "是否首访", "是否首次", "来访类型", "首访/再访", "首次再访"),
    "wish": ("意向", "需求", "意向户型", "意向房源", "购房意向", "客户需求", "意向产品", "购房需求", "置业需求", "意向房号"),
    "rooms": ("户型", "需求户型", "房型", "户型需求"),
    "area": ("面积", "需求面积", "意向面积", "面积需求"),
    "budget": ("预算", "总价", "预算总价", "购房预算", "意向总价", "价格", "总价预算"),
    "purpose": ("用途", "购房用途", "置业目的", "购房目的", "置业用途"),
    "floor_wish": ("楼层", "意向楼层", "需求楼层"),
    "lives": ("住址", "居住区域", "区域", "现居住地", "家庭住址", "地址", "居住地"),
    "clock": ("时间点", "来访时刻", "到访时刻", "时段"),
}  # fmt: skip
_BY_WORD = {word: field for field, words in HEADINGS.items() for word in words}
JOINED = {"phone", "note", "wish", "name", "source"}  # may stand in several columns


@dataclass(frozen=True)
class Heading:
    """Where the heading stands and which field each column holds."""

    line: int
    columns: dict[int, str]
    titles: tuple[str, ...]


def plain(text: str) -> str:
    """A heading's bare word: `联系电话1（必填）*` is 联系电话."""
    word = re.sub(r"[(（\[【].*?[)）\]】]", "", text)
    return re.sub(r"[\s*:：.]|\d+$", "", word)


def heading_in(rows: Sequence[tuple[int, list[str]]]) -> Heading | None:
    """The row among the first ones that names the most columns; None where none is a heading."""
    best: Heading | None = None
    for line, texts in rows:
        columns = _columns(texts)
        fields = set(columns.values())
        enough = len(fields) >= 2 and fields & {"name", "phone"}
        if enough and (best is None or len(fields) > len(set(best.columns.values()))):
            best = Heading(line, columns, tuple(texts))
    return best


def _columns(texts: Sequence[str]) -> dict[int, str]:
    found: dict[int, str] = {}
    for n, text in enumerate(texts):
        field = _BY_WORD.get(plain(text)) if len(text) <= 30 else None
        if field == "day" and "day" in found.values():
            field = "clock" if "时" in text else None
        if field and (field in JOINED or field not in found.values()):
            found[n] = field
    return found

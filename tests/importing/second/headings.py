"""Which line is the heading, and what its columns hold."""

import re
from collections.abc import Sequence
from itertools import pairwise

from .cells import Cell, Col, Row, Sheet, Table, nf, same_above, simp

SYN = {
    "day": [
        "来访日期",
        "日期",
        "到访日期",
        "接待日期",
        "来访日",
        "到访日",
        "年月日",
        "来客日期",
        "登记日期",
        "客户来访日期",
        "接访日期",
        "拜访日期",
        "首访日期",
    ],
    "when": ["时间", "来访时间", "到访时间", "接待时间", "登记时间", "来客时间", "日期时间"],
    "time": ["时刻", "进店时间", "到店时间", "时段", "几点", "来访时刻", "具体时间"],
    "names": [
        "姓名",
        "客户姓名",
        "客户",
        "客户名称",
        "客户名",
        "来访人",
        "来访客户",
        "名字",
        "称呼",
        "来访人姓名",
        "来客姓名",
        "客户称呼",
        "联系人",
        "访客",
    ],
    "names2": ["共同购房人", "共有人", "同行人姓名"],
    "phones": [
        "电话",
        "联系电话",
        "手机",
        "手机号",
        "手机号码",
        "联系方式",
        "客户电话",
        "电话号码",
        "联系手机",
        "移动电话",
        "tel",
        "联络电话",
        "电话1",
        "手机电话",
    ],
    "phones2": ["备用电话", "备用手机", "其他电话", "电话2", "联系电话2", "第二电话"],
    "people": [
        "来访人数",
        "人数",
        "到访人数",
        "同行人数",
        "到访人次",
        "来人数",
        "来客人数",
        "人数(人)",
    ],
    "first": [
        "首次/再访",
        "首访/复访",
        "首/复访",
        "首复访",
        "首次/复访",
        "首访/再访",
        "是否首访",
        "是否首次",
        "是否首次到访",
        "是否首次来访",
        "来访次数",
        "到访次数",
        "新老客户",
        "新/老客户",
        "新客/老客",
        "来访性质",
        "初访/复访",
        "首访",
        "首次",
        "首次来访",
        "是否复访",
        "第几次来访",
        "来访类型",
        "首访或复访",
        "首次到访",
        "初访",
        "次数",
        "第几次到访",
    ],
    "receiver": [
        "接待人",
        "置业顾问",
        "接访人",
        "接待顾问",
        "销售顾问",
        "接待人员",
        "第一接待人",
        "业务员",
        "销售员",
        "接待置业顾问",
        "接待销售",
        "接待",
        "顾问",
        "销售人员",
        "接待员",
        "案场顾问",
    ],
    "source": [
        "来源",
        "获知途径",
        "获知渠道",
        "渠道",
        "认知途径",
        "客户来源",
        "来访渠道",
        "来访途径",
        "媒体渠道",
        "信息来源",
        "认知渠道",
        "来源渠道",
        "了解途径",
        "知晓途径",
    ],
    "needs": [
        "需求",
        "购房需求",
        "购房意向",
        "客户需求",
        "意向需求",
        "意向",
        "需求意向",
        "置业需求",
    ],
    "note": ["备注", "备注说明", "说明", "备注信息", "其他备注", "跟进"],
}

SYN["needs"] += [
    "户型",
    "面积",
    "预算",
    "意向户型",
    "意向面积",
    "需求户型",
    "需求面积",
    "购房预算",
    "需求描述",
    "面积需求",
    "户型需求",
]
LOOK = {w: k for k, ws in SYN.items() for w in ws}


UNKNOWN = [
    "序号",
    "编号",
    "年龄",
    "职业",
    "性别",
    "客户等级",
    "等级",
    "成交情况",
    "意向楼栋",
    "第二接待人",
    "身份证号",
    "身份证",
    "身份证号码",
    "证件号码",
    "居住区域",
    "工作单位",
    "车牌",
    "车牌号",
    "星期",
    "认购日期",
    "回访记录",
    "跟进情况",
    "客户级别",
    "住址",
    "地址",
]


SEARCHED = 60  # lines among which the heading is looked for
NUMBERED = ("序号", "编号", "no", "no.")
ONE = {"day", "time", "people", "first", "receiver"}


def head(s: str) -> str:
    s = simp(nf(s)).lower()
    return re.sub(r"[\s:：*＊]+", "", s)


def kind_of(h: str) -> str | None:
    h = head(h)
    if h in LOOK:
        return LOOK[h]
    h2 = re.sub(r"\(.*?\)", "", h)
    if h2 in LOOK:
        return LOOK[h2]
    return None


def letter(i: int) -> str:
    s = ""
    i += 1
    while i:
        i, r = divmod(i - 1, 26)
        s = chr(65 + r) + s
    return s


def recognised(heads: list[str]) -> list[str | None]:
    return [kind_of(h) for h in heads]


def enough(kinds: Sequence[str | None]) -> bool:
    s = set(kinds)
    return bool(s & {"names", "phones"}) and bool(s & {"day", "when"})


def find_tables(sheet: Sheet) -> None:
    """Puts the tables of a sheet and its title lines into it, or why there are none."""
    found = _heading(sheet.rows) or _heading_by_values(sheet.rows)
    if found is None:
        sheet.why = sheet.why or "没有找到表头：要有一栏日期和一栏姓名或电话。"
        return
    start, heads, titles = found
    below = sheet.rows[start:]
    width = max([len(heads), *(len(row.cells) for row in below)])
    heads = heads + [""] * (width - len(heads))
    above = [cell.text for row in sheet.rows[:titles] for cell in row.cells if cell.text]
    sheet.titles = list(dict.fromkeys(above))
    groups = _side_by_side(heads)
    for group in groups:
        cols = _columns(group, heads, below)
        held = {c.as_ for c in cols}
        if "day" in held and held & {"names", "phones"}:
            first = letter(cols[0].at)
            sheet.tables.append(Table(cols, start, first, len(groups) > 1))
    if not sheet.tables:
        sheet.why = sheet.why or "没有找到日期栏和姓名或电话栏。"


Heading = tuple[
    int, list[str], int
]  # index of the first line below, the headings, how many lines are titles


def _heading(rows: list[Row]) -> Heading | None:
    for n, row in enumerate(rows[:SEARCHED]):
        heads = [c.text for c in row.cells]
        if not any(recognised(heads)):
            continue
        both = _two_rows(row, rows[n + 1]) if n + 1 < len(rows) else None
        if both and enough(recognised(both)) and (both != heads or not enough(recognised(heads))):
            return n + 2, both, n
        if enough(recognised(heads)):
            return n + 1, heads, n
    return None


def _two_rows(upper: Row, lower: Row) -> list[str] | None:
    """The headings of two lines as one, where the lower is one too."""
    width = max(len(upper.cells), len(lower.cells))
    tops, bottoms = (
        [c.text for c in row.cells] + [""] * (width - len(row.cells)) for row in (upper, lower)
    )
    own = [c for c in lower.cells if c.text and not c.spread]
    short = all(
        len(c.text) <= 12 and c.kind == "s" and not re.search(r"\d{4}", c.text) for c in own
    )
    new = any(b != a and kind_of(b) for a, b in zip(tops, bottoms, strict=True))
    needed = not enough(recognised(tops)) or any(
        kind_of(b) and not kind_of(a) for a, b in zip(tops, bottoms, strict=True)
    )
    if not (own and short and new and needed):
        return None
    return [b or a for a, b in zip(tops, bottoms, strict=True)]


def _heading_by_values(rows: list[Row]) -> Heading | None:
    """A heading with names or numbers where days stand under a word that nobody knows."""
    for n, row in enumerate(rows[:SEARCHED]):
        heads = [c.text for c in row.cells]
        kinds = recognised(heads)
        if set(kinds) & {"names", "phones"} and sum(k is not None for k in kinds) >= 2:
            unknown = [at for at, kind in enumerate(kinds) if kind is None]
            if any(_mostly_days(_texts(rows[n + 1 :], at)) for at in unknown):
                return n + 1, heads, n
    return None


def _texts(below: list[Row], at: int) -> list[Cell]:
    return [row.cells[at] for row in below if at < len(row.cells) and row.cells[at].text]


def _mostly_days(cells: list[Cell]) -> bool:
    return bool(cells) and sum(full_looking(c) for c in cells) * 2 > len(cells)


def _side_by_side(heads: list[str]) -> list[list[int]]:
    """Columns in groups: a table begins where the headings of a whole one begin again."""
    groups: list[list[int]] = [[]]
    for at, heading in enumerate(heads):
        whole = enough([kind_of(heads[n]) for n in groups[-1]])
        again = head(heading) in [head(heads[n]) for n in groups[-1]]
        known = kind_of(heading) in ("day", "when", "names", "phones")
        if whole and again and known and enough([kind_of(h) for h in heads[at:]]):
            groups.append([])
        groups[-1].append(at)
    for left, right in pairwise(groups):
        while left and head(heads[left[-1]]) in NUMBERED:
            right.insert(0, left.pop())
    return groups


def _columns(group: list[int], heads: list[str], below: list[Row]) -> list[Col]:
    has_day = any(kind_of(heads[n]) == "day" for n in group)
    cols = []
    for at in group:
        cells = [row.cells[at] for row in below if at < len(row.cells)]
        if heads[at].strip() or any(c.text or c.kind == "f" for c in cells):
            cols.append(_column(at, heads[at].strip(), cells, has_day))
    if not any(c.kind == "day" for c in cols):
        unknown = (c for c in cols if c.kind is None and _mostly_days(_texts(below, c.at)))
        if found := next(unknown, None):
            found.kind = "day"
    _one_day(cols)
    took: set[str] = set()
    for col in cols:
        col.kind = None if col.kind in ONE and col.kind in took else col.kind
        took.add(col.kind or "")
        col.as_ = {"names2": "names", "phones2": "phones"}.get(col.kind or "", col.kind)
    return cols


def _column(at: int, heading: str, cells: list[Cell], has_day: bool) -> Col:
    col = Col(at, heading, kind_of(heading))
    col.known = col.kind is not None or head(heading) in UNKNOWN
    texts = [
        c for c in cells if c.text and not same_above(c.text) and head(c.text) != head(heading)
    ]
    ids = sum(bool(re.fullmatch(r"\d{17}[\dXx]", c.text)) for c in texts)
    if re.search(r"身份证|证件号", heading) or (texts and ids * 2 > len(texts)):
        col.identity, col.kind = True, None
    if col.kind == "when":
        times = has_day or not texts or sum(time_only(c) for c in texts) * 2 > len(texts)
        col.kind = "time" if times else "day"
    col.number = head(heading) in NUMBERED
    return col


def _one_day(cols: list[Col]) -> None:
    """Of several columns of days the one of visits, else of receptions, else of registering."""
    days = [c for c in cols if c.kind == "day"]
    rank = {"来访日期": 0, "到访日期": 0, "登记日期": 2}
    keep = min(days, key=lambda c: (rank.get(head(c.heading), 1), c.at), default=None)
    for col in days:
        col.kind = "day" if col is keep else None


def full_looking(c: Cell) -> bool:
    return c.kind == "d" or bool(
        re.match(
            r"(20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2})|(\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}$)|\d{1,2}月\d{1,2}[日号]",
            nf(c.text),
        )
    )


def time_only(c: Cell) -> bool:
    if c.kind == "t":
        return True
    if c.kind == "n":
        return isinstance(c.value, (int, float)) and 0 < c.value < 1
    if c.kind != "s":
        return False
    t = nf(c.text)
    return (
        bool(re.search(r"[点时:]", t))
        and not re.search(r"[年月日号]|\d[-/.]\d{1,2}[-/.]\d|^\d{1,2}[-/.]\d{1,2} ", t)
    ) or bool(re.fullmatch(r"0\.\d+", t))

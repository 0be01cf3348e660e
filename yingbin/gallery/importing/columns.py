"""Which column of an old register holds what: by the words above it, by what offices also call it, by what stands in it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from yingbin.people.traditional import simple
from yingbin.tables import Line
from yingbin.tables.grid import folded, letter
from yingbin.tables.survey import KEPT, LEFT_OUT, Field, SheetChoice, head_line

from .surnames import looks_like_name

SEARCHED = 80  # lines with something in them among which the heading is looked for

WORDS: dict[str, tuple[str, ...]] = {
    "day": ("日期", "来访日期", "到访日期", "登记日期", "首访日期", "接待日期", "参观日期", "拜访日期", "访问日期", "日期时间", "来访日", "日子", "date"),
    "time": ("时间点", "来访时刻", "到访时刻", "时段", "时刻", "几点", "进场时间", "到达时间", "来访时段"),
    "either": ("来访时间", "到访时间", "时间", "登记时间", "接待时间", "参观时间", "time"),
    "names": ("姓名", "客户姓名", "客户", "客户名称", "客户名", "来访客户", "来访人", "访客", "访客姓名", "来访人姓名", "来访客户姓名", "名字", "称呼", "客户称呼", "联系人", "联系人姓名", "name", "共同购房人", "共同买房人", "共同购房人姓名", "配偶姓名"),
    "phones": ("电话", "手机", "手机号", "手机号码", "联系方式", "联系电话", "联络电话", "客户电话", "电话号码", "号码", "移动电话", "固定电话", "座机", "手机电话", "联系手机", "客户手机", "客户联系方式", "客户联系电话", "联络方式", "tel", "phone", "mobile", "备用电话", "备用号码", "其他电话", "其它电话", "第二电话", "备用联系方式", "备用手机"),
    "people": ("人数", "来访人数", "到访人数", "几人", "来人数", "来访人次", "同来人数", "组人数"),
    "first": ("首次再访", "首访复访", "来访次数", "首次来访", "是否首访", "是否首次", "来访类型", "首访再访", "首次复访", "到访类型", "访问类型", "首复访", "首访", "复访", "再访", "初访", "回访", "新老客户", "到访次数", "首访或复访", "是否首次来访", "第几次来访"),
    "receiver": ("接待人", "置业顾问", "销售", "销售顾问", "接待", "业务员", "接待人员", "销售人员", "顾问", "接待人签名", "销售员", "接访人", "接待员", "案场顾问", "第一接待人", "首接待人", "接访顾问", "接待顾问", "接待销售", "销售代表", "置业顾问签名", "接待人签字", "经办人"),
    "source": ("获知途径", "来源", "渠道", "认知途径", "获知渠道", "信息来源", "媒体", "来访渠道", "客户来源", "了解途径", "认知渠道", "途径", "知晓途径", "知晓渠道", "来访途径", "信息渠道", "获客渠道", "来源渠道"),
    "needs": ("意向", "需求", "意向户型", "意向房源", "购房意向", "客户需求", "意向产品", "购房需求", "置业需求", "意向房号", "户型", "需求户型", "房型", "户型需求", "面积", "需求面积", "意向面积", "面积需求", "预算", "总价", "预算总价", "购房预算", "意向总价", "价格", "总价预算", "用途", "购房用途", "置业目的", "购房目的", "置业用途", "楼层", "意向楼层", "需求楼层"),
    "note": ("备注", "说明", "跟进", "跟进情况", "洽谈情况", "情况说明", "客户情况", "备注说明", "洽谈内容", "备注栏", "跟进记录", "沟通情况"),
}  # fmt: skip
_BY_WORD = {word: name for name, words in WORDS.items() for word in words}
_NOT_KEPT = re.compile(r"身份证|证件号|护照|^(?:序号|编号|序|号|no|id|行号|组别号)$")
_ID = re.compile(r"\d{17}[\dXx]")
# What a longer heading ends with, and what it must not speak of.
_ENDS = (
    ("phones", re.compile(r"(?:电话|手机|手机号|手机号码|联系方式)$"), re.compile(r"顾问|销售|接待|业务|介绍|推荐|经纪|中介|公司|紧急")),
    ("names", re.compile(r"(?:客户|访客|来访人|业主|购房人).{0,2}(?:姓名|名字)$"), re.compile(r"顾问|销售|接待|介绍|推荐")),
    ("day", re.compile(r"(?:来访|到访|登记|接待|参观|首访).{0,2}日期$"), re.compile(r"来电|成交|认购|签约|出生|再访|复访|回访|下次|预约")),
)  # fmt: skip
# What a column can be taken for.
FIELDS = (
    Field("day", "来访日期", needed="day"),
    Field("time", "来访时间"),
    Field("names", "客户姓名", many=True, needed="who"),
    Field("phones", "电话", many=True, needed="who"),
    Field("people", "人数"),
    Field("first", "首访或复访"),
    Field("receiver", "接待人"),
    Field("source", "获知途径", many=True),
    Field("needs", "意向和需求", many=True),
    Field("note", "备注", many=True),
)
MANY = {f.name for f in FIELDS if f.many}


@dataclass(frozen=True)
class Column:
    """One column of a table: where, what stands above it, and what it is taken for (None: kept as note or left out)."""

    at: int
    heading: str
    as_: str | None
    left_out: bool = False
    by_values: bool = False


@dataclass(frozen=True)
class Block:
    """One table of a sheet: its columns; `first` is the letter of the first where several stand side by side."""

    columns: tuple[Column, ...]
    first: str = ""

    def of(self, name: str) -> list[Column]:
        """The columns taken for this field, from the left."""
        return [c for c in self.columns if c.as_ == name]

    @property
    def whole(self) -> bool:
        """Whether a register can be read from it: days, and names or numbers."""
        has = {c.as_ for c in self.columns}
        return "day" in has and bool(has & {"names", "phones"})


@dataclass(frozen=True)
class Heading:
    """The heading's last line, and the tables below it."""

    line: int
    blocks: tuple[Block, ...]
    titles: dict[int, str] = field(default_factory=dict)


def plain(heading: str) -> str:
    """A heading's bare word: `联系电话1（必填）*` is 联系电话, 客戶姓名 is 客户姓名."""
    word = re.sub(r"[(\[【<].*?[)\]】>]", "", simple(folded(heading))).casefold()
    return re.sub(r"[\s*:./、,\-_#]|(?<=\D)\d+$", "", word)


def meaning(heading: str) -> str | None:
    """What a heading says its column holds."""
    word = plain(heading)
    if not word or len(word) > 16:
        return None
    known = _BY_WORD.get(word)
    if known or _NOT_KEPT.search(word):
        return known
    for name, ends, never in _ENDS:
        if ends.search(word) and not never.search(word):
            return name
    return None


def heading_of(lines: Sequence[Line]) -> Heading | None:
    """The heading among a sheet's first lines, in one line or in two; None where none is one."""
    some = [line for line in lines if any(not c.empty for c in line.cells)][:SEARCHED]
    best: tuple[int, Heading] | None = None
    for n, line in enumerate(some):
        upper = some[n - 1] if n and some[n - 1].number == line.number - 1 else None
        for titles in _titles(line, upper):
            found = _heading(line.number, titles, lines)
            score = _score(found)
            if score and (best is None or score > best[0]):
                best = (score, found)
    return best[1] if best else None


def _titles(line: Line, upper: Line | None) -> list[dict[int, str]]:
    """What stands above each column: this line's words; and, read with the line above, both lines'."""
    own = {n: c.text for n, c in enumerate(line.cells) if c.text}
    if upper is None or not any(meaning(t) for t in own.values()):
        return [own]
    if any(_is_data(t) for t in own.values()):
        return [own]
    above = {n: c.text for n, c in enumerate(upper.cells) if c.text and not c.across}
    if (
        len(above) >= 2
    ):  # a cell of the upper line over nothing is a heading of two lines that nobody merged
        alone = {
            n: t for n, t in above.items() if n not in own and len(t) <= 10 and ":" not in folded(t)
        }
        own = dict(sorted({**own, **alone}.items()))
    both = {n: _joined(own.get(n, ""), above.get(n, "")) for n in sorted({*own, *above})}
    return [own, both]


def _joined(own: str, above: str) -> str:
    if not own or not above or own == above:
        return own or above
    return own if meaning(own) else above + own


def _is_data(text: str) -> bool:
    return bool(re.search(r"\d{3}|\d[-/.年月]\d", folded(text)))


def _score(found: Heading) -> int:
    """How many fields the heading names, then how many its columns show; nothing for too few."""
    fields = [{c.as_ for c in block.columns} - {None} for block in found.blocks]
    named = [[c.as_ for c in b.columns if c.as_ and not c.by_values] for b in found.blocks]
    enough = any(len(names) >= 2 and names & {"names", "phones"} for names in fields)
    distinct, many = sum(len(set(n)) for n in named), sum(map(len, named))
    return 1000 * distinct + 10 * many + sum(map(len, fields)) if enough else 0


def _heading(line: int, titles: dict[int, str], lines: Sequence[Line]) -> Heading:
    below = [one for one in lines if one.number > line]
    parts = _side_by_side(titles)
    blocks = [_block(part, below) for part in parts]
    if len(blocks) > 1:
        blocks = [replace(b, first=letter(b.columns[0].at)) for b in blocks]
    return Heading(line, tuple(blocks), titles)


def _side_by_side(titles: dict[int, str]) -> list[dict[int, str]]:
    """The heading cut where it begins again; most headings are one."""
    parts: list[dict[int, str]] = [{}]
    for at, text in titles.items():
        again = text in parts[-1].values() and _is_whole(parts[-1])
        if again and _is_whole({n: t for n, t in titles.items() if n >= at}):
            parts.append({})
        parts[-1][at] = text
    return parts


def _is_whole(titles: dict[int, str]) -> bool:
    names = {meaning(text) for text in titles.values()}
    return bool(names & {"day", "either"}) and bool(names & {"names", "phones"})


def _block(titles: dict[int, str], below: Sequence[Line]) -> Block:
    columns = [_column(at, text) for at, text in titles.items()]
    columns = _days_and_times(columns, below)
    columns = _each_once(columns)
    columns = _by_values(columns, below)
    return Block(tuple(_without_ids(columns, below)))


def _column(at: int, heading: str) -> Column:
    as_ = meaning(heading)
    return Column(at, heading, as_, as_ is None and bool(_NOT_KEPT.search(plain(heading))))


def _days_and_times(columns: list[Column], below: Sequence[Line]) -> list[Column]:
    """来访时间 is the time beside a column of days, else whatever stands in it."""
    has_day = any(c.as_ == "day" for c in columns)
    made = []
    for c in columns:
        if c.as_ == "either":
            times = has_day or (not _like(below, c.at, _DAY) and _like(below, c.at, _TIME))
            made.append(replace(c, as_="time" if times else "day"))
            has_day = True
        else:
            made.append(c)
    return made


def _each_once(columns: list[Column]) -> list[Column]:
    """Where two columns claim one field the first has it; the other becomes a note."""
    seen: set[str] = set()
    made = []
    for c in columns:
        again = c.as_ in seen and c.as_ not in MANY
        seen.add(c.as_ or "")
        made.append(replace(c, as_=None) if again else c)
    return made


_DAY = re.compile(r"(?:\d{4}|\d{1,2})[-/.年月]\s*\d{1,2}|(?:19|20)\d{6}|\d{1,2}[日号]")
_TIME = re.compile(r"\d{1,2}[:点时]\d{0,2}|[上下中]午")
_PHONE = re.compile(r"(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?:\.0)?")


def _like(below: Sequence[Line], at: int, shape: re.Pattern[str]) -> bool:
    """Whether most of what stands in the column has this shape."""
    texts = [t for line in below[:200] if (t := folded(line.cell(at).text))]
    return bool(texts) and sum(bool(shape.match(t)) for t in texts) >= 0.7 * len(texts)


def _by_values(columns: list[Column], below: Sequence[Line]) -> list[Column]:
    """A field no heading names is looked for in what stands below headings nobody knows."""
    looks: tuple[tuple[str, Callable[[int], bool]], ...] = (
        ("phones", lambda at: _like(below, at, _PHONE)),
        ("day", lambda at: _like(below, at, _DAY)),
        ("names", lambda at: _mostly_names(below, at)),
    )
    for name, fits in looks:
        if not any(c.as_ == name for c in columns):
            found = next(
                (c for c in columns if c.as_ is None and not c.left_out and fits(c.at)), None
            )
            guess = replace(found, as_=name, by_values=True) if found else None
            columns = [guess if guess and c is found else c for c in columns]
    return columns


def _mostly_names(below: Sequence[Line], at: int) -> bool:
    texts = [t for line in below[:200] if (t := folded(line.cell(at).text))]
    return bool(texts) and sum(looks_like_name(t) for t in texts) >= 0.8 * len(texts)


def _without_ids(columns: list[Column], below: Sequence[Line]) -> list[Column]:
    """Columns with identity numbers are left out whatever stands above them."""
    return [replace(c, left_out=True) if c.as_ is None and ids(below, c.at) else c for c in columns]


def ids(below: Sequence[Line], at: int) -> bool:
    """Whether what stands in the column is mostly identity numbers."""
    texts = [line.cell(at).text for line in below[:200] if line.cell(at).text]
    return bool(texts) and 2 * sum(bool(_ID.fullmatch(t)) for t in texts) >= len(texts)


def chosen_heading(
    found: Heading | None, lines: Sequence[Line], choice: SheetChoice
) -> Heading | None:
    """The heading as a person chose it: each column of the one found, or of a line that nobody knows as one."""
    heading = found if found and found.line == choice.line else _unknown(lines, choice.line)
    if heading is None:
        return None
    blocks = tuple(chosen_block(block, choice) for block in heading.blocks)
    return replace(heading, blocks=blocks)


def chosen_block(block: Block, choice: SheetChoice) -> Block:
    """The table with each column taken for what a person chose."""
    return replace(
        block, columns=tuple(_chosen(c, choice.columns.get(c.at)) for c in block.columns)
    )


def _chosen(column: Column, as_: str | None) -> Column:
    if as_ is None:
        return column
    return replace(
        column, as_=as_ if as_ not in (KEPT, LEFT_OUT) else None, left_out=as_ == LEFT_OUT
    )


def unknown_heading(lines: Sequence[Line]) -> Heading | None:
    """A line that may be a heading though no word of it is known, with columns taken for nothing."""
    line = head_line(lines[:SEARCHED])
    return _heading_at(line, lines) if line else None


def _unknown(lines: Sequence[Line], number: int) -> Heading | None:
    line = next((one for one in lines if one.number == number), None)
    return _heading_at(line, lines) if line else None


def _heading_at(line: Line, lines: Sequence[Line]) -> Heading:
    titles = {n: c.text for n, c in enumerate(line.cells) if c.text}
    return _heading(line.number, titles, lines)

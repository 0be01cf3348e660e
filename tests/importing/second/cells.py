"""What the second reader reads: sheets of cells, and their texts in one spelling."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

Value = str | int | float | bool | datetime | date | time | timedelta | None


class CannotRead(Exception):
    """What exits 2: a Chinese sentence."""


@dataclass
class Cell:
    text: str = ""
    value: Value = None
    kind: str = ""  # '' empty, s, n, d (datetime), t (time), e error, f formula without value
    fmt: str = "General"
    comment: str = ""
    strike: bool = False
    spread: bool = False  # filled from a merged cell
    line: int = 0


@dataclass
class Col:
    """A column: where, what stands above it, what it holds (`as_`: in the contract's word)."""

    at: int
    heading: str
    kind: str | None = None
    as_: str | None = None
    known: bool = False
    identity: bool = False
    number: bool = False


@dataclass
class Day:
    """What a day cell says, before and after its column is asked."""

    state: str = "none"  # empty, full, three, part, bad
    day: date | None = None
    nums: tuple[int, ...] = ()
    group: str = ""
    year: int | None = None
    month: int | None = None
    dom: int | None = None
    time: str | None = None
    told: list[str] = field(default_factory=list)
    why: str = ""
    rest: str = ""
    made: bool = False


@dataclass
class Row:
    """One line as the office program numbers it."""

    line: int
    cells: list[Cell]
    hidden: bool = False


@dataclass
class Visit:
    """A line of a table: its cells by column, why it is skipped, what its day cell says."""

    line: int
    cells: dict[int, Cell]
    why: str | None
    day: Day | None


@dataclass
class Table:
    """Columns, and where below the heading the lines begin."""

    cols: list[Col]
    first: int
    letter: str = ""
    multi: bool = False
    lines: list[Visit] = field(default_factory=list)


@dataclass
class Sheet:
    name: str
    rows: list[Row] = field(default_factory=list)
    why: str | None = None
    epoch: datetime | None = None
    tables: list[Table] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    origin: str = "xlsx"


EMPTY = Cell()


def clean(s: str) -> str:
    s = re.sub(r"_x000[dD]_", "", s)
    s = (
        s.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\u200b", "")
        .replace("\u202a", "")
        .replace("\u202c", "")
        .replace("\ufeff", "")
        .replace("\xa0", " ")
    )
    s = s.strip(" \t\n\u3000")
    m = re.fullmatch(r'="?(.*?)"?', s, re.S)
    if m and s.startswith('="'):
        s = m.group(1).strip()
    if s.startswith("'") and len(s) > 1:
        s = s[1:]
    return s.strip(" \t\n\u3000")


def nf(s: str) -> str:
    return unicodedata.normalize("NFKC", s)


TRAD = str.maketrans(
    "來訪戶電話號聯絡數備註顧問際營銷途徑時間業務員達預算積簽總計頁說離職無複歲與經師婦轉紹親點聯繫樓盤區單證",
    "来访户电话号联络数备注顾问际营销途径时间业务员达预算积签总计页说离职无复岁与经师妇转绍亲点联系楼盘区单证",
)


def simp(s: str) -> str:
    return s.translate(TRAD)


ERR = ("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "####")


PLACE = {
    "无",
    "未留",
    "-",
    "--",
    "—",
    "——",
    "/",
    "NULL",
    "null",
    "Null",
    "无名氏",
    "佚名",
    "未知",
    "不详",
    "匿名",
    "N/A",
    "n/a",
    "NA",
    "None",
    "none",
    "未登记",
    "未填",
    "?",
    "？",
    "\\",
    "暂无",
    "没有",
    "未提供",
    "空",
    "不留",
    "无名",
    "(空)",
    "未留电话",
    "未留名",
    "未留姓名",
    "不愿留",
    "无电话",
}


def same_above(t: str) -> bool:
    return t in ("同上", "〃", "″", '"', "''", "＂", "同 上")

# ruff: noqa
"""A second reader of old registers, written from the contract of `register read` alone.

Where the text is in doubt, and what is chosen here:

 1. "`told`: … taken from elsewhere": what a merged cell or 同上 says isn't told (the line says it plainly).
 2. "A line for the same person on the same day as another is taken and told": the later line is told.
    Same person: a number in common and no other surname, or the same name where one of the two has no number.
 3. "a two-digit year …; separately for values with the year first and with the year last": the years of a register lie
    within the last fifteen; a value whose first number only can be such a year has its year first, and so on; where
    both can, the column's other values say, or the number that changes less; else year first.
 4. "If any value shows the order": a number above 12 shows it, not that one reading would lie after today. Where
    values show both, the more frequent; equally many: the order that would be taken anyway.
 5. "General 11.1 may be two days: refused": only where the day with a nought behind exists (11.4 and 11.12 are read).
    Text 11.1 (csv too) is 1 November.
 6. A serial number without a date format is read and isn't told; a time in the day cell is the time, not told.
 7. "a truly empty day cell … takes the day above": the nearest line above that has anything in its day cell; if that
    can't be read, refused.  "only rise": never fall (days after today aside).
 8. "goes to the note": what stands in the name cell isn't told, what stands beside a number or a day is.  A number that can't be one is told and kept in the note.
 9. A placeholder (无, 未留, -) in a cell that isn't the name: nothing there, told; a receiver keeps the text, told (no name).
10. 序号 is left out.
11. a tick: true under a heading of first visits only, false under one of repeats only, else null; told.
12. a telephone number in the name cell where the phone cell isn't empty: kept in the note, told.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from html.parser import HTMLParser

import phonenumbers


class CannotRead(Exception):
    """What exits 2: a Chinese sentence."""


@dataclass
class Cell:
    text: str = ""
    value: object = None
    kind: str = ""  # '' empty, s, n, d (datetime), t (time), e error, f formula without value
    fmt: str = "General"
    comment: str = ""
    strike: bool = False
    spread: bool = False  # filled from a merged cell
    line: int = 0


@dataclass
class Sheet:
    name: str
    rows: list = field(default_factory=list)  # (line, [Cell], hidden)
    why: str | None = None
    epoch: object = None
    tables: list = field(default_factory=list)
    titles: list = field(default_factory=list)
    origin: str = "xlsx"


EMPTY = Cell()


def clean(s: str) -> str:
    s = re.sub(r"_x000[dD]_", "", s)
    s = (
        s.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\u200b", "")
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


# ---------------------------------------------------------------- files


def load(data: bytes, name: str) -> list[Sheet]:
    if data[:4] == b"\xd0\xcf\x11\xe0":
        raise CannotRead("这是旧版 .xls 或加密的工作簿，请在 Excel 里另存为 .xlsx 再试。")
    if data[:2] == b"PK":
        return load_xlsx(data)
    head = data[:2000].lower()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        raise CannotRead("这是 XML 2003 表格，请在 Excel 里另存为 .xlsx 再试。")
    if not data.strip():
        raise CannotRead("文件是空的，请换一个文件。")
    if data[:2] not in (b"\xff\xfe", b"\xfe\xff") and b"\0" in data[:2000] and not looks16(data):
        raise CannotRead("这不是表格文件，请另存为 .xlsx 或 .csv 再试。")
    if b"<table" in data[:20000].lower():
        return load_html(data)
    return load_csv(data, name)


def looks16(data: bytes) -> bool:
    return data[:400][1::2].count(0) > 20 or data[:400][0::2].count(0) > 20


def decode(data: bytes) -> str:
    if data[:3] == b"\xef\xbb\xbf":
        return data[3:].decode("utf-8", "replace")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    if looks16(data):
        return data.decode("utf-16-le" if data[1] == 0 else "utf-16-be", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    best = None
    for enc in ("gb18030", "big5"):
        try:
            t = data.decode(enc)
        except UnicodeDecodeError:
            continue
        s = simp(t)
        score = sum(
            s.count(w)
            for w in (
                "日期",
                "姓名",
                "电话",
                "客户",
                "备注",
                "来访",
                "人数",
                "接待",
                "手机",
                "先生",
                "女士",
                "时间",
            )
        )
        if best is None or score > best[0]:
            best = (score, t)
    if best is None:
        raise CannotRead("文件的文字编码认不出来，请另存为 UTF-8 的 csv 再试。")
    return best[1]


def load_csv(data: bytes, name: str) -> list[Sheet]:
    text = decode(data)
    tries = []
    for delim in (",", ";", "\t", "，", "；", "|"):
        sh = Sheet("", origin="csv")
        rd = csv.reader(io.StringIO(text, newline=""), delimiter=delim)
        prev = 0
        try:
            for rec in rd:
                cells = []
                for v in rec:
                    v = clean(v)
                    cells.append(Cell(v, v, "s", line=prev + 1) if v else Cell())
                sh.rows.append((prev + 1, cells, False))
                prev = rd.line_num
        except csv.Error:
            continue
        find_tables(sh)
        score = sum(1 for t in sh.tables for c in t.cols if c.known) if sh.tables else 0
        tries.append((score, -len(tries), sh))
    if not tries:
        raise CannotRead("这个 csv 读不出来，请另存为 .xlsx 再试。")
    return [max(tries, key=lambda x: x[:2])[2]]


def stem(name: str) -> str:
    return re.sub(r"\.[^.]*$", "", name.rsplit("/", 1)[-1])


class _Html(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tables, self.cell = [], None

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.tables and self.tables[-1]:
            self.cell = []
        elif tag == "br" and self.cell is not None:
            self.cell.append("\n")

    def handle_endtag(self, tag):
        if tag in ("td", "th") and self.cell is not None:
            self.tables[-1][-1].append("".join(self.cell))
            self.cell = None

    def handle_data(self, d):
        if self.cell is not None:
            self.cell.append(d)


def load_html(data: bytes) -> list[Sheet]:
    p = _Html()
    p.feed(decode(data))
    out = []
    for n, t in enumerate(p.tables, 1):
        sh = Sheet("" if len(p.tables) == 1 else f"表格{n}", origin="html")
        for i, r in enumerate(t, 1):
            sh.rows.append(
                (i, [Cell(clean(v), clean(v), "s") if clean(v) else Cell() for v in r], False)
            )
        find_tables(sh)
        out.append(sh)
    return out


ERR = ("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "####")


def load_xlsx(data: bytes) -> list[Sheet]:
    import openpyxl

    try:
        wb = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        wf = openpyxl.load_workbook(io.BytesIO(data))
    except Exception as e:
        raise CannotRead(
            "这个文件打不开，不像完好的 .xlsx，请在 Excel 里打开后另存为 .xlsx 再试。"
        ) from e
    out = []
    for ws in wb.worksheets:
        f = wf[ws.title]
        sh = Sheet(ws.title, epoch=wb.epoch)
        if ws.sheet_state != "visible":
            sh.why = "这张表是隐藏的，没有读。"
        for row in ws.iter_rows():
            line = row[0].row
            cells = []
            for c in row:
                fc = f.cell(c.row, c.column)
                cells.append(make(c, fc))
            dim = ws.row_dimensions.get(line)
            sh.rows.append((line, cells, bool(dim is not None and dim.hidden)))
        for rng in ws.merged_cells.ranges:
            try:
                top = sh.rows[rng.min_row - 1][1][rng.min_col - 1]
            except IndexError:
                continue
            for r in range(rng.min_row, rng.max_row + 1):
                for c in range(rng.min_col, rng.max_col + 1):
                    if (
                        (r, c) != (rng.min_row, rng.min_col)
                        and r <= len(sh.rows)
                        and c <= len(sh.rows[r - 1][1])
                    ):
                        sh.rows[r - 1][1][c - 1] = Cell(
                            top.text, top.value, top.kind, top.fmt, "", top.strike, True
                        )
        if sh.why is None:
            find_tables(sh)
        out.append(sh)
    return out


def make(c, fc) -> Cell:
    v = c.value
    com = clean(fc.comment.text) if fc.comment else ""
    strike = bool(c.font and c.font.strike)
    if fc.data_type == "f" and v is None:
        return Cell("", None, "f", c.number_format, com, strike)
    if v is None:
        return Cell("", None, "", c.number_format, com, strike)
    if isinstance(v, bool):
        return Cell("TRUE" if v else "FALSE", v, "s", c.number_format, com, strike)
    if isinstance(v, datetime):
        t = v.strftime("%Y-%m-%d") + (v.strftime(" %H:%M") if (v.hour or v.minute) else "")
        return Cell(t, v, "d", c.number_format, com, strike)
    if isinstance(v, date):
        return Cell(
            v.isoformat(), datetime(v.year, v.month, v.day), "d", c.number_format, com, strike
        )
    if isinstance(v, time):
        return Cell(v.strftime("%H:%M"), v, "t", c.number_format, com, strike)
    if isinstance(v, timedelta):
        return Cell(str(v), v, "n", c.number_format, com, strike)
    if isinstance(v, (int, float)):
        return Cell(shown(v, c.number_format), v, "n", c.number_format, com, strike)
    s = clean(str(v))
    if c.data_type == "e":
        return Cell(s, s, "e", c.number_format, com, strike)
    return Cell(s, s, "s" if s else "", c.number_format, com, strike)


def shown(v, fmt) -> str:
    m = re.fullmatch(r"0\.(0+)", fmt or "")
    if m:
        return f"{v:.{len(m.group(1))}f}"
    if fmt == "0":
        return str(round(v))
    if float(v).is_integer():
        return str(int(v))
    return f"{v:.15g}"


# ---------------------------------------------------------------- headings

SYN = {
    "day": "来访日期 日期 到访日期 接待日期 来访日 到访日 年月日 来客日期 登记日期 客户来访日期 接访日期 拜访日期 首访日期".split(),
    "when": "时间 来访时间 到访时间 接待时间 登记时间 来客时间 日期时间".split(),
    "time": "时刻 进店时间 到店时间 时段 几点 来访时刻 具体时间".split(),
    "names": "姓名 客户姓名 客户 客户名称 客户名 来访人 来访客户 名字 称呼 来访人姓名 来客姓名 客户称呼".split(),
    "names2": "共同购房人 共有人 同行人姓名".split(),
    "phones": "电话 联系电话 手机 手机号 手机号码 联系方式 客户电话 电话号码 联系手机 移动电话 tel 联络电话 电话1".split(),
    "phones2": "备用电话 备用手机 其他电话 电话2 联系电话2 第二电话".split(),
    "people": "来访人数 人数 到访人数 同行人数 到访人次 来人数 来客人数 人数(人)".split(),
    "first": "首次/再访 首访/复访 首/复访 首复访 首次/复访 首访/再访 是否首访 是否首次 是否首次到访 是否首次来访 来访次数 到访次数 新老客户 新/老客户 新客/老客 来访性质 初访/复访 首访 首次 首次来访 是否复访 第几次来访 来访类型 首访或复访 首次到访 初访 次数 第几次到访".split(),
    "receiver": "接待人 置业顾问 接访人 接待顾问 销售顾问 接待人员 第一接待人 业务员 销售员 接待置业顾问 接待销售 接待 顾问 销售人员 接待员".split(),
    "source": "来源 获知途径 获知渠道 渠道 认知途径 客户来源 来访渠道 来访途径 媒体渠道 信息来源 认知渠道 来源渠道 了解途径".split(),
    "needs": "需求 购房需求 购房意向 客户需求 意向需求 意向 需求意向 置业需求".split(),
    "note": "备注 备注说明 说明 备注信息 其他备注 跟进".split(),
}
SYN["needs"] += (
    "户型 面积 预算 意向户型 意向面积 需求户型 需求面积 购房预算 需求描述 面积需求 户型需求".split()
)
LOOK = {w: k for k, ws in SYN.items() for w in ws}
UNKNOWN = "序号 编号 年龄 职业 性别 客户等级 等级 成交情况 意向楼栋 第二接待人 身份证号 身份证 身份证号码 证件号码 居住区域 工作单位 车牌 车牌号 星期 认购日期 回访记录 跟进情况 客户级别 住址 地址".split()
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


@dataclass
class Col:
    at: int
    heading: str
    kind: str | None = None
    as_: str | None = None
    known: bool = False
    identity: bool = False
    number: bool = False


@dataclass
class Table:
    cols: list
    first: int  # index of first body row
    letter: str = ""
    multi: bool = False
    end: int = 0
    lines: list = field(default_factory=list)


def letter(i: int) -> str:
    s = ""
    i += 1
    while i:
        i, r = divmod(i - 1, 26)
        s = chr(65 + r) + s
    return s


def recognised(heads):
    return [kind_of(h) for h in heads]


def enough(kinds):
    s = set(kinds)
    return bool(s & {"names", "phones"}) and bool(s & {"day", "when"})


def find_tables(sh: Sheet) -> None:
    best = None
    rows = sh.rows
    for i in range(min(len(rows), 60)):
        h1 = [c.text for c in rows[i][1]]
        k1 = recognised(h1)
        if sum(k is not None for k in k1) < 1:
            continue
        two = None
        if i + 1 < len(rows):
            n2 = rows[i + 1][1]
            h2 = [c.text for c in n2] + [""] * max(0, len(h1) - len(n2))
            h1x = h1 + [""] * (len(h2) - len(h1))
            k2 = recognised(h2)
            own = [c for c in n2 if c.text and not c.spread]
            okay = own and all(
                len(c.text) <= 12 and c.kind == "s" and not re.search(r"\d{4}", c.text) for c in own
            )
            if okay and any(k2[j] and h2[j] != h1x[j] for j in range(len(h2))):
                comb = []
                for a, b in zip(h1x, h2):
                    comb.append(
                        b
                        if kind_of(b) and b != a
                        else (
                            a
                            if not b or a == b
                            else (a + b if not a else (b if not kind_of(a) else b))
                        )
                    )
                two = comb
        if (
            two
            and enough(recognised(two))
            and not (enough(k1) and not any(kind_of(b) and not kind_of(a) for a, b in zip(h1x, h2)))
        ):
            best = (i + 2, two)
            break
        if enough(k1):
            best = (i + 1, h1)
            break
    if not best:
        # days under a heading nobody knows, or none at all
        for i in range(min(len(rows), 60)):
            h1 = [c.text for c in rows[i][1]]
            k1 = recognised(h1)
            if set(k1) & {"names", "phones"} and sum(k is not None for k in k1) >= 2:
                for j, h in enumerate(h1):
                    if k1[j] is None:
                        vals = [r[1][j] for r in rows[i + 1 :] if j < len(r[1]) and r[1][j].text]
                        if vals and sum(full_looking(v) for v in vals) > len(vals) / 2:
                            h1[j] = h1[j]
                            best = (i + 1, h1)
                            break
                if best:
                    break
    if not best:
        sh.why = sh.why or "没有找到表头：要有一栏日期和一栏姓名或电话。"
        return
    start, heads = best
    width = max([len(heads)] + [len(r[1]) for r in rows[start:]])
    heads = heads + [""] * (width - len(heads))
    if rows[start - 1][1] and start >= 1:
        pass
    sh.titles = []
    hrows = (
        1
        if [c.text for c in rows[start - 1][1]][: len(heads)]
        == [h for h in heads][: len(rows[start - 1][1])]
        else 2
    )
    seen = set()
    for r in rows[: max(0, start - hrows)]:
        for c in r[1]:
            if c.text and c.text not in seen:
                seen.add(c.text)
                sh.titles.append(c.text)
    # side by side: a day heading again after a table that is whole
    groups, cur = [], []
    for j in range(width):
        k = kind_of(heads[j])
        if k in ("day", "when", "names", "phones") and enough([kind_of(heads[x]) for x in cur]):
            rest = [kind_of(heads[x]) for x in range(j, width)]
            same = head(heads[j]) in [head(heads[x]) for x in cur]
            if same and enough(rest):
                b = j
                groups.append(cur)
                cur = []
        cur.append(j)
    groups.append(cur)
    # 序号 before the day of the next table
    for a, b in zip(groups, groups[1:]):
        while a and head(heads[a[-1]]) in ("序号", "编号", "no", "no."):
            b.insert(0, a.pop())
    for g in groups:
        cols = []
        for j in g:
            vals = [r[1][j] for r in rows[start:] if j < len(r[1])]
            vals = [v for v in vals if v.text or v.kind == "f" or v.comment]
            if not heads[j].strip() and not any(v.text or v.kind == "f" for v in vals):
                continue
            col = Col(j, heads[j].strip(), kind_of(heads[j]))
            col.known = col.kind is not None or head(col.heading) in UNKNOWN
            texts = [v for v in vals if v.text and not same_above(v.text)]
            if re.search(r"身份证|证件号", col.heading) or (
                texts
                and sum(bool(re.fullmatch(r"\d{17}[\dXx]", v.text)) for v in texts) > len(texts) / 2
            ):
                col.identity, col.kind = True, None
            if col.kind == "when":
                times = sum(time_only(v) for v in texts)
                col.kind = "time" if times * 2 > len(texts) else "day"
                if not texts or any(kind_of(heads[x]) == "day" for x in g):
                    col.kind = "time"
            if head(col.heading) in ("序号", "编号", "no", "no."):
                col.number = True
            cols.append(col)
        if not any(c.kind == "day" for c in cols):
            for c in cols:
                vals = [r[1][c.at] for r in rows[start:] if c.at < len(r[1]) and r[1][c.at].text]
                if c.kind is None and vals and sum(full_looking(v) for v in vals) > len(vals) / 2:
                    c.kind = "day"
                    break
        took = set()
        pref = [c for c in cols if c.kind == "day"]
        if len(pref) > 1:
            order = {"来访日期": 0, "到访日期": 0}
            keep = min(
                pref,
                key=lambda c: (
                    order.get(head(c.heading), 2 if head(c.heading) in ("登记日期",) else 1),
                    c.at,
                ),
            )
            for c in pref:
                if c is not keep:
                    c.kind = None
        for c in cols:
            k = c.kind
            if k in ONE and k in took:
                k = None
            if k:
                took.add(k)
            c.kind = k
            c.as_ = {"names2": "names", "phones2": "phones"}.get(k, k)
        t = Table(cols, start, letter(cols[0].at) if cols else "A", len(groups) > 1)
        if any(c.as_ == "day" for c in cols) and any(c.as_ in ("names", "phones") for c in cols):
            sh.tables.append(t)
    if not sh.tables:
        sh.why = sh.why or "没有找到日期栏和姓名或电话栏。"


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
        or bool(re.fullmatch(r"0\.\d+", t))
    )


def same_above(t: str) -> bool:
    return t in ("同上", "〃", "″", '"', "''", "＂", "同 上")


# ---------------------------------------------------------------- numerals

CN = {c: i for i, c in enumerate("零一二三四五六七八九")}
CN.update({"〇": 0, "○": 0, "两": 2, "俩": 2, "仨": 3, "O": 0, "壹": 1, "贰": 2, "叁": 3})


def cnum(s: str) -> int | None:
    s = s.strip()
    if re.fullmatch(r"\d+", s):
        return int(s)
    if not s or any(ch not in CN and ch not in "十百" for ch in s):
        return None
    if "十" in s:
        a, _, b = s.partition("十")
        x = CN[a] if a in CN else (1 if a == "" else None)
        y = CN[b] if b in CN else (0 if b == "" else None)
        if x is None or y is None:
            return None
        return x * 10 + y
    if "百" in s:
        return None
    n = 0
    for ch in s:
        n = n * 10 + CN[ch]
    return n


NUM = r"(?:\d+|[零〇○O一二三四五六七八九十两]+)"


# ---------------------------------------------------------------- times


def read_time(c: Cell):
    """(text or None, told)"""
    if c.kind == "t":
        return c.value.strftime("%H:%M"), []
    if c.kind == "d":
        return c.value.strftime("%H:%M"), []
    if c.kind == "f":
        return None, ["来访时间是没有存下结果的公式，当作空。"]
    if c.kind == "e" or c.text in ERR:
        return None, ["来访时间是错误值，没有存。"]
    t = nf(c.text)
    if not t:
        return None, []
    if t in PLACE:
        return None, [f"“{t}”没有存。"]
    if isinstance(c.value, (int, float)) and 1 <= c.value < 25:
        t = t + "点" if float(c.value).is_integer() else f"{c.value:.2f}"
    elif isinstance(c.value, (int, float)) or re.fullmatch(r"0?\.\d+", t):
        v = float(c.value if isinstance(c.value, (int, float)) else t)
        if 0 <= v < 1 or v > 30000:
            m = round((v % 1) * 1440)
            if m == 1440:
                return "23:59", ["按 23:59 存。"]
            return f"{m // 60:02d}:{m % 60:02d}", []
    r = clock(t)
    if r is None:
        return None, [f"来访时间“{c.text}”读不懂，没有存。"]
    return r


HALF = r"(上午|下午|中午|晚上|傍晚|早上|凌晨|清晨|早晨|夜里|晚|早|午后|AM|PM|am|pm|A\.M\.|P\.M\.)?"


def clock(t: str):
    t = t.strip()
    if t in ("中午", "正午"):
        return "12:00", [f"“{t}”读作 12:00。"]
    m = re.fullmatch(r"(.*[点:].*)多", t)
    if m:
        a = clock(m.group(1))
        return (a[0], [f"“{t}”是大概的时间。"]) if a else None
    m = re.fullmatch(r"([01]?\d|2[0-3])\.?([0-5]\d)", t)
    if m and (len(t) == 4 or "." in t):
        return f"{int(m.group(1)):02d}:{m.group(2)}", []
    t = simp(t)
    if re.search(r"[年/]|\d-\d", t) and not re.fullmatch(r"\d{1,2}[:点].*-\d{1,2}[:点].*", t):
        return None
    m = re.fullmatch(
        HALF
        + r"\s*("
        + NUM
        + r")\s*(?:[:点时])\s*(?:(半|一刻|三刻|整|钟|"
        + NUM
        + r")\s*分?)?(?::\d{1,2}(?:\.\d+)?)?\s*(AM|PM|am|pm|a\.m\.|p\.m\.|Am|Pm)?",
        t,
    )
    tell = []
    if not m:
        m2 = re.fullmatch(r"(.+?)\s*[-~至到—]+\s*(.+)", t)
        if m2:
            a = clock(m2.group(1))
            if a:
                return a[0], a[1] + [f"“{t}”是一段时间，取开始的时间。"]
        m2 = re.fullmatch(r"(?:约|大概|大约)(.+)|(.+?)(?:左右|许)", t)
        if m2:
            a = clock(m2.group(1) or m2.group(2))
            if a:
                return a[0], a[1] + [f"“{t}”是大概的时间。"]
        return None
    half, h, mi, ap = m.groups()
    h = cnum(h)
    if h is None:
        return None
    if mi in (None, "整", "钟"):
        mi = 0
    elif mi == "半":
        mi = 30
    elif mi == "一刻":
        mi = 15
    elif mi == "三刻":
        mi = 45
    else:
        mi = cnum(mi)
    half = (ap or half or "").upper().replace(".", "")
    if half in ("下午", "傍晚", "午后", "PM"):
        if h < 12:
            h += 12
    elif half in ("晚上", "晚", "夜里"):
        if h == 12:
            if mi == 0:
                return "23:59", [f"“{t}”是当天结束的零点，存为 23:59。"]
            return "23:59", [f"“{t}”已过零点，存为 23:59。"]
        if 5 <= h < 12:
            h += 12
    elif half == "中午":
        if h in (1, 2):
            h += 12
    elif half in ("上午", "凌晨", "AM", "早上"):
        if h == 12:
            h = 0
    if h == 24 and mi == 0:
        return "23:59", [f"“{t}”存为 23:59。"]
    if h > 23 or mi is None or mi > 59:
        return None
    return f"{h:02d}:{mi:02d}", tell


# ---------------------------------------------------------------- dates

MONTHS = {m: i for i, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}


@dataclass
class Day:
    """What a day cell says before the column is asked."""

    state: str = "none"  # empty, full, three, part, bad
    day: date | None = None
    nums: tuple = ()
    group: str = ""
    year: int | None = None
    month: int | None = None
    dom: int | None = None
    time: str | None = None
    told: list = field(default_factory=list)
    why: str = ""
    rest: str = ""


def mk(y, m, d):
    try:
        return date(y, m, d)
    except (ValueError, TypeError):
        return None


def bad(why):
    return Day("bad", why=why)


def read_day(c: Cell, epoch) -> Day:
    if c.kind == "":
        return Day("empty")
    if c.kind == "f":
        return bad("来访日期是没有存下结果的公式。")
    if c.kind == "e" or c.text in ERR:
        return bad("来访日期是错误值。")
    if c.kind == "t":
        return bad("来访日期里只有时间。")
    if c.kind == "d":
        v = c.value
        tm = v.strftime("%H:%M") if (v.hour or v.minute) else None
        return Day("full", v.date(), time=tm)
    t = nf(c.text)
    number = isinstance(c.value, (int, float))
    if number or re.fullmatch(r"\d+(\.\d+)?", t):
        return numeric(t, c, number, epoch)
    return text_day(t)


def serial(v: float, epoch):
    from openpyxl.utils.datetime import WINDOWS_EPOCH, from_excel

    try:
        d = from_excel(v, epoch or WINDOWS_EPOCH)
    except Exception:
        return None
    return d


def numeric(t, c, number, epoch) -> Day:
    t = (
        re.sub(r"\.0+$", "", t)
        if not (number and re.search(r"\.0+$", t) and c.fmt != "General")
        else t
    )
    if re.fullmatch(r"\d{8}", t):
        d = mk(int(t[:4]), int(t[4:6]), int(t[6:]))
        return Day("full", d) if d and 1950 < d.year < 2100 else bad(f"“{t}”不是一个日期。")
    if re.fullmatch(r"\d{6}", t):
        d = mk(2000 + int(t[:2]), int(t[2:4]), int(t[4:]))
        return Day("full", d) if d else bad(f"“{t}”不是一个日期。")
    m = re.fullmatch(r"(\d+)(?:\.(\d+))?", t)
    v = float(t)
    if 25000 <= v <= 62000:
        d = serial(float(c.value) if number else v, epoch)
        if d:
            tm = d.strftime("%H:%M") if (d.hour or d.minute) else None
            return Day("full", d.date(), time=tm)
    if m and m.group(2):
        a, b = int(m.group(1)), m.group(2)
        if a > 12 or len(b) > 2:
            return bad(f"“{t}”里没有日。" if a >= 1900 else f"“{t}”不是一个日期。")
        if number and c.fmt == "General" and len(b) == 1 and mk(2024, a, int(b) * 10):
            return bad(f"“{t}”可能是 {a} 月 {b} 日，也可能是 {a} 月 {b}0 日。")
        if mk(2024, a, int(b)) is None:
            return bad(f"“{t}”不是一个日期。")
        return Day("part", month=a, dom=int(b))
    if m and 1 <= int(t) <= 31:
        return Day("part", dom=int(t))
    return bad(f"“{t}”里没有日期。")


def text_day(t: str) -> Day:
    s = simp(t.strip())
    if re.search(r"农历|阴历|旧历|正月|腊月|冬月|初[一二三四五六七八九十]|廿", s):
        return bad(f"“{t}”是农历或说不清的日子。")
    told = []
    # range
    m = re.match(r"(.+?\d|.+?[日号]|.+?" + NUM + r")\s*(?:~|～|至|到|—|–|--+)\s*(.+)$", s)
    first = None
    if m and (re.search(r"\d|[一二三四五六七八九十]", m.group(2))):
        first = m.group(1)
    else:
        for pat in (
            r"(\d{1,2}\.\d{1,2})-(\d{1,2}\.\d{1,2})",
            r"(\d{1,2}/\d{1,2})-(\d{1,2}/\d{1,2})",
            r"(.*月" + NUM + r"[日号]?)-((?:" + NUM + r"月)?" + NUM + r"[日号]?)",
            r"(\d{4}[./]\d{1,2}[./]\d{1,2})-([\d./]+)",
            r"(\d{4}-\d{1,2}-\d{1,2})-(\d{4}-\d{1,2}-\d{1,2})",
            r"(.*[日号]?)[、,和](\d+[日号])",
        ):
            m = re.fullmatch(pat, s)
            if m:
                first = m.group(1)
                break
    if first:
        d = text_day(first.strip())
        if d.state in ("full", "three", "part"):
            d.told = d.told + [f"“{t}”是一段日子，取第一天。"]
        return d
    s = re.sub(r"[(\[]?\s*(?:星期|周|礼拜)[一二三四五六日天]\s*[)\]]?", " ", s).strip()
    if not s:
        return bad(f"“{t}”里没有日期。")
    # time behind
    tm = None
    m = re.match(
        r"(.*?)(?:[T ]\s*|(?<=[日号])\s*|(?=上午|下午|中午|晚|傍晚|早|凌晨))((?:上午|下午|中午|晚上|傍晚|早上|凌晨|晚|早)?\s*(?:"
        + NUM
        + r")\s*[:点时].*)$",
        s,
    )
    if m and m.group(1):
        r = clock(re.sub(r"(\d:\d\d:\d\d)(\.\d+)?(Z|\+\d\d:\d\d)?$", r"\1", m.group(2).strip()))
        if r:
            tm, tt = r
            told += tt
            s = m.group(1).strip()
        else:
            told.append(f"“{m.group(2)}”读不懂，没有存。")
            s = m.group(1).strip()
    else:
        m = re.match(r"(.*?\d|.*[日号])\s*(上午|下午|中午|晚上|傍晚|早上|晚|早|午后)$", s)
        rest = ""
        if m:
            s = m.group(1)
            d = text_day(s)
            d.rest = m.group(2)
            return d
    s = s.strip(" ,.")
    m = re.fullmatch(r"(\d{4})年(\d{1,2})[.-](\d{1,2})", s)
    if m:
        s = "-".join(m.groups())
    out = bare_day(s, t)
    out.told = told + out.told
    if tm and out.state in ("full", "three", "part"):
        out.time = tm
    return out


def bare_day(s: str, t: str) -> Day:
    m = re.fullmatch(
        r"民国\s*(" + NUM + r")\s*[年./-]\s*(" + NUM + r")\s*[月./-]\s*(" + NUM + r")\s*[日号]?", s
    )
    if m:
        y, mo, d = (cnum(x) for x in m.groups())
        r = mk(y + 1911, mo, d) if None not in (y, mo, d) else None
        return Day("full", r) if r else bad(f"“{t}”不是一个日期。")
    m = re.fullmatch(
        r"(" + NUM + r"|[二][零〇○O0]\w\w)\s*年\s*(" + NUM + r")\s*月\s*(" + NUM + r")\s*[日号]?", s
    )
    if m:
        y, mo, d = (cnum(x) for x in m.groups())
        if y is not None and y < 100:
            y += 2000
        r = mk(y, mo, d)
        return Day("full", r) if r else bad(f"“{t}”不是一个日期。")
    m = re.fullmatch(r"(" + NUM + r")\s*月\s*(" + NUM + r")\s*[日号]?", s)
    if m:
        mo, d = cnum(m.group(1)), cnum(m.group(2))
        return Day("part", month=mo, dom=d) if mk(2024, mo, d) else bad(f"“{t}”不是一个日期。")
    m = re.fullmatch(r"(" + NUM + r")\s*[日号]", s)
    if m:
        d = cnum(m.group(1))
        return Day("part", dom=d) if d and 1 <= d <= 31 else bad(f"“{t}”不是一个日期。")
    m = re.fullmatch(r"([A-Za-z]{3,9})\.?\s*(\d{1,2})(?:st|nd|rd|th)?\s*,?\s*(\d{4}|\d{2})", s)
    if m and m.group(1)[:3].lower() in MONTHS:
        y = int(m.group(3))
        r = mk(y + 2000 if y < 100 else y, MONTHS[m.group(1)[:3].lower()], int(m.group(2)))
        return Day("full", r) if r else bad(f"“{t}”不是一个日期。")
    m = re.fullmatch(r"(\d{1,2})[-/ .]([A-Za-z]{3,9})[-/ .,]+(\d{4}|\d{2})", s)
    if m and m.group(2)[:3].lower() in MONTHS:
        y = int(m.group(3))
        r = mk(y + 2000 if y < 100 else y, MONTHS[m.group(2)[:3].lower()], int(m.group(1)))
        return Day("full", r) if r else bad(f"“{t}”不是一个日期。")
    m = re.fullmatch(r"(\d{1,2})[-/ .]([A-Za-z]{3,9})", s)
    if m and m.group(2)[:3].lower() in MONTHS:
        return Day("part", month=MONTHS[m.group(2)[:3].lower()], dom=int(m.group(1)))
    m = re.fullmatch(r"(\d{1,4})\s*[-/. 、,]\s*(\d{1,2})\s*[-/. 、,]\s*(\d{1,4})\s*[日号]?", s)
    if m:
        a, b, c = m.groups()
        if len(a) == 4 and len(c) <= 2:
            return Day("three", nums=(int(a), int(b), int(c)), group="F4")
        if len(c) == 4 and len(a) <= 2:
            return Day("three", nums=(int(a), int(b), int(c)), group="L4")
        if len(a) <= 2 and len(c) <= 2:
            return Day("three", nums=(int(a), int(b), int(c)), group="T2")
        return bad(f"“{t}”不是一个日期。")
    m = re.fullmatch(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[日号]?", s)
    if m:
        mo, d = int(m.group(1)), int(m.group(2))
        if mk(2024, mo, d) is None and mk(2024, d, mo):
            mo, d = d, mo
        return Day("part", month=mo, dom=d) if mk(2024, mo, d) else bad(f"“{t}”不是一个日期。")
    if re.fullmatch(r"\d+(\.\d+)?", s):
        return numeric(s, Cell(s, s, "s"), False, None)
    m = re.fullmatch(r"(.*?[\d日号])\s*(左右|前后|\([^()]*\))", s)
    if m:
        d = bare_day(m.group(1), t)
        d.rest = m.group(2)
        return d
    return bad(f"“{t}”里没有读得懂的日期。")


ORD = {"YMD": (0, 1, 2), "YDM": (0, 2, 1), "MDY": (2, 0, 1), "DMY": (2, 1, 0)}


def by(nums, order):
    y, m, d = (nums[i] for i in ORD[order])
    return mk(y + 2000 if y < 100 else y, m, d)


def settle(days: list[Day], today: date) -> None:
    """Full days for all values of three numbers."""

    def likely(y):
        return today.year - 15 <= 2000 + y <= today.year

    t2 = [d for d in days if d.group == "T2"]
    votes = {"F": 0, "L": 0}
    for d in t2:
        f = likely(d.nums[0]) and any(by(d.nums, o) for o in ("YMD", "YDM"))
        l = likely(d.nums[2]) and any(by(d.nums, o) for o in ("MDY", "DMY"))
        d.group = "F2" if f and not l else "L2" if l and not f else "?"
        if d.group != "?":
            votes[d.group[0]] += 1
    for d in t2:
        if d.group == "?":
            few = len({x.nums[0] for x in t2}) - len({x.nums[2] for x in t2})
            if votes["L"] == votes["F"] and few == 0:
                few = 1 if d.nums[2] > d.nums[0] else -1
            d.group = (
                "L" if votes["L"] > votes["F"] or votes["L"] == votes["F"] and few > 0 else "F"
            ) + "2"
    for g in ("F4", "L4", "F2", "L2"):
        mine = [d for d in days if d.group == g]
        a, b = ("YMD", "YDM") if g[0] == "F" else ("MDY", "DMY")
        na = nb = 0
        for d in mine:
            ra, rb = by(d.nums, a), by(d.nums, b)
            if ra and not rb:
                na += 1
            elif rb and not ra:
                nb += 1
        order = a if na >= nb else b
        other = b if order == a else a
        settled = bool(na or nb)
        for d in mine:
            r, o = by(d.nums, order), by(d.nums, other)
            shown_ = "/".join(map(str, d.nums))
            if r is None and o is None:
                d.state, d.why = "bad", f"“{shown_}”不是一个日期。"
                continue
            d.state = "full"
            if r is None:
                d.day = o
                if settled or na or nb:
                    if not (not settled and na == nb == 0):
                        d.told.append(f"“{shown_}”与这一栏别的写法不合，读作 {o}。")
                continue
            d.day = r
            if o and r != o and not settled and g[0] == "L":
                d.told.append(f"“{shown_}”分不清月和日，读作 {r}。")


def period(texts) -> tuple:
    """(year, month) written in titles or a sheet's name."""
    y = m = None
    for t in texts:
        t = nf(t)
        if re.search(r"打印|导出|制表|填表|更新|电话|截止", t):
            continue
        s = t
        mm = re.search(r"(?<!\d)(20\d\d)\s*[年./-]\s*(1[0-2]|0?[1-9])(?!\d)", s) or re.search(
            r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])(?!\d)", s
        )
        if mm:
            return (y or int(mm.group(1)), m or int(mm.group(2)))
        mm = re.search(
            r"([二2][零〇○O0][零〇○O一二三四五六七八九0-9]{2})\s*年\s*(?:(" + NUM + r")\s*月)?", s
        )
        if mm:
            yy = cnum(mm.group(1).replace("O", "〇"))
            if yy:
                y = y or yy
                if mm.group(2):
                    m = m or cnum(mm.group(2))
                if m:
                    return y, m
                continue
        mm = re.search(r"(?<!\d)(\d\d)年\s*(?:(\d{1,2})月)?", s)
        if mm:
            y = y or 2000 + int(mm.group(1))
            if mm.group(2):
                m = m or int(mm.group(2))
            continue
        mm = re.search(r"(?<!\d)(20[0-3]\d)(?!\d)", s)
        if mm:
            y = y or int(mm.group(1))
        mm = re.search(r"(?<!\d)(1[0-2]|0?[1-9])\s*月", s)
        if mm:
            m = m or int(mm.group(1))
        else:
            mm = re.search(r"(十[一二]?|[一二三四五六七八九])月", s)
            if mm:
                m = m or cnum(mm.group(1))
    return y, m


def complete(d: Day, at: int, days: list[Day], own: tuple, around: list, today: date) -> None:
    """Year and month of a day that lacks them."""
    y, m = d.year, d.month
    ty, tm, sy, sm = own
    missing_m = m is None
    if m is None:
        m = tm or sm
        if tm:
            y = y or ty
    y = y or ty or sy
    if y is None or m is None:
        near = [
            (abs(i - at), i > at, x.day)
            for i, x in enumerate(days)
            if x.state == "full" and x.day and x.day <= today and not getattr(x, "made", False)
        ]
        if near:
            n = min(near, key=lambda z: z[:2])[2]
            if m is None:
                m = n.month
            y = y or n.year
    if y is None or m is None:
        for ay, am in around:
            if y is None and ay:
                y = ay
            if m is None and am:
                m = am
            if y and m:
                break
    if y is None:
        if m is not None:
            yy = today.year
            while yy > today.year - 9 and (mk(yy, m, d.dom) is None or mk(yy, m, d.dom) > today):
                yy -= 1
            y = yy
        else:
            x = today
            while x.day != d.dom:
                x -= timedelta(days=1)
            y, m = x.year, x.month
    elif m is None:
        for mm in range(12, 0, -1):
            z = mk(y, mm, d.dom)
            if z and z <= today:
                m = mm
                break
        else:
            m = 12
    r = mk(y, m, d.dom)
    d.made = True
    if r is None:
        d.state, d.why = "bad", f"{y} 年 {m} 月没有 {d.dom} 日。"
        return
    d.state, d.day = "full", r
    d.told.append(f"没写{'月份和' if missing_m else ''}年份，读作 {r}。")


# ---------------------------------------------------------------- phones


def valid(num: str, region="CN"):
    try:
        p = phonenumbers.parse(num, region)
    except phonenumbers.NumberParseException:
        return None
    return (
        phonenumbers.format_number(p, phonenumbers.PhoneNumberFormat.E164)
        if phonenumbers.is_valid_number(p)
        else None
    )


SEP = r"[-. ‐–—_]{0,3}"
MOBILE = (
    r"(?<![\dIl*])(?:(?:\+|00)?\(?86\)?"
    + SEP
    + r")?1[3-9]\d"
    + SEP
    + r"(?:\d{4}"
    + SEP
    + r"\d{4}|\d{3}"
    + SEP
    + r"\d{3}"
    + SEP
    + r"\d{2}|\d"
    + SEP
    + r"\d{3}"
    + SEP
    + r"\d{4})(?![\d*])"
)
LAND = (
    r"(?<![\d*])(?!01[3-9]\d{9})(?:(?:\+|00)86"
    + SEP
    + r")?\(?0\d{2,3}\)?"
    + SEP
    + r"[2-9]\d{2,3}"
    + SEP
    + r"\d{4}(?![\d*])"
)
LANDI = (
    r"(?<![\d*])(?:\+|00)86"
    + SEP
    + r"[1-9]\d{1,2}"
    + SEP
    + r"[2-9]\d{2,3}"
    + SEP
    + r"\d{4}(?![\d*])"
)
FOUR = r"(?<![\d*])[48]00" + SEP + r"\d{1,4}" + SEP + r"\d{3,4}" + SEP + r"\d{0,4}(?![\d*])"
FOREIGN = r"(?<![\d*])(?:\+|00)(?!86)[1-9]\d{0,2}[\d\-. ()]{6,16}\d(?![\d*])"


def read_phones(c: Cell):
    """(phones, notes, told)"""
    if c.kind == "f":
        return [], [], ["电话是没有存下结果的公式，当作空。"]
    if c.kind == "e" or c.text in ERR:
        return [], [], ["电话是错误值，没有存。"]
    t = nf(c.text)
    if not t:
        return [], [], []
    if t in PLACE:
        return [], [], [f"“{t}”不是电话。"]
    if isinstance(c.value, (int, float)):
        t = str(int(c.value)) if float(c.value).is_integer() else t
        if c.fmt not in ("General", "0", "@", "0_ ") and re.fullmatch(r"\d+(\.0+)?", t):
            pass
    phones, notes, told = [], [], []

    def exp(m):
        man, e = m.group(1), int(m.group(2))
        dec = len(man.partition(".")[2])
        if dec >= e - 0 and "." in man:
            return str(int(round(float(man) * 10**e)))
        told.append(f"电话“{m.group(0)}”的末几位已经丢了，没有存。")
        notes.append(m.group(0))
        return " "

    t2 = re.sub(r"(\d(?:\.\d+)?)[eE]\+?(\d{1,2})", exp, t)
    t2 = re.sub(r"(?<=\d{7})\.0+(?!\d)", "", t2)
    rest = t2

    def take(pat, rest, fix=lambda x: x):
        out = []

        def f(m):
            raw = m.group(0)
            v = valid(fix(raw))
            if v:
                found.append((m.start(), v))
                return "\0" * len(raw)
            return raw

        return re.sub(pat, f, rest)

    found = []
    fixm = lambda r: "+86" + re.sub(r"\D", "", r)[-11:]
    if (
        re.search(r"(?<![\d+*])86[- ]?1[3-9]\d{9}(?!\d)", rest)
        and "(86" not in rest
        and "+86" not in rest
    ):
        told.append("电话前面的 86 当作国家代码。")
    rest = take(MOBILE, rest, fixm)

    def fixl(r):
        dg = re.sub(r"\D", "", r)
        dg = re.sub(r"^(0086|86)", "", dg)
        return "+86" + dg.lstrip("0")

    rest = take(LAND, rest, fixl)
    rest = take(LANDI, rest, fixl)
    rest = take(FOREIGN, rest, lambda r: "+" + re.sub(r"\D", "", r).removeprefix("00"))
    rest = take(FOUR, rest, lambda r: "+86" + re.sub(r"\D", "", r))

    # what is left with digits in it
    def odd_(m):
        raw = m.group(0).strip()
        dg = re.sub(r"\D", "", raw)
        plain = re.fullmatch(r"[\d\-. ()+*xX?？]+", raw)
        letters = raw.translate(str.maketrans("OoIlｌ", "00111"))
        if not plain and re.search(r"[OoIl]", raw):
            z = re.sub(r"\D", "", letters)
            v = valid(z) if len(z) == 11 and z[0] == "1" else None
            if v:
                found.append((m.start(), v))
                told.append(f"电话“{raw}”读作 {v}。")
                return "\0" * len(m.group(0))
        star = re.fullmatch(r"(1[3-9]\d{9})(\*)", raw)
        if star and valid("+86" + star.group(1)):
            found.append((m.start(), valid("+86" + star.group(1))))
            notes.append("*")
            return "\0" * len(m.group(0))
        if "*" in raw or "?" in raw or "x" in raw.lower():
            if len(dg) >= 6:
                told.append(f"电话“{raw}”不全，没有存。")
                notes.append(raw)
                return "\0" * len(m.group(0))
            return m.group(0)
        if len(dg) < 5:
            return m.group(0)
        if re.fullmatch(r"86[- ]?\d{2,3}[- ]?\d{7,8}", raw) and valid("+" + dg):
            found.append((m.start(), valid("+" + dg)))
            return "\0" * len(m.group(0))
        two = re.fullmatch(r"(1[3-9]\d{9})(1[3-9]\d{9})", dg)
        if two and all(valid("+86" + x) for x in two.groups()):
            found.extend((m.start() + i, valid("+86" + x)) for i, x in enumerate(two.groups()))
            told.append(f"“{raw}”读作两个电话。")
            return "\0" * len(m.group(0))
        if re.fullmatch(r"[2-8]\d{6,7}", dg):
            told.append(f"座机“{raw}”没有区号，留在备注里。")
            notes.append(raw)
            return "\0" * len(m.group(0))
        if re.fullmatch(r"01[3-9]\d{9}", dg) and valid("+86" + dg[1:]):
            v = valid("+86" + dg[1:])
            found.append((m.start(), v))
            told.append(f"电话“{raw}”读作 {v}。")
            return "\0" * len(m.group(0))
        told.append(f"电话“{raw}”位数不对，没有存。")
        notes.append(raw)
        return "\0" * len(m.group(0))

    # extension first: it's text beside the number
    ext = re.findall(r"\0\s*((?:转|ext\.?|分机|-)\s*\d{1,6})", rest)
    for e in ext:
        notes.append(e)
        rest = rest.replace(e, " ", 1)
    rest = re.sub(r"(?:\+|00)?[\dIl][\dOoIl\-. *xX?]*[\dOoIl*]", odd_, rest)
    for v in sorted(found):
        if v[1] not in phones:
            phones.append(v[1])
    # the words beside it
    for part in re.split(r"\x00+|[/、,;\n|，；]+", rest):
        part = part.strip(" -.:：()[]<>\t")
        if (
            part
            and not re.fullmatch(r"[\W_]+", part)
            and part not in ("或", "和", "及", "电话", "手机", "TEL", "tel", "Tel", "T", "座机")
        ):
            notes.append(part)
        elif part in ("座机", "电话", "手机"):
            notes.append(part)
    if notes and not told:
        told.append("电话旁边的话写进备注。")
    return phones, notes, told


# ---------------------------------------------------------------- names

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
TITLE = ("先生", "女士", "太太", "小姐", "经理", "老师", "总")
REL = r"(夫|妻|夫人|妻子|丈夫|老公|老婆|父|母|子|女|儿子|女儿|父亲|母亲|转介绍|朋友|.{1,4}(?:的)?(?:朋友|介绍|亲戚|同事|家属)|老业主|业主|同行|代|爱人)"
COUPLE = r"(夫妇|夫妻|夫妻俩|夫妇俩|夫妻二人|一家|一家三口|一家人|等人|等)"


def strip_title(p: str):
    for t in TITLE:
        if p.endswith(t) and len(p) > len(t):
            return p[: -len(t)].strip(), t
    return p, None


def full_name(p: str) -> bool:
    p = p.strip()
    n, t = strip_title(p)
    if t:
        return 1 <= len(n) <= 4
    return 2 <= len(n) <= 4 and bool(re.fullmatch(r"[\u3400-\u9fff\U00020000-\U0003ffff·]+", n))


def read_names(c: Cell):
    """(names, titles, notes, told, phones)"""
    if c.kind == "f":
        return [], [], [], ["姓名是没有存下结果的公式，当作空。"], []
    t = nf(c.text).strip()
    if c.kind == "":
        return [], [], [], [], []
    if c.kind == "e" or t in ERR or t.startswith("#") or t in PLACE or t.upper() in PLACE:
        return [], [], [], [f"姓名“{c.text}”不是名字，没有存。"], []
    notes, told, phones = [], [], []
    for pat in (MOBILE, LAND, FOREIGN):
        for m in re.finditer(pat, t):
            ph = read_phones(Cell(m.group(0), m.group(0), "s"))[0]
            if ph:
                phones += [(x, m.group(0)) for x in ph]
        t = re.sub(
            pat,
            lambda m: " " if read_phones(Cell(m.group(0), m.group(0), "s"))[0] else m.group(0),
            t,
        )
    t = t.strip(" /,:-、")

    def br(m):
        inner = m.group(1).strip()
        if inner:
            notes.append(inner)
        return "、"

    t = re.sub(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]", br, t)
    m = re.search(r"[(\[【〔](.*)$", t)
    if m:
        if m.group(1).strip():
            notes.append(m.group(1).strip())
        t = t[: m.start()]
    t = t.strip(" 、,/")
    if not t:
        return [], [], notes, told, phones
    parts = [p.strip() for p in re.split(r"[、,/;；\n&|+]+", t) if p.strip()]
    out = []
    for p in parts:
        m = re.fullmatch(r"(.{1,}?)\s*" + COUPLE, p)
        if m:
            notes.append(m.group(2))
            p = m.group(1)
        out += split_and(p)
    names, titles = [], []
    for p in out:
        p = p.strip()
        if not p:
            continue
        if p in TITLE and names and titles[-1] is None:
            titles[-1] = p
            continue
        if re.fullmatch(REL, p) and names:
            notes.append(p)
            continue
        if p in PLACE:
            told.append(f"“{p}”不是名字，没有存。")
            continue
        n, ti = strip_title(p)
        n = re.sub(r"(?<=[\u3400-\u9fff]) +(?=[\u3400-\u9fff])", "", n)
        names.append(n)
        titles.append(ti)
    return names, titles, notes, told, phones


def split_and(p: str) -> list:
    bits = p.split()
    if len(bits) > 1 and re.search(r"[\u3400-\u9fff]", p):
        if all(
            full_name(b) or b in TITLE or re.fullmatch(COUPLE, b) or re.fullmatch(REL, b)
            for b in bits
        ):
            return [x for b in bits for x in split_and(b)]
        if all(len(b) == 1 for b in bits):
            return ["".join(bits)]
        if all(re.fullmatch(r"[\u3400-\u9fff]+", b) for b in bits):
            if len("".join(bits)) <= 4:
                return ["".join(bits)]
            return [x for b in bits for x in split_and(b)]
    for m in re.finditer(r"和|与|及", p):
        a, b = p[: m.start()].strip(), p[m.end() :].strip()
        if a and b and full_name(a) and (full_name(b) or len(split_and(b)) > 1):
            return [a] + split_and(b)
    return [p]


# ---------------------------------------------------------------- small fields


def read_people(c: Cell):
    if c.kind == "f":
        return None, ["人数是没有存下结果的公式，当作空。"]
    if c.kind == "e" or c.text in ERR:
        return None, ["人数是错误值，没有存。"]
    t = nf(c.text).replace(" ", "")
    if not t:
        return None, []
    if t in PLACE:
        return None, [f"“{t}”没有存。"]
    if isinstance(c.value, (int, float)) and not float(c.value).is_integer():
        return None, [f"人数“{t}”不是整数，没有存。"]
    t = re.sub(r"\.0+$", "", t)
    U = r"(?:个人|人|位|口|个|名|口人|口之家)?"
    vague = [f"人数“{c.text}”说不准，没有存。"]
    about = re.fullmatch(r"(?:大约|大概|约)(.+)|(.+?)(?:左右|上下)", t)
    if about:
        n, x = read_people(Cell(about.group(1) or about.group(2), "", "s"))
        return n, x or [f"人数“{c.text}”是大概的数。"]
    m = re.fullmatch(
        r"(?:一行|父子|母女|母子|父女|姐妹|兄弟|朋友|[一二两三]家|全家)(" + NUM + r")" + U, t
    )
    if m:
        return cnum(m.group(1)), []
    if t in ("情侣", "母女", "父子", "母子", "父女"):
        return 2, []
    m = re.fullmatch(
        r"(?:大人|成人)(" + NUM + r")[人个位]?(?:小孩|孩子|儿童)(" + NUM + r")[人个位]?", t
    ) or re.fullmatch(r"(\d)\+(\d)", t)
    if m:
        return cnum(m.group(1)) + cnum(m.group(2)), []
    m = re.fullmatch(r"(" + NUM + r")(?:个?大人|大|人/\d+组|孩)", t)
    if m:
        return cnum(m.group(1)), []
    if re.search(r"十几|几|多|数人|若干|一群|余|[二三四五六七八九]?十来", t):
        return None, vague
    m = re.fullmatch(r"(" + NUM + r"|俩|仨)" + U, t)
    if m:
        s = m.group(1)
        if re.fullmatch(r"[一二两三四五六七八九]{2}", s):
            a, b = CN[s[0]], CN[s[1]]
            return (b, [f"人数“{c.text}”取大的数。"]) if b == a + 1 else (None, vague)
        n = cnum(s)
        if n == 0 or n is None:
            return None, [f"人数“{c.text}”没有存。"]
        return (n, []) if n <= 99 else (None, vague)
    m = re.fullmatch(r"(?:一家|全家)(" + NUM + r")口?人?", t)
    if m:
        return cnum(m.group(1)), []
    if re.fullmatch(r"(夫妻|夫妇|两口子|小两口)(俩|二人|两人|2人|两个)?", t):
        return 2, []
    m = re.fullmatch(r"(" + NUM + r")(?:个人|人|位|口)?[-~至到—](" + NUM + r")" + U, t)
    if m:
        return cnum(m.group(2)), [f"人数“{c.text}”是一个范围，取大的数。"]
    m = re.fullmatch(
        r"("
        + NUM
        + r")(?:个)?(?:大人|大|成人)[,、+]?("
        + NUM
        + r")(?:个)?(?:小孩|小|孩子|儿童|孩)",
        t,
    )
    if m:
        return cnum(m.group(1)) + cnum(m.group(2)), []
    m = re.fullmatch(r"(" + NUM + r")" + U + r"[(,、].*\)?", t)
    if m:
        return cnum(m.group(1)), []
    return None, vague


def read_first(c: Cell, heading: str):
    if c.kind == "f":
        return None, ["首访栏是没有存下结果的公式，当作空。"]
    if c.kind == "e" or c.text in ERR:
        return None, ["首访栏是错误值，没有存。"]
    t = simp(nf(c.text)).replace(" ", "")
    if not t:
        return None, []
    if t in PLACE:
        return None, [f"“{t}”没有存。"]
    h = head(heading)
    fh, rh = bool(re.search(r"首|初|新|第一", h)), bool(re.search(r"复|再|老", h))
    t = re.sub(r"\.0+$", "", t)
    if t in ("√", "✓", "✔", "V", "v", "☑", "×", "x", "X", "o", "O", "●"):
        if t in ("×", "x", "X", "o", "O", "●"):
            return None, [f"“{t}”是什么意思说不准，没有存。"]
        if fh != rh:
            return fh, [f"“{t}”按“{heading}”读。"]
        return None, [f"“{t}”是什么意思说不准，没有存。"]
    if t in ("是", "否", "Y", "N", "y", "n", "不是", "TRUE", "FALSE"):
        yes = t in ("是", "Y", "y", "TRUE")
        if fh != rh:
            return (yes if fh else not yes), []
        return None, [f"“{t}”是什么意思说不准，没有存。"]
    if re.search(r"老(客户|业主)?带新", t):
        return True, []
    m = re.fullmatch(r"第?(" + NUM + r")(?:次|访|次来访|次到访|)?", t)
    if m:
        n = cnum(m.group(1))
        if n:
            return n == 1, []
        return None, [f"“{c.text}”读不懂，没有存。"]
    if t == "多次":
        return False, []
    yes, no = (
        bool(re.search(r"首|初|第一次|新", t)),
        bool(re.search(r"复|再|老|[二三四五六]访|[二三四五六]次|回访", t)),
    )
    if yes and not no:
        return True, []
    if no and not yes:
        return False, []
    if yes and no and re.match(r"首|初|新|第一次", t):
        return True, []
    return None, [f"“{c.text}”读不懂，没有存。"]


def read_receiver(c: Cell):
    if c.kind == "f":
        return None, ["接待人是没有存下结果的公式，当作空。"]
    if c.kind == "e" or c.text in ERR:
        return None, ["接待人是错误值，没有存。"]
    t = nf(c.text).strip()
    if not t:
        return None, []
    if re.search(r"离职", t):
        return c.text, ["接待人已离职。"]
    if t in PLACE:
        return c.text, ["接待人一栏不是名字。"]
    if len(read_names(Cell(t, t, "s"))[0]) > 1:
        return c.text, ["接待人写了两个名字。"]
    if not re.search(r"[\u3400-\u9fffA-Za-z]", t):
        return c.text, ["接待人一栏不是名字。"]
    return c.text, []


def plain(c: Cell, what: str):
    if c.kind == "f":
        return None, [f"{what}是没有存下结果的公式，当作空。"]
    if c.kind == "e" or c.text in ERR:
        return None, [f"{what}是错误值，没有存。"]
    return (c.text or None), []


# ---------------------------------------------------------------- lines


def skip_why(texts, cells, table, hidden):
    if hidden:
        return "这一行是隐藏的。"
    vis = [c for c in cells if c.text or c.kind == "f"]
    own = [c for c in vis if not c.spread]
    if own and all(c.strike for c in own if c.text):
        return "这一行划掉了。"
    same = sum(1 for col, t in texts.items() if t and head(t) == head(table_head(table, col)))
    if same >= 2 and same * 2 >= len([t for t in texts.values() if t]):
        return "重复的表头。"
    vals = [nf(t) for t in texts.values() if t]
    if vals:
        f = re.sub(r"\s", "", vals[0])
        if re.match(
            r"(合计|小计|总计|共计|累计|本[页月日周]?(?:合计|小计|共计)|总数|合计:)", f
        ) or any(re.match(r"(合|小|总)\s*计", v) for v in vals[:2]):
            return "合计行。"
        few = len(set(vals)) <= 3
        if few and any(
            re.search(r"(签字|签名|审核|审批|制表|填表|负责人|经理)人?\s*[:：]", v) for v in vals
        ):
            return "签字行。"
        if few and re.match(r"(备注|注|说明|附注|填表说明|温馨提示)\s*[:：]", f):
            return "说明行。"
        if few and any(re.search(r"第\s*\d+\s*页|共\s*\d+\s*页", v) for v in vals):
            return "页脚。"
    return None


def table_head(table, at):
    for c in table.cols:
        if c.at == at:
            return c.heading
    return ""


def read(data: bytes, name: str, today: date) -> dict:
    sheets = load(data, name)
    out = {"sheets": [], "columns": [], "rows": []}
    for sh in sheets:
        taken = bool(sh.tables) and sh.why is None
        out["sheets"].append({"sheet": sh.name, "taken": taken, "why": None if taken else sh.why})
        if not taken:
            continue
        for t in sh.tables:
            for c in t.cols:
                out["columns"].append({"sheet": sh.name, "heading": c.heading, "as": c.as_})
    # first pass: the lines and what their day cells say
    for sh in sheets:
        if sh.why is not None:
            continue
        for t in sh.tables:
            prepare(sh, t, today)
    for n, sh in enumerate(sheets):
        if sh.why is not None:
            continue
        around = []
        for k in range(1, len(sheets)):
            for o in (n - k, n + k):
                if 0 <= o < len(sheets):
                    s = sheets[o]
                    y, m = period(s.titles)
                    y2, m2 = period([s.name])
                    around.append((y or y2, m or m2))
                    ds = [
                        x.day
                        for t in s.tables
                        for _, _, _, x in t.lines
                        if x and x.state == "full" and x.day and not getattr(x, "made", False)
                    ]
                    if ds:
                        z = ds[-1] if o < n else ds[0]
                        around.append((z.year, z.month))
        for t in sh.tables:
            rows_of(sh, t, around, today, out)
    return out


def prepare(sh, t, today):
    prev = {}
    for line, cells, hidden in sh.rows[t.first :]:
        mine = {c.at: (cells[c.at] if c.at < len(cells) else EMPTY) for c in t.cols}
        if not any((c.text or c.kind == "f") and not c.spread for c in mine.values()):
            continue
        own = list(mine.values())
        why = skip_why({k: c.text for k, c in mine.items()}, own, t, hidden)
        if why:
            t.lines.append((line, mine, why, None))
            continue
        for k, c in list(mine.items()):
            if same_above(c.text):
                p = prev.get(k)
                com = c.comment
                if p is not None and (p.text or p.kind):
                    mine[k] = Cell(p.text, p.value, p.kind, p.fmt, com, c.strike, True)
                else:
                    mine[k] = Cell("", None, "", c.fmt, com, c.strike)
        prev = dict(mine)
        dc = next(c for c in t.cols if c.as_ == "day")
        d = read_day(mine[dc.at], sh.epoch)
        t.lines.append((line, mine, None, d))
    settle([x for *_, x in t.lines if x and x.state == "three"], today)


def rows_of(sh, t, around, today, out):
    ty, tm = period(sh.titles)
    sy, sm = period([sh.name]) if sh.origin != "html" else (None, None)
    days = [x for *_, x in t.lines if x]
    for i, d in enumerate(days):
        if d.state == "part":
            complete(d, i, days, (ty, tm, sy, sm), around, today)
    seq = [d.day for d in days if d.state == "full" and d.day <= today]
    rising = all(a <= b for a, b in zip(seq, seq[1:]))
    last = None
    for d in days:
        if d.state == "empty":
            if rising and last is not None and last.state == "full" and last.day <= today:
                d.state, d.day = "full", last.day
                d.told.append(f"来访日期空着，取上面的 {d.day}。")
            else:
                d.state, d.why = "bad", "没有来访日期。"
        if d.state in ("full", "bad"):
            last = d
    done = []
    for line, mine, why, d in t.lines:
        row = {"sheet": sh.name, "line": line}
        if t.multi:
            row["column"] = t.letter
        if why:
            row.update(state="skip", told=[why])
            out["rows"].append(row)
            continue
        told, notes = [], []
        st = {
            "day": None,
            "time": None,
            "names": [],
            "titles": [],
            "phones": [],
            "people": None,
            "first": None,
            "receiver": None,
            "source": None,
            "needs": None,
            "note": None,
        }
        needs = []
        reason = None
        if d.state != "full":
            reason = d.why or "没有读得懂的来访日期。"
        elif d.day > today:
            reason = f"{d.day} 还没到。"
        told += d.told
        named = []
        phonecell = False
        for col in t.cols:
            c = mine[col.at]
            if c.comment:
                notes.append(c.comment)
            k = col.kind
            if k == "day":
                st["day"] = d.day.isoformat() if d.day else None
                if d.time and st["time"] is None:
                    st["time"] = d.time
                if d.rest:
                    told.append("日期后面的话写进备注。")
                    notes.append(d.rest)
            elif k == "time":
                v, x = read_time(c)
                st["time"] = v or st["time"]
                told += x
                if v is None and x and c.text and c.text not in ERR and c.text not in PLACE:
                    notes.append(f"{col.heading}：{c.text}")
            elif k in ("names", "names2"):
                ns, ts, no, x, ph = read_names(c)
                for n_, t_ in zip(ns, ts):
                    if (n_, t_) not in zip(st["names"], st["titles"]):
                        st["names"].append(n_)
                        st["titles"].append(t_)
                notes += no
                told += x
                named += ph
            elif k in ("phones", "phones2"):
                ph, no, x = read_phones(c)
                if c.text:
                    phonecell = True
                st["phones"] += [p for p in ph if p not in st["phones"]]
                notes += no
                told += x
            elif k == "people":
                st["people"], x = read_people(c)
                told += x
                if (
                    st["people"] is None
                    and x
                    and c.text
                    and c.text not in ERR
                    and c.text not in PLACE
                ):
                    notes.append(f"{col.heading}：{c.text}")
            elif k == "first":
                st["first"], x = read_first(c, col.heading)
                told += x
                if (
                    st["first"] is None
                    and x
                    and c.text
                    and c.text not in ERR
                    and c.text not in PLACE
                    and c.text not in "√✓✔×"
                ):
                    notes.append(f"{col.heading}：{c.text}")
            elif k == "receiver":
                st["receiver"], x = read_receiver(c)
                told += x
            elif k in ("source", "needs", "note"):
                v, x = plain(c, col.heading)
                told += x
                if v:
                    if k == "source":
                        st["source"] = v if not st["source"] else st["source"] + "；" + v
                    elif k == "needs":
                        needs.append(v)
                    else:
                        notes.append(v)
            else:
                if col.identity or col.number:
                    continue
                if c.text and c.text not in ERR:
                    notes.append(f"{col.heading}：{c.text}" if col.heading else c.text)
                elif c.kind == "f":
                    told.append(f"“{col.heading}”是没有存下结果的公式，当作空。")
        for p, raw in named:
            if not phonecell or not st["phones"]:
                if p not in st["phones"]:
                    st["phones"].append(p)
                told.append("电话写在姓名一栏里。")
            elif p not in st["phones"]:
                notes.append(raw)
                told.append("姓名一栏里还有一个电话。")
        st["needs"] = "；".join(needs) or None
        st["note"] = "；".join(notes) or None
        if reason is None and not st["names"] and not st["phones"]:
            reason = "没有姓名也没有电话。"
        if reason:
            row.update(state="refuse", told=[reason] + told)
            out["rows"].append(row)
            continue
        for l2, s2 in done:
            if s2["day"] == st["day"] and same_person(s2, st):
                told.append(f"与第 {l2} 行是同一天同一人。")
                break
        done.append((line, st))
        row.update(state="take", told=told, stored=st)
        out["rows"].append(row)


def same_person(a, b) -> bool:
    na, nb = set(a["names"]), set(b["names"])
    if set(a["phones"]) & set(b["phones"]):
        return not na or not nb or bool({x[0] for x in na} & {x[0] for x in nb})
    if a["phones"] and b["phones"]:
        return False
    return bool(set(zip(a["names"], a["titles"])) & set(zip(b["names"], b["titles"])))

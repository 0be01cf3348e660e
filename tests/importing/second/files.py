"""Files of every kind as sheets of cells."""

import csv
import io
import re
import zipfile
from datetime import date, datetime, time, timedelta
from html.parser import HTMLParser
from typing import Any

import openpyxl

from .cells import CannotRead, Cell, Row, Sheet, clean, simp
from .headings import find_tables

_HEADING_WORDS = [
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
]
_SAVE_AS = "请在 Excel 里另存为 .xlsx 再试。"


def load(data: bytes, name: str) -> list[Sheet]:
    """The sheets of a file with their tables found. Raises `CannotRead`."""
    head = data[:4000].replace(b"\0", b"").lower()
    if not data.strip():
        raise CannotRead("文件是空的，请换一个文件。")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise CannotRead(f"这是旧版 .xls 或加密的工作簿，{_SAVE_AS}")
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head or b"mso-application" in head:
        raise CannotRead(f"这是 XML 2003 表格，{_SAVE_AS}")
    if data.startswith(b"PK"):
        return _workbook(data)
    if re.match(rb"[\xef\xbb\xbf\xff\xfe\s]*<", head):
        return _page(data)
    return [_text_table(decode(data))]


# Texts


def decode(data: bytes) -> str:
    """UTF-8, UTF-16, else GB 18030 or Big5, whichever has more words of headings."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\0" in data[:400]:
        little = data[1::2].count(0) >= data[::2].count(0)
        return data.decode("utf-16-le" if little else "utf-16-be", "replace")
    tried = []
    for code in ("utf-8-sig", "gb18030", "big5"):
        try:
            text = data.decode(code)
        except UnicodeDecodeError:
            continue
        if code == "utf-8-sig":
            return text
        tried.append((sum(simp(text).count(word) for word in _HEADING_WORDS), text))
    if not tried:
        raise CannotRead("文件的文字编码认不出来，请另存为 UTF-8 的 csv 再试。")
    return max(tried, key=lambda one: one[0])[1]


def _text_table(text: str) -> Sheet:
    """Parted by whatever gives the most headings that are known."""
    tried = [s for mark in (",", ";", "\t", "，", "；", "|") if (s := _parted(text, mark))]
    if not tried:
        raise CannotRead(f"这个 csv 读不出来，{_SAVE_AS}")
    return max(tried, key=lambda s: sum(c.known for t in s.tables for c in t.cols))


def _parted(text: str, mark: str) -> Sheet | None:
    sheet, before = Sheet(""), 0
    records = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        for record in records:
            sheet.rows.append(Row(before + 1, [_text_cell(raw) for raw in record]))
            before = records.line_num
    except csv.Error:
        return None
    find_tables(sheet)
    return sheet


def _text_cell(raw: str) -> Cell:
    text = clean(raw)
    return Cell(text, text, "s") if text else Cell()


# Web pages


class _Page(HTMLParser):
    """Tables as rows of (text, columns, lines)."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[tuple[str, int, int]]]] = []
        self.words: list[str] | None = None
        self.reach = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self._close()
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.tables and self.tables[-1]:
            self._close()
            told = dict(attrs)
            self.words = []
            self.reach = (int(told.get("colspan") or 1), int(told.get("rowspan") or 1))
        elif tag == "br" and self.words is not None:
            self.words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._close()

    def handle_data(self, data: str) -> None:
        if self.words is not None:
            self.words.append(data)

    def _close(self) -> None:
        if self.words is not None:
            self.tables[-1][-1].append(("".join(self.words), *self.reach))
        self.words = None


def _page(data: bytes) -> list[Sheet]:
    code = re.search(rb"charset\s*=\s*[\"']?([\w-]+)", data[:4000], re.IGNORECASE)
    try:
        named = {"gb2312": "gb18030", "gbk": "gb18030"}
        text = data.decode(named.get(code[1].decode().lower(), code[1].decode())) if code else ""
    except (LookupError, UnicodeDecodeError):
        text = ""
    page = _Page()
    page.feed(text or decode(data))
    tables = [t for t in page.tables if len(t) > 1]
    if not tables:
        raise CannotRead(f"这是网页，里面没有表格，{_SAVE_AS}")
    names = [""] if len(tables) == 1 else [f"表{n}" for n in range(1, len(tables) + 1)]
    sheets = [_spread(name, table) for name, table in zip(names, tables, strict=True)]
    for sheet in sheets:
        find_tables(sheet)
    return sheets


def _spread(name: str, table: list[list[tuple[str, int, int]]]) -> Sheet:
    """The cells of a table wherever they reach."""
    laid: dict[tuple[int, int], Cell] = {}
    for n, line in enumerate(table):
        at = 0
        for text, wide, high in line:
            while (n, at) in laid:
                at += 1
            for down in range(high):
                for across in range(wide):
                    cell = _text_cell(text)
                    cell.spread = bool(down or across)
                    laid[n + down, at + across] = cell
    width = max(at for _, at in laid) + 1
    rows = [
        Row(n + 1, [laid.get((n, at), Cell()) for at in range(width)]) for n in range(len(table))
    ]
    return Sheet(name, rows)


# Workbooks

_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")


def _workbook(data: bytes) -> list[Sheet]:
    try:
        data = _usual(data)
        shown = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        written = openpyxl.load_workbook(io.BytesIO(data))
    except Exception as broken:
        raise CannotRead(f"这个文件打不开，不像完好的工作簿，{_SAVE_AS}") from broken
    return [_worksheet(ws, written[ws.title], shown.epoch) for ws in shown.worksheets]


def _usual(data: bytes) -> bytes:
    """A Strict workbook in the usual dialect."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(
                name, _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", old.read(name))
            )
    return out.getvalue()


def _worksheet(ws: Any, written: Any, epoch: datetime) -> Sheet:
    sheet = Sheet(ws.title, epoch=epoch)
    if ws.sheet_state != "visible":
        sheet.why = "这张表是隐藏的，没有读。"
        return sheet
    for line, row in enumerate(ws.iter_rows(), 1):
        cells = [_cell(c, written.cell(c.row, c.column)) for c in row]
        dimension = ws.row_dimensions.get(line)
        sheet.rows.append(Row(line, cells, bool(dimension and dimension.hidden)))
    for area in ws.merged_cells.ranges:
        _merged(sheet, area)
    find_tables(sheet)
    return sheet


def _merged(sheet: Sheet, area: Any) -> None:
    first = sheet.rows[area.min_row - 1].cells[area.min_col - 1]
    for row in sheet.rows[area.min_row - 1 : area.max_row]:
        for at in range(area.min_col - 1, min(area.max_col, len(row.cells))):
            if row.cells[at] is not first:
                row.cells[at] = Cell(
                    first.text, first.value, first.kind, first.fmt, "", first.strike, True
                )


def _cell(shown: Any, written: Any) -> Cell:
    value, form = shown.value, shown.number_format
    comment = clean(written.comment.text) if written.comment else ""
    text, kind = "", ""
    if value is None:
        kind = "f" if written.data_type == "f" else ""
    elif isinstance(value, bool):
        text, kind = str(value).upper(), "s"
    elif isinstance(value, date):
        value = (
            value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
        )
        text = f"{value:%Y-%m-%d %H:%M}" if value.hour or value.minute else f"{value:%Y-%m-%d}"
        kind = "d"
    elif isinstance(value, time):
        text, kind = f"{value:%H:%M}", "t"
    elif isinstance(value, int | float | timedelta):
        text, kind = str(value) if isinstance(value, timedelta) else _number(value, form), "n"
    else:
        text = clean(str(value))
        kind = "e" if shown.data_type == "e" else "s" if text else ""
        value = text
    return Cell(text, value, kind, form, comment, bool(shown.font and shown.font.strike))


def _number(value: float, form: str) -> str:
    places = re.fullmatch(r"0\.(0+)", form or "")
    if places:
        return f"{value:.{len(places[1])}f}"
    return str(round(value)) if form == "0" or float(value).is_integer() else f"{value:.15g}"

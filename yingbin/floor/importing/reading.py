"""An uploaded workbook or text table as rows of texts: checked first, then row by row in little memory."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from yingbin.people.unpacking import Limits, NoWorkbook, TooMuch, weigh
from yingbin.rules.decision import Refused

from .cells import text_of

MAX_BYTES = 20 * 1024 * 1024
LIMITS = Limits(
    whole=250 * 1024 * 1024, sheet=200 * 1024 * 1024, part=40 * 1024 * 1024, elements=200_000
)
MAX_ROWS = 50_000
MAX_LINES = 200_000  # blank ones included
MAX_COLUMNS = 60
MAX_MERGED = 100_000
MAX_SHEETS = 60

Line = tuple[int, list[str]]
_NO_SHEET = "这个文件打不开。请在 Excel 或 WPS 里「另存为」.xlsx 或 .csv 再上传。"


@dataclass(frozen=True)
class Table:
    """One worksheet: its name, its lines, numbered as in Excel, and how many it says it has."""

    name: str
    lines: Iterator[Line]
    size: int


def tables(data: bytes, file_name: str) -> Iterator[Table]:
    """The worksheets of the file. Refuses what can't be read or is too much, saying what to do."""
    if not data:
        raise Refused("TQ-3", "这个文件是空的。请选择有内容的登记册。")
    if len(data) > MAX_BYTES:
        raise Refused("TQ-3", "文件超过 20 MB。请去掉图片和无关的工作表，或分成几个文件上传。")
    if data[:4] == b"\xd0\xcf\x11\xe0":
        raise Refused(
            "TQ-3",
            "这是旧版 .xls 或加了密码的文件。请去掉密码，「另存为」.xlsx 再上传。",
        )
    if data[:2] == b"PK":
        return _workbook(data)
    if file_name.lower().endswith(".xlsx"):
        raise Refused("TQ-3", _NO_SHEET)
    return iter([Table("", _text_table(data), data.count(b"\n") + 1)])


def _workbook(data: bytes) -> Iterator[Table]:
    _weigh(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except Exception:
        raise Refused("TQ-3", _NO_SHEET) from None
    sheets = book.worksheets[:MAX_SHEETS]
    return (Table(s.title, _lines(s, data), min(s.max_row or 0, MAX_ROWS)) for s in sheets)


def _weigh(data: bytes) -> None:
    """Refuses what would unpack to something enormous, or isn't plain XML inside."""
    try:
        weigh(data, LIMITS)
    except TooMuch:
        raise Refused(
            "TQ-3", "这个文件展开后太大，不像一份登记册。请只留登记的行，分成几个文件上传。"
        ) from None
    except NoWorkbook:
        raise Refused("TQ-3", _NO_SHEET) from None


def _lines(sheet: Any, data: bytes) -> Iterator[Line]:
    """A worksheet's lines; a merged cell's text stands in each cell it covers."""
    try:
        areas = _merged(data, getattr(sheet, "_worksheet_path", ""))
        sheet.reset_dimensions()
        rows = sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS)
        texts = ([text_of(v) for v in values] for values in rows)
        yield from _spread(enumerate(texts, start=1), areas)
    except Refused:
        raise
    except Exception:
        raise Refused("TQ-3", _NO_SHEET) from None


@dataclass
class Area:
    """A merged area, columns from 0, lines from 1, with the text of its first cell once seen."""

    left: int
    top: int
    right: int
    bottom: int
    text: str = ""


def _spread(lines: Iterable[Line], areas: list[Area]) -> Iterator[Line]:
    waiting = sorted(areas, key=lambda a: a.top, reverse=True)
    active: list[Area] = []
    for line, texts in lines:
        if line > MAX_LINES:
            raise Refused("TQ-3", "这个表有太多空行。请把登记的行复制到新的表格里再上传。")
        active = [a for a in active if a.bottom >= line]
        while waiting and waiting[-1].top <= line:
            area = waiting.pop()
            area.text = texts[area.left] if area.left < len(texts) else ""
            active.append(area)
        for area in active:
            texts.extend([""] * (area.right + 1 - len(texts)))
            texts[area.left : area.right + 1] = [area.text] * (area.right + 1 - area.left)
        yield line, texts


_REF = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="([A-Z0-9:]{3,20})"')
_STEP = 1 << 18


def _merged(data: bytes, part: str) -> list[Area]:
    """The merged areas of a worksheet, found without building its cells."""
    refs: list[bytes] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if part.lstrip("/") not in archive.namelist():
            return []
        with archive.open(part.lstrip("/")) as xml:
            rest = b""
            while len(refs) < MAX_MERGED and (step := xml.read(_STEP)):
                text = rest + step
                cut = text.rfind(b"<")
                refs += _REF.findall(text[:cut])
                rest = text[cut:]
    found = []
    for ref in refs:
        left, top, right, bottom = (int(n or 0) for n in range_boundaries(ref.decode()))
        found.append(Area(left - 1, top, min(right, MAX_COLUMNS) - 1, bottom))
    return [a for a in found if a.left < MAX_COLUMNS]


def _text_table(data: bytes) -> Iterator[Line]:
    """A text table in UTF-8, UTF-16 or GB 18030, parted by commas, semicolons or tabs."""
    text = _decoded(data)
    head = text[:5000]
    parted_by = max(",;\t", key=head.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=parted_by)
    line = 0
    while True:
        try:
            values = next(rows)
        except StopIteration:
            return
        except csv.Error:
            raise Refused("TQ-3", _NO_SHEET) from None
        line += 1
        if line > MAX_LINES:
            raise Refused("TQ-3", "这个表有太多行。请分成几个文件上传。")
        yield line, [text_of(v) for v in values[:MAX_COLUMNS]]


def _decoded(data: bytes) -> str:
    marks = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
    tried = [code for mark, code in marks.items() if data.startswith(mark)] or ["utf-8", "gb18030"]
    for code in tried:
        try:
            text = data.decode(code)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text[:4096]:
            return text
    raise Refused("TQ-3", "看不懂这个文件的文字。请「另存为」.xlsx 再上传。")

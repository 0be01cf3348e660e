"""Text tables: the code of the characters and what parts the cells are found by trying, never by the first guess."""

import csv
import io
import re
from collections.abc import Callable, Iterator

from .grid import Cell, Line, Sheet, Unreadable, plain

MAX_COLUMNS = 120
MAX_LINES = 200_000
_SAMPLE = 60  # records that decide what parts the cells
_PARTED_BY = (",", ";", "\t", "|", "，", "；")
# Characters that headings of such tables are written with, simplified and traditional.
_COMMON = set(
    "姓名电话手机日期时间客户来访人数备注接待顾问渠道途径首次号码联系序號話機時間戶訪數註顧問徑聯繫"
)
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_NARROW = 2_000  # bytes
_LOOKED_AT = 60_000  # characters
_LIKELY = 4  # columns from which a way of parting is taken at its word


def sheets(data: bytes) -> list[Sheet]:
    """The one table of a text file."""
    text = decoded(data)
    return [Sheet("", _lines(text, _parted_by(text)), size=text.count("\n") + 1)]


def decoded(data: bytes) -> str:
    """The text, in UTF-8, UTF-16, GB 18030 or Big5. Raises `Unreadable` where it is none of them."""
    for mark, code in _MARKS:
        if data.startswith(mark):
            return data.decode(code, errors="replace")
    if b"\x00" in data[:_NARROW]:
        # Figures and marks have a nought beside them: behind them in one order, before them in the other.
        behind, before = data[1:_NARROW:2].count(0), data[0:_NARROW:2].count(0)
        code = "utf-16-le" if behind >= before else "utf-16-be"
        return data.decode(code, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    tried = [text for code in ("gb18030", "big5hkscs") if (text := _tried(data, code)) is not None]
    if not tried:
        raise Unreadable("看不懂这个文件的文字。请在 Excel 或 WPS 里「另存为」.xlsx 再上传。")
    return max(tried, key=_familiar)


def _tried(data: bytes, code: str) -> str | None:
    try:
        return data.decode(code)
    except UnicodeDecodeError:
        return None


def _familiar(text: str) -> int:
    """How many characters of the first lines are such as headings are written with."""
    return sum(character in _COMMON for character in text[:3000])


def _parted_by(text: str) -> str:
    """What parts the cells: whatever gives the most lines the same number of cells, and many of them."""
    # A tab before another mark only guards a number; it parts nothing.
    bare = re.sub(r"\t+(?=[,;|，；\r\n]|$)", "", text[:_LOOKED_AT])
    return max(_PARTED_BY, key=lambda mark: _evenness(bare, mark))


def _evenness(text: str, mark: str) -> float:
    counts = []
    try:
        for record in _records(text, mark):
            if any(cell.strip() for cell in record):
                counts.append(len(record))
            if len(counts) == _SAMPLE:
                break
    except csv.Error:
        return 0
    parted = {n for n in counts if n > 1}  # title lines and remarks stand in one cell, however many
    if not parted:
        return 0
    usual = max(parted, key=lambda n: (counts.count(n), n))
    return counts.count(usual) / len(counts) * min(usual, _LIKELY)


def _records(text: str, mark: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=mark)


def _lines(text: str, mark: str) -> Iterator[Line]:
    records = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    while True:
        number = records.line_num + 1
        try:
            record = next(records)
        except StopIteration:
            return
        except csv.Error:
            raise Unreadable(
                f"第 {number} 行读不下去，引号可能没有成对。请「另存为」.xlsx 再上传。"
            ) from None
        if number > MAX_LINES:
            raise Unreadable("这个表有太多行。请分成几个文件上传。")
        yield Line(number, [cell_of(raw) for raw in record[:MAX_COLUMNS]])


def cell_of(raw: str, clean: Callable[[str], str] = plain) -> Cell:
    """A cell of a table that knows only texts."""
    text = clean(re.sub(r"^\t+|\t+$", "", raw))
    return Cell(text or None, text)

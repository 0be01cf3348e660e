"""Old registers of a sales office as they come: odd(seed) -> (bytes, name). Days lie before 2026-11-26."""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from html import escape
from random import Random

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from tests.importing.odd_words import (
    EXTRA,
    FIRST,
    STAFF,
    STYLES,
    F,
    N,
    Value,
    clockword,
    full,
    mobile,
    names,
    note,
    oddday,
    people,
    phone,
    receiver,
)

TODAY = date(2026, 11, 26)
Column = tuple[str, str]  # heading and what stands below it
Line = list[Value]
ONLY_IN_WORKBOOKS = ("real", "realtime", "serial", "dec00", "dec")
DITTO = ("同上", "〃", "″")


def odd(seed: int) -> tuple[bytes, str]:
    """The file of this seed and its name."""
    r = Random(seed)
    base = date(2023, 1, 1) + timedelta(days=r.randrange(0, 1300))
    kinds: list[tuple[Callable[[Random, date], bytes], str, int]] = [
        (_text_table, "csv", 35),
        (_workbook, "xlsx", 45),
        (_page, "xls", 12),
        (_strict, "xlsx", 4),
        (_other, "xls", 4),
    ]
    make, ending, _ = r.choices(kinds, [weight for *_, weight in kinds])[0]
    return make(r, base), f"来访登记{seed}.{ending}"


# What stands in a table


def _columns(r: Random) -> list[Column]:
    day = r.choice(["来访日期", "日期", "到访日期", "接待日期", "登记日期", "来访时间", "日期"])
    cols = [(day, "day")]
    if day != "来访时间" and r.random() < 0.35:
        cols.append((r.choice(["来访时间", "时间", "到访时间"]), "time"))
    cols.append(
        (
            r.choice(
                [
                    "客户姓名",
                    "姓名",
                    "客户名称",
                    "客户",
                    "联系人",
                    "访客",
                    "客户姓名*",
                    "姓名（必填）",
                ]
            ),
            "names",
        )
    )
    words = {
        "phones": (
            0.93,
            ["联系电话", "电话", "手机号", "手机号码", "联系方式", "联络电话", "手机电话", "TEL"],
        ),
        "people": (0.6, ["来访人数", "人数", "到访人数"]),
        "first": (0.6, list(FIRST)),
        "receiver": (
            0.7,
            ["接待人", "置业顾问", "接访人", "第一接待人", "销售顾问", "接待员", "案场顾问"],
        ),
    }
    cols += [(r.choice(some), kind) for kind, (often, some) in words.items() if r.random() < often]
    cols += [(h, "x") for h in r.sample(list(EXTRA), r.choice([0, 0, 1, 1, 2, 3]))]
    cols += [("备注", "note")] if r.random() < 0.6 else []
    if r.random() < 0.1:
        behind = cols[1:]
        r.shuffle(behind)
        cols[1:] = behind
    return [("序号", "no"), *cols] if r.random() < 0.3 else cols


def _value(r: Random, col: Column, day: date, style: str, wild: float) -> Value:
    heading, kind = col
    odd_words: dict[str, Callable[[], Value]] = {
        "day": lambda: oddday(r, day) if r.random() < wild else STYLES[style](r, day),
        "time": lambda: clockword(r),
        "names": lambda: names(r) if r.random() < 0.6 else full(r),
        "phones": lambda: phone(r) if r.random() < 0.6 else mobile(r),
        "people": lambda: people(r),
        "first": lambda: r.choice(FIRST[heading]),
        "receiver": lambda: receiver(r) if r.random() < 0.5 else r.choice(STAFF),
        "note": lambda: note(r),
        "x": lambda: r.choice(EXTRA[heading]),
    }
    value = odd_words[kind]()
    return F("=B2&C2") if kind != "day" and r.random() < 0.008 else value


def _lines(r: Random, cols: list[Column], base: date, style: str, wild: float) -> list[Line]:
    day, lines = base, list[Line]()
    for n in range(r.randrange(3, 26 if r.random() < 0.4 else 9)):
        back = r.random() < wild / 4
        day += timedelta(days=-r.choice([1, 5]) if back else r.choice([0, 0, 1, 1, 2, 3]))
        line = [str(n + 1) if c[1] == "no" else _value(r, c, day, style, wild) for c in cols]
        if not lines:
            line = ["" if v in DITTO else v for v in line]
        elif r.random() < 0.06:
            line = list(lines[-1])
        lines.append(line)
        lines += [[h for h, _ in cols]] if r.random() < 0.03 else []
        lines += [[""] * len(cols)] if r.random() < 0.02 else []
    return lines


def _footers(r: Random, width: int) -> list[Line]:
    ends: list[tuple[float, list[str], int]] = [
        (0.3, ["合计", "小计", "总计", "本页合计"], 0),
        (0.2, ["销售经理签字：", "负责人签字：", "制表人："], width - 1),
        (0.15, ["备注：本表一式两份", "注：以上客户均已登记", "说明：周末加班"], 0),
        (0.15, ["第1页 共3页", "第 2 页", "第 1 页，共 2 页"], 0),
    ]
    found: list[Line] = []
    for often, words, at in ends:
        if r.random() < often:
            line: Line = [""] * width
            line[at] = r.choice(words)
            if "计" in str(line[at]) and width > 1:
                line[1] = r.choice(["", "20组"])
            found.append(line)
    return found


def _title(r: Random, base: date) -> str | None:
    month = f"{base.year}年{base.month}月"
    titles = [
        f"湖畔雅居来访客户登记表（{month}）",
        f"{month}来访登记",
        f"{base.year}年来访登记表",
        f"{base.month}月来访登记表",
        "来访客户登记表",
        f"{base.year}.{base.month}来访登记",
    ]
    return r.choice(titles) if r.random() < 0.5 else None


def _style(r: Random, *, in_workbook: bool) -> str:
    return r.choice([s for s in STYLES if in_workbook or s not in ONLY_IN_WORKBOOKS])


def _as_text(value: Value) -> str:
    """A value as a program writes it into a text."""
    if isinstance(value, F):
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value.v, time):
        return f"{value.v:%H:%M}"
    if isinstance(value.v, datetime):
        return f"{value.v:%Y-%m-%d}"
    return f"{value.v:.2f}" if value.fmt == "0.00" else f"{value.v:.15g}"


def _plain_table(r: Random, base: date) -> list[list[str]]:
    """A table as texts, with title, heading and footers."""
    cols = _columns(r)
    lines = _lines(r, cols, base, _style(r, in_workbook=False), r.choice([0, 0.05, 0.1, 0.25]))
    title = _title(r, base)
    late = [[f"案场须知 {n}"] for n in range(r.randrange(2, 16))] if r.random() < 0.1 else []
    head: list[list[str]] = [*([[title]] if title else []), *late, [h for h, _ in cols]]
    return head + [[_as_text(v) for v in line] for line in lines + _footers(r, len(cols))]


# Texts and web pages

_TRADITIONAL = str.maketrans(
    "来访电话号联络数备注顾问时间总计页说离职业户", "來訪電話號聯絡數備註顧問時間總計頁說離職業戶"
)
CODES = ("utf-8-sig", "utf-8", "gb18030", "gb18030", "utf-16", "utf-16-le", "big5")


def _text_table(r: Random, base: date) -> bytes:
    guard = "\t" if r.random() < 0.1 else ""
    mark, end = r.choice([",", ",", ",", ",", ";", "\t"]), r.choice(["\n", "\r\n"])
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark, lineterminator=end)
    for line in _plain_table(r, base):
        writer.writerow([text + guard for text in line])
    return _coded(out.getvalue(), r.choice(CODES))


def _coded(text: str, code: str) -> bytes:
    """In this code; where Big5 lacks a character, in UTF-8."""
    if code != "big5":
        return text.encode(code)
    try:
        return text.translate(_TRADITIONAL).encode("big5")
    except UnicodeEncodeError:
        return text.encode()


def _page(r: Random, base: date) -> bytes:
    """A web page that calls itself a workbook."""
    code, named = r.choice(
        [("utf-8", "utf-8"), ("gb18030", "gb2312"), ("gb18030", "gbk"), ("utf-8-sig", "")]
    )
    width_told = r.random() < 0.5
    rows = []
    for line in _plain_table(r, base):
        span = " colspan=5" if len(line) == 1 and width_told else ""
        cell = r.choice(["td", "td", "th"])
        rows.append("".join(f"<{cell}{span}>{escape(text)}</{cell}>" for text in line))
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={named}">' if named else ""
    table = "".join(f"<tr>{row}</tr>\n" for row in rows)
    return f"<html><head>{meta}</head><body><table border=1>{table}</table></body></html>".encode(
        code
    )


def _other(r: Random, base: date) -> bytes:
    """What can't be read at all."""
    old = '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
    container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
    locked = container + "EncryptedPackage".encode("utf-16-le")
    page = "<html><body>没有表格</body></html>"
    return r.choice([old.encode(), container, locked, page.encode(), b"", b"PK\x03\x04 broken"])


# Workbooks


def _workbook(r: Random, base: date) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    if r.random() < 0.1:
        book.epoch = CALENDAR_MAC_1904
    many = r.choice([1, 1, 1, 2, 3])
    style, title = _style(r, in_workbook=True), _title(r, base)
    for n in range(many):
        year, month = divmod(base.year * 12 + base.month - 1 + n, 12)
        start = date(year, month + 1, 1) if many > 1 else base
        sheet = book.create_sheet(_sheet_name(r, start, n, book.sheetnames))
        if n and r.random() < 0.15:
            sheet.sheet_state = r.choice(["hidden", "veryHidden"])
        if many > 1 and r.random() < 0.1:
            sheet.append(["说明", "本表仅供内部使用"])
            continue
        one_style = style if r.random() < 0.8 else _style(r, in_workbook=True)
        _fill(r, sheet, start, one_style, title if n == 0 or r.random() < 0.5 else None)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet_name(r: Random, start: date, n: int, taken: list[str]) -> str:
    month = f"{start.month}月"
    name = r.choice(
        [
            month,
            f"{start.year}年{month}",
            f"{start.year}.{start.month}",
            f"Sheet{n + 1}",
            "来访登记",
            f"{start.year}",
        ]
    )
    while name in taken:
        name += "x"
    return name


def _fill(r: Random, sheet: Worksheet, start: date, style: str, title: str | None) -> None:
    cols, wild = _columns(r), r.choice([0, 0.05, 0.1, 0.25])
    at = _titles(r, sheet, title, len(cols))
    heads = _headings(r, sheet, cols, at)
    lines = _lines(r, cols, start, style, wild)
    _lay(r, sheet, cols, lines, heads, 1)
    if heads == at and r.random() < 0.1:
        left = len(cols) + 1 + r.choice([0, 1])
        for n, (heading, _) in enumerate(cols):
            sheet.cell(at, left + n, heading)
        _lay(r, sheet, cols, _beside(r, cols, start, style), heads, left)
    else:
        for line in _footers(r, len(cols)):
            last = sheet.max_row + 1
            for n, value in enumerate(line, 1):
                if value:
                    sheet.cell(last, n, str(value))
    if r.random() < 0.08:
        sheet.column_dimensions[get_column_letter(1 + r.randrange(len(cols)))].hidden = True


def _titles(r: Random, sheet: Worksheet, title: str | None, width: int) -> int:
    """Title lines; the line of the heading."""
    if r.random() < 0.05:
        for n in range(1, r.randrange(5, 17)):
            sheet.cell(n, 1, f"案场须知第 {n} 条")
    elif title:
        sheet.cell(1, 1, title)
        if r.random() < 0.6:
            sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)
        if r.random() < 0.2:
            sheet.cell(2, 1, "制表：郑岚")
            sheet.cell(2, width, "打印日期：2026-11-26")
    else:
        return 1
    return sheet.max_row + 1


def _headings(r: Random, sheet: Worksheet, cols: list[Column], at: int) -> int:
    """The heading in one line, or in two that are merged or not; its last line."""
    two = r.random() < 0.15
    merged = two and r.random() < 0.7
    for n, (heading, kind) in enumerate(cols, 1):
        lower = two and kind in ("names", "phones")
        if lower:
            sheet.cell(at, n, "客户信息" if merged or kind == "names" else None)
            sheet.cell(at + 1, n, heading)
            continue
        sheet.cell(at, n, heading)
        if merged:
            sheet.merge_cells(start_row=at, start_column=n, end_row=at + 1, end_column=n)
    return at + two


def _beside(r: Random, cols: list[Column], start: date, style: str) -> list[Line]:
    """Plain lines for a second table."""
    day, lines = start, list[Line]()
    for n in range(r.randrange(3, 9)):
        day += timedelta(days=r.choice([0, 1, 2]))
        plain = {
            "day": STYLES[style](r, day),
            "names": full(r),
            "phones": mobile(r),
            "no": str(n + 1),
        }
        lines.append([plain.get(kind, "") for _, kind in cols])
    return lines


def _lay(
    r: Random, sheet: Worksheet, cols: list[Column], lines: list[Line], heads: int, left: int
) -> None:
    for n, line in enumerate(lines, heads + 1):
        hide, strike = r.random() < 0.02, r.random() < 0.03
        for at, value in enumerate(line, left):
            if value != "":
                _put(r, sheet, n, at, value, strike=strike)
        if hide:
            sheet.row_dimensions[n].hidden = True
    day = next(n for n, (_, kind) in enumerate(cols) if kind == "day")
    if len(lines) > 3 and r.random() < 0.2:
        first = r.randrange(0, len(lines) - 3)
        reach = r.choice([1, 1, 2])
        headings = [h for h, _ in cols]
        if headings not in lines[first : first + reach + 1]:
            column, top = get_column_letter(left + day), heads + 1 + first
            sheet.merge_cells(f"{column}{top}:{column}{top + reach}")


def _put(r: Random, sheet: Worksheet, line: int, at: int, value: Value, *, strike: bool) -> None:
    cell = sheet.cell(line, at)
    if isinstance(value, N):
        cell.value, cell.number_format = value.v, value.fmt
    elif isinstance(value, F):
        cell.value = value.text
    else:
        cell.value = value
        cell.data_type = "s"
    if strike:
        cell.font = Font(strike=True)
    if r.random() < 0.01:
        cell.comment = Comment("改过一次", "郑岚")


def _strict(r: Random, base: date) -> bytes:
    """A workbook in the strict dialect."""
    out = io.BytesIO()
    usual = re.compile(rb"http://schemas\.openxmlformats\.org/(\w+)/2006/")
    with zipfile.ZipFile(io.BytesIO(_workbook(r, base))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            strict = usual.sub(rb"http://purl.oclc.org/ooxml/\1/", body)
            new.writestr(name, body if name == "[Content_Types].xml" else strict)
    return out.getvalue()

"""The Excel sheet of people: the blank one, and reading one back, whatever its quirks."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from yingbin.rules.decision import Refused
from yingbin.tables import Sheet, Unreadable, open_table
from yingbin.tables.grid import folded
from yingbin.tables.unpacking import Limits

MAX_ROWS = 500
MAX_BYTES = 2 * 1024 * 1024
# What a small file may grow to when unpacked: more is a trap, not a list of people.
LIMITS = Limits(
    whole=30 * 1024 * 1024,
    sheet=15 * 1024 * 1024,
    part=4 * 1024 * 1024,
    elements=100_000,
    a_byte=0.5,
)
MAX_LINES = 20_000  # blank ones included
MAX_COLUMNS = 30

HEADINGS = {
    "name": ("姓名", "名字", "员工姓名", "人员姓名"),
    "phone": ("手机", "手机号", "手机号码", "电话", "联系电话", "联系方式"),
    "account": ("账号", "帐号", "登录名", "登录账号", "用户名"),
    "role": ("角色", "岗位", "职务", "职位"),
    "site": ("项目", "案场", "项目代号", "项目名称", "所在项目"),
    "department": ("部门", "所属部门"),
    "email": ("邮箱", "电子邮箱", "邮件"),
}
_COLUMNS = [("姓名", 14), ("手机", 18), ("账号", 16), ("角色", 20), ("项目", 18), ("部门", 14)]


@dataclass(frozen=True)
class Row:
    """One person's line as it stands in the sheet: texts only; `line` is Excel's row number."""

    line: int
    name: str = ""
    phone: str = ""
    account: str = ""
    role: str = ""
    site: str = ""
    department: str = ""
    email: str = ""

    def to_json(self) -> dict[str, str | int]:
        """The row for keeping between preview and confirmation."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Row":
        """The row as it was kept."""
        return cls(**kept)


def read_rows(file: BinaryIO, size: int) -> list[Row]:
    """The people on the first worksheet. Refuses what isn't such a sheet, saying what to do."""
    if size > MAX_BYTES:
        raise Refused(None, "文件超过 2 MB。请只保留人员名单，去掉图片和别的工作表再上传。")
    try:
        sheets = open_table(file.read(MAX_BYTES + 1), "people.xlsx", LIMITS)
        return _people(_texts(sheets[0]))
    except Unreadable as no:
        raise Refused(None, no.message) from None


def _texts(sheet: Sheet) -> Iterator[tuple[int, list[str]]]:
    """Every line's texts with its number; a merged cell's text stands in each cell it covers."""
    for line in sheet.lines:
        yield line.number, [folded(cell.text) for cell in line.cells[:MAX_COLUMNS]]


def _people(cells: Iterator[tuple[int, list[str]]]) -> list[Row]:
    columns = _heading(cells)
    rows: list[Row] = []
    for line, texts in cells:
        if line > MAX_LINES:
            raise Refused(None, "表格里有太多空行。请把人员复制到模板里再上传。")
        told = {field: texts[i] for field, i in columns.items() if i < len(texts)}
        if not any(told.values()):
            continue
        if len(rows) == MAX_ROWS:
            raise Refused(None, f"一次最多 {MAX_ROWS} 人。请分成几个表格上传。")
        rows.append(Row(line, **told))
    if not rows:
        raise Refused(None, "表格里还没有人。请在标题行下面每行填一位。")
    return rows


def _heading(cells: Iterator[tuple[int, list[str]]]) -> dict[str, int]:
    """Which column holds what, by the first row that names 姓名; titles above are passed over."""
    for line, texts in cells:
        found = {f: texts.index(w) for f, words in HEADINGS.items() for w in words if w in texts}
        if "name" in found:
            return found
        if line >= 10:
            break
    raise Refused(None, "没有找到标题行。前几行里要有一行写着「姓名」「手机」「角色」等标题。")


def template(roles: Iterable[str], sites: Iterable[str], departments: Iterable[str]) -> bytes:
    """A blank sheet with drop-down lists, and a second one that explains the columns."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "人员"
    notes = book.create_sheet("说明")
    lists = {"D": list(roles), "E": list(sites), "F": list(departments)}
    _head(sheet)
    _explain(notes, lists)
    for column, words in lists.items():
        if words:
            _drop_down(sheet, column, words)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _head(sheet: Worksheet) -> None:
    for n, (word, width) in enumerate(_COLUMNS, start=1):
        cell = sheet.cell(1, n, word)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E0F2ED")
        sheet.column_dimensions[cell.column_letter].width = width
    for line in range(2, MAX_ROWS + 2):
        sheet.cell(line, 2).number_format = "@"  # phones stay text
    sheet.freeze_panes = "A2"


def _explain(notes: Worksheet, lists: dict[str, list[str]]) -> None:
    lines = [
        ("姓名", "必填。"),
        ("手机", "建议填写，可以用来登录。大陆 11 位；国外号码以 + 和国家代码开头。"),
        ("账号", "可以不填，系统按姓名拼音自动生成。只能用字母、数字和 . _ -"),
        ("角色", "必填。一人多个角色用顿号分开。可以填：" + "、".join(lists["D"])),
        ("项目", "可以不填，就是当前项目。可以填：" + "、".join(lists["E"])),
        ("部门", "可以不填。可以填：" + ("、".join(lists["F"]) or "（还没有部门）")),
    ]
    for line in lines:
        notes.append(line)
    notes.column_dimensions["A"].width = 10
    notes.column_dimensions["B"].width = 90
    for cell in notes["B"]:
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _drop_down(sheet: Worksheet, column: str, words: list[str]) -> None:
    """A list to choose from; Excel allows 255 characters in one, longer ones go without."""
    joined = ",".join(w.replace(",", " ").replace('"', "") for w in words)
    if len(joined) <= 250:
        rule = DataValidation(type="list", formula1=f'"{joined}"', allow_blank=True)
        rule.showErrorMessage = False  # several roles in one cell are allowed
        sheet.add_data_validation(rule)
        rule.add(f"{column}2:{column}{MAX_ROWS + 1}")


FIELDS = tuple(f.name for f in fields(Row) if f.name != "line")

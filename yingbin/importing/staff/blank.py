"""The blank sheet of people, with lists to choose from and a page that explains the columns."""

import io
from collections.abc import Iterable, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from .lines import MOST

_COLUMNS = [("姓名", 14), ("手机", 18), ("账号", 16), ("角色", 20), ("项目", 18), ("部门", 14)]


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
    for line in range(2, MOST + 2):
        sheet.cell(line, 2).number_format = "@"  # phones stay text
    sheet.freeze_panes = "A2"


def _explain(notes: Worksheet, lists: Mapping[str, Sequence[str]]) -> None:
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


def _drop_down(sheet: Worksheet, column: str, words: Sequence[str]) -> None:
    """A list to choose from; Excel allows 255 characters in one, longer ones go without."""
    joined = ",".join(w.replace(",", " ").replace('"', "") for w in words)
    if len(joined) <= 250:
        rule = DataValidation(type="list", formula1=f'"{joined}"', allow_blank=True)
        rule.showErrorMessage = False  # several roles in one cell are allowed
        sheet.add_data_validation(rule)
        rule.add(f"{column}2:{column}{MOST + 1}")

"""A list of guests out of a file: its lines as they would have been typed, for whoever brought it to look over (CV-4.1)."""

from collections.abc import Iterator, Sequence

from yingbin.importing.table import bare
from yingbin.tables import Line, Unreadable, open_table
from yingbin.tables.grid import folded

from .guest_lines import MOST

SIZE = 2 * 1024 * 1024  # bytes
SEARCHED = 20  # lines among which the heading is looked for
_HEADINGS = {
    "name": ("姓名", "名字", "来宾", "来宾姓名", "学生姓名", "name"),
    "phone": ("电话", "手机", "手机号", "联系电话", "联系方式", "phone", "mobile"),
    "role": ("身份", "职务", "职位", "岗位", "班级", "title", "role"),
    "paper": ("证件尾号", "证件号", "证件号码", "身份证", "身份证号", "身份证号码", "护照号", "id"),
    "minor": ("未成年", "是否未成年", "未满18岁", "minor"),
    "care_of": ("监护人", "家长", "带队老师", "负责老师", "guardian"),
}
_YES = frozenset({"是", "有", "y", "yes", "true", "1", "√", "✓"})


def lines_of_table(data: bytes, file_name: str) -> str:
    """One person a line. Raises `Unreadable` for a file that is no list, with what to do."""
    if len(data) > SIZE:
        raise Unreadable("文件超过 2 MB。请只保留名单，去掉图片再上传。")
    for sheet in open_table(data, file_name):
        rows = [line for line, _ in zip(sheet.lines, range(MOST + SEARCHED + 1), strict=False)]
        head = next((n for n, line in enumerate(rows[:SEARCHED]) if "name" in _columns(line)), None)
        if head is not None:
            found = list(_said(rows[head + 1 :], _columns(rows[head])))
            if len(found) > MOST:
                raise Unreadable(f"一份名单最多 {MOST} 行。")
            return "\n".join(found)
    raise Unreadable(
        "没有找到标题行。前几行里要有一行写着「姓名」，也可以把名单直接复制到上面的框里。"
    )


def _columns(line: Line) -> dict[str, int]:
    """Which column says what, by its heading."""
    heads = [bare(cell.text) for cell in line.cells]
    asked = {
        name: [heads.index(w) for w in words if w in heads] for name, words in _HEADINGS.items()
    }
    return {name: at[0] for name, at in asked.items() if at}


def _said(rows: Sequence[Line], columns: dict[str, int]) -> Iterator[str]:
    for line in rows:
        told = {name: folded(line.cell(at).text).replace(",", " ") for name, at in columns.items()}
        if not told["name"]:
            continue
        minor, care = told.get("minor", "").casefold() in _YES, told.get("care_of", "")
        parts = (
            told["name"], told.get("phone", ""), told.get("role", ""), told.get("paper", "")[-18:],
            "未成年" if minor else "", f"监护人：{care}" if care else "",
        )  # fmt: skip
        yield "，".join(part for part in parts if part)

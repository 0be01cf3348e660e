"""Tables of a saved web page, which many systems hand out under the name .xls."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from .grid import Cell, Line, Sheet, Unreadable
from .texts import MAX_COLUMNS, cell_of, decoded

_SPAN = 200  # the most lines or columns one cell may cover


def sheets(data: bytes) -> list[Sheet]:
    """Every table of the page with more than one line. Raises `Unreadable` for a page without any."""
    page = _Page()
    page.feed(_text(data))
    page.close()
    tables = [table for table in page.tables if len(table.lines) > 1]
    if not tables:
        raise Unreadable("这是网页文件，里面没有表格。请在 Excel 或 WPS 里「另存为」.xlsx 再上传。")
    names = [
        table.name or (f"表{n}" if len(tables) > 1 else "") for n, table in enumerate(tables, 1)
    ]
    return [Sheet(name, iter(table.spread())) for name, table in zip(names, tables, strict=True)]


def _text(data: bytes) -> str:
    """The page's text: the code it names, where that is right, else whatever fits."""
    named = re.search(rb"charset\s*=\s*[\"']?([\w-]+)", data[:4096], re.IGNORECASE)
    if named and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        code = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}.get(
            named[1].decode().lower(), named[1].decode()
        )
        try:
            return data.decode(code)
        except (LookupError, UnicodeDecodeError):
            pass
    return decoded(data)


@dataclass
class _Table:
    """A table under way: its lines, and for each cell how far it reaches."""

    name: str = ""
    lines: list[list[tuple[str, int, int, bool]]] = field(default_factory=list)

    def spread(self) -> list[Line]:
        """The lines with each cell's text wherever it reaches."""
        taken: dict[tuple[int, int], Cell] = {}
        for n, cells in enumerate(self.lines):
            column = 0
            for text, wide, high, struck in cells:
                while (n, column) in taken:
                    column += 1
                _lay(taken, n, column, (wide, high), (text, struck))
                column += wide
        width = min(max((c for _, c in taken), default=-1) + 1, MAX_COLUMNS)
        return [
            Line(n + 1, [taken.get((n, c)) or Cell() for c in range(width)])
            for n in range(len(self.lines))
        ]


def _lay(
    taken: dict[tuple[int, int], Cell],
    line: int,
    column: int,
    reach: tuple[int, int],
    told: tuple[str, bool],
) -> None:
    for down in range(reach[1]):
        for across in range(reach[0]):
            cell = cell_of(told[0])
            cell.struck, cell.across, cell.down = told[1], across > 0, down > 0
            taken.setdefault((line + down, column + across), cell)


class _Page(HTMLParser):
    """Collects tables; a table inside a cell is a table of its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self.open: list[_Table] = []
        self.cell: list[str] | None = None
        self.reach = (1, 1)
        self.struck = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A table, a line or a cell begins."""
        if tag == "table":
            self._end_cell()
            self.open.append(_Table())
            self.tables.append(self.open[-1])
        elif tag == "tr" and self.open:
            self._end_cell()
            self.open[-1].lines.append([])
        elif tag in ("td", "th") and self.open:
            self._begin_cell(dict(attrs))
        elif tag in ("br", "p", "div") and self.cell is not None:
            self.cell.append(" ")
        elif tag in ("s", "strike", "del") and self.cell is not None:
            self.struck = True

    def handle_endtag(self, tag: str) -> None:
        """A table or a cell ends."""
        if tag in ("td", "th", "tr"):
            self._end_cell()
        elif tag == "table" and self.open:
            self._end_cell()
            self.open.pop()

    def handle_data(self, data: str) -> None:
        """Text counts inside cells only."""
        if self.cell is not None:
            self.cell.append(data)

    def _begin_cell(self, told: dict[str, str | None]) -> None:
        self._end_cell()
        if not self.open[-1].lines:
            self.open[-1].lines.append([])
        self.cell, self.struck = [], False
        self.reach = (_reach(told.get("colspan")), _reach(told.get("rowspan")))

    def _end_cell(self) -> None:
        if self.cell is not None and self.open:
            self.open[-1].lines[-1].append(("".join(self.cell), *self.reach, self.struck))
        self.cell = None


def _reach(text: str | None) -> int:
    return min(max(int(text), 1), _SPAN) if text and text.strip().isdecimal() else 1

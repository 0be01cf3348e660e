"""A laid-out sheet as PDF, for what is handed out of the house: the same columns as on the page and in the workbook."""

from collections.abc import Sequence

from yingbin.files.paper import Plain, pdf_of

from .columns import Cell, Grid, L
from .ink import HIGH, WIDE


def sheet_pdf(grid: Grid[L], *heading: str, foot: str) -> bytes:
    """The grid under its name and `heading`, lying on A4; `foot`: who handed it out and when, on each page."""
    return pdf_of(
        "sheet",
        {
            "title": grid.name,
            "heading": heading,
            "heads": [{"title": h.title, "small": h.small, "width": h.width} for h in grid.heads],
            "rows": [[_cell(c) for c in row.cells] for row in grid.rows],
            "rule": grid.foot,
            "foot": foot,
        },
    )


def _cell(cell: Cell) -> dict[str, Plain]:
    return {
        "value": "" if cell.value is None else str(cell.value),
        "ink": drawing(cell.strokes) if cell.strokes else "",
        "below": [str(b) for b in cell.below if b not in (None, "")],
        "span": cell.span,
    }


def drawing(strokes: Sequence[Sequence[int]]) -> str:
    """A signature as a picture of its own; whole numbers only, so nothing else gets into it."""
    way = " ".join(
        "M" + "L".join(f"{int(x)} {int(y)}" for x, y in zip(s[::2], s[1::2], strict=False))
        for s in strokes
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}"><path d="{way}" fill="none"'
        ' stroke="black" stroke-width="8" stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )

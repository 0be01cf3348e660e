"""A signature on the glass: strokes of whole numbers x, y, x, y … in a box of 1000 × 400."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from yingbin.journal.canonical import canonical

Strokes = tuple[tuple[int, ...], ...]

WIDE, HIGH = 1000, 400
MOST_STROKES, MOST_POINTS = 200, 6000


@dataclass(frozen=True)
class Signature:
    """How somebody signed (`SheetRow.Signed`): strokes on the glass, or none where there was no glass."""

    how: str
    strokes: Strokes = ()

    def kept(self) -> list[list[int]]:
        """The strokes as a row keeps them."""
        return [list(s) for s in self.strokes]


def strokes_of(text: str) -> Strokes:
    """A drawing as the glass sends it. Raises ValueError for anything else."""
    drawing = json.loads(text) if text.strip() else []
    if not isinstance(drawing, list) or len(drawing) > MOST_STROKES:
        raise ValueError("strokes")
    strokes = tuple(_stroke(s) for s in drawing)
    if sum(map(len, strokes)) > 2 * MOST_POINTS:
        raise ValueError("points")
    return strokes


def _stroke(points: object) -> tuple[int, ...]:
    if not isinstance(points, list) or len(points) % 2 or not points:
        raise ValueError("stroke")
    for n, value in enumerate(points):
        if type(value) is not int or not 0 <= value <= (HIGH if n % 2 else WIDE):
            raise ValueError("point")
    return tuple(points)


def drawn(strokes: Sequence[Sequence[int]]) -> str:
    """What the journal keeps of a signature: its hash."""
    return hashlib.sha256(canonical(strokes)).hexdigest()

"""Signatures of the demo's people: a few leaning strokes, for each person always much the same."""

import random
from uuid import UUID

from yingbin.sheets.ink import Signature
from yingbin.sheets.models import SheetRow


def signature_of(who: UUID) -> Signature:
    """How somebody of the demo signs on the glass."""
    luck = random.Random(str(who))  # nosec: the look of a made-up signature
    return Signature(SheetRow.Signed.GLASS, tuple(_stroke(luck, n) for n in range(5)))


def _stroke(luck: random.Random, n: int) -> tuple[int, ...]:
    x, y = 120 + 150 * n + luck.randint(0, 60), luck.randint(90, 190)
    points: list[int] = []
    for _ in range(luck.randint(5, 8)):
        points += [x, y]
        x = min(980, max(20, x + luck.randint(-35, 55)))
        y = min(380, max(20, y + luck.randint(-10, 60)))
    return tuple(points)
